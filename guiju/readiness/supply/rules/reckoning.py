"""How a purchase is weighed and sourced by its value, whether three papers say the same, and how a supplier does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from guiju.kernel.amounts import round_half_up
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply.rules.states import Method

# Requests for the same thing so close together are one purchase (PUR-6).
TOGETHER_DAYS = 30
# Whoever asks, approves, buys, receives and pays: five hands, of as many people (PUR-2, 5.4).
HANDS = 5
# So many offers are compared before one is chosen (PUR-7, 4.9).
QUOTES_MIN = 3
# A ten-thousandth: tolerances are kept as whole numbers of it, so that the database can multiply them.
WHOLE = 10_000


def category_of(part_class: str, code: str) -> str:
    """Under what a part is added up with others: its class where it has one, else the part itself.

    All spare parts as one category would have every drive belt ask for three quotes by the middle of the month.
    """
    return part_class or f"part:{code}"


@dataclass(frozen=True)
class Asked:
    """One line of a purchase request, as far as adding up goes.

    amount_minor   quantity times what one is thought to cost
    """

    number: str
    category: str
    amount_minor: int
    on: date


@dataclass(frozen=True)
class Weight:
    """What a request is judged by: its own worth, and that of others that are one purchase with it.

    joined   the numbers of those others, the earliest first
    """

    own_minor: int
    others_minor: int
    joined: tuple[str, ...]

    @property
    def minor(self) -> int:
        """All of it together."""
        return self.own_minor + self.others_minor


def weigh(own: Sequence[Asked], others: Iterable[Asked], *, on: date) -> Weight:
    """Add up what is one purchase: the same category in the same unit within the thirty days that end today (PUR-6).

    others   the lines of other requests of the unit that stand
    """
    first = on - timedelta(days=TOGETHER_DAYS - 1)
    mine = {each.category for each in own}
    same = [each for each in others if each.category in mine and first <= each.on <= on]
    numbers = dict.fromkeys(each.number for each in sorted(same, key=lambda each: (each.on, each.number)))
    return Weight(sum(each.amount_minor for each in own), sum(each.amount_minor for each in same), tuple(numbers))


def method_for(weight_minor: int, *, three_quotes_from: int, tender_above: int, is_emergency: bool) -> Method:
    """How a purchase of this worth is sourced: direct, three quotes compared, or a tender."""
    if is_emergency:
        return Method.EMERGENCY
    if weight_minor > tender_above:
        return Method.TENDER
    return Method.QUOTE_3 if weight_minor >= three_quotes_from else Method.DIRECT


def quotes_needed(method: Method) -> int:
    """How many valid offers there must be before one is chosen (PUR-7)."""
    return QUOTES_MIN if method in {Method.QUOTE_3, Method.TENDER} else 1


def most_of(quantity: int, tolerance: int) -> int:
    """So many may be delivered of what was ordered; whole pieces, so never rounded up.

    tolerance   in ten-thousandths
    """
    return quantity * (WHOLE + tolerance) // WHOLE


def in_ten_thousandths(percent: Decimal) -> int:
    """A percentage as a whole number: 2.5 is 250."""
    return round_half_up(percent * 100)


@dataclass(frozen=True)
class Billed:
    """One line of an invoice beside its order and what was accepted of it.

    payable   accepted, and not on an earlier matched invoice
    """

    name: str
    quantity: int
    price_minor: int
    ordered_price_minor: int
    payable: int


def match(lines: Sequence[Billed], *, told_minor: int, price_tolerance: int) -> tuple[Sentence, ...]:
    """Compare order, receipt and invoice; the reasons why they do not say the same, none where they do.

    told_minor        the sum that stands on the invoice
    price_tolerance   in ten-thousandths of the ordered price; nothing for the quantity (PUR-4)
    """
    because = []
    for each in lines:
        if each.price_minor * WHOLE > each.ordered_price_minor * (WHOLE + price_tolerance):
            because.append(
                Sentence(N_("%(name)s: the invoice asks more for one than was ordered."), {"name": each.name})
            )
        if each.quantity > each.payable:
            said = {"name": each.name, "billed": each.quantity, "payable": each.payable}
            because.append(Sentence(N_("%(name)s: %(billed)s are billed, %(payable)s were accepted."), said))
    if sum(each.quantity * each.price_minor for each in lines) != told_minor:
        because.append(Sentence(N_("The lines do not add up to the sum of the invoice.")))
    return tuple(because)


@dataclass(frozen=True)
class Delivered:
    """One order line that has come, for the supplier's score.

    was_late         after the day that the supplier confirmed
    before_minor     what this thing cost the last time, from anybody; None the first time
    """

    delivered: int
    accepted: int
    was_late: bool
    price_minor: int
    before_minor: int | None


@dataclass(frozen=True)
class Score:
    """How a supplier does, in hundredths; None where nothing can be said yet.

    price_percent   what was paid beside what the same cost before: 100 is the same, less is cheaper
    """

    lines: int
    on_time_percent: int | None
    accepted_percent: int | None
    price_percent: int | None


def score(lines: Sequence[Delivered]) -> Score:
    """What share came on time, what share was good, and whether it got dearer (S2-49)."""
    came = sum(each.delivered for each in lines)
    known = [each for each in lines if each.before_minor]
    before = sum((each.before_minor or 0) * each.delivered for each in known)
    return Score(
        len(lines),
        _percent(sum(not each.was_late for each in lines), len(lines)),
        _percent(sum(each.accepted for each in lines), came),
        _percent(sum(each.price_minor * each.delivered for each in known), before),
    )


def _percent(part: int, whole: int) -> int | None:
    return round_half_up(Decimal(part) * 100 / whole) if whole else None
