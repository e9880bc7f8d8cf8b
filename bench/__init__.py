"""Benchmarks: every ``bench_*`` function of a module here gives rows of one table; run with ``dev.py bench``."""
