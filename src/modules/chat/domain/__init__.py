"""What chat decides: the tree, the context window, how answers run."""
