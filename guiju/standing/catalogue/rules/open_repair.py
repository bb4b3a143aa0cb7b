"""The Open Repair Data Standard (openrepair.org, 0.1 to 0.3 and later): what one row means. Plain values in and out.

The files of the standard are older and looser than its schema: ids have underscores, barriers have several wordings,
columns come in any order, and some are missing. So a row is refused only when it says nothing that can be kept, or says
something impossible; what we don't read is kept as it came.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from guiju.kernel.search import fold
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.rules import BRAND_LONGEST, UNKNOWN_BRAND, Barrier, Outcome
from guiju.standing.catalogue.rules.tables import Unreadable, decode

SOURCE = "open-repair:"
# Bytes. All data of the alliance together (more than 200,000 repairs) is about 60 MB.
SIZE_MAX = 100 * 1024 * 1024
# The longest real account of a repair has 2,048 characters.
CELL_MAX = 20_000
NAME_MAX = 100
# Years. The oldest machine in the real data is 150 years old.
AGE_MAX = 1000

# The columns of version 0.3, in its order: what an empty file has.
STANDARD = (
    "id",
    "data_provider",
    "country",
    "partner_product_category",
    "product_category",
    "product_category_id",
    "brand",
    "year_of_manufacture",
    "product_age",
    "repair_status",
    "repair_barrier_if_end_of_life",
    "group_identifier",
    "event_date",
    "problem",
)
# Earlier versions and other partners call some columns otherwise.
ALIASES: Mapping[str, str] = {
    "partner": "data_provider",
    "category": "product_category",
    "repair_barrier": "repair_barrier_if_end_of_life",
    "date": "event_date",
    "session_date": "event_date",
    "problem_description": "problem",
}
REQUIRED = ("id", "data_provider", "product_category", "repair_status")

OUTCOMES: Mapping[str, Outcome] = {
    "fixed": Outcome.FIXED,
    "repaired": Outcome.FIXED,
    "repairable": Outcome.REPAIRABLE,
    "endoflife": Outcome.END_OF_LIFE,
    "unknown": Outcome.UNKNOWN,
}
BARRIERS: Mapping[str, Barrier] = {
    "sparepartsnotavailable": Barrier.PARTS_UNAVAILABLE,
    "sparepartstooexpensive": Barrier.PARTS_TOO_EXPENSIVE,
    "nowaytoopentheproduct": Barrier.NO_WAY_IN,
    "nowaytoopenproduct": Barrier.NO_WAY_IN,
    "repairinformationnotavailable": Barrier.NO_INFORMATION,
    "lackofequipment": Barrier.NO_EQUIPMENT,
    "tooworn": Barrier.WORN_OUT,
    "toowornout": Barrier.WORN_OUT,
    "itemtooworn": Barrier.WORN_OUT,
    "itemtoowornout": Barrier.WORN_OUT,
}

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2})?Z?)?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0)?", re.ASCII)


@dataclass(frozen=True)
class Repair:
    """What one row says about one machine and one repair; `raw` is the row as it came."""

    source: str
    source_id: str
    category: str
    brand: str
    made_in_year: int | None
    event_on: date | None
    problem: str
    outcome: Outcome
    barrier: Barrier | None
    raw: Mapping[str, str]

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two rows the same repair."""
        return self.source, self.source_id


@dataclass(frozen=True)
class Rejected:
    """Why a row can't be kept as a repair, and in which column."""

    column: str
    because: Sentence


class _BadCell(Exception):
    def __init__(self, column: str, msgid: str, **said: str | int) -> None:
        super().__init__(msgid)
        self.rejected = Rejected(column, Sentence(msgid, said))


@dataclass(frozen=True)
class Headings:
    """The headings in the file's order, and the place of each column of the standard."""

    given: tuple[str, ...]
    places: Mapping[str, int]


def read(content: bytes, *, provider: str = "") -> tuple[Headings, list[tuple[int, list[str]]]]:
    """Take the file apart into headings and numbered rows; blank lines are no rows.

    provider   who gives the data, for a file that has no such column
    raises     Unreadable
    """
    if len(content) > SIZE_MAX:
        raise Unreadable(N_("The file is larger than %(most)s MB."), most=SIZE_MAX // 1024 // 1024)
    # Any bytes mean something in GB 18030; an Open Repair file in another encoding would be read as nonsense, aloud to nobody.
    text = decode(content, ("utf-8-sig",))
    # A cell as large as the file can only be one whose quotation mark was never closed: its row is refused with all it swallowed.
    csv.field_size_limit(SIZE_MAX)
    separator = max((",", ";", "\t"), key=text.partition("\n")[0].count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    headings = _headings(next(lines, []), provider=provider)
    return headings, [(number, cells) for number, cells in enumerate(lines, start=2) if cells]


def judge(cells: Sequence[str], headings: Headings, *, provider: str = "") -> Repair | Rejected:
    """Say what one row means, or why it can't be kept."""
    if len(cells) != len(headings.given):
        said = {"cells": len(cells), "headings": len(headings.given)}
        return Rejected("", Sentence(N_("The row has %(cells)s cells where the file has %(headings)s headings."), said))
    row = {name: cells[place].strip() for name, place in headings.places.items()}
    try:
        return _repair(row, dict(zip(headings.given, cells, strict=True)), provider)
    except _BadCell as bad:
        return bad.rejected


def write(headings: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows as a file of the standard: every cell as it came, so nothing is guarded against spreadsheets here."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([row.get(heading, "") for heading in headings] for row in rows)
    return out.getvalue().encode()


def _headings(cells: Sequence[str], *, provider: str) -> Headings:
    names = [cell.strip().casefold().replace(" ", "_") for cell in cells]
    if not any(names):
        raise Unreadable(N_("The file is empty: the first row must hold the headings."))
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise Unreadable(N_("The heading %(heading)s stands in the file twice."), heading=min(doubled) or "—")
    places = {name: place for place, name in enumerate(names) if name}
    for other, name in ALIASES.items():
        if name not in places and other in places:
            places[name] = places[other]
    if "product_category" not in places and "partner_product_category" in places:
        places["product_category"] = places["partner_product_category"]
    missing = [name for name in REQUIRED if name not in places and not (name == "data_provider" and provider)]
    if missing:
        listed = ", ".join(missing)
        raise Unreadable(N_("This is no file of the Open Repair Data Standard: it lacks %(columns)s."), columns=listed)
    return Headings(tuple(cells), places)


def _repair(row: Mapping[str, str], raw: Mapping[str, str], provider: str) -> Repair:
    for column, cell in raw.items():
        if len(cell) > CELL_MAX:
            raise _BadCell(column, N_("The text is longer than %(most)s characters."), most=CELL_MAX)
    event_on = _day(row.get("event_date", ""))
    return Repair(
        source=f"{SOURCE}{_name(row, 'data_provider', otherwise=provider)}",
        source_id=_name(row, "id"),
        category=_name(row, "product_category", otherwise=row.get("partner_product_category", "")),
        brand=_brand(row.get("brand", "")),
        made_in_year=_year(row, event_on),
        event_on=event_on,
        problem=row.get("problem", ""),
        outcome=_outcome(row["repair_status"]),
        barrier=_barrier(row.get("repair_barrier_if_end_of_life", "")),
        raw=raw,
    )


def _name(row: Mapping[str, str], column: str, *, otherwise: str = "") -> str:
    cell = row.get(column, "") or otherwise
    if not fold(cell):
        raise _BadCell(column, N_("This cell must not be empty."))
    if len(cell) > NAME_MAX:
        raise _BadCell(column, N_("The text is longer than %(most)s characters."), most=NAME_MAX)
    return cell


def _brand(cell: str) -> str:
    if len(cell) > BRAND_LONGEST:
        raise _BadCell("brand", N_("The text is longer than %(most)s characters."), most=BRAND_LONGEST)
    return " ".join(cell.split()) if fold(cell) else UNKNOWN_BRAND


def _outcome(cell: str) -> Outcome:
    try:
        return OUTCOMES[fold(cell)]
    except KeyError:
        listed = "Fixed, Repairable, End of life, Unknown"
        raise _BadCell(
            "repair_status", N_("%(cell)s is not one of %(words)s."), cell=cell[:40] or "—", words=listed
        ) from None


def _barrier(cell: str) -> Barrier | None:
    return BARRIERS.get(fold(cell), Barrier.OTHER) if fold(cell) else None


def _day(cell: str) -> date | None:
    if not cell:
        return None
    written = _DAY.fullmatch(cell)
    try:
        return date.fromisoformat(written[1] if written else "")
    except ValueError:
        raise _BadCell("event_date", N_("%(cell)s is not a date such as 2022-04-30."), cell=cell[:40]) from None


def _year(row: Mapping[str, str], event_on: date | None) -> int | None:
    """The year on the plate; else the day of the repair less the age that the owner told."""
    year, age = row.get("year_of_manufacture", ""), row.get("product_age", "")
    if year:
        written = _YEAR.fullmatch(year)
        if written is None:
            raise _BadCell("year_of_manufacture", N_("%(cell)s is not a year such as 2015."), cell=year[:40])
        return int(written[1])
    if not age:
        return None
    try:
        years = int(Decimal(age)) if 0 <= Decimal(age) <= AGE_MAX else None
    except InvalidOperation:
        years = None
    if years is None or (event_on is not None and event_on.year < years):
        raise _BadCell("product_age", N_("%(cell)s is not an age in years."), cell=age[:40])
    return event_on.year - years if event_on else None


def contradicts(number: int) -> Rejected:
    """A second row of one file about the same repair, which says something else."""
    return Rejected("id", Sentence(N_("Row %(row)s tells the same repair otherwise."), {"row": number}))
