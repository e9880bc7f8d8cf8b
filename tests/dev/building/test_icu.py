"""Cutting Qt's Unicode data."""

from __future__ import annotations

import struct

from devtools.building.icu import prune

HEADER = struct.pack("<H", 32) + bytes(30)


def table(items: dict[str, bytes]) -> bytes:
    """As ICU stores it: a header, a count, places of names and items, the names, the items."""
    names_at = 4 + 8 * len(items)
    names = b"".join(name.encode() + b"\0" for name in items)
    start = names_at + len(names) + -(names_at + len(names)) % 16
    rows, contents, name_at = b"", b"", names_at
    for name, content in items.items():
        rows += struct.pack("<II", name_at, start + len(contents))
        name_at += len(name) + 1
        contents += content + bytes(-len(content) % 16)
    return HEADER + (struct.pack("<I", len(items)) + rows + names).ljust(start, b"\0") + contents


def items_of(data: bytes) -> dict[str, bytes]:
    base = data[32:]
    count = struct.unpack_from("<I", base)[0]
    rows = [struct.unpack_from("<II", base, 4 + 8 * number) for number in range(count)]
    ends = [*(row[1] for row in rows[1:]), len(base)]
    return {
        base[at : base.index(b"\0", at)].decode(): base[start:end] for (at, start), end in zip(rows, ends, strict=True)
    }


def test_what_the_window_asks_for_stays_as_it_was_and_the_rest_goes() -> None:
    kept = {"icudt73l/coll/root.res": b"order of letters", "icudt73l/nfc.nrm": b"composed" * 2}
    gone = {"icudt73l/curr/de.res": b"names of currencies", "icudt73l/zone/fr.res": b"names of regions"}
    whole = dict(sorted((kept | gone).items()))
    assert items_of(table(whole)) == {name: content + bytes(-len(content) % 16) for name, content in whole.items()}
    pruned = prune(table(whole))
    assert items_of(pruned) == {name: content + bytes(-len(content) % 16) for name, content in sorted(kept.items())}
    assert pruned[:32] == HEADER


def test_a_table_that_has_only_what_is_needed_is_not_changed() -> None:
    data = table({"icudt73l/coll/root.res": b"order of letters"})
    assert prune(data) == data
