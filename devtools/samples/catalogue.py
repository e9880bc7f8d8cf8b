"""Every sample that a program makes, by its file's name."""

from __future__ import annotations

from collections.abc import Callable

from devtools.samples.book import river_guide_epub
from devtools.samples.mail import committee_mbox, group_booking_eml
from devtools.samples.old_sheets import hire_xls, lockers_xlsb
from devtools.samples.opendocument import budget_ods, minutes_odt
from devtools.samples.packing import packed
from devtools.samples.pictures import boathouse_jpg, burgee_gif, notice_png, otter_webp
from devtools.samples.portable import lease_pdf, report_pdf, scanned_pdf
from devtools.samples.sheets import hire_xlsm, price_list_xlsx
from devtools.samples.slides import kick_off_pptx
from devtools.samples.word import form_docm, handbook_docx

_MINUTES_2023 = """# Minutes, 16 November 2023

The committee sells the eight *Fulmar* to the university for 12,750 euros.

Jonas Feld becomes safety officer and follows Henrik Dahl, who held the office for nineteen years.
"""
_RESULTS_2023 = "Race,Place\nAutumn head 2023,3\nNight sprint 2023,1\n"


def archive_zip() -> bytes:
    """Old papers, packed together, in folders."""
    return packed(
        {
            "2023/minutes.md": _MINUTES_2023,
            "2023/results.csv": _RESULTS_2023,
            "2023/letters/thanks.txt": "Thank you for the biscuits.\n\nThe lock keeper of Aldersea\n",
        }
    )


SAMPLES: dict[str, Callable[[], bytes]] = {
    "archive-2023.zip": archive_zip,
    "boat-hire-april.xlsm": hire_xlsm,
    "boat-hire-2019.xls": hire_xls,
    "boathouse-lease.pdf": lease_pdf,
    "boathouse.jpg": boathouse_jpg,
    "budget.ods": budget_ods,
    "burgee.gif": burgee_gif,
    "committee.mbox": committee_mbox,
    "damage-report.docm": form_docm,
    "group-booking.eml": group_booking_eml,
    "handbook.docx": handbook_docx,
    "lockers.xlsb": lockers_xlsb,
    "minutes.odt": minutes_odt,
    "notice.png": notice_png,
    "otter.webp": otter_webp,
    "price-list.xlsx": price_list_xlsx,
    "receipt-scan.pdf": scanned_pdf,
    "river-guide.epub": river_guide_epub,
    "roof-kick-off.pptx": kick_off_pptx,
    "season-report.pdf": report_pdf,
}
