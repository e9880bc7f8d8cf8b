"""Makes what people install from a checkout: the frozen program and its packages."""
