"""What to do when a database is damaged: find the damage, read what can be read, put the rest together again."""
