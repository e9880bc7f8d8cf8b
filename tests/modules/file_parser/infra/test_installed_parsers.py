"""Parsers of other packages: found by their entry points, and run in the same child."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from modules.file_parser.contract import Paragraph, block_text
from modules.file_parser.infra.catalogue import PLUGINS
from modules.file_parser.infra.installed import installed_plugins
from modules.file_parser.infra.pool import ParserLimits, ParserPool

_MODULE = """
from modules.file_parser.infra.plugin import ParserPlugin

PLUGIN = ParserPlugin("chess", {"pgn": "application/x-chess-pgn"}, "chess_parser_work:parse")
TWIN = ParserPlugin("pdf", {"pdf": "application/pdf"}, "chess_parser_work:parse")
NONE = 3
"""
_WORK = """
from modules.file_parser.infra.inlines import paragraph


def parse(document):
    yield paragraph("moves: " + document.data.decode())
"""
_POINTS = """[hyperspot.parsers]
chess = chess_parser:PLUGIN
twin = chess_parser:TWIN
none = chess_parser:NONE
gone = no_such_module:PLUGIN
"""


@pytest.fixture
def package(tmp_path: Path) -> Iterator[Path]:
    """A folder that looks like an installed package."""
    (tmp_path / "chess_parser.py").write_text(_MODULE)
    (tmp_path / "chess_parser_work.py").write_text(_WORK)
    info = tmp_path / "chess_parser-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: chess-parser\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(_POINTS)
    installed_plugins.cache_clear()
    yield tmp_path
    installed_plugins.cache_clear()


def test_only_real_parsers_with_ids_of_their_own_are_taken(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(package))
    assert [plugin.id for plugin in installed_plugins()] == [*(plugin.id for plugin in PLUGINS), "chess"]
    assert ParserPool(ParserLimits()).supported_extensions()["chess"] == ("pgn",)


async def test_a_parser_of_another_package_runs_in_the_child(package: Path) -> None:
    pool = ParserPool(ParserLimits(), python_paths=[package])
    try:
        pieces = [piece async for batch in pool.parse(b"e4 e5", "game.pgn") for piece in batch]
    finally:
        await pool.stop()
    assert [block_text(piece) for piece in pieces if isinstance(piece, Paragraph)] == ["moves: e4 e5"]
