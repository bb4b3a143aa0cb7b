"""The way into a controlled store: asked for because of a document, and signed in by two."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import F

from guiju.kernel import locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.custody import events, queries, rules
from guiju.readiness.custody.models import AccessSession, ControlledStore
from guiju.readiness.custody.rules import ARROWS, STATE_LABELS, State, StoreState
from guiju.standing.people import actions as people
from guiju.standing.policy import queries as policy


class StoreFrozen(Refusal):
    """A difference was found, and nobody has settled it."""

    sentence = N_("This store is frozen: a count did not agree, and an auditor has to settle it first.")


class StoreBusy(Refusal):
    """Somebody is inside, or on the way in."""

    sentence = N_("This store is being opened or is open already.")


class StoreShut(Refusal):
    """What lies inside is moved while two custodians stand there."""

    sentence = N_("This lies in the controlled store %(store)s, which is locked. Two custodians have to open it first.")


class LocksMissing(Refusal):
    """A store with one lock is opened by one person."""

    sentence = N_("This store lacks a lock or a custodian in one of its two groups.")


class NotACustodian(Refusal):
    """The person at the door may not open it."""

    sentence = N_("You may not open this store.")
    status = 403


def open_session(
    store: ControlledStore, *, authority_kind: str, authority: str, purpose: str, by: Actor, at: datetime
) -> AccessSession:
    """Ask that a store is opened because of a document; two custodians then sign in.

    authority  the number of the document: an issue order, a deposit, an inspection
    raises     StoreFrozen, LocksMissing, Invalid
    source     3.19, CTL-4, S2-82
    """
    with doing("custody.open_session", on=store, by=by, at=at, authority=authority) as deed:
        if not authority.strip():
            raise Invalid(Sentence(N_("Name the document because of which the store is opened.")), field="authority")
        if not purpose.strip():
            raise Invalid(Sentence(N_("Say what for.")), field="purpose")
        refuse_frozen(store)
        if queries.lacking(store, on=store.unit.day(at)):
            raise LocksMissing
        kind = Invalid(Sentence(N_("Choose the kind of document.")), field="authority_kind")
        with refusing(access_authority_is_of_a_known_kind=kind):
            session = AccessSession.objects.create(
                number=next_number("ACC", store.unit.code, store.unit.day(at)), store=store, authority_kind=authority_kind,
                authority=authority.strip(), purpose=purpose.strip(), requested_by_id=by.natural_person_id, requested_at=at,
            )  # fmt: skip
        begin(session, by=by, at=at, deed=deed)
        deed.about(session)
    return session


def withdraw(session: AccessSession, *, by: Actor, at: datetime) -> AccessSession:
    """It is not needed after all, and nobody has signed in yet.

    raises   WrongState
    """
    with doing("custody.withdraw", on=session, by=by, at=at) as deed:
        session = lock(session)
        step(session, State.WITHDRAWN, deed)
    return session


def sign_first(session: AccessSession, *, password: str, by: Actor, at: datetime) -> AccessSession:
    """The first custodian signs in with the own password; from now on the time for the second one runs.

    raises   NotACustodian, StoreFrozen, StoreBusy, WrongPassword, WrongState
    source   3.19, CTL-1
    """
    is_right = people.knows_password(by, password)
    with doing("custody.sign_first", on=session, by=by, at=at) as deed:
        session = lock(session)
        must_be(session, State.REQUESTED)
        people.refuse_wrong_password(is_right=is_right, count=partial(count_wrong_password, session, by=by, at=at))
        refuse_frozen(session.store)
        unit = session.store.unit
        custodian = queries.custodian(session.store, by.natural_person_id, on=unit.day(at))
        if (verdict := rules.judge(custodian)).refused:
            raise NotACustodian(verdict.because)
        minutes = int(policy.figure("ctl.dual_window", unit=unit, on=unit.day(at)).value)
        with refusing(a_store_is_opened_once_at_a_time=StoreBusy, nobody_opens_a_frozen_store=StoreFrozen):
            step(
                session, State.FIRST_AUTH, deed, first_by_id=custodian.person_id, first_group=_said(custodian), first_at=at,
                first_on=unit.day(at), window_until=at + timedelta(minutes=minutes),
            )  # fmt: skip
    return session


def sign_second(
    session: AccessSession, *, password: str, camera_ok: bool = True, by: Actor, at: datetime
) -> AccessSession:
    """The second custodian signs in, and the store is open; or it is denied or too late, which the session says.

    camera_ok  whether the camera runs; without it things are only put in
    raises     WrongPassword, WrongState
    source     3.19, CTL-1, EX-13
    """
    is_right = people.knows_password(by, password)
    with doing("custody.sign_second", on=session, by=by, at=at) as deed:
        session = lock(session)
        must_be(session, State.FIRST_AUTH)
        people.refuse_wrong_password(is_right=is_right, count=partial(count_wrong_password, session, by=by, at=at))
        if session.window_until is not None and at > session.window_until:
            _lapse(session, deed)
            return session
        unit = session.store.unit
        second = queries.custodian(session.store, by.natural_person_id, on=unit.day(at))
        if (verdict := rules.judge(second, first=_first_of(session))).refused:
            _deny(session, deed, verdict.because)
            return session
        minutes = int(policy.figure("ctl.max_session", unit=unit, on=unit.day(at)).value)
        weak = queries.weak(session.store, on=unit.day(at))
        with refusing(nobody_opens_a_frozen_store=StoreFrozen):
            step(
                session, State.OPEN, deed, second_by_id=second.person_id, second_group=_said(second), second_at=at,
                second_on=unit.day(at), opened_at=at, until=at + timedelta(minutes=minutes), camera_ok=camera_ok,
                protections_ok=not weak,
            )  # fmt: skip
        deed.tell(
            events.Opened(session.pk, session.number, session.store_id, session.first_by_id or 0, second.person_id)
        )
    return session


def expire(session: AccessSession, *, by: Actor, at: datetime) -> AccessSession:
    """The second custodian did not come in time; not while there is time.

    raises   WrongState
    source   3.19
    """
    with doing("custody.expire", on=session, by=by, at=at) as deed:
        session = lock(session)
        must_be(session, State.FIRST_AUTH)
        if session.window_until is None or at <= session.window_until:
            raise WrongState
        _lapse(session, deed)
    return session


def count_wrong_password(session: AccessSession, *, by: Actor, at: datetime) -> AccessSession:
    """Count a wrong password: a deed of its own, because the signing for which it was tried is undone.

    Whoever is wrong three times at the door is denied; at the way out there is an alarm.
    """
    with doing("custody.count_wrong_password", on=session, by=by, at=at) as deed:
        session = lock(session)
        AccessSession.objects.filter(pk=session.pk).update(wrong_passwords=F("wrong_passwords") + 1)
        session.refresh_from_db(fields=["wrong_passwords"])
        deed.note(wrong_passwords=session.wrong_passwords)
        if session.wrong_passwords >= people.WRONG_PASSWORDS_MAX:
            if session.state in {State.REQUESTED, State.FIRST_AUTH}:
                _deny(session, deed, (Sentence(N_("The password was wrong three times.")),))
            elif session.state == State.RECOUNTED:
                step(session, State.ALARM, deed)
                deed.tell(events.Overlong(session.pk, session.number, session.store_id))
    return session


def require_open(store: ControlledStore, *, by: Actor) -> AccessSession:
    """The opening in which this person stands in the store, locked; for a verb that moves what lies inside.

    raises   StoreShut where it is locked, or somebody else has it open
    source   CTL-4, S2-82
    """
    session = queries.under_way(store)
    if session is not None:
        session = lock(session)
    if session is None or session.state not in rules.MOVING or by.person_id not in session.custodian_ids:
        raise StoreShut(store=store.code)
    return session


# --- What the verbs of this context share


def lock(session: AccessSession) -> AccessSession:
    """The opening, ours until the deed is done."""
    return locking.lock(AccessSession.objects.select_related("store__unit"), session.pk)


def step(session: AccessSession, to: State, deed: Deed, **also: Any) -> None:
    """One step in its life."""
    advance(session, to=to, arrows=ARROWS, by=deed.by, at=deed.at, deed=deed, labels=STATE_LABELS, **also)


def must_be(session: AccessSession, *states: State) -> None:
    """Refuse what is not said at this point of its life."""
    if session.state not in states:
        now = Sentence(STATE_LABELS[State(session.state)])
        raise WrongState(Sentence(N_("It is now: %(state)s."), {"state": now}), allowed=ARROWS[State(session.state)])


def refuse_frozen(store: ControlledStore) -> None:
    """Refuse while a difference is not settled."""
    if ControlledStore.objects.filter(pk=store.pk, state=StoreState.FROZEN).exists():
        raise StoreFrozen


def _said(custodian: rules.Custodian) -> str:
    return custodian.lock_group.value if custodian.lock_group is not None else ""


def _first_of(session: AccessSession) -> rules.Custodian:
    # Judged when they signed, minutes ago.
    return rules.Custodian(session.first_by_id or 0, rules.LockGroup(session.first_group), True)


def _lapse(session: AccessSession, deed: Deed) -> None:
    step(session, State.EXPIRED, deed)
    deed.tell(events.Lapsed(session.pk, session.number, session.store_id))


def _deny(session: AccessSession, deed: Deed, because: tuple[Sentence, ...]) -> None:
    """Written and told, not refused: whoever answers for the store must hear that somebody tried (EX-13)."""
    said = [each.to_json() for each in because]
    step(session, State.DENIED, deed, denied_person_id=deed.by.person_id, denied_because=said)
    why = " ".join(each.msgid for each in because)
    deed.tell(events.Denied(session.pk, session.number, session.store_id, deed.by.person_id, why))
