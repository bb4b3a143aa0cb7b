"""The prices on paper: the leaflet for the product box, and the board on the wall of the outlet.

source  6.7, 6.8; S1-39, S1-40; PT-1, PT-3, PT-10
"""

from dataclasses import dataclass
from datetime import date

from guiju.oversight.papers.rules.shared import Letterhead, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPrice:
    """One line of the list: what it is, from the least to the most, for what.

    min_minor, max_minor   equal where the price is fixed
    """

    name: Words
    code: str
    min_minor: int
    max_minor: int
    unit: str
    place: Words | None = None
    conditions: str | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSection:
    """The lines of one kind, under its name."""

    name: Words
    lines: tuple[ListedPrice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelLine:
    """How the remote fee is reckoned in one zone, as a sentence."""

    zone: Words
    rule: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LawLine:
    """One thing that the law itself promises, and where it says so: the clause and its evidence mark."""

    said: Words
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLeaflet:
    """What lies in the product box (6.7); its code leads to the live page of this leaflet.

    machines    the range of serials or the batch that it is printed for
    guarantee   what the brand promises beside the law
    law         what the laws are called that hold at the outlet; `by_law` is what they promise
    """

    letterhead: Letterhead
    brand: str
    model: str
    product_line: Words
    list_number: str
    valid_from: date
    machines: str
    sections: tuple[PriceSection, ...]
    travel: tuple[TravelLine, ...]
    example: Words | None
    guarantee: tuple[Words, ...]
    law: Words | None = None
    by_law: tuple[LawLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBoard:
    """What hangs on the wall of the outlet (6.8); its code leads to the same, in one's own language."""

    letterhead: Letterhead
    list_number: str
    valid_from: date
    sections: tuple[PriceSection, ...]
    travel: tuple[TravelLine, ...]
