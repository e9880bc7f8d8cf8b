"""Signs and records what was made."""
