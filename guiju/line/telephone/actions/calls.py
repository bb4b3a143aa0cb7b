"""A call from the first ring until somebody hangs up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guiju.kernel import lifecycle, locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.intake.models import ServiceRequest
from guiju.line.telephone import queries
from guiju.line.telephone.actions.backs import owe
from guiju.line.telephone.events import Answered, HungUp, LedTo, Rang
from guiju.line.telephone.models import Call, CallBack, CallTick
from guiju.line.telephone.rules import (
    CALL_ARROWS,
    CALL_LABELS,
    CallBackReason,
    CallState,
    Direction,
    Step,
    ended_as,
)
from guiju.line.workorder.models import WorkOrder
from guiju.standing.customers import rules as numbers
from guiju.standing.people.models import Person, Unit

NOTE_LONGEST = 4000
SYSTEM_LONGEST = 20
EXTERNAL_LONGEST = 120


class RungAlready(Refusal):
    """The telephone system has told of this call before."""

    sentence = N_("This call was told already.")


class TakenAlready(Refusal):
    """Two picked up at once."""

    sentence = N_("%(name)s has taken this call already.")


class NotYourWord(Refusal):
    """A call leads to what its own outlet takes in."""

    sentence = N_("This belongs to another outlet.")
    field = "order"


def ring(
    *,
    unit: Unit,
    phone: str,
    system: str,
    external_id: str,
    direction: str = Direction.IN,
    by: Actor,
    at: datetime,
) -> Call:
    """Write down that the telephone rings; the customer with that number is named. Told twice it is one call.

    phone        as the telephone system sends it; what is no number counts as withheld
    system       the telephone system, in a word; its own name of the call is `external_id`
    raises       Invalid
    source       S6-01, A01
    """
    system, external_id = system.strip(), external_id.strip()
    if (known := queries.call_of(unit, system=system, external_id=external_id)) is not None:
        return known
    try:
        with doing("telephone.ring", on=None, unit_id=unit.pk, by=by, at=at) as deed:
            if not external_id or len(external_id) > EXTERNAL_LONGEST or not system or len(system) > SYSTEM_LONGEST:
                raise Invalid(Sentence(N_("Name the telephone system and its name of the call.")), field="id")
            call = _write(
                deed, unit=unit, phone=_number(unit, phone), direction=_direction(direction), system=system,
                external_id=external_id, started_at=at,
            )  # fmt: skip
    except RungAlready:
        # Somebody was quicker with the same news.
        call = Call.objects.with_names().get(unit=unit, system=system, external_id=external_id)
    return call


def log(*, unit: Unit, phone: str, direction: str = Direction.IN, by: Actor, at: datetime) -> Call:
    """Begin a call by hand, where no telephone system tells of it: whoever writes it down is speaking.

    raises   Invalid for what is no telephone number; empty is withheld
    source   S6-01
    """
    with doing("telephone.log", on=None, unit_id=unit.pk, by=by, at=at) as deed:
        number = _number(unit, phone)
        if phone.strip() and not number:
            raise Invalid(Sentence(N_("This is not a telephone number that can be called.")), field="phone")
        call = _write(
            deed, unit=unit, phone=number, direction=_direction(direction), state=CallState.TALKING, started_at=at,
            answered_at=at, agent_id=by.person_id, script=queries.script_for(unit),
        )  # fmt: skip
        deed.tell(Answered(call.pk, by.person_id))
    return call


def answer(call: Call, *, agent: Person | None = None, by: Actor, at: datetime) -> Call:
    """Take the call: from now on we speak.

    agent    who speaks; None while the telephone system cannot say, then the one who opens the card claims it
    raises   WrongState once it is over, TakenAlready
    """
    with doing("telephone.answer", on=call, by=by, at=at) as deed:
        call = lock(call)
        if call.state == CallState.TALKING and (agent is None or call.agent_id == agent.pk):
            return call
        if call.state == CallState.TALKING:
            if call.agent is not None:
                raise TakenAlready(name=call.agent.name)
            call.agent = agent
            call.save(update_fields=["agent"])
        else:
            advance(
                call, CallState.TALKING, deed, answered_at=max(at, call.started_at), agent=agent,
                script=queries.script_for(call.unit),
            )  # fmt: skip
        deed.note(agent=agent.number if agent else "")
        deed.tell(Answered(call.pk, agent.pk if agent else None))
    return call


def hang_up(call: Call, *, recording_ref: str = "", by: Actor, at: datetime) -> Call:
    """End the call. Who hung up before anybody answered is called back; told twice it ends once.

    recording_ref   where the telephone system keeps what was said, if it does and the caller was told so
    source          S6-04
    """
    with doing("telephone.hang_up", on=call, by=by, at=at) as deed:
        call = lock(call)
        if not call.is_live:
            if recording_ref and not call.recording_ref:
                call.recording_ref = recording_ref[:300]
                call.save(update_fields=["recording_ref"])
            return call
        state = ended_as(CallState(call.state), direction=Direction(call.direction), was_served=call.was_served)
        advance(call, state, deed, ended_at=max(at, call.started_at), recording_ref=recording_ref[:300])
        if state is CallState.ABANDONED and call.phone:
            due_at = queries.due_for(call.unit, at)
            owe(call, call.phone, reason=CallBackReason.ABANDONED, due_at=due_at, deed=deed)
        deed.tell(HungUp(call.pk, state))
    return call


def tick(call: Call, *, step: str, is_done: bool = True, by: Actor, at: datetime) -> None:
    """Tick a step of the script, or take the tick back while the call lasts. Ticking again changes nothing.

    raises   Invalid for a step that no script has; WrongState while nobody speaks
    source   S6-03
    """
    with doing("telephone.tick", on=call, by=by, at=at) as deed:
        call = lock(call)
        if step not in set(Step):
            raise Invalid(Sentence(N_("Choose one of the list.")), field="step")
        if call.state not in {CallState.TALKING, CallState.ENDED} or call.answered_at is None:
            raise WrongState
        if is_done:
            CallTick.objects.get_or_create(call=call, step=step, defaults={"person_id": by.person_id, "at": at})
        elif call.state == CallState.TALKING:
            CallTick.objects.filter(call=call, step=step).delete()
        else:
            raise WrongState
        deed.note(step=step, is_done=is_done)


def write_note(call: Call, *, note: str, by: Actor, at: datetime) -> Call:
    """Write down what was said; an empty note takes it away.

    raises   Invalid when it is too long
    """
    with doing("telephone.write_note", on=call, by=by, at=at) as deed:
        call = lock(call)
        if len(note.strip()) > NOTE_LONGEST:
            raise Invalid(Sentence(N_("This is too long.")), field="note")
        deed.note(before=call.note, after=note.strip())
        call.note = note.strip()
        call.save(update_fields=["note"])
    return call


def lead_to(
    call: Call, *, order: WorkOrder | None = None, request: ServiceRequest | None = None, by: Actor, at: datetime
) -> Call:
    """Say what came of the call: a work order, or a request. Saying it again changes nothing.

    raises   NotYourWord for another outlet's, Invalid for neither
    source   2.5 ServiceRequest.call_id
    """
    with doing("telephone.lead_to", on=call, by=by, at=at) as deed:
        call = lock(call)
        if order is None and request is None:
            raise Invalid(Sentence(N_("Name the order or the request.")), field="order")
        if any(each is not None and each.unit_id != call.unit_id for each in (order, request)):
            raise NotYourWord
        same = (order is None or call.order_id == order.pk) and (request is None or call.request_id == request.pk)
        if same:
            return call
        call.order, call.request = order or call.order, request or call.request
        call.save(update_fields=["order", "request"])
        deed.note(order=order.number if order else "", request=request.number if request else "")
        deed.tell(LedTo(call.pk, call.request_id, call.order_id))
    return call


def read_number(called: Call | CallBack, *, by: Actor, at: datetime) -> str:
    """Show the whole number of a call or of a call that we owe; who looked, and when, is written down.

    source   G-6
    """
    with doing("telephone.read_number", on=called, by=by, at=at) as deed:
        deed.note(phone=numbers.mask(called.phone) if called.phone else "")
    return numbers.spell(called.phone) if called.phone else ""


def lock(call: Call) -> Call:
    """The call as it is now, ours until the deed is done."""
    return locking.lock(Call.objects.with_names().select_related("menu"), call.pk)


def advance(call: Call, to: CallState, deed: Deed, **also: Any) -> None:
    """One step in the life of a call."""
    lifecycle.advance(call, to=to, arrows=CALL_ARROWS, labels=CALL_LABELS, by=deed.by, at=deed.at, deed=deed, **also)


def _write(deed: Deed, *, unit: Unit, phone: str, **told: Any) -> Call:
    with refusing(call_has_one_record_per_system=RungAlready):
        call = Call.objects.create(unit=unit, phone=phone, customer=queries.customer_of(unit, phone), **told)
    lifecycle.begin(call, by=deed.by, at=deed.at, deed=deed)
    deed.about(call)
    deed.tell(Rang(call.pk, call.direction))
    return call


def _number(unit: Unit, phone: str) -> str:
    """The number as it is kept; empty when it is withheld or is none."""
    return numbers.read(phone, region=numbers.region_of(unit.jurisdiction)).e164


def _direction(text: str) -> Direction:
    try:
        return Direction(text)
    except ValueError as unknown:
        raise Invalid(Sentence(N_("Choose one of the list.")), field="direction") from unknown
