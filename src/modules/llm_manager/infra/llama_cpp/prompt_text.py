"""From messages to tokens: rendered by the template, with control tokens inside messages defused."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from functools import cached_property

from modules.llm_manager.contract import ContextOverflow, EngineMessage
from modules.llm_manager.infra.llama_cpp.native_model import NativeModel
from modules.llm_manager.infra.llama_cpp.templates import CHATML, CHATML_END, ChatTemplate

_SURE_TO_FIT = 1
_PIECE = 64 * 1024
_MIN_CHARACTERS_PER_TOKEN_SUSPECT = 8


class PromptText:
    """Makes token lists for one model. May be used from any thread."""

    def __init__(self, model: NativeModel) -> None:
        self._model = model
        self._template = ChatTemplate(model.chat_template or CHATML, bos_text=model.bos_text, eos_text=model.eos_text)

    @property
    def extra_stops(self) -> tuple[str, ...]:
        """What must end an answer besides the model's own end tokens."""
        borrowed = self._model.chat_template is None and CHATML_END not in self._model.control_texts
        return (CHATML_END,) if borrowed else ()

    def of_chat(self, messages: Sequence[EngineMessage], *, continue_last: bool, room: int) -> list[int]:
        """Tokens of the rendered messages and the opening of the answer.

        Text in messages that spells a control token (``<|im_end|>``) is read as those characters: a message or a
        document must not be able to end its own turn and speak for somebody else.

        Raises:
            TemplateFailed: see ChatTemplate.render.
            ContextOverflow: more than ``room`` tokens.
        """
        continued = continue_last and bool(messages) and messages[-1].role == "assistant"
        turns = list(messages[:-1] if continued else messages)
        if continued:
            opened, hidden = self._rendered([*turns])
            return self._tokens(opened + self._hide(messages[-1].text, hidden), hidden, room)
        text, hidden = self._rendered(turns)
        return self._tokens(text, hidden, room)

    def of_text(self, text: str, *, room: int) -> list[int]:
        """Tokens of plain text, with what the model wants in front of any text.

        Raises:
            ContextOverflow: more than ``room`` tokens.
        """
        self._refuse_absurd(text, room)
        tokens = self._model.tokenize(text, add_special=True, parse_special=False)
        if not tokens:
            tokens = self._model.tokenize("\n", add_special=True, parse_special=False)
        return _checked(tokens, room)

    # -- hiding: a control text inside a message becomes a name that cannot occur by chance, and back after rendering

    @cached_property
    def _control_pattern(self) -> re.Pattern[str] | None:
        texts = sorted(self._model.control_texts, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, texts))) if texts else None

    def _rendered(self, messages: Sequence[EngineMessage]) -> tuple[str, dict[str, str]]:
        hidden: dict[str, str] = {}
        safe = [EngineMessage(message.role, self._hide(message.text, hidden)) for message in messages]
        return self._template.render(safe), hidden

    def _hide(self, text: str, hidden: dict[str, str]) -> str:
        pattern = self._control_pattern
        if pattern is None or not pattern.search(text):
            return text
        names = {original: name for name, original in hidden.items()}

        def name_of(match: re.Match[str]) -> str:
            original = match.group()
            if original not in names:
                names[original] = f"\ue000{secrets.token_hex(8)}\ue001"
                hidden[names[original]] = original
            return names[original]

        return pattern.sub(name_of, text)

    def _tokens(self, text: str, hidden: dict[str, str], room: int) -> list[int]:
        self._refuse_absurd(text, room)
        if not hidden:
            return _checked(self._tokenized(text, first=True), room)
        tokens: list[int] = []
        for part in re.split("(" + "|".join(map(re.escape, hidden)) + ")", text):
            if part in hidden:
                tokens += self._model.tokenize(hidden[part], add_special=False, parse_special=False)
            elif part:
                tokens += self._tokenized(part, first=not tokens)
        return _checked(tokens, room)

    def _tokenized(self, text: str, *, first: bool) -> list[int]:
        # Many templates write the begin token themselves; two of them confuse a model.
        begins = self._model.adds_bos and first and not text.startswith(self._model.bos_text or "\0")
        tokens = self._model.tokenize(text, add_special=False, parse_special=True)
        if not begins:
            return tokens
        bos = self._model.tokenize(self._model.bos_text, add_special=False, parse_special=True)
        return bos + tokens

    def _refuse_absurd(self, text: str, room: int) -> None:
        """Ten megabytes are not tokenised to find out that they do not fit into a few thousand tokens."""
        if len(text) < room * _MIN_CHARACTERS_PER_TOKEN_SUSPECT:
            return
        count = 0
        for start in range(0, len(text), _PIECE):
            piece = text[start : start + _PIECE]
            count += len(self._model.tokenize(piece, add_special=False, parse_special=True)) - _SURE_TO_FIT
            if count > room + room // 8 + 64:
                raise _overflow(f"more than {count:,}", room)


def _checked(tokens: list[int], room: int) -> list[int]:
    if len(tokens) > room:
        raise _overflow(f"{len(tokens):,}", room)
    return tokens


def _overflow(count: str, room: int) -> ContextOverflow:
    return ContextOverflow(f"The conversation has {count} tokens; the model's context has room for {room:,}.")
