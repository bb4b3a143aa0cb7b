"""Open an order, and take it along its life inside the stations' deeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery

from guiju.kernel import lifecycle, locking, secrets, turn
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.numbering import next_number
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import NotOffered, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import rules
from guiju.line.workorder.actions.outcomes import settle_promise
from guiju.line.workorder.models import OrderSymptom, WorkOrder, WorkOrders
from guiju.line.workorder.rules import ARROWS, DEPOSIT_ASKED, ENDED, LABELS, Billing, Mode, State
from guiju.standing.catalogue.models import Appliance, FaultCode
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit

SERIES = "WO"


class ModeNotOffered(NotOffered):
    """The mode is known to the trade and not built yet."""

    sentence = N_("Only carry-in repairs are offered yet.")
    field = "mode"


class OpenTwice(Refusal):
    """Two counters took the same appliance at once; the other one was first."""

    sentence = N_("There is an unfinished order for this appliance already.")
    field = "appliance"


class ApplianceElsewhere(Refusal):
    """WO-1: what is in our hands belongs to exactly one order."""

    sentence = N_("This appliance is in our hands on another order. Finish that one first.")
    field = "appliance"


class ReasonMissing(Refusal):
    """The trade wants to know why."""

    sentence = N_("Give a reason of at least five letters.")
    field = "reason"
    status = 422


def _lockable() -> WorkOrders:
    return WorkOrder.objects.with_names().order_by().select_for_update(of=("self",))


_LOCKED: Prepared[WorkOrder] = Prepared(lambda *, pk: _lockable().filter(pk=pk))
_SEEN: Prepared[WorkOrder] = Prepared(lambda by, *, number: _lockable().visible_to(by).filter(number=number))


def lock(order: WorkOrder) -> WorkOrder:
    """The order as it is now, and nobody else's until all is done; one that was locked before is simply given back."""
    return turn.kept(order) or _hold(_LOCKED.first(pk=order.pk), order.pk)


def lock_seen(number: str, *, by: Actor) -> WorkOrder | None:
    """The same by its number, if there is one that the asker may see; it is found and locked in one statement."""
    found = _SEEN.first(by, number=number)
    if found is not None:
        return turn.kept(found) or _hold(found, found.pk)
    # Whoever had to wait for it may find it in other hands: it is looked for as it is now.
    seen = WorkOrder.objects.visible_to(by).filter(number=number).first()
    return lock(seen) if seen is not None else None


def lock_behind(rows: Callable[[Actor], QuerySet[Any]], number: str, *, by: Actor) -> WorkOrder | None:
    """The job of a quote, a bill or a request of that number, among the rows that the asker may see: locked as it is found.

    Whoever wants to change such a row locks its job first, and so need not look for the row to know which job that is.
    """
    found = _BEHIND.first(rows, by, number=number)
    return (turn.kept(found) or _hold(found, found.pk)) if found is not None else None


def _behind(rows: Callable[[Actor], QuerySet[Any]], by: Actor, *, number: Any) -> WorkOrders:
    # One value, and no list of them: PostgreSQL puts at most eight tables in an order of its own, and would join all orders first.
    return _lockable().filter(pk=Subquery(rows(by).order_by().filter(number=number).values("order_id")[:1]))


_BEHIND: Prepared[WorkOrder] = Prepared(_behind, shapes_max=256)


def _hold(found: WorkOrder | None, pk: int) -> WorkOrder:
    order = locking.settled(found, WorkOrder.objects.with_names(), pk)
    if order.appliance.unit_id == order.unit_id:
        # Its card lies in the order's own unit: nobody need ask for it again.
        order.appliance.unit = order.unit
    return turn.keep(order)


def require(order: WorkOrder, *states: State) -> None:
    """Refuse the verb unless the order stands in one of these states.

    raises   WrongState, with the states that the order may go to instead
    """
    if order.state not in states:
        raise wrong(order)


def open_order(
    *,
    unit: Unit,
    customer: Customer,
    appliance: Appliance,
    problem: str,
    symptoms: Iterable[FaultCode] = (),
    mode: str = Mode.CARRY_IN,
    parent: WorkOrder | None = None,
    at: datetime,
    deed: Deed,
    **terms: Any,
) -> WorkOrder:
    """Open a draft inside a station's deed: a number, the customer's words, and the secret of the tracking link.

    terms    further columns: channel, fee_collection, language, priority, coverage, test_fee_minor, price_list …
    raises   ModeNotOffered, OpenTwice
    source   S6-09; 3.2 "create"
    """
    if Mode(mode) not in rules.MODES_OFFERED:
        raise ModeNotOffered
    with refusing(work_order_is_the_only_open_one_of_its_appliance=OpenTwice):
        order = WorkOrder.objects.create(
            number=next_number(SERIES, unit.code, unit.day(at)),
            unit=unit,
            customer=customer,
            appliance=appliance,
            problem=problem,
            mode=mode,
            parent=parent,
            opened_at=at,
            terms_accepted_at=at,
            currency=unit.currency,
            track_salt=secrets.new_salt(),
            **terms,
        )
    _hold(order, order.pk)
    OrderSymptom.objects.bulk_create([OrderSymptom(order=order, code=code) for code in symptoms])
    deed.about(order)
    return order


def advance(order: WorkOrder, *, to: State, by: Actor, at: datetime, deed: Deed, **also: Any) -> None:
    """Take the order along one arrow of its life, inside the deed of the station whose arrow it is.

    also     columns that change in the same breath
    raises   NotOffered where the move belongs to a mode that is not built; WrongState, with the states that are allowed
    """
    here, to = State(order.state), State(to)
    if not rules.is_offered(here, to, deed.verb):
        raise NotOffered
    if deed.verb not in rules.verbs_between(here, to):
        raise wrong(order)
    if here is to:
        amend(order, **also)
        return
    if to is State.REGISTERED and here is State.DRAFT:
        also["track_digest"] = secrets.hash_token(secrets.track_token(order.pk, order.track_salt))
    if order.deposit_owed_minor and to not in DEPOSIT_ASKED:
        # Nothing is ordered for this job any more, so nothing is asked for it.
        also["deposit_owed_minor"] = 0
    if also.get("ready_at") and order.ready_at is None and order.promised_at is not None:
        settle_promise(order, at=also["ready_at"])
    # Several verbs may walk one arrow; the history names the one that did.
    arrows = {**ARROWS, here: {**ARROWS[here], to: deed.verb}}
    with refusing(work_order_has_the_appliance_to_itself=ApplianceElsewhere):
        lifecycle.advance(order, to=to, arrows=arrows, by=by, at=at, deed=deed, labels=LABELS, **also)


def set_billing(order: WorkOrder, *, billing: Billing, by: Actor, at: datetime) -> None:
    """Note on the order how far its bill is paid: the cashier's word, written where every desk reads it."""
    with doing("workorder.set_billing", on=order, by=by, at=at) as deed:
        order = lock(order)
        deed.note(billing=[order.billing, billing])
        amend(order, billing=Billing(billing))


def give_to(order: WorkOrder, technician: Person, *, deed: Deed) -> None:
    """Write whose job it is, inside the control room's deed, without a step in its life."""
    if order.state in ENDED:
        raise wrong(order)
    deed.note(technician=[order.technician_id, technician.pk])
    amend(order, technician=technician)


def amend(order: WorkOrder, **columns: Any) -> None:
    """Write a few columns of an order that the deed holds locked."""
    if not columns:
        return
    with refusing(work_order_over_never_changes=WrongState):
        WorkOrder.objects.filter(pk=order.pk).update(**columns)
    for name, value in columns.items():
        setattr(order, name, value)


def wrong(order: WorkOrder) -> WrongState:
    """The refusal that says where the order stands and where it may go."""
    onward = ARROWS[State(order.state)]
    because = [Sentence(N_("It is now: %(state)s."), {"state": Sentence(order.label)})]
    because += [Sentence(N_("It can become: %(state)s."), {"state": Sentence(LABELS[each])}) for each in onward]
    return WrongState(*because, allowed=[str(each) for each in onward])


def reasoned(reason: str, *, field: str = "reason") -> str:
    """The reason in the clerk's words, for any verb on an order that wants one.

    raises   ReasonMissing, at the field
    """
    # Shorter than five letters is no reason (2.2 Reason).
    if len(reason.strip()) < 5:
        raise ReasonMissing(field=field)
    return reason.strip()
