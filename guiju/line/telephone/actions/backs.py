"""The calls that we owe: promised, tried, made, or given up after enough tries."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, WrongState
from guiju.kernel.words import N_, Sentence
from guiju.line.telephone import queries
from guiju.line.telephone.events import CallBackEnded, CallBackPromised
from guiju.line.telephone.models import Call, CallBack
from guiju.line.telephone.rules import CALL_BACK_ARROWS, CALL_BACK_LABELS, CallBackReason, CallBackState
from guiju.standing.policy import queries as policy

NOTE_LONGEST = 300


class TriedTooLittle(Refusal):
    """A customer who asked is not forgotten after one busy tone."""

    sentence = N_("Try at least %(least)s times before you give up.")


class NoNumber(Refusal):
    """A withheld number cannot be called back."""

    sentence = N_("The number is withheld: ask for one at which we can call back.")
    field = "phone"
    status = 422


def promise_call_back(
    call: Call, *, phone: str = "", due_at: datetime | None = None, note: str = "", by: Actor, at: datetime
) -> CallBack:
    """Promise the caller that we call back; who is owed a call already is owed the same one.

    phone    E.164; the caller's own unless told otherwise
    due_at   by when; else so many minutes from now as the house allows itself (call.call_back_minutes)
    raises   NoNumber, Invalid for a time that has passed
    source   S6-04
    """
    with doing("telephone.promise_call_back", on=call, by=by, at=at) as deed:
        number = phone or call.phone
        if not number:
            raise NoNumber
        if due_at is not None and due_at < at:
            raise Invalid(Sentence(N_("This time has passed.")), field="due_at")
        due_at = due_at or queries.due_for(call.unit, at)
        return owe(call, number, reason=CallBackReason.PROMISED, due_at=due_at, note=note, deed=deed)


def owe(call: Call, phone: str, *, reason: CallBackReason, due_at: datetime, deed: Deed, note: str = "") -> CallBack:
    """The one open call-back of that number: made now, or the one that stands."""
    made = CallBack(
        unit=call.unit, phone=phone, customer=queries.customer_of(call.unit, phone), call=call, reason=reason,
        due_at=due_at, made_at=deed.at, note=note.strip()[:NOTE_LONGEST],
    )  # fmt: skip
    # Of two callers with one number, or two keys pressed at once, one finds the other's: the constraint decides.
    CallBack.objects.bulk_create([made], ignore_conflicts=True)
    standing = CallBack.objects.get(unit=call.unit, phone=phone, state=CallBackState.OPEN)
    if (standing.call_id, standing.made_at) == (call.pk, deed.at):
        lifecycle.begin(standing, by=deed.by, at=deed.at, deed=deed)
        deed.tell(CallBackPromised(standing.pk, reason, due_at))
    deed.note(call_back=standing.pk, due_at=standing.due_at)
    return standing


def try_call_back(call_back: CallBack, *, note: str = "", by: Actor, at: datetime) -> CallBack:
    """Count a try at which nobody answered.

    raises   WrongState once it is over
    """
    with doing("telephone.try_call_back", on=call_back, by=by, at=at) as deed:
        call_back = _lock(call_back)
        if call_back.state != CallBackState.OPEN:
            raise WrongState
        call_back.tries += 1
        call_back.tried_at, call_back.person_id = at, by.person_id
        call_back.note = note.strip()[:NOTE_LONGEST] or call_back.note
        call_back.save(update_fields=["tries", "tried_at", "person", "note"])
        deed.note(tries=call_back.tries)
    return call_back


def finish_call_back(call_back: CallBack, *, note: str = "", by: Actor, at: datetime) -> CallBack:
    """The customer was reached.

    raises   WrongState once it is over
    """
    with doing("telephone.finish_call_back", on=call_back, by=by, at=at) as deed:
        call_back = _lock(call_back)
        _end(call_back, CallBackState.REACHED, deed, note, tries=call_back.tries + 1, tried_at=at)
    return call_back


def give_up_call_back(call_back: CallBack, *, note: str, by: Actor, at: datetime) -> CallBack:
    """Stop trying, after as many tries as the house makes (call.tries_min), with a reason.

    raises   TriedTooLittle, Invalid without a reason, WrongState once it is over
    """
    with doing("telephone.give_up_call_back", on=call_back, by=by, at=at) as deed:
        call_back = _lock(call_back)
        unit = call_back.unit
        least = policy.figure("call.tries_min", unit=unit, on=unit.day(at)).value
        if call_back.state == CallBackState.OPEN and call_back.tries < least:
            raise TriedTooLittle(least=least)
        if len(note.strip()) < 5:  # a reason is a word at least
            raise Invalid(Sentence(N_("Give a reason of at least five letters.")), field="note")
        _end(call_back, CallBackState.GIVEN_UP, deed, note, tries=call_back.tries)
    return call_back


def _end(
    call_back: CallBack, to: CallBackState, deed: Deed, note: str, *, tries: int, tried_at: datetime | None = None
) -> None:
    lifecycle.advance(
        call_back, to=to, arrows=CALL_BACK_ARROWS, labels=CALL_BACK_LABELS, by=deed.by, at=deed.at, deed=deed,
        ended_at=deed.at, tries=tries, tried_at=tried_at or call_back.tried_at, person_id=deed.by.person_id,
        note=note.strip()[:NOTE_LONGEST] or call_back.note,
    )  # fmt: skip
    deed.note(tries=tries)
    deed.tell(CallBackEnded(call_back.pk, to, tries))


def _lock(call_back: CallBack) -> CallBack:
    return CallBack.objects.select_for_update(of=("self",)).select_related("unit").get(pk=call_back.pk)
