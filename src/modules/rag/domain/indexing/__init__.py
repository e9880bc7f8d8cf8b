"""From folders to what can be searched: looking, reading, keeping, and doing it again when files change."""
