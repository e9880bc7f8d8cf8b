"""Where passages are kept and found: one folder a plugin."""
