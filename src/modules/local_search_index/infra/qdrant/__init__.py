"""Search on a Qdrant server."""
