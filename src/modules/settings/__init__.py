"""Typed settings of the user, declared once by the modules that read them."""
