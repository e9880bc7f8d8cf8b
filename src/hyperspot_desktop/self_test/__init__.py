"""``hyperspot-desktop --self-test``: has this installation all that it needs? Without window or network."""
