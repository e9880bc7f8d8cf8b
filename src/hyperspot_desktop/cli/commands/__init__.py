"""One file per verb; each adds itself to the parser and says what to run."""
