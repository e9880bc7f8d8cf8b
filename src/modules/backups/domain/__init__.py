"""The decisions of backups."""
