"""Reads a conversation's document back, whatever somebody did to it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel, ValidationError

from modules.chat.contract import ChatMessage, Conversation, ConversationTree
from modules.portability.contract import ArchiveDamaged, NewerFormat
from modules.portability.domain.documents.models import FORMAT, VERSION, ConversationFields, MessageFields
from modules.portability.domain.trees import ordered

Model = TypeVar("Model", bound=BaseModel)


def read_document(value: Any, name: str) -> ConversationTree:
    """The tree in a parsed document; ``name`` is what errors call the file.

    Raises:
        NewerFormat: its version is above ours.
        ArchiveDamaged: a field is missing or wrong, an id occurs twice, a parent is missing, parents form a cycle.
    """
    version = _version(value, name)
    fields = _checked(ConversationFields, value.get("conversation"), f"{name}: conversation")
    conversation = Conversation(**{one: getattr(fields, one) for one in ConversationFields.model_fields})
    listed = value.get("messages")
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise ArchiveDamaged(f"{name}: messages is not a list.")
    if version == 1:
        listed = [_of_version_1(one) for one in listed]
    messages: list[ChatMessage] = []
    passages, traces = {}, {}
    for number, one in enumerate(listed, 1):
        message = _checked(MessageFields, one, f"{name}: message {number}")
        own = MessageFields.model_fields.keys() - {"passages", "trace"}
        messages.append(
            ChatMessage(**{field: getattr(message, field) for field in own}, conversation_id=conversation.id)
        )
        if message.passages is not None:
            passages[message.id] = message.passages
        if message.trace is not None:
            traces[message.id] = message.trace
    return ConversationTree(conversation, ordered(messages, name), passages, traces)


def is_document(value: Any) -> bool:
    """Whether a parsed JSON file says that it is a conversation of this program."""
    return isinstance(value, Mapping) and value.get("format") == FORMAT


def _version(value: Any, name: str) -> int:
    if not is_document(value):
        raise ArchiveDamaged(f"{name} is no conversation of this program.")
    version = value.get("version")
    if not isinstance(version, int) or version < 1:
        raise ArchiveDamaged(f"{name} does not say which version it has.")
    if version > VERSION:
        raise NewerFormat(f"{name} has version {version}, this program reads versions up to {VERSION}.")
    return version


def _checked(model: type[Model], value: Any, where: str) -> Model:
    try:
        return model.model_validate(value)
    except ValidationError as err:
        first = err.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ArchiveDamaged(f"{where}{'.' if place else ''}{place}: {first['msg']}.") from err


def _of_version_1(message: Any) -> Any:
    """Version 1 told less of a citation: what it left out is not needed to show it."""
    if not isinstance(message, Mapping) or not isinstance(message.get("citations"), Sequence):
        return message
    citations = [_citation_of_version_1(one) for one in message["citations"]]
    return {**message, "citations": citations, "from_documents": bool(citations)}


def _citation_of_version_1(citation: Any) -> Any:
    if not isinstance(citation, Mapping):
        return citation
    path = str(citation.get("path"))
    start, end = citation.get("char_start"), citation.get("char_end")
    return {
        **citation,
        "file_id": uuid5(NAMESPACE_URL, path),
        "passage_id": uuid5(NAMESPACE_URL, f"{path} {start} {end}"),
        "heading_path": (),
        "text": citation.get("quote"),
        "quote_start": start,
        "quote_end": end,
    }
