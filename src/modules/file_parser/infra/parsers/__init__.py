"""One parser per file, each imported in a child when its first document comes."""
