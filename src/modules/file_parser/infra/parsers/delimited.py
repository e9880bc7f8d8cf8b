"""CSV and TSV: one table, its first row the header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from modules.file_parser.domain.pieces import Facts, Given
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.tables import table_pieces
from modules.file_parser.infra.text_decoding import decode

_DELIMITERS = ",;\t|"
_LONGEST_FIELD = 1 << 20
_SAMPLE_LINES = 50


def parse(document: Input) -> Iterator[Given]:
    text, encoding = decode(document.data)
    yield Facts(properties={"encoding": encoding})
    csv.field_size_limit(_LONGEST_FIELD)
    delimiter = "\t" if document.extension == "tsv" else _delimiter(text)
    rows = (row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row))
    yield from table_pieces(rows, document.budget)


def _delimiter(text: str) -> str:
    """The mark that divides most of the first lines into the same number of fields, the more the better."""
    lines = [line for line in text[:64_000].split("\n")[:_SAMPLE_LINES] if line.strip()]

    def agreement(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
        most = max(widths, default=1)
        return (widths.count(most), most) if most > 1 else (0, 0)

    return max(_DELIMITERS, key=agreement) if lines else ","
