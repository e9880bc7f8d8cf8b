"""The headless program: the same modules without a window."""
