"""Reads GGUF headers with hard limits, in pure Python and without trusting a byte.

The ``gguf`` package maps the whole file and believes its counts and offsets, and needs NumPy; both are wrong for a
file that came from anywhere and is looked at in the main process. Format: ggml's GGUF specification, versions 2 and 3.
"""

from modules.llm_manager.infra.gguf.reader import read_header

__all__ = ["read_header"]
