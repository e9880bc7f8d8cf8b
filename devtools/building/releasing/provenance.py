"""Says where an artefact comes from: an in-toto statement with SLSA's predicate, written when it is made.

Source: https://slsa.dev/spec/v1.0/provenance and https://github.com/in-toto/attestation/tree/main/spec/v1
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from devtools.building.places import BILL, NAME, Places, epoch
from devtools.building.releasing.checksums import sha256
from devtools.errors import CommandFailed
from devtools.process import run_quiet

BUILDER = "HYPERSPOT_BUILDER_ID"
"""A URI that says who built it: of a CI system, or of a person's machine."""
SOURCE = "HYPERSPOT_SOURCE_URI"
"""Where the public finds the commit, as ``git+https://...``; without it only the commit is told."""
SUFFIX = ".intoto.json"
BILL_SUFFIX = ".cdx.json"
_UNNAMED_BUILDER = "urn:hyperspot-desktop:builder:unnamed"
_BUILD_TYPE = "urn:hyperspot-desktop:build:1"
_STATEMENT = "https://in-toto.io/Statement/v1"
_PREDICATE = "https://slsa.dev/provenance/v1"
_UNKNOWN = "0" * 40
_FROZEN_FROM = "source.json"


@dataclass(frozen=True)
class Source:
    """A commit; ``changed`` when something was made from more or from other files than those in it."""

    commit: str
    changed: bool


@dataclass(frozen=True)
class Provenance:
    """What ``dev.py build sign`` reads of a statement."""

    sha256: str
    source: Source


def source_of(root: Path) -> Source:
    """The checkout's commit; without a repository it counts as changed, for nothing vouches for it."""
    try:
        commit = run_quiet(["git", "rev-parse", "HEAD"], cwd=root).strip()
        return Source(commit, bool(run_quiet(["git", "status", "--porcelain"], cwd=root).strip()))
    except (OSError, CommandFailed):
        return Source(_UNKNOWN, True)


def note_source(folder: Path, source: Source) -> None:
    """Keep with the frozen program what it was made from, for those who pack it later."""
    (folder / _FROZEN_FROM).write_text(json.dumps(asdict(source)), encoding="utf-8")


def packed_source(root: Path, program: Path) -> Source:
    """What an artefact is made from that is packed now around a program that was frozen before."""
    now = source_of(root)
    try:
        frozen = Source(**json.loads((program.parent / _FROZEN_FROM).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        frozen = Source(_UNKNOWN, True)
    return Source(now.commit, now.changed or frozen.changed or frozen.commit != now.commit)


def record(
    places: Places, kind: str, program: Path, made: Path, started: datetime, environ: Mapping[str, str] = os.environ
) -> None:
    """Write what is known of an artefact beside it, and a copy of the bill of the program in it. Folders have none."""
    if not made.is_file():
        return
    byproducts = []
    if (program / BILL).is_file():
        copy = made.with_name(bill_name(places))
        shutil.copyfile(program / BILL, copy)
        byproducts = [{"name": copy.name, "digest": {"sha256": sha256(copy)}}]
    text = json.dumps(statement(places, kind, program, made, started, byproducts, environ), indent=1)
    made.with_name(made.name + SUFFIX).write_text(f"{text}\n", encoding="utf-8")


def bill_name(places: Places) -> str:
    """One bill for all artefacts of a system, which all have the same program inside."""
    return f"{NAME}-{places.version}-{sys.platform}-{platform.machine().lower()}{BILL_SUFFIX}"


def statement(
    places: Places,
    kind: str,
    program: Path,
    made: Path,
    started: datetime,
    byproducts: list[dict[str, Any]],
    environ: Mapping[str, str],
) -> dict[str, Any]:
    """The statement as JSON has it."""
    return {
        "_type": _STATEMENT,
        "subject": [{"name": made.name, "digest": {"sha256": sha256(made)}}],
        "predicateType": _PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": _BUILD_TYPE,
                "externalParameters": {"kind": kind, "version": places.version},
                "internalParameters": {
                    "SOURCE_DATE_EPOCH": epoch(places.layout),
                    "python": platform.python_version(),
                    "system": platform.platform(),
                },
                "resolvedDependencies": _materials(places, program, environ),
            },
            "runDetails": {
                "builder": {"id": environ.get(BUILDER, "") or _UNNAMED_BUILDER},
                "metadata": {"startedOn": _time(started), "finishedOn": _time(datetime.now(UTC))},
                "byproducts": byproducts,
            },
        },
    }


def read(artefact: Path) -> Provenance | None:
    """What lies beside an artefact; None when nothing does, or nothing that can be read."""
    try:
        said = json.loads(artefact.with_name(artefact.name + SUFFIX).read_text(encoding="utf-8"))
        source = said["predicate"]["buildDefinition"]["resolvedDependencies"][0]
        changed = bool(source["annotations"]["changed"])
        commit = str(source["digest"]["gitCommit"])
        return Provenance(str(said["subject"][0]["digest"]["sha256"]), Source(commit, changed))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _materials(places: Places, program: Path, environ: Mapping[str, str]) -> list[dict[str, Any]]:
    """The source first, then what it locks."""
    source = packed_source(places.layout.root, program)
    where = {"uri": environ[SOURCE]} if environ.get(SOURCE) else {}
    commit = {"name": "source", **where, "digest": {"gitCommit": source.commit}}
    locks = sorted((places.layout.root / "requirements").glob("*.lock"))
    return [
        {**commit, "annotations": {"changed": source.changed}},
        *({"name": f"requirements/{lock.name}", "digest": {"sha256": sha256(lock)}} for lock in locks),
    ]


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
