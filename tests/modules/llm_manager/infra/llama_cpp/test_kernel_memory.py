"""What was found out about this processor survives the program, and only that."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from modules.llm_manager.infra.llama_cpp.kernel_memory import KernelMemory


@pytest.fixture
def file(home: Path) -> Path:
    return home / "run" / "engine.json"


def test_kernels_are_trusted_until_they_crashed(file: Path) -> None:
    before = KernelMemory(file).tuned_kernels_work()
    KernelMemory(file).note_crash()
    assert (before, KernelMemory(file).tuned_kernels_work()) == (True, False)


def test_another_processor_or_build_is_tried_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    KernelMemory(file).note_crash()
    monkeypatch.setattr(platform, "machine", lambda: "another")
    assert KernelMemory(file).tuned_kernels_work()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\udce4"])
def test_a_damaged_file_says_nothing(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert KernelMemory(file).tuned_kernels_work()


def test_a_folder_that_cannot_be_written_harms_nobody(home: Path) -> None:
    (home / "run").write_text("in the way")
    memory = KernelMemory(home / "run" / "engine.json")
    memory.note_crash()
    assert memory.tuned_kernels_work()


def test_without_a_file_nothing_is_remembered() -> None:
    memory = KernelMemory(None)
    memory.note_crash()
    assert memory.tuned_kernels_work()
