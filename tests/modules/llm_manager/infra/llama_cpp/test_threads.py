"""All cores while they are free, one fewer when somebody else needs them."""

from __future__ import annotations

from dataclasses import dataclass

from modules.llm_manager.infra.llama_cpp.threads import CROWDED_FOR_S, ReadThreads, ThreadPlan, busy_neighbours


@dataclass
class Machine:
    """A clock and the processor time we were given."""

    wall_s: float = 100.0
    cpu_s: float = 0.0
    neighbours: int | None = None

    def threads(self) -> ReadThreads:
        return ReadThreads(
            ThreadPlan(3, 4), wall=lambda: self.wall_s, cpu=lambda: self.cpu_s, neighbours=lambda: self.neighbours
        )

    def read(self, threads: ReadThreads, *, share: float, seconds: float = 1.0) -> int:
        threads.look()
        count = threads.begin()
        self.wall_s += seconds
        self.cpu_s += seconds * count * share
        threads.end()
        return count


def test_one_core_stays_free_while_generating() -> None:
    assert ThreadPlan.for_cores(4) == ThreadPlan(generate=3, read=4)


def test_a_single_core_is_used() -> None:
    assert ThreadPlan.for_cores(1) == ThreadPlan(generate=1, read=1)


def test_all_cores_read_while_they_are_free() -> None:
    machine = Machine()
    threads = machine.threads()
    assert [machine.read(threads, share=0.97) for _ in range(3)] == [4, 4, 4]


def test_a_busy_neighbour_gets_its_core() -> None:
    machine = Machine()
    threads = machine.threads()
    assert [machine.read(threads, share=0.75) for _ in range(3)] == [4, 3, 3]


def test_after_a_while_all_cores_are_tried_again() -> None:
    machine = Machine()
    threads = machine.threads()
    machine.read(threads, share=0.75)
    machine.wall_s += CROWDED_FOR_S
    assert machine.read(threads, share=1.0) == 4


def test_a_moment_says_nothing() -> None:
    machine = Machine()
    threads = machine.threads()
    machine.read(threads, share=0.1, seconds=0.005)
    assert machine.read(threads, share=1.0) == 4


def test_nothing_is_known_at_first() -> None:
    assert Machine().threads().uncertain


def test_who_runs_already_is_seen_before_the_first_piece() -> None:
    machine = Machine(neighbours=1)
    threads = machine.threads()
    assert (machine.read(threads, share=1.0), threads.uncertain) == (3, False)


def test_free_cores_are_seen_before_the_first_piece() -> None:
    machine = Machine(neighbours=0)
    threads = machine.threads()
    assert (machine.read(threads, share=1.0), threads.uncertain) == (4, False)


def test_the_real_system_tells_or_does_not() -> None:
    others = busy_neighbours()
    assert others is None or others >= 0
