"""The program for macOS: laid out as a bundle, signed from the inside out, notarised, and put on a disk image."""
