"""One interface to local and, later, remote models."""
