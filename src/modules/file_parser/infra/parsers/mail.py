"""Mail messages: the head that matters, the text, and the attachments under their names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from modules.file_parser.contract import Heading, Paragraph, Place
from modules.file_parser.domain.pieces import Facts, Given, Note
from modules.file_parser.infra.html_blocks import HtmlBlocks, parse_page
from modules.file_parser.infra.inlines import paragraph, plain
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.text_decoding import decode

_SHOWN_HEADERS = ("From", "To", "Cc", "Date")


def parse(document: Input) -> Iterator[Given]:
    message = message_from_bytes(document.data, policy=policy.default)
    yield Facts(title=_header(message, "Subject"), author=_header(message, "From"), created_at=_date(message))
    yield from message_pieces(message, document)


def message_pieces(message: EmailMessage, document: Input) -> Iterator[Given]:
    """Without its subject, which is the title of the document or of its part of a mailbox."""
    head = [f"{name}: {value}" for name in _SHOWN_HEADERS if (value := _header(message, name))]
    if head:
        yield paragraph("\n".join(head))
    yield from _text(message)
    for part in message.iter_attachments():
        yield from _attachment(part, document)


def _text(message: EmailMessage) -> Iterator[Given]:
    body = message.get_body(("plain", "html"))
    if body is None:
        return
    text = decode(_payload(body))[0] if body.get_content_charset() is None else _decoded(body)
    if body.get_content_subtype() == "html":
        page = parse_page(text)
        if page.body is not None:
            yield from HtmlBlocks().blocks(page.body)
        return
    for words in text.split("\n\n"):
        if words.strip():
            yield Paragraph(plain(words.strip()))


def _attachment(part: MIMEPart, document: Input) -> Iterator[Given]:
    document.budget.members -= 1
    if document.budget.members < 0:
        yield Note("Further attachments were left out: there are too many.")
        return
    inner = part.get_content() if part.get_content_type() == "message/rfc822" else None
    name = part.get_filename() or ("message.eml" if inner is not None else "attachment")
    data = inner.as_bytes() if isinstance(inner, EmailMessage) else _payload(part)
    document.budget.take_bytes(len(data))
    if data:
        yield Heading(2, plain(name), Place(member=name))
        yield from document.inner(data, name)


def _payload(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: MIMEPart) -> str:
    charset = part.get_content_charset() or "utf-8"
    try:
        text = _payload(part).decode(charset, errors="replace")
    except LookupError:
        return decode(_payload(part))[0]
    return text.replace("\r\n", "\n")


def _header(message: EmailMessage, name: str) -> str | None:
    """Damaged headers raise when they are looked at; then there is none."""
    try:
        value = message.get(name)
        return str(value).strip() or None if value is not None else None
    except (ValueError, IndexError, AttributeError, TypeError):
        return None


def _date(message: EmailMessage) -> datetime | None:
    try:
        found = getattr(message.get("Date"), "datetime", None)
    except (ValueError, IndexError, AttributeError, TypeError):
        return None
    if not isinstance(found, datetime):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
