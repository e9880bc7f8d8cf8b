"""Packages for Linux, and bare systems to try them on."""
