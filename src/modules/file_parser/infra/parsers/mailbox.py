"""Mailboxes: all messages of one file, each under its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy

from modules.file_parser.contract import DocumentBroken, Heading, HorizontalRule
from modules.file_parser.domain.pieces import Given, Note
from modules.file_parser.infra.inlines import plain
from modules.file_parser.infra.parsers.mail import message_pieces
from modules.file_parser.infra.plugin import Input

_START = re.compile(rb"^From [^\n]*\n", re.MULTILINE)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def parse(document: Input) -> Iterator[Given]:
    marks = list(_START.finditer(document.data))
    starts = [mark.end() for mark in marks]
    ends = [*(mark.start() for mark in marks[1:]), len(document.data)]
    if not starts:
        raise DocumentBroken("The mailbox is damaged: no message begins in it.")
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        document.budget.members -= 1
        if document.budget.members < 0:
            yield Note("The rest of the mailbox was left out: it has too many messages.")
            return
        if number:
            yield HorizontalRule()
        message = message_from_bytes(_ESCAPED.sub(rb"\1", document.data[start:end]), policy=policy.default)
        yield Heading(1, plain(str(message.get("Subject") or "No subject")))
        yield from message_pieces(message, document)
