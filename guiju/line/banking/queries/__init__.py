"""When the bank is open, what is due, where all the cash is, and whether the book and the rows agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, When

from guiju.books.money import queries as book
from guiju.books.money.models import MoneyAccount
from guiju.books.money.rules import CASH, MoneyKind
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.banking import rules
from guiju.line.banking.models import BankDeposit, BankLine, CashAlarm, DutyRoster, PettyBox, SafeBag
from guiju.line.banking.queries import petty as petty
from guiju.line.banking.queries import pouches
from guiju.line.banking.rules import Alarm, BagState, DepositState
from guiju.line.cashier.models import Till, TillSession
from guiju.line.cashier.rules import UNDER_WAY
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy import queries as policy
from guiju.standing.policy.rules import calendar_of

_CUTOFF, _GRACE, _MORNING = "cash.deposit_cutoff", "cash.deposit_grace_min", "cash.morning_deposit_by"
SATURDAY = 6


def is_bank_day(unit: Unit, on: date) -> bool:
    """Whether the bank is open that day: when offices work, by the calendar of the state; by the weekday where we have none."""
    state = calendar_of(unit.jurisdiction)
    return state.is_working(on) if state is not None else on.isoweekday() < SATURDAY


def day_deadline(unit: Unit, on: date) -> rules.Deadline:
    """By when the takings of that day go to the bank."""
    figures = policy.figures((_CUTOFF, _GRACE), unit=unit, on=on)
    return rules.day_deadline(
        on, cutoff=figures[_CUTOFF].value, grace_min=int(figures[_GRACE].value), zone=unit.time_zone
    )


def morning_deadline(unit: Unit, on: date) -> rules.Deadline:
    """By when what was kept overnight goes there: the first thing on the next day on which the bank is open."""
    then = rules.next_bank_day(on, is_open=lambda day: is_bank_day(unit, day), zone=unit.time_zone)
    clock = policy.figure(_MORNING, unit=unit, on=then).value
    return rules.morning_deadline(then, by=clock, zone=unit.time_zone)


def takings_of(session: TillSession) -> int:
    """What lies in the drawer above its float, by the book, in minor units."""
    till = session.till
    return book.balance(MoneyKind.TILL, till.reference, unit=till.unit) - session.float_now_minor


def on_duty(unit: Unit, at: datetime) -> DutyRoster | None:
    """Who watches over the safe in the night that it is now."""
    night = rules.night_of(at, unit.time_zone)
    return DutyRoster.objects.filter(unit=unit, night=night).select_related("officer").first()


def in_the_safe(unit: Unit) -> QuerySet[SafeBag]:
    """The bags that lie in the safe of an outlet."""
    return SafeBag.objects.filter(unit=unit, state=BagState.IN_SAFE).order_by("pk")


def lies_in_the_safe(bag: SafeBag) -> bool:
    """Whether the book has a bag in the safe; of one with which something is wrong no state says it."""
    return bool(book.balance(MoneyKind.SAFE, bag.reference, unit=bag.unit))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody or something that has cash now.

    whose    the till's code, the person, or the number of the bag
    is_much  more lies in a drawer or a pouch than may (`cash.till_limit`, `cash.pouch_limit`)
    """

    unit: Unit
    kind: str
    whose: str
    reference: str
    amount_minor: int
    currency: str
    is_much: bool


def where_it_is(*, by: Actor, at: datetime) -> list[Holder]:
    """Every holder of cash in the units that this person may see; one question to the places, whatever has moved.

    Drawers and pouches are shown to whoever oversees them, and not to those who count them.
    """
    kinds = sorted(kind.value for kind in CASH)
    rows = MoneyAccount.objects.filter(by.scope("banking.see").q(), kind__in=kinds).exclude(balance=0)
    # Whoever counts a drawer blind does not read here what must lie in it (G03).
    overseen = by.scope("drawers.see").unit_ids
    if overseen is not None:
        rows = rows.filter(~Q(kind__in=[MoneyKind.TILL, MoneyKind.POUCH]) | Q(unit__in=overseen))
    places = list(rows.select_related("unit").order_by("unit__path", "kind", "reference"))
    names = _names(places)
    units = {each.unit_id: each.unit for each in places}
    on = at.date()
    limits = {
        kind: policy.figure_by_unit(key, units=units.values(), on=on)
        for kind, key in ((MoneyKind.TILL, "cash.till_limit"), (MoneyKind.POUCH, "cash.pouch_limit"))
    }
    return [
        Holder(
            each.unit, each.kind, names.get(each.reference, each.reference), each.reference, each.balance, each.currency,
            is_much=each.kind in limits and each.balance > limits[MoneyKind(each.kind)][each.unit_id].value,
        )
        for each in places
    ]  # fmt: skip


def _names(places: Sequence[MoneyAccount]) -> dict[str, str]:
    """What the references of the book are called: one question for each sort of holder that there is."""
    keys: dict[str, list[int]] = {"TILL": [], "BAG": [], "PERSON": [], "PETTY": []}
    for each in places:
        sort, _, key = each.reference.partition("-")
        if sort in keys and key.isdigit():
            keys[sort].append(int(key))
    sources: tuple[tuple[str, QuerySet[Any], str], ...] = (
        ("TILL", Till.objects.all(), "code"), ("BAG", SafeBag.objects.all(), "seal_number"), ("PERSON", Person.objects.all(), "name"),
        ("PETTY", PettyBox.objects.all(), "code"),
    )  # fmt: skip
    return {
        f"{sort}-{key}": name
        for sort, rows, column in sources
        if keys[sort]
        for key, name in rows.filter(pk__in=keys[sort]).values_list("pk", column)
    }


def proposal(session: TillSession, lying: Mapping[int, int]) -> rules.Proposal:
    """What of the notes and coins in a drawer goes to the bank, and what stays as its float."""
    return rules.propose(lying, keep_minor=session.float_now_minor)


def lines_for(deposit: BankDeposit) -> QuerySet[BankLine]:
    """The lines of the bank's statement that may confirm a deposit: its amount, not before its day; the slip's own number first.

    Of an exception any amount may be its.
    """
    if deposit.banked_at is None:
        return BankLine.objects.none()
    rows = BankLine.objects.filter(
        unit=deposit.unit,
        deposit=None,
        settlement=None,
        currency=deposit.currency,
        on__gte=deposit.unit.day(deposit.banked_at),
    )
    if deposit.state != DepositState.EXCEPTION:
        rows = rows.filter(amount_minor=deposit.amount_minor)
    own = Case(When(reference__icontains=deposit.slip_number, then=0), default=1)
    return rows.order_by(own, "on", "pk")


@dataclass(frozen=True, slots=True)
class Board:
    """What the deposit board of the units of one person shows."""

    on_the_way: Sequence[BankDeposit]
    bags: Sequence[SafeBag]
    lately: Sequence[BankDeposit]
    alarms: Sequence[CashAlarm]


def board(*, by: Actor) -> Board:
    """What is on the way, what lies in bags, what the bank got lately, and what somebody has to look at."""
    deposits = BankDeposit.objects.visible_to(by).with_names()
    under_way = (
        SafeBag.objects.visible_to(by).with_names().filter(state__in=sorted([*rules.UNDER_WAY, BagState.PACKED]))
    )
    return Board(
        list(deposits.filter(state=DepositState.PREPARED).order_by("due_at", "pk")),
        list(under_way.order_by("due_at", "pk")),
        list(deposits.exclude(state__in=[DepositState.PREPARED, DepositState.TAKEN_BACK]).order_by("-pk")[:10]),
        list(CashAlarm.objects.visible_to(by).open().select_related("unit").order_by("-pk")[:50]),
    )


@dataclass(frozen=True, slots=True)
class Due:
    """Something that has to be said now: about which business day, and of which till, bag or deposit."""

    unit: Unit
    kind: Alarm
    on: date
    subject: str


def due(at: datetime, *, unit: Unit | None = None) -> list[Due]:
    """What has to be said because of the hour, and was not said before.

    unit   of one outlet only
    source   S6-31, S6-35, 3.10: prompt, overdue, not at the bank on the next bank day, a pouch not handed in
    """
    here = {} if unit is None else {"unit": unit}
    found = [*_drawers_due(at, unit)]
    carried = BankDeposit.objects.filter(state=DepositState.PREPARED, late_after__lt=at, **here).select_related("unit")
    found += [Due(each.unit, Alarm.OVERDUE, each.last_on, each.number) for each in carried]
    bags = SafeBag.objects.filter(state__in=sorted(rules.UNDER_WAY), due_at__lt=at, **here).select_related("unit")
    found += [Due(each.unit, Alarm.NOT_AT_THE_BANK, each.business_on, each.number) for each in bags]
    found += _pouches_due(at, unit)
    said = set(
        CashAlarm.objects.filter(on__in={each.on for each in found}, **here).values_list(
            "unit", "kind", "on", "subject"
        )
    )
    return [each for each in found if (each.unit.pk, each.kind, each.on, each.subject) not in said]


def _pouches_due(at: datetime, unit: Unit | None) -> list[Due]:
    """Of each technician whose cash should be in a till by now: once for each day on which some of it was due."""
    rows = pouches.late(at, unit)
    holders = Person.objects.in_bulk({each.holder for each in rows})
    found = []
    for each in rows:
        outlet, on = each.bill.order.unit, each.bill.order.unit.day(each.pouch_due_at or at)
        found.append(Due(outlet, Alarm.POUCH_LATE, on, holders[each.holder].number))
    return list(dict.fromkeys(found))


def _drawers_due(at: datetime, unit: Unit | None) -> Iterator[Due]:
    """Of the drawers that hold takings: those of today around the cut-off, those of an earlier day on the next bank day."""
    rows = TillSession.objects.filter(state__in=UNDER_WAY).select_related("till__unit")
    sessions = list(rows if unit is None else rows.filter(till__unit=unit))
    lies = dict(
        MoneyAccount.objects.filter(kind=MoneyKind.TILL, reference__in=[each.till.reference for each in sessions])
        .values_list("reference", "balance")
    )  # fmt: skip
    full = [each for each in sessions if lies.get(each.till.reference, 0) > each.float_now_minor]
    of_the_day = BankDeposit.objects.filter(session__in=full).exclude(state=DepositState.TAKEN_BACK)
    prepared = set(of_the_day.values_list("session", flat=True))
    for session in full:
        outlet, on, code = session.till.unit, session.business_on, session.till.code
        if outlet.day(at) > on:
            if at > morning_deadline(outlet, on).late_after:
                yield Due(outlet, Alarm.NOT_AT_THE_BANK, on, code)
        elif is_bank_day(outlet, on) and session.pk not in prepared:
            kind = rules.of_the_hour(day_deadline(outlet, on), at)
            if kind is not None:
                yield Due(outlet, kind, on, code)


@invariant("FIN-2")
def every_holder_has_what_its_rows_say() -> Iterator[str]:
    """Each bag and each carrier has in the book what the bags and deposits say, and nobody has more."""
    said: dict[tuple[str, str], int] = {}
    for bag in SafeBag.objects.filter(state__in=sorted(rules.UNDER_WAY)).exclude(state=BagState.RETRIEVED):
        # Of one with which something is wrong only the book says where it was last; there it has to be whole.
        is_in = bag.state == BagState.IN_SAFE or (bag.state == BagState.INCIDENT and lies_in_the_safe(bag))
        place = MoneyKind.SAFE if is_in else MoneyKind.BAG
        said[place, bag.reference] = bag.amount_minor
    loose = SafeBag.objects.filter(state=BagState.RETRIEVED, deposit__isnull=True)
    carried = [(bag.carried_by_id, bag.worth_minor) for bag in loose]
    carried += BankDeposit.objects.filter(state=DepositState.PREPARED).values_list("carried_by", "amount_minor")
    for person, amount in carried:
        key = (MoneyKind.CARRIER, f"PERSON-{person}")
        said[key] = said.get(key, 0) + amount
    kinds = [MoneyKind.BAG, MoneyKind.SAFE, MoneyKind.CARRIER]
    rows = MoneyAccount.objects.filter(kind__in=kinds).exclude(balance=0).values_list("kind", "reference")
    held = {(MoneyKind(kind), ref): total for kind, ref, total in rows.annotate(total=Sum("balance")).order_by()}
    for kind, ref in sorted(said.keys() | held.keys()):
        if said.get((kind, ref), 0) != held.get((MoneyKind(kind), ref), 0):
            yield f"{kind} {ref}: {said.get((kind, ref), 0)} by its rows, {held.get((MoneyKind(kind), ref), 0)} by the book"


@invariant("FIN-10")
def what_is_confirmed_is_on_the_statement() -> Iterator[str]:
    """A confirmed deposit equals the line of the bank's statement; where somebody has settled an exception, what the bank then has."""
    lines = dict(BankLine.objects.filter(deposit__isnull=False).values_list("deposit", "amount_minor"))
    confirmed = BankDeposit.objects.filter(state=DepositState.RECONCILED)
    for pk, number, amount, credited in confirmed.values_list("pk", "number", "amount_minor", "credited_minor"):
        # Of an exception the statement may show nothing at all.
        is_right = lines.get(pk) == amount if credited is None else lines.get(pk) in {None, credited}
        if not is_right:
            yield f"{number}: confirmed as {amount if credited is None else credited}, the bank's statement says {lines.get(pk)}"


@invariant("FIN-7")
def every_bag_was_signed_for_by_two() -> Iterator[str]:
    """Two different people sealed each bag, and two put it into the safe."""
    signed = SafeBag.objects.filter(state__in=sorted(rules.SIGNED))
    alone = Q(countersigned_by=None) | Q(countersigned_by=F("sealed_by"))
    alone |= Q(put_in__isnull=False, put_in__second_by=None) | Q(put_in__first_by=F("put_in__second_by"))
    for number in signed.filter(alone).values_list("number", flat=True):
        yield f"{number}: signed for by one alone"
