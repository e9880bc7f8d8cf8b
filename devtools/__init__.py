"""What dev.py does, standard library only: it runs before any package is installed."""
