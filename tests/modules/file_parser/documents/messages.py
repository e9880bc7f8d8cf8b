"""Mail: a message with attachments, and a mailbox of two."""

from __future__ import annotations

from email.message import EmailMessage

_PLAIN = "Dear Tom,\n\nthe lease ends on 31 May.\n\nFrom here on it is free.\n"


def lease_eml() -> bytes:
    """Text and HTML, a CSV, an empty file, one nobody can read, and a forwarded message."""
    message = _message("The lease – and more", _PLAIN)
    message.add_alternative("<p>Dear Tom, <b>the lease</b> ends.</p>", subtype="html")
    message.add_attachment("Room,Size\nKitchen,12\n", subtype="csv", filename="rooms.csv")
    message.add_attachment(b"", maintype="application", subtype="octet-stream", filename="empty.bin")
    message.add_attachment(bytes(range(256)), maintype="application", subtype="octet-stream", filename="blob.bin")
    message.add_attachment(_message("Older", "An older message.\n"))
    message.set_boundary("boundary")
    for part in message.iter_parts():
        if part.is_multipart():
            part.set_boundary("inner")
    return message.as_bytes()


def html_eml() -> bytes:
    """HTML only, without a date or a charset."""
    return b"Subject: Page\nContent-Type: text/html\n\n<h1>Hello</h1><p>W\xc3\xb6rld</p>\n"


def two_messages_mbox() -> bytes:
    """With a line that had to be escaped."""
    first = _message("First", "One.\n\n>From the start.\n").as_bytes()
    second = _message("Second", "Two.\n").as_bytes()
    return (
        b"From ada@example.org Wed Jan 31 12:00:00 2024\n" + first + b"\nFrom tom Wed Jan 31 13:00:00 2024\n" + second
    )


def _message(subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Ada Berg <ada@example.org>"
    message["To"] = "Tom <tom@example.org>"
    message["Date"] = "Wed, 31 Jan 2024 12:00:00 +0100"
    message.set_content(text)
    return message
