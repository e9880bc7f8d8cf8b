"""A conversation as Markdown: the branch that is shown, contents as they stand."""

from __future__ import annotations

from collections.abc import Iterator

from modules.chat.contract import ChatMessage, ConversationTree, MessageStatus
from modules.portability.domain.trees import shown_branch
from modules.rag.contract import Citation

NAMES = {"user": "You", "assistant": "Assistant", "system": "System"}


def markdown_pieces(tree: ConversationTree) -> Iterator[str]:
    """The text in pieces: title, system prompt, one section a message."""
    conversation = tree.conversation
    branch = shown_branch(tree.messages, conversation.active_leaf_id)
    yield f"# {conversation.title or 'Conversation'}\n\n*{conversation.created_at:%Y-%m-%d %H:%M} UTC*\n"
    if conversation.system_prompt:
        yield f"\n## System prompt\n\n{conversation.system_prompt}\n"
    for message in branch:
        yield _section(message)
    if others := len(tree.messages) - len(branch):
        yield f"\n---\n\n*{others} messages of other versions are not shown here; the JSON export has them.*\n"


def heading(message: ChatMessage) -> str:
    """Who says it: the role, and the model that answered."""
    by = f" ({message.model.rpartition('::')[2]})" if message.model else ""
    return NAMES[message.role] + by


def source_line(citation: Citation) -> str:
    """Where a cited passage stands."""
    page = f", page {citation.page}" if citation.page else ""
    return f"[{citation.number}] {citation.path}{page}"


def _section(message: ChatMessage) -> str:
    mark = "" if message.status is MessageStatus.COMPLETE else f"\n*({message.status.value})*\n"
    sources = "".join(f"\n- {source_line(one)}" for one in message.citations)
    return f"\n## {heading(message)}\n\n{message.content}\n{mark}" + (f"{sources}\n" if sources else "")
