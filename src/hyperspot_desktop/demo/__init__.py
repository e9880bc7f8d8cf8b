"""Clients that keep everything in memory, with plausible data: for pictures, window tests and work on pages."""
