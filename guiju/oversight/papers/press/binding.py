"""Several papers in one file, so that one press of a key prints them all. What binds is loaded with the first: it holds 6 MB."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter


def bind(papers: Iterable[bytes]) -> bytes:
    """Put these papers behind one another; each page keeps its own size, and whoever opens the file is asked to print it."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.actions import JavaScript

    bound = PdfWriter()
    read = [PdfReader(BytesIO(paper)) for paper in papers]
    for paper in read:
        bound.append(paper, import_outline=False)
    _introduce(bound, read)
    # What a browser's own viewer understands: its print dialog opens by itself.
    bound.add_open_action(JavaScript("this.print({bUI: true});"))
    written = BytesIO()
    bound.write(written)
    return written.getvalue()


def _introduce(bound: PdfWriter, papers: list[PdfReader]) -> None:
    """Say whose papers these are and in which language, so that a screen reader can read them aloud."""
    titles = [paper.metadata.title for paper in papers if paper.metadata and paper.metadata.title]
    from pypdf.generic import NameObject

    bound.add_metadata({"/Title": ", ".join(titles)})
    language = papers[0].root_object.get("/Lang") if papers else None
    if language is not None:
        bound.root_object[NameObject("/Lang")] = language
