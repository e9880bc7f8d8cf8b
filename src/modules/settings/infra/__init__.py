"""Where settings are kept."""
