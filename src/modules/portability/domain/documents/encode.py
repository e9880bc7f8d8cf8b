"""Writes a conversation's document piece by piece, so that a long one is never in memory twice."""

from __future__ import annotations

from collections.abc import Iterator

from modules.chat.contract import ChatMessage, ConversationTree
from modules.portability.domain.documents.models import FORMAT, VERSION, ConversationFields, MessageFields


def document_pieces(tree: ConversationTree) -> Iterator[str]:
    """The JSON text in pieces, one message a line; the same tree always gives the same text."""
    yield f'{{"format": "{FORMAT}", "version": {VERSION},\n"conversation": {_conversation(tree)},\n"messages": ['
    for number, message in enumerate(tree.messages):
        yield (",\n" if number else "\n") + _message(tree, message)
    yield "\n]}\n"


def _conversation(tree: ConversationTree) -> str:
    conversation = tree.conversation
    names = ConversationFields.model_fields
    return ConversationFields(**{name: getattr(conversation, name) for name in names}).model_dump_json()


def _message(tree: ConversationTree, message: ChatMessage) -> str:
    own = MessageFields.model_fields.keys() - {"passages", "trace"}
    return MessageFields(
        **{name: getattr(message, name) for name in own},
        passages=tree.passages.get(message.id),
        trace=tree.traces.get(message.id),
    ).model_dump_json()
