"""Which conversation is in memory, which are parked, and what has to be read again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modules.llm_manager.infra.llama_cpp.prefix_cache import PrefixCache, common_prefix


class TokenMemory:
    """A sequence memory that holds the tokens themselves; one token is one byte."""

    def __init__(self, *, can_go_back: bool = True) -> None:
        self.tokens: list[int] = []
        self.can_go_back = can_go_back
        self.restored = 0

    def size_bytes(self) -> int:
        return len(self.tokens)

    def save(self) -> list[int]:
        return list(self.tokens)

    def restore(self, state: list[int]) -> bool:
        self.tokens = list(state)
        self.restored += 1
        return True

    def truncate(self, length: int) -> bool:
        possible = self.can_go_back or length in (0, len(self.tokens))
        self.tokens = self.tokens[: length if possible else 0]
        return possible


class Reader:
    """Reads prompts through the cache, as the engine does, and says how much had to be read."""

    def __init__(self, memory: TokenMemory, budget_bytes: int = 100_000) -> None:
        self.memory = memory
        self.cache = PrefixCache(memory, budget_bytes)

    def read(self, tokens: list[int], key: str | None) -> int:
        present = self.cache.enter(tokens, key)
        assert self.memory.tokens == tokens[:present]
        self.memory.tokens += tokens[present:]
        self.cache.append(tokens[present:])
        return len(tokens) - present


def conversation(start: int, length: int = 400) -> list[int]:
    return list(range(start * 10_000, start * 10_000 + length))


def test_the_same_prompt_again_reads_one_token() -> None:
    reader = Reader(TokenMemory())
    assert (reader.read(conversation(1), "a"), reader.read(conversation(1), "a")) == (400, 1)


def test_the_next_turn_reads_only_what_is_new() -> None:
    reader = Reader(TokenMemory())
    reader.read(conversation(1, 400), "a")
    assert reader.read(conversation(1, 430), "a") == 30


def test_returning_to_any_of_the_last_four_conversations_reads_one_token() -> None:
    reader = Reader(TokenMemory())
    keys = ("a", "b", "c", "d")
    first = [reader.read(conversation(number), key) for number, key in enumerate(keys)]
    again = [reader.read(conversation(number), key) for number, key in enumerate(keys)]
    assert (first, again) == ([400] * 4, [1] * 4)


def test_a_regenerated_answer_does_not_park_its_own_conversation() -> None:
    reader = Reader(TokenMemory())
    reader.read([*conversation(1), 7, 8, *range(90)], "a")
    reader.read(conversation(1), "a")
    assert reader.cache.sequences == 1


def test_copies_stay_within_the_budget() -> None:
    reader = Reader(TokenMemory(), budget_bytes=1_000)
    for number in range(6):
        reader.read(conversation(number), str(number))
    assert (reader.cache.parked_bytes, reader.cache.sequences) == (800, 3)


def test_nameless_requests_are_given_up_before_conversations() -> None:
    reader = Reader(TokenMemory(), budget_bytes=1_000)
    for number, key in enumerate(("a", None, "b", "c")):
        reader.read(conversation(number), key)
    assert (reader.read(conversation(0), "a"), reader.read(conversation(1), None)) == (1, 400)


def test_a_short_nameless_request_is_not_kept_but_the_conversation_before_it_is() -> None:
    reader = Reader(TokenMemory())
    reader.read(conversation(1), "a")
    reader.read(conversation(2, 100), None)
    assert (reader.read(conversation(1), "a"), reader.cache.sequences) == (1, 1)


def test_a_common_system_prompt_is_not_read_again_for_a_new_conversation() -> None:
    reader = Reader(TokenMemory())
    reader.read([*conversation(9, 100), *conversation(1)], "a")
    assert reader.read([*conversation(9, 100), *conversation(2)], "b") == 400


def test_a_memory_that_cannot_go_back_starts_again() -> None:
    reader = Reader(TokenMemory(can_go_back=False))
    reader.read(conversation(1, 400), "a")
    assert (reader.read(conversation(1, 430), "a"), reader.read(conversation(1, 200), "a")) == (30, 200)


def test_clearing_forgets_everything() -> None:
    reader = Reader(TokenMemory())
    reader.read(conversation(1), "a")
    reader.read(conversation(2), "b")
    reader.cache.clear()
    assert (reader.cache.sequences, reader.cache.tokens, reader.memory.tokens) == (0, 0, [])


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_the_common_prefix_is_the_longest_one(left: list[int], right: list[int]) -> None:
    size = common_prefix(left, right)
    assert left[:size] == right[:size]
    assert left[size : size + 1] != right[size : size + 1] or size == min(len(left), len(right))


_TURNS = st.tuples(st.lists(st.integers(0, 1), min_size=1, max_size=200), st.sampled_from(["a", "b", "c", None]))


@given(st.lists(_TURNS, max_size=12), st.booleans())
def test_whatever_is_asked_memory_and_bookkeeping_agree(turns: list[tuple[list[int], str | None]], back: bool) -> None:
    reader = Reader(TokenMemory(can_go_back=back), budget_bytes=300)
    read = [reader.read(tokens, key) for tokens, key in turns]
    assert all(count >= 1 for count in read)
    assert reader.cache.parked_bytes <= 300
