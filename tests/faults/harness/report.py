"""Counts what was broken, what was owed afterwards, and what was wrong; prints it as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

KINDS = ("kill", "aimed", "power", "call", "flip", "ruin", "freeze", "clock", "network", "memory")
_SHOWN_PROBLEMS = 30
_SAME_END = 300
"""Characters: the innermost calls of a stack."""


@dataclass
class Tally:
    """One scenario under one kind of fault. ``owed`` counts acknowledgements that were looked for afterwards."""

    trials: int = 0
    owed: int = 0
    said: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass
class Report:
    """Everything that one run did. ``left_out`` says what could not be tried here, and why."""

    seed: int
    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)
    calls_complete: dict[str, bool] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def tally(self, scenario: str, kind: str) -> Tally:
        return self.tallies.setdefault(scenario, {}).setdefault(kind, Tally())

    @property
    def problems(self) -> list[str]:
        return [one for kinds in self.tallies.values() for tally in kinds.values() for one in tally.problems]

    def trials(self, kind: str) -> int:
        return sum(kinds[kind].trials for kinds in self.tallies.values() if kind in kinds)

    def table(self) -> str:
        """One line per scenario, one column per kind of fault; then what was wrong."""
        lines = [f"{'scenario':<12}" + "".join(f"{kind:>9}" for kind in KINDS) + f"{'owed':>10}{'wrong':>7}"]
        for name, kinds in self.tallies.items():
            cells = [str(kinds[kind].trials) if kind in kinds else "-" for kind in KINDS]
            owed = sum(tally.owed for tally in kinds.values())
            wrong = sum(len(tally.problems) for tally in kinds.values())
            lines.append(f"{name:<12}" + "".join(f"{cell:>9}" for cell in cells) + f"{owed:>10}{wrong:>7}")
        lines.append(f"{'together':<12}" + "".join(f"{self.trials(kind):>9}" for kind in KINDS))
        lines += [f"every n-th call of {name}: {_done(done)}" for name, done in self.calls_complete.items()]
        lines += [f"left out: {one}" for one in self.left_out]
        lines += _shown(self.problems)
        lines.append(f"seed {self.seed}, {self.seconds:.0f} s, {len(self.problems)} wrong")
        return "\n".join(lines)

    def add(self, other: Report) -> None:
        """Take in what another program did at the same time."""
        for scenario, kinds in other.tallies.items():
            for kind, theirs in kinds.items():
                mine = self.tally(scenario, kind)
                mine.trials += theirs.trials
                mine.owed += theirs.owed
                mine.said += theirs.said
                mine.problems += theirs.problems
        for name, done in other.calls_complete.items():
            self.calls_complete[name] = self.calls_complete.get(name, True) and done
        self.left_out += [one for one in other.left_out if one not in self.left_out]
        self.seconds = max(self.seconds, other.seconds)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Report:
        data: dict[str, Any] = json.loads(text)
        tallies = {
            name: {kind: Tally(**tally) for kind, tally in kinds.items()} for name, kinds in data.pop("tallies").items()
        }
        return cls(tallies=tallies, **data)


def _shown(problems: Sequence[str]) -> list[str]:
    """The first of them; a stack is shown once, and a line of every other problem that has it."""
    lines: list[str] = []
    ends: set[str] = set()
    for problem in problems[:_SHOWN_PROBLEMS]:
        end = problem.rstrip()[-_SAME_END:]
        lines.append(f"WRONG {problem.splitlines()[0] if end in ends else problem}")
        ends.add(end)
    if len(problems) > _SHOWN_PROBLEMS:
        lines.append(f"WRONG and {len(problems) - _SHOWN_PROBLEMS} more")
    return lines


def _done(done: bool) -> str:
    return "all tried" if done else "not all tried in this time"
