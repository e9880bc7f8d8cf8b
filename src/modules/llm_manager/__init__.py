"""Models on this computer: catalogue, download, import, fit, load, measure. Engines run in children."""
