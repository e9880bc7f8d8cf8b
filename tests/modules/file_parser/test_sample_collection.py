"""The samples that come with the program: read in full, reproducible, and asked about things that they say."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from devtools.samples.catalogue import SAMPLES as MADE
from modules.file_parser.contract import document_text
from modules.file_parser.infra.catalogue import PLUGINS
from modules.file_parser.infra.languages import LANGUAGES
from tests.modules.file_parser.parser_support import parse_here
from tests.modules.file_parser.sample_goldens import SAMPLES, golden_of, shown

QUESTIONS = SAMPLES.parent / "questions" / "samples.yaml"
FILES = sorted(SAMPLES.iterdir())
NAMES = [path.name for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_sample_keeps_its_structure_and_its_places(path: Path) -> None:
    assert shown(path) == golden_of(path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MADE)
def test_a_sample_is_what_its_script_makes(name: str) -> None:
    made, kept = (parse_here(data, name) for data in (MADE[name](), (SAMPLES / name).read_bytes()))
    assert document_text(made.blocks) == document_text(kept.blocks)


def test_every_parser_has_a_sample() -> None:
    used = {parse_here(path.read_bytes(), path.name).parser for path in FILES}
    assert used == {plugin.id for plugin in PLUGINS}


def test_every_format_has_a_sample() -> None:
    """Twins of a format that differ by name alone need no sample of their own."""
    twins = {"log", "text", "markdown", "htm", "xhtml", "jpeg", "yml", "jsonl", "toml"}
    missing = {extension for plugin in PLUGINS for extension in plugin.formats} - set(LANGUAGES) - twins
    missing -= {path.suffix.removeprefix(".") for path in FILES}
    assert missing == set()


def test_the_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in FILES) < 1_500_000


def test_every_answer_stands_where_the_questions_say() -> None:
    questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["questions"]
    texts = {path.name: document_text(parse_here(path.read_bytes(), path.name).blocks) for path in FILES}
    wrong = [
        (question["text"], expected)
        for question in questions
        for expected in question["expected"]
        if expected["text"] not in texts[expected["path"]]
    ]
    assert (len(questions) >= 25, wrong) == (True, [])
