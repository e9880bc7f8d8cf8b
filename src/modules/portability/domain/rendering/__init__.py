"""Conversations to be read: as Markdown, and as a page for any browser."""
