"""The table of installed models in the encrypted store."""
