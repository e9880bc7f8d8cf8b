"""Markdown to our own blocks: nothing here, and nothing drawn from it, ever loads a file or an address."""

from hyperspot_desktop.markdown.blocks import Block
from hyperspot_desktop.markdown.stream import StreamRenderer, render

__all__ = ["Block", "StreamRenderer", "render"]
