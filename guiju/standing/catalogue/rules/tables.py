"""Tables as people send them: CSV in the encodings that spreadsheets write, and XLSX. Plain values in and out.

A cell that a spreadsheet would run as a formula is written with an apostrophe before it, and read without: "=1+1" goes
out as "'=1+1" and comes back as it was. The same rule is used for both formats, because people save one as the other.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from guiju.kernel.words import N_, Sentence

# Bytes. A list of 20,000 parts is about 2 MB; beyond this somebody sends the wrong file.
SIZE_MAX = 10 * 1024 * 1024
# Bytes after unzipping. An XLSX is a zip, and a hostile one of a few kilobytes can fill the memory.
UNZIPPED_MAX = 100 * 1024 * 1024
# A book with a sheet and its letters has about ten.
PARTS_MAX = 1000
ROWS_MAX = 20_000
COLUMNS_MAX = 100
CELL_MAX = 2_000

ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = (",", ";", "\t")
# What a spreadsheet takes for the start of a formula, or skips before one.
RUNS = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(Exception):
    """The file as a whole is no table; `because` says what is the matter with it."""

    def __init__(self, msgid: str, **said: Any) -> None:
        super().__init__(msgid)
        self.because = Sentence(msgid, said)


@dataclass(frozen=True)
class Table:
    """Headings, and rows of as many cells; `numbers` are the row numbers of a spreadsheet, in which headings are row 1."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]


def read(content: bytes, *, rows_max: int = ROWS_MAX) -> Table:
    """Read CSV or XLSX, told apart by what is inside and not by the file's name.

    raises   Unreadable
    """
    if len(content) > SIZE_MAX:
        raise Unreadable(N_("The file is larger than %(most)s MB."), most=SIZE_MAX // 1024 // 1024)
    lines = _sheet(content) if content.startswith(b"PK\x03\x04") else _lines(content)
    return _table(lines, rows_max)


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table so that a spreadsheet opens it in any language, and runs nothing of it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table whose cells are all text, so that 00123 stays 00123."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, 18)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, guard(cell))
    return out.getvalue()


def guard(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if cell.lstrip("'").startswith(RUNS) else cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(RUNS) else cell


def decode(content: bytes, encodings: Sequence[str] = ENCODINGS) -> str:
    """The text of the file, in the first encoding in which every byte of it means something.

    raises   Unreadable
    """
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise Unreadable(N_("The file is not a table: it holds bytes that no text has."))
        return text
    raise Unreadable(N_("The file's letters can't be read. Save it as CSV in UTF-8, or as XLSX."))


def _lines(content: bytes) -> Iterator[list[str]]:
    text = decode(content)
    heading = text.partition("\n")[0]
    separator = max(SEPARATORS, key=heading.count)
    # Longer cells are refused row by row with their number; this limit only keeps one missing quote from eating the memory.
    csv.field_size_limit(SIZE_MAX)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        raise Unreadable(N_("The file is not a proper table: a quotation mark is missing or stands alone.")) from error


def _sheet(content: bytes) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(_unzipped(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (
        zipfile.BadZipFile,
        zlib.error,
        CalamineError,
        EOFError,
        IndexError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise Unreadable(
            N_("The file is not a spreadsheet that can be read. Save it as XLSX again, or as CSV.")
        ) from error
    for row in rows:
        yield [_text(cell) for cell in row]


def _unzipped(content: bytes) -> io.BytesIO:
    """The same book with its parts as they are: who reads it next unzips nothing, so what a part says of its size is true."""
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as book:
        told = parts.infolist()
        if sum(part.file_size for part in told) > UNZIPPED_MAX or len(told) > PARTS_MAX:
            raise Unreadable(N_("The file is larger than %(most)s MB."), most=UNZIPPED_MAX // 1024 // 1024)
        for part in told:
            # Not a byte more than the part says of itself; a part that is longer fails its own sum.
            book.writestr(part.filename, parts.read(part))
    plain.seek(0)
    return plain


def _text(cell: Any) -> str:
    """A spreadsheet's value as a person reads it in the cell."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    # Spreadsheets keep every number as a fraction: a code 12345 comes as 12345.0.
    if hasattr(cell, "is_integer") and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _table(lines: Iterator[list[str]], rows_max: int) -> Table:
    first = next(lines, [])
    headings = tuple(_clean(cell) for cell in first)
    if not any(headings):
        raise Unreadable(N_("The file is empty: the first row must hold the headings."))
    if len(headings) > COLUMNS_MAX:
        raise Unreadable(N_("The file has more than %(most)s columns."), most=COLUMNS_MAX)
    repeated = {heading for heading in headings if heading and headings.count(heading) > 1}
    if repeated:
        raise Unreadable(N_("The heading %(heading)s stands in the file twice."), heading=min(repeated))
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    for number, line in enumerate(lines, start=2):
        cells = [_clean(unguard(cell.strip())) for cell in line]
        if not any(cells):
            continue
        if len(rows) == rows_max:
            raise Unreadable(N_("The file has more than %(most)s rows. Send it in parts."), most=rows_max)
        # A short row lacks empty cells at its end; what a long one has too much of is kept, and refused where it is judged.
        rows.append((*cells, *[""] * (len(headings) - len(cells))))
        numbers.append(number)
    return Table(headings, tuple(rows), tuple(numbers))


def _clean(cell: str) -> str:
    return cell.strip().removeprefix("\ufeff")
