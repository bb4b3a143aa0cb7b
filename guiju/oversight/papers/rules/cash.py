"""What is kept of cash on its way: the record of a deposit slip (6.12), the log of the safe (6.13), the book of a petty cash box."""

from dataclasses import dataclass
from datetime import date, datetime

from guiju.oversight.papers.rules.outcomes import Photo
from guiju.oversight.papers.rules.shared import Letterhead, Words, must_equal


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """How many of one note or coin, and what they are worth together.

    worth    of one, as it is printed: "100.00"
    """

    worth: Words
    count: int
    sum_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRecord:
    """What was brought to the bank, by whom, and what the bank gave and says for it.

    account      masked: only its last digits
    bank_line    the line of the bank's statement that confirms it
    raises       DoesNotAddUp
    """

    letterhead: Letterhead
    state: Words
    batch: Words
    days: Words
    amount_minor: int
    pieces: tuple[Pieces, ...]
    bags: tuple[Words, ...]
    till: Words | None
    carried_by: Words
    prepared_at: datetime
    escort: Words | None
    due_at: datetime
    banked_at: datetime | None
    is_late: bool | None
    slip_number: Words | None
    account: Words | None
    picture: Photo | None
    bank_line: Words | None
    bank_on: date | None
    confirmed_by: Words | None
    remark: Words | None

    def __post_init__(self) -> None:
        """Refuse notes and coins that do not make the amount."""
        must_equal(self.amount_minor, sum(each.sum_minor for each in self.pieces))


@dataclass(frozen=True, slots=True, kw_only=True)
class ThroughTheDoor:
    """A bag that went into the safe or came out of it.

    custodians   the two who stood there
    """

    at: datetime
    direction: Words
    bag: Words
    amount_minor: int
    first: Words
    second: Words
    seal_ok: bool
    camera_ok: bool
    duty_officer: Words | None = None
    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeLog:
    """What went into the safe of an outlet and out of it in a month, and what lies there now."""

    letterhead: Letterhead
    month: Words
    moved: tuple[ThroughTheDoor, ...]
    lying: tuple[Words, ...]
    lying_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PettyLine:
    """One line of the book; `in_minor` or `out_minor` is nothing."""

    at: datetime
    number: Words
    what: Words
    reason: Words | None
    voucher: Words | None
    who: Words
    in_minor: int
    out_minor: int
    balance_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PettyBook:
    """The book of a petty cash box.

    raises   DoesNotAddUp
    """

    letterhead: Letterhead
    keeper: Words
    float_minor: int
    lies_minor: int
    lines: tuple[PettyLine, ...]

    def __post_init__(self) -> None:
        """Refuse a balance that its lines do not make."""
        must_equal(self.lies_minor, sum(each.in_minor - each.out_minor for each in self.lines))
