"""The tables of rag."""
