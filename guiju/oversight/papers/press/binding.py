"""Several papers in one file, so that one press of a key prints them all."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from pypdf import PdfWriter


def bind(papers: Iterable[bytes]) -> bytes:
    """Put these papers behind one another; each page keeps its own size."""
    bound = PdfWriter()
    for paper in papers:
        bound.append(BytesIO(paper), import_outline=False)
    written = BytesIO()
    bound.write(written)
    return written.getvalue()
