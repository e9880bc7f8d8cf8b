"""Makes GGUF files out of what the starter wheels carry. Needs NumPy: never imported by the main process."""
