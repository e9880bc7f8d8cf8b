"""Answers that need every file of a collection."""
