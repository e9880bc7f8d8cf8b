"""What rag needs from outside: its tables and the user's files."""
