"""The verbs of the money book. Each is one document; the same document again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from guiju.books.money import events
from guiju.books.money.models import ClosedPeriod, MoneyAccount, MoneyMove
from guiju.books.money.rules import WITHOUT_BOTTOM, MoneyKind, Movement, goes
from guiju.kernel import ledger
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.ledger import AlreadyUndone, DocumentReused, PeriodClosed, Shortage
from guiju.kernel.places import places
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.people.models import Unit

__all__ = [
    "AlreadyUndone",
    "DepositTooSmall",
    "DocumentReused",
    "MoneyKind",
    "MoreThanOwed",
    "NotThere",
    "Part",
    "PeriodClosed",
    "charge",
    "close_period",
    "give_back",
    "hold_surplus",
    "post",
    "post_variance",
    "put_float",
    "settle",
    "take_float",
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
    amount_minor: int
    source: tuple[str, str]
    target: tuple[str, str]


def charge(
    *,
    unit: Unit,
    reference: str,
    amount_minor: int,
    currency: str,
    document: str,
    by: Actor,
    at: datetime,
    owed_by: str = MoneyKind.OWED_BY_CUSTOMER,
) -> list[MoneyMove]:
    """Book that the customer, or the brand, owes for the order.

    reference   the order's number
    source      FIN-1, G-7
    """
    part = Part(Movement.CHARGE, amount_minor, (MoneyKind.REVENUE, ""), (owed_by, reference))
    return _do("money.charge", [part], unit=unit, currency=currency, document=document, by=by, at=at)


def settle(
    *,
    unit: Unit,
    reference: str,
    into: str,
    into_reference: str,
    amount_minor: int,
    currency: str,
    document: str,
    by: Actor,
    at: datetime,
) -> list[MoneyMove]:
    """Book that the order is paid: into a till, by card, by transfer, on credit, or from its deposit.

    raises   MoreThanOwed, DepositTooSmall
    """
    kind = Movement.USE_DEPOSIT if into == MoneyKind.DEPOSIT_HELD else Movement.SETTLE
    part = Part(kind, amount_minor, (MoneyKind.OWED_BY_CUSTOMER, reference), (into, into_reference))
    return _do("money.settle", [part], unit=unit, currency=currency, document=document, by=by, at=at)


def give_back(
    *,
    unit: Unit,
    reference: str,
    out_of: str,
    out_of_reference: str,
    amount_minor: int,
    currency: str,
    document: str,
    by: Actor,
    at: datetime,
) -> list[MoneyMove]:
    """Book that money goes back to the customer the way that it came, and is no longer earned.

    raises   NotThere
    source   FIN-8
    """
    owed = (MoneyKind.OWED_BY_CUSTOMER, reference)
    # Two lines of one document: the order owes again, and at once no longer, because the charge goes too.
    parts = [
        Part(Movement.GIVE_BACK, amount_minor, (out_of, out_of_reference), owed),
        Part(Movement.CREDIT_NOTE, amount_minor, owed, (MoneyKind.REVENUE, "")),
    ]
    return _do("money.give_back", parts, unit=unit, currency=currency, document=document, by=by, at=at)


def waive(
    *,
    unit: Unit,
    reference: str,
    amount_minor: int,
    currency: str,
    document: str,
    by: Actor,
    at: datetime,
    owed_by: str = MoneyKind.OWED_BY_CUSTOMER,
) -> list[MoneyMove]:
    """Book that what was charged is no longer asked for.

    raises   MoreThanOwed
    """
    part = Part(Movement.CREDIT_NOTE, amount_minor, (owed_by, reference), (MoneyKind.REVENUE, ""))
    return _do("money.waive", [part], unit=unit, currency=currency, document=document, by=by, at=at)


def put_float(
    *, unit: Unit, till_reference: str, amount_minor: int, currency: str, document: str, by: Actor, at: datetime
) -> list[MoneyMove]:
    """Put change into a till for the day."""
    part = Part(Movement.FLOAT_OUT, amount_minor, (MoneyKind.FLOAT, ""), (MoneyKind.TILL, till_reference))
    return _do("money.put_float", [part], unit=unit, currency=currency, document=document, by=by, at=at)


def take_float(
    *, unit: Unit, till_reference: str, amount_minor: int, currency: str, document: str, by: Actor, at: datetime
) -> list[MoneyMove]:
    """Take what lies in a till out again at the end of the day.

    raises   NotThere
    """
    part = Part(Movement.FLOAT_IN, amount_minor, (MoneyKind.TILL, till_reference), (MoneyKind.FLOAT, ""))
    return _do("money.take_float", [part], unit=unit, currency=currency, document=document, by=by, at=at)


def post_variance(
    *, unit: Unit, till_reference: str, variance_minor: int, currency: str, document: str, by: Actor, at: datetime
) -> list[MoneyMove]:
    """Bring the till in the book level with what was counted.

    variance_minor   above nothing for what is over, below for what is short
    source           FIN-1
    """
    till, over_short = (MoneyKind.TILL, till_reference), (MoneyKind.OVER_SHORT, "")
    if variance_minor > 0:
        part = Part(Movement.OVER, variance_minor, over_short, till)
    else:
        part = Part(Movement.SHORT, -variance_minor, till, over_short)
    return _do("money.post_variance", [part], unit=unit, currency=currency, document=document, by=by, at=at)


def hold_surplus(
    *, unit: Unit, reference: str, amount_minor: int, currency: str, document: str, by: Actor, at: datetime
) -> list[MoneyMove]:
    """Keep for the customer what her unclaimed goods brought above what she owed.

    source   3.6
    """
    part = Part(Movement.SURPLUS, amount_minor, (MoneyKind.DEPOSIT_HELD, reference), (MoneyKind.PROCEEDS, ""))
    return _do("money.hold_surplus", [part], unit=unit, currency=currency, document=document, by=by, at=at)


def post(
    parts: Sequence[Part], *, unit: Unit, currency: str, document: str, by: Actor, at: datetime
) -> list[MoneyMove]:
    """Book any other document: a drop into the safe, a deposit, a credit that is paid, takings to the bank.

    raises   MoreThanOwed, NotThere, DepositTooSmall, PeriodClosed; ValueError for a way that money does not go
    source   FIN-1, FIN-2, FIN-3
    """
    return _do("money.post", parts, unit=unit, currency=currency, document=document, by=by, at=at)


def close_period(unit: Unit, *, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> ClosedPeriod:
    """Close a unit's money book for a time that is over.

    starts_at, ends_at   half-open
    raises               Invalid, PeriodClosed when part of it is closed already
    source               G-5, I13
    """
    with doing("money.close_period", unit_id=unit.pk, by=by, at=at) as deed:
        places = MoneyAccount.objects.filter(unit=unit)
        period: ClosedPeriod = ledger.close(
            ClosedPeriod, places, unit=unit, starts_at=starts_at, ends_at=ends_at, deed=deed
        )
        deed.tell(events.PeriodClosed(unit.pk, starts_at, ends_at))
    return period


def _do(
    verb: str, parts: Sequence[Part], *, unit: Unit, currency: str, document: str, by: Actor, at: datetime
) -> list[MoneyMove]:
    facts = {"document": document, "amounts_minor": [part.amount_minor for part in parts], "currency": currency}
    with doing(verb, unit_id=unit.pk, by=by, at=at, **facts) as deed:
        for part in parts:
            if type(part.amount_minor) is not int or not 0 < part.amount_minor <= ledger.AMOUNT_MAX:
                raise Invalid(Sentence(N_("Give an amount above nothing.")), field="amount")
            if not goes(part.kind, MoneyKind(part.source[0]), MoneyKind(part.target[0])):
                raise ValueError(f"{part.kind} does not go from {part.source[0]} to {part.target[0]}.")
        places = _places(unit, currency, {place for part in parts for place in (part.source, part.target)})
        lines = [ledger.Line(places[part.source], places[part.target], part.amount_minor, part.kind) for part in parts]
        return _book(lines, document, deed)


def _book(lines: Sequence[ledger.Line], document: str, deed: Deed) -> list[MoneyMove]:
    try:
        with refusing(moneyaccount_deposit_suffices=DepositTooSmall):
            return ledger.post(MoneyMove, lines, document=document, deed=deed)
    except Shortage as short:
        is_owed = short.account.kind in {MoneyKind.OWED_BY_CUSTOMER, MoneyKind.BRAND_OWES}
        raise (MoreThanOwed if is_owed else NotThere) from short


def _places(unit: Unit, currency: str, wanted: set[tuple[str, str]]) -> Mapping[tuple[str, str], MoneyAccount]:
    """Find the places in one question; a place that held nothing yet is made."""
    names = sorted(wanted)
    keys = [
        (
            {"unit_id": unit.pk, "kind": kind, "reference": reference, "currency": currency},
            {"may_go_negative": kind in WITHOUT_BOTTOM},
        )
        for kind, reference in names
    ]
    return dict(zip(names, places(MoneyAccount, keys), strict=True))
