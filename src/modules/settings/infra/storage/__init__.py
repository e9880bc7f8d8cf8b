"""The settings table of the encrypted store."""
