"""The command line: every verb of the product without a window and without Qt."""
