"""Takes conversations out into files that anybody can read, and brings them in from here and from other programs."""
