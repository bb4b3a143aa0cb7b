"""What technicians hold of customers' cash, from which jobs, and by when it is handed in; what goes from hand to hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from guiju.books.money.models import MoneyAccount
from guiju.books.money.rules import MoneyKind
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.banking.models import BankDeposit, CashHandOver, HandedReceipt
from guiju.line.banking.rules import DepositState
from guiju.line.banking.rules.handing import Hand, HandState, Stage
from guiju.line.cashier.models import Payment
from guiju.standing.people import queries as people
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy import queries as policy


def in_pouches() -> Any:
    """The payments whose cash lies in a pouch, each with its `holder` of now; those that were handed in are none."""
    held = HandedReceipt.objects.filter(payment=OuterRef("pk"), stage=Stage.HELD)
    rows = Payment.objects.filter(pouch__isnull=False).exclude(Exists(held.filter(hand_over__hand=Hand.TILL)))
    return rows.annotate(
        holder=Coalesce(
            Subquery(held.values("hand_over__receiver_id")[:1]), F("pouch_id"), output_field=BigIntegerField()
        )
    ).order_by("pk")


def held_by(person: int | None, *, unit: Unit | None = None) -> QuerySet[Payment]:
    """The receipts whose cash this person has in the pouch, of one outlet or of all; the first that is due first."""
    rows = in_pouches().filter(holder=person)
    if unit is not None:
        rows = rows.filter(bill__order__unit=unit)
    found: QuerySet[Payment] = rows.select_related("bill__order__unit", "bill__order__customer").order_by(
        "pouch_due_at", "pk"
    )
    return found


@dataclass(frozen=True, slots=True)
class Pouch:
    """What one person holds of one outlet's cash.

    due_at     by when the first of it is handed in
    is_much    it is more than a pouch may hold
    """

    unit: Unit
    holder: Person
    receipts: Sequence[Payment]
    amount_minor: int
    currency: str
    due_at: datetime
    is_much: bool

    def is_late(self, at: datetime) -> bool:
        """Whether some of it should be in a till by now."""
        return at > self.due_at


def pouches_of(rows: Any, at: datetime) -> list[Pouch]:
    """Receipts by holder and outlet; what is due first stands first."""
    found: dict[tuple[int, int], list[Any]] = {}
    for each in rows.select_related("bill__order__unit", "bill__order__customer").order_by("pouch_due_at", "pk"):
        found.setdefault((each.bill.order.unit_id, each.holder), []).append(each)
    holders = Person.objects.in_bulk([holder for _unit, holder in found])
    units = {each[0].bill.order.unit_id: each[0].bill.order.unit for each in found.values()}
    limits = policy.figure_by_unit("cash.pouch_limit", units=units.values(), on=at.date())
    told = []
    for (unit, holder), receipts in found.items():
        amount = sum(each.amount_minor for each in receipts)
        due = receipts[0].pouch_due_at or at
        told.append(
            Pouch(
                units[unit],
                holders[holder],
                receipts,
                amount,
                receipts[0].bill.currency,
                due,
                amount > int(limits[unit].value),
            )
        )
    return sorted(told, key=lambda each: (each.due_at, each.holder.pk))


def mine(by: Actor, at: datetime) -> list[Pouch]:
    """What this person has in the pouch, by outlet."""
    return pouches_of(in_pouches().filter(holder=by.natural_person_id), at)


def board(by: Actor, at: datetime) -> list[Pouch]:
    """All pouches of the outlets that this person oversees; those who count them read nothing here (G03)."""
    return pouches_of(in_pouches().filter(by.scope("drawers.see").q(unit="bill__order__unit_id")), at)


def carried_by(by: Actor) -> list[BankDeposit]:
    """The deposits that this person carries."""
    rows = BankDeposit.objects.filter(state=DepositState.PREPARED, carried_by=by.natural_person_id)
    return list(rows.with_names().order_by("pk"))


def between(by: Actor) -> tuple[list[CashHandOver], list[CashHandOver]]:
    """What was offered to this person, and what this person has offered, and is not signed by both."""
    rows = (
        CashHandOver.objects.under_way()
        .with_names()
        .filter(Q(giver=by.natural_person_id) | Q(receiver=by.natural_person_id))
    )
    found = list(rows.order_by("pk"))
    mine = [each for each in found if each.giver_id == by.natural_person_id]
    return [each for each in found if each.giver_id != by.natural_person_id and each.hand != Hand.TILL], mine


def to_count(by: Actor) -> QuerySet[CashHandOver]:
    """What technicians bring to the tills at which this person may count."""
    scope = by.scope("banking.count_pouch").q()
    return CashHandOver.objects.under_way().with_names().filter(scope, hand=Hand.TILL).order_by("pk")


def receivers(unit: Unit, by: Actor, *, at: datetime, roles: Sequence[str]) -> list[Person]:
    """Who may take it over: the colleagues who act in one of these roles at the outlet, but for whoever asks."""
    found = {
        each.pk: each
        for role in roles
        for each in people.people_with(role, unit, on=unit.day(at))
        if each.pk != by.natural_person_id
    }
    return sorted(found.values(), key=lambda each: (each.name, each.pk))


def late(at: datetime, unit: Unit | None = None) -> list[Any]:
    """The receipts whose cash should be in a till by now."""
    rows = in_pouches().filter(pouch_due_at__lt=at)
    if unit is not None:
        rows = rows.filter(bill__order__unit=unit)
    return list(rows.select_related("bill__order__unit"))


@invariant("FIN-2")
def pouches_hold_what_their_receipts_say() -> Iterator[str]:
    """Each pouch has in the book what the receipts in it sum to, and nobody's pouch has more."""
    said: dict[tuple[int, str], int] = {}
    for unit, holder, amount in in_pouches().values_list("bill__order__unit", "holder", "amount_minor"):
        key = (unit, f"PERSON-{holder}")
        said[key] = said.get(key, 0) + amount
    rows = MoneyAccount.objects.filter(kind=MoneyKind.POUCH).exclude(balance=0).order_by()
    held = {
        (unit, ref): total for unit, ref, total in rows.values_list("unit", "reference").annotate(total=Sum("balance"))
    }
    for unit, ref in sorted(said.keys() | held.keys()):
        if said.get((unit, ref), 0) != held.get((unit, ref), 0):
            yield f"Pouch {ref}: {said.get((unit, ref), 0)} by its receipts, {held.get((unit, ref), 0)} by the book"


@invariant("FIN-2")
def every_hand_over_was_signed_by_two() -> Iterator[str]:
    """What went from hand to hand names two different people, and what was counted is what it says, or it was explained."""
    rows = CashHandOver.objects.filter(state=HandState.ACCEPTED)
    alone = Q(receiver=None) | Q(receiver=F("giver"))
    unsaid = Q(hand=Hand.TILL, cause="") & ~Q(counted_minor=F("amount_minor"))
    for number in rows.filter(alone | unsaid).values_list("number", flat=True):
        yield f"{number}: not signed by two, or not explained"
