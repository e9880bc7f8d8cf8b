"""The shipped catalogue is complete and consistent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from modules.llm_manager.contract import CatalogueEntry
from modules.llm_manager.domain.naming import slug
from modules.llm_manager.infra.catalogue_file import CatalogueUnreadable, load_catalogue, shipped_catalogue
from modules.llm_manager.infra.model_header import read_header
from modules.llm_manager.infra.starter_manifest import read_manifest
from modules.llm_manager.starter import STARTERS
from tests.support.starter import starter_models

ENTRIES = load_catalogue(shipped_catalogue())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_is_complete(entry: CatalogueEntry) -> None:
    assert entry.id == slug(entry.id)
    assert entry.id.endswith(entry.quantization.lower())
    assert all((entry.name, entry.family, entry.licence))
    assert entry.description.endswith(".")
    assert entry.licence_url.startswith("https://")
    assert 20_000_000 < entry.parameters < 40_000_000_000
    assert 0.25 < entry.size_bytes / entry.parameters < 2.2
    assert entry.context_length >= 512
    assert entry.layers > 0
    assert (entry.kv_bytes_per_token > 0) == (entry.format == "gguf")


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.format == "gguf"], ids=lambda entry: entry.id)
def test_an_entry_comes_from_a_repository_first(entry: CatalogueEntry) -> None:
    source = entry.sources[0]
    assert source.kind == "huggingface"
    assert source.location.count("/") == 1
    assert source.file.endswith(".gguf")
    assert source.sha256 == "" or len(source.sha256) == 64


def test_ids_are_unique() -> None:
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


def test_there_are_enough_models_of_both_purposes_from_small_to_large() -> None:
    chat = [entry.parameters for entry in ENTRIES if entry.purpose == "chat"]
    assert len(chat) >= 12
    assert min(chat) < 1_000_000_000 < 20_000_000_000 < max(chat)
    assert len([entry for entry in ENTRIES if entry.purpose == "embedding"]) >= 3


def test_both_starters_are_listed_with_their_wheels() -> None:
    wheels = {entry.id: entry.sources[-1].location for entry in ENTRIES if entry.starter}
    prepared = {model.catalogue_id: model.requirement for model in STARTERS}
    assert len(wheels) == 2
    assert wheels.items() <= prepared.items()


def test_what_is_converted_here_is_listed_as_it_will_be(entries: dict[str, CatalogueEntry]) -> None:
    [path] = starter_models().glob("*.onnx")
    header, entry = read_header(path), entries[path.stem]
    assert (entry.format, entry.quantization, entry.context_length) == (
        "onnx",
        header.quantization,
        header.context_length,
    )
    assert (entry.parameters, entry.layers) == (header.parameters, header.layers)
    assert entry.size_bytes == path.stat().st_size


@pytest.fixture
def entries() -> dict[str, CatalogueEntry]:
    return {entry.id: entry for entry in ENTRIES}


@pytest.mark.parametrize(
    "content", ["", "{}", '{"models": [{"id": 1}]}', json.dumps({"models": [{"id": "x", "colour": "red"}]})]
)
def test_a_wrong_catalogue_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "catalogue.json"
    path.write_text(content)
    with pytest.raises(CatalogueUnreadable):
        load_catalogue(path)


def test_a_missing_manifest_lists_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == []
