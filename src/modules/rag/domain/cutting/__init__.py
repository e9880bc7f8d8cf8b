"""From a document to passages that an embedder can take in."""
