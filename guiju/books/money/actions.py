"""The verbs of the money book. Each is one document; the same document again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from guiju.books.money import events
from guiju.books.money.models import ClosedPeriod, MoneyAccount, MoneyMove
from guiju.books.money.rules import WITHOUT_BOTTOM, Movement, Place, goes
from guiju.kernel import ledger
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.ledger import AlreadyUndone, DocumentReused, PeriodClosed, Shortage
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.people.models import Unit

__all__ = [
    "AlreadyUndone",
    "DepositTooSmall",
    "DocumentReused",
    "MoreThanOwed",
    "NotThere",
    "Part",
    "PeriodClosed",
    "charge",
    "close_period",
    "give_back",
    "post",
    "settle",
    "waive",
]


class MoreThanOwed(Refusal):
    """More is paid than is owed."""

    sentence = N_("More is paid than is owed.")
    field = "amount"


class NotThere(Refusal):
    """There is less money in that place than is taken from it."""

    sentence = N_("There is not so much money there.")
    field = "amount"


class DepositTooSmall(Refusal):
    """More of the deposit is used than was taken."""

    sentence = N_("The deposit is smaller than that.")
    field = "amount"


@dataclass(frozen=True)
class Part:
    """One line of a money document: why, how much, from where, to where.

    source, target   the place, and the order, till or customer that it is of
    """

    kind: Movement
    minor: int
    source: tuple[str, str]
    target: tuple[str, str]


def charge(
    reference: str, *, unit: Unit, minor: int, document: str, by: Actor, at: datetime, owed_by: str = "OWED_BY_CUSTOMER"
) -> list[MoneyMove]:
    """Book that the customer, or the brand, owes for the order.

    minor    in the unit's currency
    source   FIN-1, G-7
    """
    part = Part(Movement.CHARGE, minor, (Place.REVENUE, ""), (owed_by, reference))
    return _do("money.charge", [part], unit=unit, document=document, by=by, at=at)


def settle(
    reference: str,
    *,
    unit: Unit,
    minor: int,
    into: str,
    into_reference: str,
    document: str,
    by: Actor,
    at: datetime,
) -> list[MoneyMove]:
    """Book that the order is paid, into a till, by card, by transfer or on credit.

    raises   MoreThanOwed
    """
    part = Part(Movement.SETTLE, minor, (Place.OWED_BY_CUSTOMER, reference), (into, into_reference))
    return _do("money.settle", [part], unit=unit, document=document, by=by, at=at)


def give_back(
    reference: str,
    *,
    unit: Unit,
    minor: int,
    out_of: str,
    out_of_reference: str,
    document: str,
    by: Actor,
    at: datetime,
) -> list[MoneyMove]:
    """Book that money goes back to the customer the way that it came, and is no longer earned.

    raises   NotThere
    source   FIN-8
    """
    owed = (Place.OWED_BY_CUSTOMER, reference)
    # Two lines of one document: the order owes again, and at once no longer, because the charge goes too.
    parts = [
        Part(Movement.GIVE_BACK, minor, (out_of, out_of_reference), owed),
        Part(Movement.CREDIT_NOTE, minor, owed, (Place.REVENUE, "")),
    ]
    return _do("money.give_back", parts, unit=unit, document=document, by=by, at=at)


def waive(
    reference: str, *, unit: Unit, minor: int, document: str, by: Actor, at: datetime, owed_by: str = "OWED_BY_CUSTOMER"
) -> list[MoneyMove]:
    """Book that what was charged is no longer asked for.

    raises   MoreThanOwed
    """
    part = Part(Movement.CREDIT_NOTE, minor, (owed_by, reference), (Place.REVENUE, ""))
    return _do("money.waive", [part], unit=unit, document=document, by=by, at=at)


def post(parts: Sequence[Part], *, unit: Unit, document: str, by: Actor, at: datetime) -> list[MoneyMove]:
    """Book any other document: a float, a drop, a deposit, what a count shows.

    raises   MoreThanOwed, NotThere, DepositTooSmall, PeriodClosed; ValueError for a way that money does not go
    source   FIN-1, FIN-2, FIN-3
    """
    return _do("money.post", parts, unit=unit, document=document, by=by, at=at)


def close_period(unit: Unit, *, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> ClosedPeriod:
    """Close a unit's money book for a time that is over.

    starts_at, ends_at   half-open
    raises               Invalid, PeriodClosed when part of it is closed already
    source               G-5, I13
    """
    if not starts_at < ends_at <= at:
        raise Invalid(Sentence(N_("Only a time that is over can be closed.")), field="ends_at")
    with doing("money.close_period", unit_id=unit.pk, by=by, at=at) as deed:
        # Whoever is booking now holds a place of the unit; after this lock, the last of them has finished.
        places = list(MoneyAccount.objects.filter(unit=unit))
        if places:
            ledger.lock(places)
        with refusing(closedperiod_closes_once=PeriodClosed):
            period = ClosedPeriod.objects.create(
                unit=unit,
                starts_at=starts_at,
                ends_at=ends_at,
                closed_at=at,
                person_id=by.person_id,
                actor_name=by.name,
                entry_key=deed.key,
            )
        deed.about(period)
        deed.tell(events.PeriodClosed(unit.pk, starts_at, ends_at))
    return period


def _do(verb: str, parts: Sequence[Part], *, unit: Unit, document: str, by: Actor, at: datetime) -> list[MoneyMove]:
    with doing(verb, unit_id=unit.pk, by=by, at=at, document=document, minor=[part.minor for part in parts]) as deed:
        return _book(parts, unit=unit, document=document, deed=deed)


def _book(parts: Sequence[Part], *, unit: Unit, document: str, deed: Deed) -> list[MoneyMove]:
    for part in parts:
        if type(part.minor) is not int or not 0 < part.minor <= ledger.AMOUNT_MAX:
            raise Invalid(Sentence(N_("Give an amount above nothing.")), field="amount")
        if not goes(part.kind, Place(part.source[0]), Place(part.target[0])):
            raise ValueError(f"{part.kind} does not go from {part.source[0]} to {part.target[0]}.")
    places = _places(unit, {place for part in parts for place in (part.source, part.target)})
    lines = [ledger.Line(places[part.source], places[part.target], part.minor, part.kind) for part in parts]
    try:
        with refusing(moneyaccount_deposit_suffices=DepositTooSmall):
            return ledger.post(MoneyMove, lines, document=document, deed=deed)
    except Shortage as short:
        is_owed = short.account.kind in {Place.OWED_BY_CUSTOMER, Place.BRAND_OWES}
        raise (MoreThanOwed if is_owed else NotThere) from short


def _places(unit: Unit, wanted: set[tuple[str, str]]) -> Mapping[tuple[str, str], MoneyAccount]:
    """Find the places in one question; a place that held nothing yet is made."""
    either = Q()
    for kind, reference in wanted:
        either |= Q(kind=kind, reference=reference)
    there = MoneyAccount.objects.filter(either, unit=unit, currency=unit.currency)
    found = {(place.kind, place.reference): place for place in there}
    for kind, reference in sorted(wanted - found.keys()):
        # Of two who first put something there at once, one makes the place and the other finds it.
        found[kind, reference], _is_new = MoneyAccount.objects.get_or_create(
            unit=unit,
            kind=kind,
            reference=reference,
            currency=unit.currency,
            defaults={"may_go_negative": kind in WITHOUT_BOTTOM},
        )
    return found
