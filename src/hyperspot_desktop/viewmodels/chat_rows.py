"""Messages as the rows of one flat list: a bubble, or the blocks of an answer and the line below them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.source_cards import cards_of
from hyperspot_desktop.viewmodels.text import number, tr

if TYPE_CHECKING:
    from hyperspot_desktop.viewmodels.answers import Shown
    from modules.chat.contract import ChatMessage

LONGEST_BUBBLE = 12_000
"""Characters of an own message that are drawn; the rest is there, and can be copied."""


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A row of the chat page; ``kind`` says which of the fields count."""

    kind: str
    message_id: str
    html: str = ""
    plain: str = ""
    level: int = 0
    indent: int = 0
    marker: str = ""
    quote: int = 0
    language: str = ""
    first: bool = True
    last: bool = True
    cells: tuple[tuple[str, ...], ...] = ()
    weights: tuple[int, ...] = ()
    aligns: tuple[str, ...] = ()
    status: str = ""
    stats: str = ""
    sibling: int = 0
    siblings: int = 1
    can_continue: bool = False
    cut: bool = False
    notice: str = ""
    action: str = ""
    sources: tuple[dict[str, Any], ...] = ()
    done: int = 0
    total: int = 0
    from_documents: bool = False


def same_row(old: Any, new: Any) -> bool:
    """Rows of the same kind of the same message may turn into one another without a new delegate."""
    return bool(old.kind == new.kind and old.message_id == new.message_id)


def _user_rows(message: ChatMessage) -> list[ChatRow]:
    text = message.content
    shown = clean(text[:LONGEST_BUBBLE])
    hidden = len(text) - LONGEST_BUBBLE
    notice = tr("%1 more characters are not shown").replace("%1", number(hidden)) if hidden > 0 else ""
    return [
        ChatRow(
            "user",
            str(message.id),
            html=escape(shown, quote=True).replace("\n", "<br/>"),
            plain=shown,
            sibling=message.sibling_index,
            siblings=message.sibling_count,
            notice=notice,
        )
    ]


def stats_text(message: ChatMessage) -> str:
    """412 tokens · 38.2 tok/s · first token 0.4 s"""
    stats = message.stats
    if stats is None or not stats.output_tokens:
        return ""
    if message.from_documents and stats.output_tokens == 1:
        # The program's own sentence, in one piece ("Nothing was found"): no model wrote it at that speed.
        return ""
    words = tr("1 token") if stats.output_tokens == 1 else tr("%1 tokens")
    parts = [words.replace("%1", number(stats.output_tokens))]
    if stats.tokens_per_s:
        parts.append(tr("%1 tok/s").replace("%1", f"{stats.tokens_per_s:.1f}"))
    if stats.first_token_ms:
        parts.append(tr("first token %1 s").replace("%1", f"{stats.first_token_ms / 1000:.1f}"))
    return "  ·  ".join(parts)


def _notice(message: ChatMessage) -> tuple[str, str]:
    """What is to be said about an answer, and what can be done about it."""
    if _cut(message):
        return _dropped(message)
    if message.error:
        return message.error.get("sentence", ""), message.error.get("action", "")
    if message.status == "interrupted":
        return tr("The answer was interrupted."), tr("Continue goes on where it ended.")
    if message.status == "stopped":
        return tr("You stopped this answer."), ""
    return _dropped(message)


def _dropped(message: ChatMessage) -> tuple[str, str]:
    if message.stats is None or not message.stats.dropped_messages:
        return "", ""
    text = tr("The %1 oldest messages no longer fit into the model's context and were left out of this answer.")
    return text.replace("%1", number(message.stats.dropped_messages)), ""


def _cut(message: ChatMessage) -> bool:
    """The answer is well as far as it goes, but its length limit came before its end."""
    return message.status == "complete" and (message.error or {}).get("code") == "answer_cut"


def _can_continue(message: ChatMessage) -> bool:
    return bool(message.content) and (message.status in ("interrupted", "stopped", "failed") or _cut(message))


def _answer_rows(shown: Shown) -> list[ChatRow]:
    message = shown.message
    message_id = str(message.id)
    rows = [
        ChatRow(
            block.kind,
            message_id,
            html=block.html,
            plain=block.plain,
            level=block.level,
            indent=block.indent,
            marker=block.marker,
            quote=block.quote,
            language=block.language,
            first=block.first,
            last=block.last,
            cells=block.rows,
            weights=block.weights,
            aligns=block.aligns,
        )
        for block in shown.blocks
    ]
    if message.status == "streaming":
        return rows if rows else [_thinking_row(shown)]
    if message.citations or (message.from_documents and message.status == "complete"):
        rows.append(ChatRow("sources", message_id, sources=cards_of(message)))
    notice, action = _notice(message)
    rows.append(
        ChatRow(
            "footer",
            message_id,
            status=str(message.status),
            stats=stats_text(message),
            sibling=message.sibling_index,
            siblings=message.sibling_count,
            can_continue=_can_continue(message),
            cut=_cut(message),
            notice=notice,
            action=action,
            from_documents=message.from_documents,
        )
    )
    return rows


def _thinking_row(shown: Shown) -> ChatRow:
    """Nothing is written yet; what is done instead, as far as it is known. A total of 0 cannot be counted."""
    told = shown.progress
    if told is None:
        return ChatRow("thinking", str(shown.message.id))
    return ChatRow("thinking", str(shown.message.id), notice=clean(told.note), done=told.done, total=told.total or 0)


def _deleted_row(message: ChatMessage) -> ChatRow:
    if message.role == "user":
        notice = tr("Your message was deleted for ever.") if message.erased else tr("Your message was deleted.")
    else:
        notice = tr("The answer was deleted for ever.") if message.erased else tr("The answer was deleted.")
    return ChatRow("deleted", str(message.id), notice=notice, can_continue=not message.erased)


def rows_of(shown: Shown) -> list[ChatRow]:
    """All rows of one message; a system message has none."""
    if shown.message.deleted_at is not None and shown.message.role != "system":
        return [_deleted_row(shown.message)]
    if shown.message.role == "user":
        return _user_rows(shown.message)
    return _answer_rows(shown) if shown.message.role == "assistant" else []
