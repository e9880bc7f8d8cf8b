"""Business modules; each is seen by the others only through its ``contract`` package."""
