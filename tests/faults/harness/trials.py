"""The ways to break one scenario: each trial is made from the seed and its number alone, so it can be made again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from modkit.errors import HyperSpotError
from tests.faults.harness import calls, damage, power
from tests.faults.harness.calls import FAILURES, KILL, Calls, Failure
from tests.faults.harness.life import End, Life, copied, live
from tests.faults.harness.memory import address_space_bytes, limit_address_space
from tests.faults.harness.recording import Recorder, load_epochs
from tests.faults.harness.report import Report
from tests.faults.harness.scenario import Acknowledge, Fact, Scenario

CUTS_PER_RECORDING = 250
_FEW_ROUNDS = (1, 2, 6)
_MANY_ROUNDS = (1, 2, 40, 3, 5)
"""How often a scenario acts before it closes its database; many fold the log in while it is open."""
_KILL_STEPS = 3
_FREEZE_S = 0.02
_MORE_MEMORY_LOG2 = (16.0, 25.0)
"""64 KB to 32 MB: from what ends every scenario to what ends none."""
_WITHOUT_MEMORY_S = 3.0
_NEVER = 1 << 60


class Trials:
    """Breaks one scenario in a folder of its own and writes down what happened."""

    def __init__(self, scenario: Scenario, folder: Path, report: Report, *, short: bool = False) -> None:
        """``short``: power cuts come from a short recording, for a run with few of them."""
        self._rounds = _FEW_ROUNDS if short else _MANY_ROUNDS
        self.scenario = scenario
        self.report = report
        self._folder = folder
        self._template = folder / "template"
        self._place = folder / "place"
        self._facts: list[Fact] = []
        self._recording: tuple[int, Path] | None = None
        self._counted: dict[Calls, int] = {}

    def prepare(self) -> None:
        """Make the template, and do everything once in this process: what is imported and compiled then, forks have."""
        self._template.mkdir(parents=True)
        asyncio.run(self.scenario.prepare(self._template))
        copied(self._template, self._place)
        facts: list[Fact] = []
        asyncio.run(self.scenario.act(self._place, random.Random(0), facts.append, 1))
        if found := asyncio.run(self.scenario.check(self._place, facts)):
            raise RuntimeError(f"{self.scenario.name} is wrong without a fault: {found[0]}")

    def kill(self, number: int) -> None:
        """Kill it at a random moment; now and then go on with what the kill before left."""
        chance = self._chance("kill", number)
        if not (self._facts and chance.random() < 0.4):
            self._begin()
        from_start = number % 4 == 3
        end = End(chance.uniform(0.0, self.scenario.life_s), from_start)

        async def act_for_ever(acknowledge: Acknowledge) -> None:
            while True:
                await self.scenario.act(self._place, chance, acknowledge, _KILL_STEPS)

        life = live(act_for_ever, end)
        self._facts += life.facts
        self._settle("kill", str(number), life)

    def freeze(self, number: int) -> None:
        """Stop it for a moment and let it go on to its end."""
        chance = self._chance("freeze", number)
        self._begin()
        end = End(chance.uniform(0.0, self.scenario.life_s / 4), freeze_s=_FREEZE_S)
        life = live(lambda acknowledge: self.scenario.act(self._place, chance, acknowledge, _KILL_STEPS), end)
        self._facts += life.facts
        self._settle("freeze", str(number), life, may_say=False)

    def clock(self, number: int) -> None:
        """Set the clock ahead and back by days while it acts."""
        chance = self._chance("clock", number)
        self._begin()

        async def act(acknowledge: Acknowledge) -> None:
            def jump(fact: Fact) -> None:
                acknowledge(fact)
                calls.move_clock(chance.randint(-1_000_000, 1_000_000))

            await self.scenario.act(self._place, chance, jump, _KILL_STEPS)

        life = live(act)
        self._facts += life.facts
        self._settle("clock", str(number), life, may_say=False)

    def network(self, number: int) -> None:
        """Let it act over a network that loses things."""
        chance = self._chance("network", number)
        self._begin()
        life = live(lambda acknowledge: self.scenario.act_over_a_bad_network(self._place, chance, acknowledge))
        self._facts += life.facts
        self._settle("network", str(number), life)

    def memory(self, number: int) -> None:
        """Let it act with a little more memory than it has; without memory it may end in any way, as in a kill."""
        chance = self._chance("memory", number)
        self._begin()
        more = int(2 ** chance.uniform(*_MORE_MEMORY_LOG2))
        # A thread that cannot begin may leave others waiting for it: a person would end that as well.
        end = End(_WITHOUT_MEMORY_S, from_start=True)
        life = live(lambda acknowledge: self._act_in_little_memory(more, chance, acknowledge), end)
        self._facts += life.facts
        life.bug = ""
        self._settle("memory", str(number), life)

    async def _act_in_little_memory(self, more: int, chance: random.Random, acknowledge: Acknowledge) -> None:
        limit_address_space(address_space_bytes() + more)
        await self.scenario.act(self._place, chance, acknowledge, _KILL_STEPS)

    def call(self, failure: Failure, nth: int) -> bool:
        """Let the n-th call fail; gives whether there was an n-th call."""
        self._begin()
        seen = 0

        async def act(acknowledge: Acknowledge) -> dict[str, object]:
            said = ""
            calls.arm(self._place, failure, nth)
            try:
                await self.scenario.act(self._place, random.Random(1), acknowledge, 1)
            except HyperSpotError as err:
                said = str(err)
            finally:
                count = calls.disarm()
            return {"seen": count, "said": said}

        life = live(act)
        if life.result is not None:
            seen, life.said = life.result["seen"], life.result["said"]
        self._facts += life.facts
        self._settle("aimed" if failure is KILL else "call", f"{failure.name}/{nth}", life)
        return life.killed or bool(life.bug) or seen >= nth

    def every_call(self, share: tuple[int, int] = (0, 1)) -> Iterator[None]:
        """Let the first call fail, the second, and so on until it succeeds, for every failure; a step for each call."""
        first, step = share
        for failure in (KILL, *FAILURES):
            for nth in count(1 + first, step):
                if not self.call(failure, nth):
                    break
                yield
        self.report.calls_complete[self.scenario.name] = True

    def count_every_call(self) -> int:
        """About how many calls ``every_call`` lets fail."""
        return sum(self._count_calls(failure.calls) for failure in (KILL, *FAILURES))

    def some_call(self, failure: Failure, number: int) -> None:
        """Let one of its calls fail, chosen by chance."""
        if (there_are := self._count_calls(failure.calls)) > 0:
            self.call(failure, self._chance(failure.name, number).randint(1, there_are))

    def spread_kills(self, count: int) -> None:
        """Kill it in the middle of ``count`` of its file calls, from the first to the last."""
        there_are = self._count_calls(KILL.calls)
        for nth in sorted({1 + step * (there_are - 1) // max(1, count - 1) for step in range(count)}):
            self.call(KILL, nth)

    def _count_calls(self, kinds: Calls) -> int:
        """How many calls could fail when none does."""
        if kinds not in self._counted:
            self._begin()

            async def act(acknowledge: Acknowledge) -> int:
                calls.arm(self._place, Failure(kinds, 0), _NEVER)
                await self.scenario.act(self._place, random.Random(1), acknowledge, 1)
                return calls.disarm()

            life = live(act)
            if life.result is None:
                raise RuntimeError(f"{self.scenario.name} fails without a fault: {life.bug or life.said}")
            self._counted[kinds] = int(life.result)
        return self._counted[kinds]

    def flip(self, number: int) -> None:
        """Flip one bit of the database: it must be seen, named and turned back, and nothing may be lost."""
        chance = self._chance("flip", number)
        self._begin()
        path = self._acted(chance)
        what, page = damage.flip_a_bit(path, chance)
        self._repaired("flip", number, what, damage.problems_of_a_flip(path, page, self.scenario, self._facts))

    def ruin(self, number: int) -> None:
        """Ruin a sector after a backup: nothing of the backup may be lost, of the rest only what is said."""
        chance = self._chance("ruin", number)
        self._begin()
        path = self._acted(chance)
        if (backed_up := live(lambda _: damage.back_up(path))).bug or backed_up.said:
            raise RuntimeError(f"{self.scenario.name} could not be backed up: {self._ended(backed_up)}")
        older = self._facts
        self._facts = []
        self._acted(self._chance("after the backup", number))
        newer, self._facts = self._facts, older + self._facts
        what, page = damage.ruin_a_sector(path, chance)
        self._repaired("ruin", number, what, damage.problems_of_a_ruin(path, page, self.scenario, older, newer))

    def _acted(self, chance: random.Random) -> Path:
        """Let it act and close, or, every other time, be killed so that its log stays; gives its database."""
        assert self.scenario.database is not None
        end = End(chance.uniform(0.0, self.scenario.life_s)) if chance.random() < 0.5 else End()
        life = live(lambda acknowledge: self.scenario.act(self._place, chance, acknowledge, _KILL_STEPS), end)
        self._facts += life.facts
        if life.bug or life.said:
            raise RuntimeError(f"{self.scenario.name} fails without a fault: {self._ended(life)}")
        return self._place / self.scenario.database

    def _repaired(self, kind: str, number: int, what: str, found: Sequence[str]) -> None:
        tally = self.report.tally(self.scenario.name, kind)
        tally.trials += 1
        tally.owed += len(self._facts)
        tally.problems += [self._named(kind, str(number), f"{what}: {one}") for one in found]

    def power(self, first: int, count: int) -> None:
        """Cut the power ``count`` times."""
        epochs_file = self._recorded(first // CUTS_PER_RECORDING)
        place = self._folder / "cut"
        place.mkdir(exist_ok=True)
        assert self.scenario.database is not None
        path = place / self.scenario.database

        async def cut_often(acknowledge: Acknowledge) -> None:
            epochs = load_epochs(epochs_file)
            for number in range(first, first + count):
                made = power.cut(epochs, self._chance("power", number))
                found = power.problems_after(made, path, self.scenario)
                acknowledge({"number": number, "owed": len(made.owed), "found": found})

        life = live(cut_often)
        tally = self.report.tally(self.scenario.name, "power")
        for outcome in life.facts:
            tally.trials += 1
            tally.owed += outcome["owed"]
            tally.problems += [self._named("power", str(outcome["number"]), one) for one in outcome["found"]]
        if life.bug or life.said or life.killed or life.hung:
            tally.problems.append(self._named("power", f"{first}+{len(life.facts)}", self._ended(life)))

    def _recorded(self, number: int) -> Path:
        if self._recording is not None and self._recording[0] == number:
            return self._recording[1]
        self._begin()
        assert self.scenario.database is not None
        target, path = self._folder / "recording", self._place / self.scenario.database
        chance = self._chance("recording", number)

        async def record(_: Acknowledge) -> None:
            recorder = Recorder(path)
            for steps in self._rounds:
                await self.scenario.act(self._place, chance, recorder.acknowledged, steps)
            recorder.save(target)

        life = live(record)
        if life.bug or life.said:
            raise RuntimeError(f"{self.scenario.name} could not be recorded: {life.bug or life.said}")
        self._recording = number, target
        return target

    def _begin(self) -> None:
        copied(self._template, self._place)
        self._facts = []

    def _settle(self, kind: str, number: str, life: Life, *, may_say: bool = True) -> None:
        """Start it again, without faults, and look for everything that was acknowledged."""
        tally = self.report.tally(self.scenario.name, kind)
        tally.trials += 1
        tally.owed += len(self._facts)
        tally.said += bool(life.said)
        found: Sequence[str] = []
        if life.bug or life.hung or (life.said and not may_say):
            found = [self._ended(life)]
        checked = live(lambda _: self.scenario.check(self._place, self._facts))
        found = [*found, *(checked.result or [])]
        if checked.bug or checked.said or checked.hung or checked.killed:
            found.append(f"the next start: {self._ended(checked)}")
        tally.problems += [self._named(kind, number, one) for one in found]
        if found:
            self._facts = []  # the next kill begins anew

    def _ended(self, life: Life) -> str:
        return life.bug or life.said or ("hung" if life.hung else "died")

    def _named(self, kind: str, number: str, problem: str) -> str:
        return f"{self.scenario.name}/{kind}/{number} (seed {self.report.seed}): {problem}"

    def _chance(self, kind: str, number: int) -> random.Random:
        return random.Random(f"{self.report.seed}/{self.scenario.name}/{kind}/{number}")
