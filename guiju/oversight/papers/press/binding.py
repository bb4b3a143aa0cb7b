"""Several papers in one file, so that one press of a key prints them all."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from pypdf import PdfWriter
from pypdf.actions import JavaScript


def bind(papers: Iterable[bytes]) -> bytes:
    """Put these papers behind one another; each page keeps its own size, and whoever opens the file is asked to print it."""
    bound = PdfWriter()
    for paper in papers:
        bound.append(BytesIO(paper), import_outline=False)
    # What a browser's own viewer understands: its print dialog opens by itself.
    bound.add_open_action(JavaScript("this.print({bUI: true});"))
    written = BytesIO()
    bound.write(written)
    return written.getvalue()
