"""Collections of documents, their ingestion, and answers that cite them."""
