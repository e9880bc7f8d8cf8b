"""Everything that touches files, foreign bytes and child processes."""
