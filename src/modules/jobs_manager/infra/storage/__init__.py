"""The jobs table of the encrypted store."""
