"""Where the appliance is, why the work stands still, how pressing it is, and who was called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_
from guiju.line.workorder import rules
from guiju.line.workorder.actions.life import ApplianceElsewhere, amend, lock, reasoned, wrong
from guiju.line.workorder.events import HoldReleased, Prioritised, PutOnHold
from guiju.line.workorder.models import ContactAttempt, Custody, HoldSpan, WorkOrder
from guiju.line.workorder.rules import CUSTOMER_CAUSED, ENDED, Hold, Priority, State
from guiju.standing.people.models import Person


class AlreadyHeld(Refusal):
    """One reason at a time stops the work."""

    sentence = N_("The order is on hold already. Release it first.")


class NotHeld(Refusal):
    """Nothing to release."""

    sentence = N_("The order is not on hold.")


class PlaceMissing(Refusal):
    """S6-12: what stands in the shop stands somewhere."""

    sentence = N_("Say on which shelf the appliance stands.")
    field = "shelf"
    status = 422


def move_custody(
    order: WorkOrder,
    *,
    to: rules.Held,
    holder: str,
    place: str = "",
    person: Person | None = None,
    step: Callable[..., None] | None = None,
    by: Actor,
    at: datetime,
) -> Custody:
    """Hand the appliance on: from whoever has it to somebody, somewhere; the chain never has a gap.

    holder   the name of who has it from now on; the unit's name when it stands on a shelf
    place    the shelf; needed in the shop
    step     takes the order along its life in the same breath, by these columns
    raises   PlaceMissing, ApplianceElsewhere
    source   S6-12, WO-1
    """
    with doing("workorder.move_custody", on=order, by=by, at=at) as deed:
        order = lock(order)
        if to is rules.Held.IN_SHOP and not place.strip():
            raise PlaceMissing
        last = _LAST.first(order=order.pk) if order.held != rules.Held.NONE else None
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
        moved = {"held": to, "shelf": place.strip()}
        if step is not None:
            step(**moved)
        else:
            with refusing(work_order_has_the_appliance_to_itself=ApplianceElsewhere):
                amend(order, **moved)
    return custody


_LAST: Prepared[Custody] = Prepared(lambda *, order: Custody.objects.filter(order_id=order).order_by("-pk")[:1])


def hold(order: WorkOrder, *, hold: str, reason: str, by: Actor, at: datetime) -> HoldSpan:
    """Let the work stand still, and say why; the promise's clock stops only for what the customer causes.

    raises   ReasonMissing, AlreadyHeld, WrongState
    source   3.2 holds; S6-15, I31, D05
    """
    with doing("workorder.hold", on=order, by=by, at=at) as deed:
        order = lock(order)
        if order.state in ENDED or order.state == State.DRAFT:
            raise wrong(order)
        if order.hold:
            raise AlreadyHeld
        reason = reasoned(reason)
        with refusing(hold_span_is_the_only_one_of_its_order=AlreadyHeld):
            span = HoldSpan.objects.create(
                order=order,
                hold=Hold(hold),
                reason=reason,
                is_paused=Hold(hold) in CUSTOMER_CAUSED,
                starts_at=at,
                actor_name=by.name,
            )
        amend(order, hold=Hold(hold), hold_reason=reason)
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
        # Whoever waited for this job brings the time at which the asking began.
        span.ends_at = max(at, span.starts_at)
        span.save(update_fields=["ends_at"])
        deed.note(hold=order.hold, since=span.starts_at)
        deed.tell(HoldReleased(order.pk, order.number, order.hold))
        amend(order, hold="", hold_reason="")
    return span


def prioritise(order: WorkOrder, *, priority: str, reason: str, by: Actor, at: datetime) -> WorkOrder:
    """Say how pressing the job is, and why; boards and lists put it in its place. The same again changes nothing.

    raises   WrongState, ReasonMissing
    source   2.6 WorkOrder "priority", S6-14
    """
    with doing("workorder.prioritise", on=order, by=by, at=at) as deed:
        order = lock(order)
        if order.state in ENDED:
            raise wrong(order)
        reason, to = reasoned(reason), Priority(priority)
        if order.priority != to:
            deed.note(priority=[order.priority, to], reason=reason)
            deed.tell(Prioritised(order.pk, order.number, order.priority, to))
            amend(order, priority=to)
    return order


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
