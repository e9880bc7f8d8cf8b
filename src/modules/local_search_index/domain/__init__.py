"""The decisions of the index: how text becomes terms, how rankings become hits."""
