"""What was printed again, and whether a number is missing anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from django.db.models import QuerySet

from guiju.kernel.actor import Actor
from guiju.kernel.models import Counter
from guiju.kernel.verification import invariant
from guiju.line.cashier.models import LoanDeposit, PartsDeposit, Payment, Printing, Refund, TillSession


def printings(*, by: Actor) -> QuerySet[Printing]:
    """The prints of receipts of the outlets whose till this person may see."""
    rows = Printing.objects.filter(by.scope("cashier.see").q(unit="bill__order__unit_id"))
    return rows.select_related("bill__order", "payment", "refund", "printed_by")


def duplicates() -> QuerySet[Printing]:
    """All that was printed again."""
    return Printing.objects.filter(ordinal__gt=1).select_related("payment", "refund", "printed_by")


def printings_of(paid: Payment | Refund) -> list[Printing]:
    """How often this receipt was printed, the original first."""
    return list(paid.printings.select_related("printed_by"))


# The series of the till, and where their numbers stand.
_NUMBERED = {
    "RC": ((Payment, "receipt_number"),),
    "RF": ((Refund, "number"),),
    "DP": ((LoanDeposit, "receipt_number"), (PartsDeposit, "receipt_number")),
    "DR": ((PartsDeposit, "back_number"),),
}


@invariant("FIN-4")
def receipt_numbers_have_no_gaps() -> Iterator[str]:
    """Of a till's day, and of an outlet's year without a till, receipts and refunds are numbered one after another."""
    for series, sources in _NUMBERED.items():
        rows = (model._default_manager.exclude(**{name: ""}).values_list(name, flat=True) for model, name in sources)  # noqa: SLF001
        yield from gaps(series, chain.from_iterable(rows))


def gaps(series: str, numbers: Iterable[str]) -> Iterator[str]:
    """What is missing of a series in which a till counts by its day and an outlet by its year.

    numbers   all that stand somewhere
    """
    seen: dict[tuple[str, str], set[int]] = {}
    for number in numbers:
        _series, org, day, sequence = number.rsplit("-", 3)
        seen.setdefault((org, day if "." in org else day[:4]), set()).add(int(sequence))
    for (org, when), found in sorted(seen.items()):
        if missing := sorted(set(range(1, max(found) + 1)) - found):
            yield f"{series}-{org} {when}: {missing[0]:05d} is missing, the last is {max(found):05d}"
    yield from _not_given(series, seen)


def _not_given(series: str, seen: dict[tuple[str, str], set[int]]) -> Iterator[str]:
    """What was counted and stands nowhere: the last of a till's day would be missed by no other."""
    tills = dict(TillSession.objects.order_by().values_list("till_id", "till__unit__code").distinct())
    codes = dict(TillSession.objects.order_by().values_list("till_id", "till__code").distinct())
    for row in Counter.objects.filter(series=series).order_by("org", "year"):
        place, _, day = row.org.partition("/")
        key = place.removeprefix("TILL-")
        if day and key.isdecimal() and int(key) in codes:
            where = (f"{tills[int(key)]}.{codes[int(key)]}", f"{row.year}{day}")
        else:
            where = (row.org, str(row.year))
        last = max(seen.get(where, {0}))
        if last < row.last:
            yield f"{series}-{where[0]} {where[1]}: {row.last:05d} was given, the last that stands is {last:05d}"


@invariant("FIN-4")
def a_number_names_the_till_at_which_it_was_given() -> Iterator[str]:
    """A receipt of a till's series was given in a session of that till."""
    rows = Payment.objects.filter(receipt_number__contains=".").select_related("session__till__unit")
    for payment in rows:
        till = payment.session.till if payment.session else None
        named = payment.receipt_number.rsplit("-", 2)[0].partition("-")[2]
        if till is None or named != f"{till.unit.code}.{till.code}":
            yield f"{payment.receipt_number} was given at {till or 'no till'}"
