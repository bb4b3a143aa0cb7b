"""Petty cash: the boxes of an outlet, what lies in them, and the book of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum

from guiju.books.money.models import MoneyAccount
from guiju.books.money.rules import MoneyKind
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.banking.models import PettyBox, PettyEntry, PettyExpense
from guiju.line.banking.rules.petty import ENTRY_LABELS, EXPENSE_LABELS, Entry, Expense, SpendState

ROWS = 500


@dataclass(frozen=True, slots=True)
class Box:
    """A box with what lies in it, in minor units."""

    box: PettyBox
    lies_minor: int
    waiting: int

    @property
    def spent_minor(self) -> int:
        """What is topped up to have the float again."""
        return max(0, self.box.float_minor - self.lies_minor)


def boxes(by: Actor) -> list[Box]:
    """The boxes that this person may see, those in use first; three questions for all."""
    rows = list(
        PettyBox.objects.visible_to(by).select_related("unit", "keeper").order_by("-state", "unit__code", "code")
    )
    places = MoneyAccount.objects.filter(kind=MoneyKind.PETTY, reference__in=[each.reference for each in rows])
    lies = dict(places.values_list("reference", "balance"))
    asked = PettyExpense.objects.filter(box__in=rows, state=SpendState.ASKED).order_by().values_list("box")
    waiting: dict[int, int] = {}
    for (box,) in asked:
        waiting[box] = waiting.get(box, 0) + 1
    return [Box(each, lies.get(each.reference, 0), waiting.get(each.pk, 0)) for each in rows]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the book of a box.

    in_minor, out_minor   what came and what went; of a count, what was over or short
    balance_minor         what lay there then
    pictured              the key of the expense, where its paper was pictured
    """

    at: datetime
    number: str
    what: str
    reason: str
    voucher: str
    who: str
    in_minor: int
    out_minor: int
    balance_minor: int
    pictured: int | None = None


def book_of(box: PettyBox) -> list[Line]:
    """All that was paid out of a box, put in and counted, the first first; what waits or was not approved is no line."""
    told: list[tuple[datetime, int, str, str, str, str, str, int, int | None]] = [
        (*_moved(each), None) for each in box.entries.select_related("by").order_by("pk")
    ]
    told += [
        (
            spent.answered_at or spent.at, 1, spent.number, EXPENSE_LABELS[Expense(spent.kind)], spent.reason, spent.voucher,
            spent.spent_by.name, -spent.amount_minor, spent.pk if spent.photo_id else None,
        ) for spent in box.expenses.filter(state=SpendState.PAID).select_related("spent_by").order_by("pk")
    ]  # fmt: skip
    balance, lines = 0, []
    for at, _order, number, what, reason, voucher, who, change, pictured in sorted(
        told, key=lambda row: (row[0], row[1], row[2])
    ):
        balance += change
        lines.append(Line(at, number, what, reason, voucher, who, max(change, 0), max(-change, 0), balance, pictured))
    return lines


def _moved(entry: PettyEntry) -> tuple[datetime, int, str, str, str, str, str, int]:
    change = {
        Entry.FLOAT: entry.amount_minor, Entry.BACK: -entry.amount_minor, Entry.COUNT: entry.amount_minor - (entry.expected_minor or 0),
    }[Entry(entry.kind)]  # fmt: skip
    # What is counted and given back in the same moment is counted first.
    order = 2 if entry.kind == Entry.BACK else 0
    return entry.at, order, entry.number, ENTRY_LABELS[Entry(entry.kind)], entry.reason, "", entry.by.name, change


@invariant("FIN-3")
def petty_boxes_hold_what_their_books_say() -> Iterator[str]:
    """Each box has in the book what was put in less what was spent out of it; nothing came out of takings."""
    places = MoneyAccount.objects.filter(kind=MoneyKind.PETTY)
    held = dict(places.values_list("reference", "balance"))
    for box in PettyBox.objects.select_related("unit").order_by("pk"):
        came = sum(_moved(each)[-1] for each in box.entries.select_related("by"))
        paid = box.expenses.filter(Q(state=SpendState.PAID)).aggregate(sum=Sum("amount_minor"))["sum"] or 0
        if came - paid != held.pop(box.reference, 0):
            yield f"{box.unit.code} {box.code}: its book says {came - paid}"
    yield from (f"{reference}: no such box" for reference in sorted(held))
