"""``hyperspot-desktop --self-test``: does this installation have everything it needs, tried without window or network."""
