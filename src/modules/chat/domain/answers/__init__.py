"""Answers while they are written."""
