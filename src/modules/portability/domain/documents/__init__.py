"""The documented JSON of this program: written, read and checked."""
