"""A list as a file for a spreadsheet, row by row: a hundred thousand rows never stand in the memory at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from tempfile import NamedTemporaryFile
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext

from guiju.desks.common.listing.asked import Asked
from guiju.desks.common.listing.cells import Kind, Plain, plain
from guiju.desks.common.listing.declared import Column
from guiju.desks.common.listing.looking import look
from guiju.kernel.actor import Actor

# Rows that are read at once; so many are dressed by one statement.
ROWS_AT_ONCE = 1_000

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def headings(columns: Sequence[Column]) -> list[str]:
    """The first line; money has a second place, for its currency."""
    named = []
    for column in columns:
        named.append(str(column.title))
        if column.kind is Kind.MONEY:
            named.append(gettext("Currency"))
    return named


def lines(asked: Asked, columns: Sequence[Column], *, most: int) -> Iterator[list[Plain]]:
    """Every row that the filters leave, in the order of the list, `most` at most."""
    found, behind, left = look(asked), None, most
    while left > 0:
        page = found.page(limit=min(ROWS_AT_ONCE, left), behind=behind)
        if asked.listing.dressed:
            asked.listing.dressed(page.rows)
        for row in page.rows:
            yield [each for column in columns for each in _value(column, row, asked.actor)]
        left, behind = left - len(page.rows), page.after
        if behind is None:
            return


def _value(column: Column, row: Any, actor: Actor) -> list[Plain]:
    """The value; behind the mask only for whoever may read it on that row."""
    if column.whole is not None and actor.may(column.whole_verb, on=row):
        return plain(column.kind, column.whole(row), column.machine, is_whole=True)
    return plain(column.kind, column.value(row), column.machine)


def as_csv(heads: Sequence[str], rows: Iterator[list[Plain]]) -> Iterator[bytes]:
    """Line by line, marked as UTF-8 so that Excel opens Chinese as Chinese."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(heads)
    for number, row in enumerate(rows, start=1):
        writer.writerow([f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell for cell in row])
        if number % ROWS_AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def as_xlsx(heads: Sequence[str], rows: Iterator[list[Plain]]) -> IO[bytes]:
    """A workbook in a file of its own, which is gone when it was sent: its directory stands at its end."""
    # It is handed on open; the answer closes it.
    kept = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(kept, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        moment, day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(heads) - 1, 0), 18)
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, bold)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, place, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                else:
                    sheet.write_number(number, place, cell)
    kept.seek(0)
    return kept
