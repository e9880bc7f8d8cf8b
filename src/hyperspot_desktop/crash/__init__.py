"""When the program ends badly or hangs: what is written down, without the user's words, and found at the next start.

Knows no Qt and imports nothing heavy: it is there before the first frame.
"""
