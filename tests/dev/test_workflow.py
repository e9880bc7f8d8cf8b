"""The workflow of the hosted CI, which runs nowhere here: held against what dev.py can do and the manual says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from devtools.building import build as building
from devtools.building.kinds import KINDS
from devtools.verbs import VERBS

ROOT = Path(__file__).parents[2]
FILE = ROOT / ".github" / "workflows" / "packages.yml"
NOT_FOR_PEOPLE = {"frozen"}
"""What is made on the way."""


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def steps(workflow: dict[str, Any], job: str | None = None) -> list[dict[str, Any]]:
    return [step for name, one in workflow["jobs"].items() if job in (None, name) for step in one["steps"]]


def calls(step: dict[str, Any]) -> list[list[str]]:
    """The arguments of each call of dev.py."""
    return [line.split() for line in re.findall(r"\bdev\.py (.+)", step.get("run", ""))]


def kinds_of(workflow: dict[str, Any], system: str) -> list[str]:
    only = [step for step in steps(workflow, "make") if step.get("if") == f"matrix.system == '{system}'"]
    return [words[1] for step in only for words in calls(step)]


def test_dev_py_understands_every_call(workflow: dict[str, Any]) -> None:
    made = [words for step in steps(workflow) for words in calls(step)]
    assert len(made) > 3
    for verb, *rest in made:
        assert verb in VERBS
        if rest[0] not in building.COMMANDS:
            building._parser().parse_args(rest)


def test_every_kind_is_made_once_on_its_system(workflow: dict[str, Any]) -> None:
    systems = {one["system"] for one in workflow["jobs"]["make"]["strategy"]["matrix"]["include"]}
    assert systems == {"linux", "windows", "macos"}
    made = [kind for system in systems for kind in kinds_of(workflow, system)]
    assert sorted(made) == sorted(KINDS.keys() - NOT_FOR_PEOPLE)
    assert kinds_of(workflow, "macos") == ["app"]
    assert kinds_of(workflow, "windows") == ["nsis"]


def test_what_is_packed_from_what_was_frozen_before_comes_after_it(workflow: dict[str, Any]) -> None:
    for system in ("linux", "windows", "macos"):
        only = [step for step in steps(workflow, "make") if step.get("if") == f"matrix.system == '{system}'"]
        again = ["--again" in words for step in only for words in calls(step)]
        assert again == [number > 0 for number in range(len(again))]


def test_what_was_built_is_tried_on_every_system(workflow: dict[str, Any]) -> None:
    tried = [step for step in steps(workflow, "make") if "--self-test" in step.get("run", "")]
    assert [step.get("if") for step in tried] == [None]
    for words in (words for step in steps(workflow, "make") for words in calls(step)):
        # On Windows the installer's own cycle is not run: it is made for Wine.
        assert ("--test" in words) == (words[1] != "nsis")


def test_every_secret_and_variable_is_in_the_manual() -> None:
    named = set(re.findall(r"\b(?:secrets|vars)\.(\w+)", FILE.read_text(encoding="utf-8")))
    assert len(named) > 10
    manual = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
    assert [name for name in sorted(named) if f"`{name}`" not in manual] == []


def test_secrets_reach_only_the_step_that_needs_them(workflow: dict[str, Any]) -> None:
    outside = {key: value for key, value in workflow.items() if key != "jobs"}
    outside |= {
        name: {key: value for key, value in job.items() if key != "steps"} for name, job in workflow["jobs"].items()
    }
    assert "secrets." not in str(outside)
    for step in steps(workflow):
        given = {name for name, value in step.get("env", {}).items() if "secrets." in value}
        assert all(step["env"][name] == f"${{{{ secrets.{name} }}}}" for name in given)
        assert not given or "if" in step


def test_a_variable_is_given_under_its_own_name(workflow: dict[str, Any]) -> None:
    for given in [workflow["env"], *(step.get("env", {}) for step in steps(workflow))]:
        for name, value in given.items():
            assert name == re.sub(r".*\b(?:secrets|vars)\.(\w+).*", r"\1", value) or "vars." not in value


def test_actions_are_of_the_code_host_and_pinned(workflow: dict[str, Any]) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[\w-]+@(v\d+|[0-9a-f]{40})", one)] == []


def test_it_may_only_read_the_repository(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
