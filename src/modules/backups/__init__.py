"""Backups of the databases: made by themselves, looked into, and restored as a whole or one conversation at a time."""
