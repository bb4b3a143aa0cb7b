"""How much is where, and whether the book agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum

from guiju.books.money.models import ClosedPeriod, MoneyAccount, MoneyMove
from guiju.books.money.rules import CHART, WAYS, MoneyKind, Movement, goes
from guiju.kernel import ledger
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.standing.people.models import Unit


def balance(kind: str, reference: str = "", *, unit: Unit | None = None) -> int:
    """How much is there now, in minor units; nothing where nothing ever was.

    unit   needed where the reference is not one of a kind, as for REVENUE
    """
    places = MoneyAccount.objects.filter(kind=kind, reference=reference)
    if unit is not None:
        places = places.filter(unit=unit)
    return places.aggregate(sum=Sum("balance"))["sum"] or 0


def owed(reference: str) -> int:
    """What the customer still owes on the order."""
    return balance(MoneyKind.OWED_BY_CUSTOMER, reference)


def paid(reference: str) -> int:
    """What the customer has paid on the order, less what was given back."""
    moves = MoneyMove.objects.filter(undoes=None, undone_by=None)
    mine = Q(kind=MoneyKind.OWED_BY_CUSTOMER, reference=reference)
    places = MoneyAccount.objects.filter(mine)
    came = moves.filter(source__in=places, kind__in=[Movement.SETTLE, Movement.USE_DEPOSIT])
    back = moves.filter(target__in=places, kind=Movement.GIVE_BACK)
    return (came.aggregate(sum=Sum("amount"))["sum"] or 0) - (back.aggregate(sum=Sum("amount"))["sum"] or 0)


def moves_of(kind: str, reference: str, *, by: Actor) -> QuerySet[MoneyMove]:
    """What came into the place and what went out of it, the first move first."""
    place = Q(kind=kind, reference=reference)
    ends = MoneyAccount.objects.visible_to(by).filter(place)
    rows = MoneyMove.objects.filter(Q(source__in=ends) | Q(target__in=ends))
    return rows.select_related("source", "target").order_by("pk")


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a move, as an accounting system takes it; both sides of a move stand under its number.

    debit_minor, credit_minor   one of them is nothing
    """

    move: int
    at: datetime
    document: str
    kind: Movement | str
    account: str
    place: MoneyKind
    reference: str
    debit_minor: int
    credit_minor: int
    currency: str


def journal(unit: Unit, *, since: datetime, until: datetime, by: Actor) -> Iterator[Entry]:
    """Every move of a unit in a half-open time, debit first; debits and credits sum to the same.

    source   docs/journal.md
    """
    rows = MoneyMove.objects.visible_to(by).filter(source__unit=unit, at__gte=since, at__lt=until)
    for move in rows.select_related("source", "target").order_by("at", "pk").iterator(chunk_size=1000):
        for place, debit, credit in ((move.target, move.amount, 0), (move.source, 0, move.amount)):
            kind = MoneyKind(place.kind)
            yield Entry(
                move.pk,
                move.at,
                move.document,
                move.kind,
                CHART[kind],
                kind,
                place.reference,
                debit,
                credit,
                place.currency,
            )


def is_closed(unit: Unit, at: datetime) -> bool:
    """Whether the unit's book is closed for that instant."""
    return ClosedPeriod.objects.filter(unit=unit, starts_at__lte=at, ends_at__gt=at).exists()


@invariant("I10")
def balances_are_the_sum_of_their_moves() -> Iterator[str]:
    """Every place holds what its moves say."""
    for account, counted in ledger.mismatches(MoneyMove):
        yield f"{account}: the balance is {account.balance}, the moves say {counted}"


@invariant("G-7")
def all_money_sums_to_nothing() -> Iterator[str]:
    """Over all places of a unit, each currency sums to nothing: what one side gained, the other gave."""
    rows = MoneyAccount.objects.values_list("unit__code", "currency").annotate(Sum("balance"))
    for unit, currency, total in rows.order_by("unit__code", "currency"):
        if total:
            yield f"{unit}: all places together hold {total} {currency}"


@invariant("FIN-1")
def no_place_holds_what_it_cannot() -> Iterator[str]:
    """No till below nothing, no deposit used that was not taken."""
    below = Q(balance__lt=0, may_go_negative=False)
    for account in MoneyAccount.objects.filter(below | Q(kind=MoneyKind.DEPOSIT_HELD, balance__gt=0)):
        yield f"{account}: {account.balance}"


@invariant("FIN-3")
def money_goes_known_ways() -> Iterator[str]:
    """Each kind of move goes only from and to where its kind may; takings never pay for anything."""
    ways = MoneyMove.objects.exclude(kind="UNDO").values_list("kind", "source__kind", "target__kind").distinct()
    for kind, source, target in ways.order_by("kind", "source__kind", "target__kind"):
        if kind not in WAYS or not goes(Movement(kind), MoneyKind(source), MoneyKind(target)):
            yield f"{kind} went from {source} to {target}"
    for move in MoneyMove.objects.exclude(source__currency=F("target__currency")):
        yield f"{move}: goes between two currencies"
