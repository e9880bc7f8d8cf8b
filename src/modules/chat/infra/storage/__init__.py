"""The tables of chats in the encrypted store."""
