"""Messages: a question with an attachment, and a mailbox of three."""

from __future__ import annotations

from email.message import EmailMessage

_QUESTION = """Dear Tern Islanders,

our company would like to spend an afternoon on the water on 3 July 2026. We are twelve people, four of whom
have rowed before; the list is attached. Could you tell us

- what two quads and a coach cost for three hours,
- whether there are showers,
- and where a coach of 12 metres can park?

Two of us cannot swim. Is that a problem?

Kind regards
Lena Vogt
Vogt & Daughters, Instrument Makers
"""
_GUESTS = """Name,Rowed before,Swims
Lena Vogt,yes,yes
Paul Vogt,no,yes
Mira Santos,yes,no
Arne Holm,no,no
"""


def group_booking_eml() -> bytes:
    """Text with a list of guests attached."""
    message = _message("Afternoon for twelve people", "Lena Vogt <lena@vogt-instruments.example>", _QUESTION, 11)
    message.add_attachment(_GUESTS, subtype="csv", filename="guests.csv")
    message.set_boundary("----=_tern_island_1")
    return message.as_bytes()


def committee_mbox() -> bytes:
    """Three messages of one conversation."""
    parts = (
        (
            "Pontoon",
            "Marta Lindqvist <marta@ternisland.example>",
            "The third anchor chain of the pontoon is worn to half its width.\nThe diver can come from 3 to 9 "
            "August and wants 720 euros.\n",
            14,
        ),
        (
            "Re: Pontoon",
            "Ines Okafor <office@ternisland.example>",
            "Agreed, take it from the repairs budget. Please put a notice on the gate.\n\n> The diver can come from "
            "3 to 9 August\n",
            15,
        ),
        (
            "Re: Re: Pontoon",
            "Marta Lindqvist <marta@ternisland.example>",
            "Notice is up. Meanwhile the heavy launch Gannet stays on the buoy.\n",
            16,
        ),
    )
    written = []
    for subject, sender, text, day in parts:
        body = _message(subject, sender, text, day).as_bytes()
        written.append(b"From office@ternisland.example Tue Apr %d 10:00:00 2026\n" % day + body + b"\n")
    return b"".join(written)


def _message(subject: str, sender: str, text: str, day: int) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = sender
    message["To"] = "Tern Island Rowing Club <office@ternisland.example>"
    message["Date"] = f"Tue, {day} Apr 2026 10:00:00 +0200"
    message["Message-ID"] = f"<{day}.april@ternisland.example>"
    message.set_content(text)
    return message
