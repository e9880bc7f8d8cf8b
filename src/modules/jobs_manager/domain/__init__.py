"""What jobs-manager decides: when a job runs, and what becomes of it."""
