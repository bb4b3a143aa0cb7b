"""What is done to a work order by every station: open, advance, decide who pays, hand on, promise, hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from guiju.kernel import lifecycle, secrets
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import NotAllowed, NotOffered, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import rules
from guiju.line.workorder.events import CoverageDecided, HoldReleased, PromiseRevised, PutOnHold
from guiju.line.workorder.models import (
    ContactAttempt,
    CoverageDecision,
    Custody,
    HoldSpan,
    OrderSymptom,
    PromiseRevision,
    WorkOrder,
)
from guiju.line.workorder.queries import after_working_hours, money
from guiju.line.workorder.rules import ARROWS, CUSTOMER_CAUSED, ENDED, LABELS, Billing, Hold, Mode, Outcome, State
from guiju.standing.catalogue.models import Appliance, FaultCode
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import Coverage, Verdict

SERIES = "WO"
# Paid by somebody else than the customer: turning one of these into a charge is to the customer's disadvantage.
FREE = frozenset({Coverage.IN_WARRANTY, Coverage.REPAIR_WARRANTY, Coverage.CONTRACT, Coverage.GOODWILL})


class ModeNotOffered(NotOffered):
    """The mode is known to the trade and not built yet."""

    sentence = N_("Only carry-in repairs are offered yet.")
    field = "mode"


class ReasonMissing(Refusal):
    """The trade wants to know why."""

    sentence = N_("Give a reason of at least five letters.")
    field = "reason"
    status = 422


class PromiseInThePast(Refusal):
    """Nobody can keep it."""

    sentence = N_("A promise lies in the future.")
    field = "to"
    status = 422


class AlreadyHeld(Refusal):
    """One reason at a time stops the work."""

    sentence = N_("The order is on hold already. Release it first.")


class NotHeld(Refusal):
    """Nothing to release."""

    sentence = N_("The order is not on hold.")


class ApplianceElsewhere(Refusal):
    """WO-1: what is in our hands belongs to exactly one order."""

    sentence = N_("This appliance is in our hands on another order. Finish that one first.")
    field = "appliance"


class OpenTwice(Refusal):
    """Two counters took the same appliance at once; the other one was first."""

    sentence = N_("There is an unfinished order for this appliance already.")
    field = "appliance"


class PlaceMissing(Refusal):
    """S6-12: what stands in the shop stands somewhere."""

    sentence = N_("Say on which shelf the appliance stands.")
    field = "shelf"
    status = 422


def lock(order: WorkOrder) -> WorkOrder:
    """The order as it is now, and nobody else's until the deed is done."""
    return WorkOrder.objects.with_names().select_for_update(of=("self",)).get(pk=order.pk)


def require(order: WorkOrder, *states: State) -> None:
    """Refuse the verb unless the order stands in one of these states.

    raises   WrongState, with the states that the order may go to instead
    """
    if order.state not in states:
        raise _wrong(order)


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

    terms    further columns: channel, fee_collection, language, currency, priority, coverage, test_fee_minor, price_list …
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
            track_salt=secrets.new_salt(),
            **terms,
        )
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
    if here is to and rules.stays(here):
        _amend(order, **also)
        return
    if to is State.REGISTERED and here is State.DRAFT:
        also["track_digest"] = secrets.hash_token(secrets.track_token(order.pk, order.track_salt))
    arrows = dict(ARROWS)
    if to in ARROWS[here]:
        # Several verbs may walk one arrow; the history names the one that did.
        arrows[here] = {**ARROWS[here], to: deed.verb}
    with refusing(work_order_has_the_appliance_to_itself=ApplianceElsewhere):
        lifecycle.advance(order, to=to, arrows=arrows, by=by, at=at, deed=deed, labels=LABELS, **also)


def precheck_coverage(order: WorkOrder, verdict: Verdict, *, by: Actor, at: datetime) -> CoverageDecision:
    """Keep what the warranty terms said at the counter, before anybody has seen the fault.

    source   S6-07, B06; WTY-6. Called inside the deed that registers.
    """
    return CoverageDecision.objects.create(order=order, is_precheck=True, at=at, actor_name=by.name, **_judged(verdict))


def decide_coverage(order: WorkOrder, *, cause: str, fault_family: str, by: Actor, at: datetime) -> CoverageDecision:
    """Decide who pays, from the cause that was found and the terms of the day on which the customer complained.

    cause         PRODUCT_DEFECT, MISUSE, INSTALLATION, ENVIRONMENT, WEAR or NO_FAULT
    fault_family  as the fault code names it; empty when it has none
    raises        WrongState
    source        3.2 "decide coverage"; WTY-6, WO-11
    """
    with doing("workorder.decide_coverage", on=order, by=by, at=at) as deed:
        order = lock(order)
        require(order, *rules.DIAGNOSIS_STATES)
        on = order.unit.day(order.registered_at or order.opened_at)
        verdict = warranty.judge(order.appliance, cause=cause, fault_family=fault_family, on=on)
        decision = CoverageDecision.objects.create(order=order, at=at, actor_name=by.name, **_judged(verdict))
        deed.note(coverage=[order.coverage, decision.coverage], cause=cause, fault_family=fault_family)
        _amend(order, coverage=decision.coverage)
        deed.tell(CoverageDecided(order.pk, order.number, decision.coverage))
    return decision


def override_coverage(order: WorkOrder, *, coverage: str, reason: str, by: Actor, at: datetime) -> CoverageDecision:
    """Let a manager decide otherwise, in writing; against the customer only the network manager may (WTY-7).

    raises   ReasonMissing, WrongState, NotAllowed
    """
    with doing("workorder.override_coverage", on=order, by=by, at=at) as deed:
        order = lock(order)
        require(order, *rules.DIAGNOSIS_STATES)
        reason = _reason(reason)
        worse = Coverage(order.coverage) in FREE and Coverage(coverage) not in FREE
        if worse and not by.may("workorder.override_coverage_against_customer", on=order):
            raise NotAllowed(Sentence(N_("Only the network manager may decide against the customer.")))
        decision = CoverageDecision.objects.create(
            order=order,
            coverage=Coverage(coverage),
            because=[Sentence("%(reason)s", {"reason": reason}).to_json()],
            facts={"overrides": order.coverage},
            at=at,
            actor_name=by.name,
        )
        deed.note(coverage=[order.coverage, decision.coverage], reason=reason)
        _amend(order, coverage=decision.coverage)
        deed.tell(CoverageDecided(order.pk, order.number, decision.coverage))
    return decision


def move_custody(
    order: WorkOrder,
    *,
    to: rules.Held,
    holder: str,
    place: str = "",
    person: Person | None = None,
    by: Actor,
    at: datetime,
) -> Custody:
    """Hand the appliance on: from whoever has it to somebody, somewhere; the chain never has a gap.

    holder   the name of who has it from now on; the unit's name when it stands on a shelf
    place    the shelf; needed in the shop
    raises   PlaceMissing, ApplianceElsewhere
    source   S6-12, WO-1
    """
    with doing("workorder.move_custody", on=order, by=by, at=at) as deed:
        order = lock(order)
        if to is rules.Held.IN_SHOP and not place.strip():
            raise PlaceMissing
        last = order.custody.last()
        custody = Custody.objects.create(
            order=order,
            from_held=order.held,
            to_held=to,
            from_holder=last.to_holder if last else order.customer.name,
            to_holder=holder,
            place=place.strip(),
            at=at,
            person=person,
        )
        deed.note(held=[order.held, to], place=[order.shelf, place])
        with refusing(work_order_has_the_appliance_to_itself=ApplianceElsewhere):
            _amend(order, held=to, shelf=place.strip())
    return custody


def revise_promise(
    order: WorkOrder, *, to: datetime, reason: Sentence | str, accepted: bool, by: Actor, at: datetime
) -> PromiseRevision | None:
    """Give the customer another date, and keep the old one beside it; the same date again changes nothing.

    accepted   the customer agreed to it
    raises     PromiseInThePast, ReasonMissing, WrongState
    source     WO-10, D03
    """
    with doing("workorder.revise_promise", on=order, by=by, at=at) as deed:
        order = lock(order)
        if order.promised_at is None or order.state in ENDED:
            raise _wrong(order)
        if order.promised_at == to:
            return None
        if to <= at:
            raise PromiseInThePast
        said = reason if isinstance(reason, Sentence) else Sentence("%(reason)s", {"reason": _reason(reason)})
        revision = PromiseRevision.objects.create(
            order=order,
            old_at=order.promised_at,
            new_at=to,
            reason=said.to_json(),
            accepted=accepted,
            at=at,
            actor_name=by.name,
        )
        deed.note(promised_at=[order.promised_at, to], accepted=accepted)
        deed.tell(PromiseRevised(order.pk, order.number, order.promised_at, to, accepted))
        _amend(order, promised_at=to)
    return revision


def hold(order: WorkOrder, *, hold: str, reason: str, by: Actor, at: datetime) -> HoldSpan:
    """Let the work stand still, and say why; the promise's clock stops only for what the customer causes.

    raises   ReasonMissing, AlreadyHeld, WrongState
    source   3.2 holds; S6-15, I31, D05
    """
    with doing("workorder.hold", on=order, by=by, at=at) as deed:
        order = lock(order)
        if order.state in ENDED or order.state == State.DRAFT:
            raise _wrong(order)
        if order.hold:
            raise AlreadyHeld
        reason = _reason(reason)
        with refusing(hold_span_is_the_only_one_of_its_order=AlreadyHeld):
            span = HoldSpan.objects.create(
                order=order,
                hold=Hold(hold),
                reason=reason,
                is_paused=Hold(hold) in CUSTOMER_CAUSED,
                starts_at=at,
                actor_name=by.name,
            )
        _amend(order, hold=Hold(hold), hold_reason=reason)
        deed.note(hold=hold, reason=reason)
        deed.tell(PutOnHold(order.pk, order.number, hold))
    return span


def release_hold(order: WorkOrder, *, by: Actor, at: datetime) -> HoldSpan:
    """Let the work go on; what the hold paused is not counted against the promise.

    raises   NotHeld
    """
    with doing("workorder.release_hold", on=order, by=by, at=at) as deed:
        order = lock(order)
        span = order.hold_spans.filter(ends_at=None).first()
        if not order.hold or span is None:
            raise NotHeld
        span.ends_at = at
        span.save(update_fields=["ends_at"])
        deed.note(hold=order.hold, since=span.starts_at)
        deed.tell(HoldReleased(order.pk, order.number, order.hold))
        _amend(order, hold="", hold_reason="")
    return span


def log_contact(
    order: WorkOrder,
    *,
    channel: str,
    outcome: str,
    note: str = "",
    person: Person | None = None,
    by: Actor,
    at: datetime,
) -> ContactAttempt:
    """Write down one try to reach the customer: a quote may only expire, and an appliance only be called uncollected, after such tries."""
    with doing("workorder.log_contact", on=order, by=by, at=at, channel=channel, outcome=outcome):
        return ContactAttempt.objects.create(
            order=order, channel=channel, outcome=outcome, note=note.strip(), at=at, person=person, actor_name=by.name
        )


def set_billing(order: WorkOrder, *, billing: Billing, by: Actor, at: datetime) -> None:
    """Note on the order how far its bill is paid: the cashier's word, written where every desk reads it."""
    with doing("workorder.set_billing", on=order, by=by, at=at) as deed:
        order = lock(order)
        deed.note(billing=[order.billing, billing])
        _amend(order, billing=Billing(billing))


def give_to(order: WorkOrder, technician: Person, *, deed: Deed) -> None:
    """Write whose job it is, inside the control room's deed, without a step in its life."""
    if order.state in ENDED:
        raise _wrong(order)
    deed.note(technician=[order.technician_id, technician.pk])
    _amend(order, technician=technician)


def _amend(order: WorkOrder, **columns: Any) -> None:
    """Write a few columns of an order that the deed holds locked."""
    if not columns:
        return
    with refusing(work_order_over_never_changes=WrongState):
        WorkOrder.objects.filter(pk=order.pk).update(**columns)
    for name, value in columns.items():
        setattr(order, name, value)


def _wrong(order: WorkOrder) -> WrongState:
    onward = ARROWS[State(order.state)]
    because = [Sentence(N_("It is now: %(state)s."), {"state": Sentence(order.label)})]
    because += [Sentence(N_("It can become: %(state)s."), {"state": Sentence(LABELS[each])}) for each in onward]
    return WrongState(*because, allowed=[str(each) for each in onward])


def _judged(verdict: Verdict) -> dict[str, Any]:
    return {
        "coverage": verdict.outcome,
        "because": [sentence.to_json() for sentence in verdict.because],
        "ends_on": verdict.ends_on,
        "version": verdict.version,
        "facts": dict(verdict.facts),
    }


def _reason(reason: str) -> str:
    # Shorter than five letters is no reason (2.2 Reason).
    if len(reason.strip()) < 5:
        raise ReasonMissing
    return reason.strip()


__all__ = [
    "FREE",
    "SERIES",
    "AlreadyHeld",
    "ApplianceElsewhere",
    "ModeNotOffered",
    "NotHeld",
    "Outcome",
    "PlaceMissing",
    "PromiseInThePast",
    "ReasonMissing",
    "Refusal",
    "State",
    "WrongState",
    "advance",
    "after_working_hours",
    "decide_coverage",
    "give_to",
    "hold",
    "lock",
    "log_contact",
    "money",
    "move_custody",
    "open_order",
    "override_coverage",
    "precheck_coverage",
    "release_hold",
    "require",
    "revise_promise",
    "set_billing",
]
