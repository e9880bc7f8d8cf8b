"""Conversations as trees of messages, answered by a model, saved as they stream."""
