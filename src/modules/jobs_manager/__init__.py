"""Durable background work: progress, pause, resume, cancel, retry, history."""
