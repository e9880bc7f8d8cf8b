"""Decisions of the gateway: which provider, which shape, which limits."""
