"""Passages and traces as JSON, readable by later versions: what they do not know any more is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from modules.local_search_index.contract import SearchMode, Stage, StageRank
from modules.rag.contract import Candidate, Citation, Fate, RetrievalSettings, RetrievalTrace


def passages_json(passages: Sequence[Citation]) -> str:
    return json.dumps([asdict(one) for one in passages], default=str, ensure_ascii=False)


def passages_of(stored: str | None) -> tuple[Citation, ...]:
    return () if stored is None else tuple(map(_citation, json.loads(stored)))


def trace_json(trace: RetrievalTrace) -> str:
    return json.dumps(asdict(trace), default=str, ensure_ascii=False)


def trace_of(stored: str) -> RetrievalTrace:
    values = _known(RetrievalTrace, json.loads(stored))
    settings = _known(RetrievalSettings, values["settings"])
    return RetrievalTrace(
        **values
        | {
            "queries": tuple(values["queries"]),
            "settings": RetrievalSettings(**settings | {"mode": SearchMode(settings["mode"])}),
            "candidates": tuple(map(_candidate, values["candidates"])),
        }
    )


def _citation(stored: Mapping[str, Any]) -> Citation:
    values = _known(Citation, stored)
    return Citation(**values | _ids(values) | {"heading_path": tuple(values["heading_path"])})


def _candidate(stored: Mapping[str, Any]) -> Candidate:
    values = _known(Candidate, stored)
    stages = [StageRank(Stage(one["stage"]), one["rank"], one["score"]) for one in values["stages"]]
    return Candidate(
        **values
        | _ids(values)
        | {
            "heading_path": tuple(values["heading_path"]),
            "stages": tuple(stages),
            "fate": Fate(values["fate"]),
        }
    )


def _ids(values: Mapping[str, Any]) -> dict[str, UUID]:
    return {name: UUID(values[name]) for name in ("file_id", "passage_id")}


def _known(kind: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in values.items() if name in names}
