"""Reads the histories of other programs, from their documented or observed formats."""
