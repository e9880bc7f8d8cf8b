"""PDF samples: the lease, the season's report in two columns, and a scanned receipt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    ListFlowable,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from devtools.samples.pictures import receipt

_WIDTH, _HEIGHT = A4
_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=12, leading=16, spaceAfter=8)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=22, leading=27, spaceAfter=10)
_CLAUSE = ParagraphStyle(
    "clause", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=10, spaceAfter=5, keepWithNext=1
)
_NOTE = ParagraphStyle("note", fontName="Times-Roman", fontSize=8, leading=10)
_CELL = ParagraphStyle("cell", fontName="Times-Roman", fontSize=10, leading=12)

_LEASE: Sequence[tuple[str, Sequence[str]]] = (
    (
        "1. Parties and premises",
        (
            "1.1 This lease is made between the <b>Aldersea Harbour Board</b> (the Landlord) and the <b>Tern Island "
            "Rowing Club</b> (the Tenant).",
            "1.2 The Landlord lets to the Tenant the boathouse at Boathouse Lane 3, Aldersea, with its yard, slipway "
            "and pontoon, as marked on the plan that is kept in the harbour office.",
            "1.3 The attic above the gym is <i>not</i> part of the premises; the Landlord may store buoys there.",
        ),
    ),
    (
        "2. Term",
        (
            "2.1 The lease begins on 1 March 2025 and ends on 28 February 2035 without any notice.",
            "2.2 The Tenant may prolong it once by five years by a letter that reaches the Landlord at least twelve "
            "months before the end.",
        ),
    ),
    (
        "3. Rent and deposit",
        (
            "3.1 The rent is due on the third working day of each month. It is made up as the table shows.",
            "TABLE",
            "3.2 From 1 January 2027 the rent of the boathouse rises by two per cent every year; the charges for "
            "water and waste follow the real costs.",
            "3.3 The Tenant pays a deposit of 3,450 euros, which is three months' rent, within fourteen days after "
            "signing.<super>1</super>",
        ),
    ),
    (
        "4. Use",
        (
            "4.1 The premises serve the sport of rowing and the life of the club. A restaurant that is open to the "
            "public needs the Landlord's consent in writing.",
            "4.2 Between 22:00 and 6:00 no music may be heard outside the building. The river festival in June is "
            "exempt until 23:00.",
            "4.3 The Tenant keeps free at all times:",
            "LIST",
        ),
    ),
    (
        "5. Alterations",
        (
            "5.1 The Tenant may put up boat racks and partition walls. Everything that touches the roof, the outer "
            "walls or the foundations needs the Landlord's consent.",
            "5.2 When the lease ends, the Landlord may choose to keep an alteration against its present value.",
        ),
    ),
    (
        "6. Repairs",
        (
            "6.1 The Tenant carries repairs up to 400 euros each, but no more than 1,600 euros in one year.",
            "6.2 The Landlord keeps roof and outer walls in repair.",
            "6.3 The slipway is repaired by the Landlord; the pontoon is repaired by the Tenant, who has it inspected "
            "by a diver every second year.",
        ),
    ),
    (
        "7. Insurance",
        (
            "7.1 The Landlord insures the building against fire, storm and flood. Boats, oars and furniture are "
            "insured by the Tenant.",
            "7.2 After a flood above the mark of 2.40 metres the rent is halved until the boat hall is dry.",
        ),
    ),
    (
        "8. Access",
        (
            "8.1 The Landlord may enter the premises after two days' notice, and at once when there is danger. Notice "
            "is given by electronic mail to "
            '<a href="mailto:office@ternisland.example" color="blue">office@ternisland.example</a>.',
            "8.2 The harbour rules are part of this lease; their current text is found "
            '<a href="https://aldersea-harbour.example/rules" color="blue">on the pages of the Harbour Board</a>.',
        ),
    ),
    (
        "9. End of the lease",
        (
            "9.1 The Landlord may end the lease at once when the rent has been unpaid for two months in spite of a "
            "written reminder.",
            "9.2 The Tenant may end it with a notice of <b>six months to the end of a quarter</b>, but not before 31 "
            "December 2027.",
            "9.3 The premises are handed back swept, with all nineteen keys. A missing key costs 85 euros.",
            "KEYS",
        ),
    ),
    (
        "10. Signatures",
        (
            "Aldersea, 12 February 2025",
            "For the Landlord: Edda Brandt, harbour master",
            "For the Tenant: Ines Okafor, treasurer, and Jonas Feld, safety officer",
        ),
    ),
)
_RENT = (
    ("Item", "Area", "Euros a month"),
    ("Boathouse", "310 m²", "840"),
    ("Yard and slipway", "520 m²", "190"),
    ("Water and waste", "–", "120"),
    ("Total", "830 m²", "1,150"),
)
_KEYS = (
    ("Door", "Keys held by", ""),
    ("", "the Tenant", "the harbour office"),
    ("Main gate", "12", "2"),
    ("Workshop", "5", "1"),
    ("Office", "2", "none"),
)
_DISTANCES = (
    ("Squad", "Outings", "Kilometres"),
    ("Masters", "412", "7,930"),
    ("Intermediate", "388", "6,120"),
    ("Novices", "240", "2,410"),
    ("Juniors", "301", "2,180"),
)
_ESCAPES = ("the slipway, for the fire brigade,", "the towpath, for walkers,", "the hydrant beside the gate.")

_REPORT: Sequence[tuple[str, Sequence[str]]] = (
    (
        "A year of water",
        (
            "The season of 2025 began with a flood and ended with a record. When the Elm stood at 2.31 metres in the "
            "second week of March, the lower racks had to be emptied overnight; twenty-six members carried every boat "
            "to the upper floor, and not a single hull was scratched.",
            "Altogether our members rowed 18,640 kilometres, about two thousand more than in the year before. The "
            "longest outing was Jonas Feld's descent to the sea and back, 74 kilometres in a single day, accompanied "
            "by a very patient seal.",
            "DISTANCES",
        ),
    ),
    (
        "Juniors",
        (
            "The junior programme grew from 23 to 41 children. The reason is no secret: since the municipality "
            "pays for the minibus, the school on the northern bank can send its pupils every Monday afternoon. Aiko "
            "Tanaka became the first junior of the club to reach the final of the national championship, where she "
            "came fourth in the single.",
            "We need three more instructors. Whoever holds the elementary certificate and has two free hours a week "
            "should speak to Priya Raman, who organises the introduction.",
        ),
    ),
    (
        "Boats and buildings",
        (
            "The new eight, the Arctic Tern, cost 38,400 euros. A third of it came from the lottery foundation, a "
            "third from the sale of the old eight, and the remainder from the summer festival's unexpectedly large "
            "takings.",
            "The roof of the boathouse is at the end of its life. An inspection in September found that eleven of "
            "the forty-two rafters are rotten; the renovation is planned for the summer of 2026 and is expected to "
            "cost 96,000 euros, of which the Landlord bears two thirds.",
        ),
    ),
    (
        "Nature on the river",
        (
            "The terns are back. In June the ornithologists counted 64 breeding pairs on the gravel island, the "
            "highest number since observations began in 1988. Between 1 May and 31 July nobody lands there, and "
            "crews keep thirty metres away from the northern shore.",
            "The otters, too, have multiplied, which pleases everybody except the anglers. In the autumn the river "
            "authority removed two hundred metres of sheet piling above the weir, so that the bank can become "
            "meadow again. Volunteers from the club planted 350 willows there in November.",
        ),
    ),
    (
        "Money",
        (
            "Income was 71,900 euros, expenditure 69,250 euros; the surplus of 2,650 euros goes into the reserve for "
            "the roof, which now holds 21,400 euros. Membership fees remain unchanged for the third year running.",
            "The treasurer thanks the two auditors, Greta Solberg and Tom Barrow, who went through every single "
            "receipt and found one that was counted twice: four euros and twenty cents, for doughnuts.",
        ),
    ),
    (
        "Looking ahead",
        (
            "In 2026 the club becomes ninety-five years old. The anniversary regatta takes place on 12 September; "
            "clubs from five countries have been invited. Accommodation is organised by the committee for "
            "hospitality, which is looking for families with spare rooms.",
            "Finally, a request. The logbook is not a decoration: seventeen outings of last year have no time of "
            "return, and in one case the safety officer drove along the river until midnight while the crew in "
            "question was sitting in the cinema.",
            "The committee thanks everybody who painted, cooked, coached, carried and bailed. A club is what its "
            "members do on a wet Saturday in November when nobody is looking; ours has had many such Saturdays, "
            "and a good number of them ended with soup.",
        ),
    ),
    (
        "The committee",
        (
            "Ines Okafor is treasurer and chairs the meetings; Jonas Feld is responsible for safety, Marta Lindqvist "
            "for the workshop, Omar Haddad for the festival and the newsletter, Nadia Petrova for new members, and "
            "Priya Raman for training. Elections take place in February 2027.",
        ),
    ),
)


def lease_pdf() -> bytes:
    """Numbered clauses over several pages, with a ruled table, a list, links, a footnote and running titles."""
    story: list[Flowable] = [
        Paragraph("Lease of the boathouse", _TITLE),
        Paragraph("between the Aldersea Harbour Board and the Tern Island Rowing Club", _BODY),
    ]
    for heading, clauses in _LEASE:
        first, *rest = [_clause(text) for text in clauses]
        story += [KeepTogether([Paragraph(heading, _CLAUSE), first]), *rest]
        if heading.startswith("3."):
            story.append(_Footnote("1 The deposit is kept in an account of its own and bears interest for the Tenant."))
    frame = Frame(30 * mm, 30 * mm, _WIDTH - 60 * mm, _HEIGHT - 62 * mm, id="page")
    return _built("Lease of the boathouse", "Aldersea Harbour Board", A4, [frame], story)


def report_pdf() -> bytes:
    """Two justified columns with divided words, under a heading across both, and running titles."""
    width, height = A5
    column = (width - 30 * mm) / 2
    frames = [
        Frame(12 * mm + index * (column + 6 * mm), 18 * mm, column, height - 58 * mm, id=f"column{index}")
        for index in range(2)
    ]
    body = ParagraphStyle("column", parent=_BODY, fontSize=10.5, leading=13.5, alignment=TA_JUSTIFY, spaceAfter=5)
    story: list[Flowable] = []
    for heading, paragraphs in _REPORT:
        story.append(Paragraph(heading, _CLAUSE))
        story += [_distances() if text == "DISTANCES" else Paragraph(_with_breaks(text), body) for text in paragraphs]
    title = "Annual report of the season 2025"
    return _built(title, "Committee of the Tern Island Rowing Club", A5, frames, story, heading=True)


def scanned_pdf() -> bytes:
    """One page that is nothing but an image: its words need character recognition."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.setTitle("Receipt 0417")
    canvas.setAuthor("Möwe Marine Paints")
    canvas.drawImage(ImageReader(io.BytesIO(receipt())), 0, 0, _WIDTH, _HEIGHT)
    canvas.save()
    return buffer.getvalue()


def _clause(text: str) -> Flowable:
    if text == "TABLE":
        return _rent_table()
    if text == "KEYS":
        return _key_table()
    if text == "LIST":
        items = [Paragraph(one, _BODY) for one in _ESCAPES]
        return ListFlowable(items, bulletType="bullet", start="•", leftIndent=22, bulletFontSize=11)
    return Paragraph(text, _BODY)


def _rent_table() -> Table:
    cells = [[Paragraph(f"<b>{one}</b>" if row in (0, 4) else one, _CELL) for one in line] for row, line in _numbered()]
    table = Table(cells, colWidths=[60 * mm, 35 * mm, 40 * mm], spaceBefore=4, spaceAfter=10)
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)])
    )
    return table


def _numbered() -> Sequence[tuple[int, tuple[str, ...]]]:
    return list(enumerate(_RENT))


def _key_table() -> Table:
    """With a cell that is two columns wide, and one that is two rows high."""
    cells = [[Paragraph(f"<b>{one}</b>" if row < 2 else one, _CELL) for one in line] for row, line in enumerate(_KEYS)]
    table = Table(cells, colWidths=[50 * mm, 40 * mm, 45 * mm], spaceBefore=4, spaceAfter=10)
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))])
    )
    return table


def _distances() -> Table:
    """Without any lines: only its columns say that it is a table."""
    table = Table([list(row) for row in _DISTANCES], spaceBefore=2, spaceAfter=8, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), "Times-Roman", 10),
                ("FONT", (0, 0), (-1, 0), "Times-Bold", 10),
                ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ]
        )
    )
    return table


class _Footnote(Flowable):  # type: ignore[misc]  # the library ships no types
    """Drawn at the foot of the page on which it comes up, and takes no room where it stands."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        _, y = canvas.absolutePosition(0, 0)
        canvas.translate(0, 26 * mm - y)
        canvas.line(0, 12, 50 * mm, 12)
        note = Paragraph(self._text, _NOTE)
        note.wrapOn(canvas, _WIDTH - 52 * mm, 40)
        note.drawOn(canvas, 0, 0)
        canvas.restoreState()


def _built(
    title: str,
    author: str,
    size: tuple[float, float],
    frames: list[Frame],
    story: list[Flowable],
    *,
    heading: bool = False,
) -> bytes:
    """With running titles and page numbers; ``heading``: the title stands large over the first page."""
    buffer = io.BytesIO()
    width, height = size
    document = BaseDocTemplate(buffer, pagesize=size, title=title, author=author, invariant=1)

    def furniture(canvas: Canvas, template: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(14 * mm, height - 10 * mm, title)
        canvas.drawRightString(width - 14 * mm, height - 10 * mm, "Tern Island Rowing Club")
        canvas.drawCentredString(width / 2, 9 * mm, f"Page {canvas.getPageNumber()}")
        if heading and canvas.getPageNumber() == 1:
            canvas.setFont("Helvetica-Bold", 20)
            canvas.drawString(14 * mm, height - 30 * mm, title)
        canvas.restoreState()

    document.addPageTemplates([PageTemplate(id="all", frames=frames, onPage=furniture)])
    document.build([*story, Spacer(1, 1)])
    return buffer.getvalue()


_BREAKS = {
    "unexpectedly": "unexpect\u00adedly",
    "municipality": "munici\u00adpality",
    "championship": "champion\u00adship",
    "instructors": "instruc\u00adtors",
    "elementary": "elemen\u00adtary",
    "certificate": "certifi\u00adcate",
    "introduction": "introduc\u00adtion",
    "organises": "organ\u00adises",
    "kilometres": "kilo\u00admetres",
    "accompanied": "accom\u00adpanied",
    "afternoon": "after\u00adnoon",
    "foundation": "founda\u00adtion",
    "remainder": "remain\u00adder",
    "inspection": "inspec\u00adtion",
    "renovation": "renova\u00adtion",
    "September": "Septem\u00adber",
    "ornithologists": "ornithol\u00adogists",
    "observations": "observa\u00adtions",
    "multiplied": "multi\u00adplied",
    "everybody": "every\u00adbody",
    "Volunteers": "Volun\u00adteers",
    "expenditure": "expendi\u00adture",
    "Membership": "Member\u00adship",
    "unchanged": "un\u00adchanged",
    "anniversary": "anniver\u00adsary",
    "Accommodation": "Accommo\u00addation",
    "committee": "commit\u00adtee",
    "hospitality": "hospital\u00adity",
    "decoration": "decora\u00adtion",
    "seventeen": "seven\u00adteen",
    "Altogether": "Alto\u00adgether",
    "northern": "north\u00adern",
}
"""Where words may be divided; the library breaks at these marks and draws a hyphen."""


def _with_breaks(text: str) -> str:
    for word, divided in _BREAKS.items():
        text = text.replace(word, divided)
    return text
