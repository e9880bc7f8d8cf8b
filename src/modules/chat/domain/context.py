"""Chooses which messages of a branch go to the model, so that they and an answer fit its context window."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from modules.chat.contract import ChatMessage, ChatParams, ContextMeter, MessageTooLong
from modules.llm_gateway.contract import Message

DEFAULT_RESERVE = 1024
MIN_RESERVE = 128
# What a chat template may add: per message its markers, once a system prompt of its own.
_MARKERS_PER_MESSAGE = 16
_TEMPLATE_TOKENS = 128
# No tokenizer makes tokens of more than this many bytes on average over a long text.
_MOST_BYTES_PER_TOKEN = 32
_USUAL_BYTES_PER_TOKEN = 3.6
_USUAL_MARKERS = 5
# After an overflow the window is filled to this share only: then the next turns reuse what the engine has read,
# instead of moving the start of the text, and reading all of it again, at every turn.
_REFILL = 0.75
_REMEMBERED = 256

Count = Callable[[Sequence[Message]], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens. ``budget`` is what the prompt may take, so that ``reserve`` stays for the answer."""

    size: int
    reserve: int

    @classmethod
    def of(cls, size: int, params: ChatParams) -> Window:
        wanted = params.max_output_tokens or min(DEFAULT_RESERVE, size // 4)
        # However long an answer was asked for, most of the window belongs to the conversation.
        return cls(size, max(1, min(wanted, size // 2)))

    @property
    def budget(self) -> int:
        return self.size - self.reserve

    @property
    def longest_prompt(self) -> int:
        """Even when the last turn alone is over the budget it is sent, as long as a short answer fits."""
        return self.size - min(MIN_RESERVE, self.reserve)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent. ``used`` are its tokens; when not ``exact`` they are an estimate from above or the usual."""

    messages: tuple[Message, ...]
    window: Window
    used: int
    exact: bool
    dropped: int

    def meter(self) -> ContextMeter:
        return ContextMeter(self.used, self.window.size, self.window.reserve, self.dropped, self.exact)


def too_long(tokens: int, window: Window, *, about: bool = False) -> MessageTooLong:
    """The error with its numbers."""
    have = f"{'about ' if about else ''}{tokens:,}"
    return MessageTooLong(
        f"The message has {have} tokens; together with an answer the model can take {window.longest_prompt:,}."
    )


def surely_too_long(text: str, window: Window) -> bool:
    """Whether no tokenizer could make this text fit; needs no model."""
    return len(text.encode()) > window.size * _MOST_BYTES_PER_TOKEN


def usual_tokens(text: str) -> int:
    """About how many tokens a text has."""
    return int(len(text.encode()) / _USUAL_BYTES_PER_TOKEN) + 1


def usual_prompt_tokens(messages: Sequence[Message]) -> int:
    """About how many tokens a rendered conversation has."""
    return sum(usual_tokens(message.text) + _USUAL_MARKERS for message in messages)


def most_tokens(messages: Sequence[Message]) -> int:
    """No more than this: every token stands for at least one byte."""
    text_bytes = sum(len(message.text.encode()) for message in messages)
    return text_bytes + _MARKERS_PER_MESSAGE * len(messages) + _TEMPLATE_TOKENS


def bytes_worth_loading(window: Window) -> int:
    """How much of the end of a branch can matter: more text than this does not fit in any case."""
    return window.budget * _MOST_BYTES_PER_TOKEN // 4


class ContextPlanner:
    """Remembers per conversation where its prompt began, so that it keeps beginning there while that fits."""

    def __init__(self) -> None:
        self._starts: OrderedDict[UUID, tuple[UUID, int]] = OrderedDict()

    async def plan(
        self,
        conversation_id: UUID,
        system_prompt: str,
        branch: Sequence[ChatMessage],
        not_loaded: int,
        window: Window,
        count: Count,
    ) -> Prompt:
        """Fit the end of a branch, oldest first; ``not_loaded`` older messages do not fit in any case.

        Raises:
            MessageTooLong: the last turn alone leaves no room for an answer.
        """
        prompt, start = await self._chosen(conversation_id, system_prompt, branch, not_loaded, window, count)
        turns = _turn_starts(branch)
        if prompt.used > (window.budget if start < len(turns) - 1 else window.longest_prompt):
            raise too_long(prompt.used, window)
        self._remember(conversation_id, (branch[turns[start]].id, window.size), dropped=prompt.dropped > 0)
        return prompt

    async def measure(
        self,
        conversation_id: UUID,
        system_prompt: str,
        branch: Sequence[ChatMessage],
        not_loaded: int,
        window: Window,
        count: Count,
    ) -> Prompt:
        """What ``plan`` would choose, always counted, with nothing refused and nothing remembered."""
        prompt, _ = await self._chosen(conversation_id, system_prompt, branch, not_loaded, window, count)
        return prompt if prompt.exact else replace(prompt, used=await count(prompt.messages), exact=True)

    async def _chosen(
        self,
        conversation_id: UUID,
        system_prompt: str,
        branch: Sequence[ChatMessage],
        not_loaded: int,
        window: Window,
        count: Count,
    ) -> tuple[Prompt, int]:
        fitting = _Fitting(system_prompt, branch, _turn_starts(branch), not_loaded, window, count)
        start = await self._start(conversation_id, fitting)
        return await fitting.prompt(start), start

    def forget(self, conversation_id: UUID) -> None:
        self._starts.pop(conversation_id, None)

    async def _start(self, conversation_id: UUID, fitting: _Fitting) -> int:
        message_id, size = self._starts.get(conversation_id, (None, 0))
        start = fitting.turn_of(message_id) if size == fitting.window.size else None
        if start is not None and await fitting.fits(start, fitting.window.budget):
            return start
        if start is None and fitting.not_loaded == 0 and await fitting.fits(0, fitting.window.budget):
            return 0
        return await fitting.first_that_fits(int(fitting.window.budget * _REFILL))

    def _remember(self, conversation_id: UUID, start: tuple[UUID, int], *, dropped: bool) -> None:
        self._starts.pop(conversation_id, None)
        if dropped:
            self._starts[conversation_id] = start
            while len(self._starts) > _REMEMBERED:
                self._starts.popitem(last=False)


class _Fitting:
    """Counts the prompts that begin at different turns, each at most once."""

    def __init__(
        self,
        system_prompt: str,
        branch: Sequence[ChatMessage],
        turns: Sequence[int],
        not_loaded: int,
        window: Window,
        count: Count,
    ) -> None:
        self.window = window
        self.not_loaded = not_loaded
        self._system = (Message.of("system", system_prompt),) if system_prompt.strip() else ()
        self._branch = branch
        self._turns = turns
        self._count = count
        self._prompts: dict[int, Prompt] = {}

    def turn_of(self, message_id: UUID | None) -> int | None:
        return next((turn for turn, at in enumerate(self._turns) if self._branch[at].id == message_id), None)

    async def fits(self, turn: int, tokens: int) -> bool:
        return (await self.prompt(turn)).used <= tokens

    async def first_that_fits(self, tokens: int) -> int:
        """The earliest turn to begin at; the last one when even that is too long."""
        low, high = 0, len(self._turns) - 1
        while low < high:
            middle = (low + high) // 2
            if await self.fits(middle, tokens):
                high = middle
            else:
                low = middle + 1
        return low

    async def prompt(self, turn: int) -> Prompt:
        if turn not in self._prompts:
            self._prompts[turn] = await self._counted(self._turns[turn])
        return self._prompts[turn]

    async def _counted(self, at: int) -> Prompt:
        messages = (*self._system, *_alternating(self._branch[at:]))
        dropped = self.not_loaded + at
        most = most_tokens(messages)
        if most <= self.window.budget * _REFILL:
            return Prompt(messages, self.window, most, exact=False, dropped=dropped)
        return Prompt(messages, self.window, await self._count(messages), exact=True, dropped=dropped)


def _turn_starts(branch: Sequence[ChatMessage]) -> list[int]:
    """Where a prompt may begin: at user messages, as templates want it; at the first message if there is none."""
    return [at for at, message in enumerate(branch) if message.role == "user"] or [0]


def _alternating(branch: Sequence[ChatMessage]) -> list[Message]:
    """Without empty messages (failed answers) and with neighbours of one role joined: many templates insist on it."""
    told: list[Message] = []
    for message in branch:
        if not message.content:
            continue
        if told and told[-1].role == message.role:
            told[-1] = Message.of(message.role, f"{told[-1].text}\n\n{message.content}")
        else:
            told.append(Message.of(message.role, message.content))
    return told
