"""What portability decides: the open formats, and how those of other programs are read."""
