"""What a document means: its Markdown, its places, its language, and the decisions of the service."""
