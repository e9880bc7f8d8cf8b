"""The installer for Windows, and a Windows made by Wine to try it on."""
