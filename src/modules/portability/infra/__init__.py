"""The files that portability writes and reads."""
