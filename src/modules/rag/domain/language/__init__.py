"""Sentences and words of documents, questions and answers."""
