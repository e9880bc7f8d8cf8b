"""Providers that come with the product."""
