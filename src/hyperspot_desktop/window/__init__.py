"""The Qt side of the window: the QML engine, its guards, its icons, and what it remembers."""
