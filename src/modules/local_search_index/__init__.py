"""Finds passages of the user's documents by words, by phrases and by meaning."""
