"""How a test reads a printed paper back: its words, its pages, the glyphs that are missing, its picture."""

from functools import cache
from io import BytesIO

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, TextStringObject
from typst import compile as set_type

from guiju.oversight.papers.press import print_pdf, typesetter
from guiju.oversight.papers.rules import Paper, Size
from tests.oversight.papers.samples import SAMPLES


@cache
def printed(name: str, language: str, size: Size | None = None) -> bytes:
    """One of the samples as PDF; printed once for all the tests that read it."""
    return print_pdf(SAMPLES[name](language), language, size=size)


def squeezed(text: str) -> str:
    """Text without white space: where a line breaks is the typesetter's affair."""
    return "".join(text.replace("\u200b", "").split())


def words_on(pdf: bytes) -> str:
    """All that stands on all pages, without white space."""
    return squeezed("".join(pages_of(pdf)))


@cache
def pages_of(pdf: bytes) -> tuple[str, ...]:
    """What stands on each page."""
    return tuple(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def missing_glyphs(pdf: bytes) -> int:
    """How many characters are shown as the empty box: glyph number 0 of a font."""
    reader = PdfReader(BytesIO(pdf))
    count = 0
    for page in reader.pages:
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator not in (b"Tj", b"TJ"):
                continue
            shown = operands[0] if isinstance(operands[0], ArrayObject) else operands
            for run in shown:
                if isinstance(run, bytes | TextStringObject):
                    raw = run if isinstance(run, bytes) else run.original_bytes
                    count += sum(raw[at : at + 2] == b"\0\0" for at in range(0, len(raw), 2))
    return count


def picture_of(paper: Paper, language: str, size: Size | None = None, *, dots_per_inch: int = 300) -> Image.Image:
    """A paper of one page as a printer would draw it."""
    return pictures_of(paper, language, size, dots_per_inch=dots_per_inch)[0]


def pictures_of(
    paper: Paper, language: str, size: Size | None = None, *, dots_per_inch: int = 300
) -> list[Image.Image]:
    """A paper page by page as a printer would draw it."""
    drawn = set_type(
        typesetter.TEMPLATES / typesetter.TEMPLATE_OF[type(paper)],
        root=typesetter.TEMPLATES,
        font_paths=typesetter.fonts(),
        sys_inputs=typesetter.inputs(paper, language, size),
        format="png",
        ppi=dots_per_inch,
    )
    return [Image.open(BytesIO(page)).convert("L") for page in (drawn if isinstance(drawn, list) else [drawn])]


def type_sizes_on(pdf: bytes) -> set[float]:
    """The sizes, in points, of all letters that stand on a paper."""
    sizes: set[float] = set()

    def see(text: str, page: list[float], line: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(size * abs(line[3]) * abs(page[3]), 2))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=see)
    return sizes


def inks_on(pdf: bytes) -> set[tuple[float, ...]]:
    """The colours with which letters are filled and lines are drawn; pictures are not looked into."""
    reader = PdfReader(BytesIO(pdf))
    colours = {b"rg", b"RG", b"g", b"G", b"sc", b"SC", b"scn", b"SCN"}
    return {
        tuple(float(part) for part in operands)
        for page in reader.pages
        for operands, operator in ContentStream(page.get_contents(), reader).operations
        if operator in colours
    }
