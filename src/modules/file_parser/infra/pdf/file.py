"""Opens PDF files, with what is wrong with them in words."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from modules.file_parser.contract import DocumentBroken, DocumentEncrypted


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """To be closed by the caller.

    Raises:
        DocumentEncrypted, DocumentBroken
    """
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as err:
        if getattr(err, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(err):
            raise DocumentEncrypted("The PDF is protected by a password.") from err
        raise DocumentBroken("The PDF is damaged or cut off: its pages cannot be found.") from err
