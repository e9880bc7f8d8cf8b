"""The built-in plugin: full text and vectors in the encrypted index file."""
