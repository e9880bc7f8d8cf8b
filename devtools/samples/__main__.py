"""Writes the samples anew."""

from __future__ import annotations

from devtools.layout import Layout
from devtools.samples.catalogue import SAMPLES


def main() -> None:
    folder = Layout.here().samples
    for name, make in SAMPLES.items():
        data = make()
        (folder / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes")


if __name__ == "__main__":
    main()
