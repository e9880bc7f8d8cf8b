"""Locks a child in by what its system offers, and lets it find out by trying what that is worth.

Importing this package costs nothing; the parts load what they need.
"""
