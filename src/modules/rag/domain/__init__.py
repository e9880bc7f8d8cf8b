"""The decisions of rag: what is read again, how it is cut, what is shown to the model."""
