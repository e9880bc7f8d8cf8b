"""Makes the documents of ``resources/samples`` that are not written by hand: ``python -m devtools.samples``."""
