"""Ids that can be typed and are file names everywhere."""

from __future__ import annotations

import pytest

from modules.llm_manager.domain.naming import matching, model_id, slug, unique, without_quantization


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Qwen3 0.6B", "qwen3-0.6b"),
        ("  Größe / Äpfel: 1? ", "groe-apfel-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("模型", "model"),
        ("", "model"),
        ("a" * 200, "a" * 80),
        ("CON.", "con"),
    ],
)
def test_slugs_hold_nothing_that_a_file_system_or_shell_minds(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("Qwen3-0.6B-Q8_0", "Qwen3-0.6B"),
        ("SmolLM2-135M-Instruct.Q4_1", "SmolLM2-135M-Instruct"),
        ("gemma-3-4b-it-Q4_K_M", "gemma-3-4b-it"),
        ("model-f16", "model"),
        ("gpt-oss-20b-mxfp4", "gpt-oss-20b"),
        ("plain", "plain"),
    ],
)
def test_publishers_put_the_quantization_at_the_end(stem: str, expected: str) -> None:
    assert without_quantization(stem) == expected


def test_an_id_has_name_and_quantization_once() -> None:
    assert model_id("Qwen3-0.6B-Q8_0", "Q8_0", ()) == "qwen3-0.6b-q8_0"


def test_taken_names_get_the_first_free_number() -> None:
    assert unique("a", {"a", "a-2", "a-4"}) == "a-3"


def test_a_part_matches_without_case_and_an_exact_id_alone() -> None:
    assert matching("QWEN", ["qwen-a", "qwen-b", "llama"]) == ["qwen-a", "qwen-b"]
    assert matching("qwen", ["qwen", "qwen-b"]) == ["qwen"]
    assert matching("  ", ["qwen"]) == []
