"""Private chats: kept in memory and nowhere else."""
