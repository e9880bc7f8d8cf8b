"""The grammar of the command line."""

from __future__ import annotations

import pytest

from hyperspot_desktop.cli.parser import ParserExit, parse


@pytest.mark.parametrize(
    "words",
    [
        ["--home", "H", "--json", "models", "list"],
        ["models", "--home", "H", "--json", "list"],
        ["models", "list", "--json", "--home", "H"],
        ["--json", "models", "list", "--home", "H"],
    ],
)
def test_home_and_json_stand_anywhere(words: list[str]) -> None:
    args = parse(words)
    assert (args.home, args.json) == ("H", True)


def test_without_options_there_are_defaults() -> None:
    args = parse(["chat", "Hello"])
    assert (args.text, args.home, args.json, args.config, args.overrides) == ("Hello", None, False, None, [])


def test_overrides_collect() -> None:
    assert parse(["--set", "a.b=1", "config", "--set", "c=2", "--set=d=3"]).overrides == ["a.b=1", "c=2", "d=3"]


def test_words_after_two_dashes_are_the_message() -> None:
    assert parse(["chat", "--", "--set"]).text == "--set"


def test_the_version_is_printed_and_nothing_runs() -> None:
    with pytest.raises(ParserExit, match=r"^hyperspot \d+\.\d+") as caught:
        parse(["--version"])
    assert caught.value.code == 0


def test_wrong_words_are_told_with_the_usage() -> None:
    with pytest.raises(ParserExit, match="usage: hyperspot") as caught:
        parse(["modles"])
    assert caught.value.code == 2
