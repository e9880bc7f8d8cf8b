"""Stands in for the program that recognises characters: speaks its protocol, and recognises how dark a page is."""

import socket
import sys
import time
from pathlib import Path

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def row(line: int, word: int, left: int, width: int, text: str, confidence: float = 95.0) -> str:
    return "\t".join(map(str, (5, 1, 1, 1, line, word, left, line * 100, width, 50, confidence, text)))


def allowed(act: str) -> str:
    try:
        if act == "read":
            Path("/etc/hostname").read_text()
        elif act == "write":
            Path("/tmp/written-by-the-stand-in").write_text("x")
        else:
            socket.create_connection(("127.0.0.1", 9), timeout=1)
    except ConnectionRefusedError:
        return "allowed"
    except OSError as error:
        return type(error).__name__
    return "allowed"


def main(arguments: list[str]) -> int:
    if arguments == ["--list-langs"]:
        print("List of available languages in here (3):\neng\ndeu\nosd")
        return 0
    if arguments[:1] == ["try"]:
        print(*map(allowed, arguments[1:]))
        return 0
    assert arguments[:3] == ["stdin", "stdout", "-l"], arguments
    assert arguments[4:] == ["tsv"], arguments
    magic, width, height, depth, pixels = sys.stdin.buffer.read().split(maxsplit=4)
    # A pixel may be a blank in the eyes of split.
    assert (magic, depth) == (b"P5", b"255"), (magic, depth)
    assert int(width) * int(height) - len(pixels) <= 10
    dark = sum(value < 128 for value in pixels[:: max(len(pixels) // 10_000, 1)])
    match arguments[3]:
        case "hang":
            time.sleep(600)
        case "crash":
            return 3
        case "flood":
            while True:
                print("x" * 1_000_000)
        case "hoard":
            bytearray(3 << 30)
    if not dark:
        print(HEAD)
        return 0
    rows = (
        row(1, 1, 100, 200, "Read"),
        row(1, 2, 350, 650, f"in-{arguments[3]}"),
        row(1, 3, 1010, 20, "noise", 3.0),
        row(2, 1, 100, 870, "and divi-"),
        row(3, 1, 100, 200, "ded."),
        row(4, 1, 100, 200, "Total"),
    )
    print("\n".join((HEAD, *rows, "5\tbroken", row(5, 1, 100, 200, "x").replace("500", "no number"))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
