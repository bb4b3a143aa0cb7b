"""What is done in an open store, how it is locked again, and what is done when something is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.custody import events, queries, rules
from guiju.readiness.custody.actions.doors import count_wrong_password, lock, must_be, require_open, step
from guiju.readiness.custody.models import AccessSession, ControlledMovement, ControlledStore
from guiju.readiness.custody.rules import STORE_ARROWS, State, StoreState
from guiju.standing.people import actions as people


class NotInside(Refusal):
    """Only those who signed in move, count and sign out."""

    sentence = N_("Only the two who signed in may do this.")
    status = 403


class NotProtected(Refusal):
    """What protects the store failed its test, or the camera does not run."""

    sentence = N_("Nothing is taken out while the protection of the store fails. Things may be put back.")
    field = "direction"


class BeforeDiffers(Refusal):
    """What lies there is not what lay there when it was last looked at."""

    sentence = N_("When this was last looked at, %(known)s lay there.")
    field = "before"


class NotCounted(Refusal):
    """Nobody locks what nobody has counted."""

    sentence = N_("The two who signed in have not counted yet what they touched.")


class OneOfThem(Refusal):
    """What went wrong is looked into by somebody who was not there."""

    sentence = N_("You signed in yourself. Somebody else has to look into it.")


class SignedOutAlready(Refusal):
    """Each signs out once."""

    sentence = N_("You have signed out already; the other one has not.")


def move_item(
    session: AccessSession,
    *,
    item: str,
    direction: str,
    quantity: int,
    before: int,
    serial: str = "",
    authority: str = "",
    return_by: date | None = None,
    by: Actor,
    at: datetime,
) -> ControlledMovement:
    """Write down what is put in or taken out, with how many lay there before and lie there afterwards.

    before     as both saw it; if the thing was here before, what was last counted
    authority  the document for this thing; where none is named, the one of the opening
    return_by  for what comes back
    raises     NotInside, NotProtected, BeforeDiffers, Invalid, WrongState
    source     S2-82, CTL-4, CTL-5
    """
    with doing(
        "custody.move_item", on=session, by=by, at=at, item=item, direction=direction, quantity=quantity
    ) as deed:
        session = lock(session)
        must_be(session, *rules.MOVING)
        _refuse_outsiders(session, by)
        _refuse_words(item, direction, quantity)
        known = queries.last_known(session.store, item.strip(), serial.strip())
        if known is not None and known != before:
            raise BeforeDiffers(known=known)
        return _write(
            session, deed, item=item, direction=direction, quantity=quantity, before=before, authority=authority, serial=serial,
            return_by=return_by,
        )  # fmt: skip


def carry_through(
    store: ControlledStore,
    *,
    item: str,
    direction: str,
    quantity: int,
    before: int,
    authority: str,
    by: Actor,
    at: datetime,
) -> ControlledMovement:
    """Write down what a book moves into or out of a guarded store, in the opening in which its mover stands.

    before   what that book says lay there; whether it did is counted at the closing
    raises   StoreShut, NotProtected
    source   S2-82, CTL-4, CTL-5
    """
    with doing(
        "custody.carry_through", on=store, by=by, at=at, item=item, direction=direction, quantity=quantity
    ) as deed:
        session = require_open(store, by=by)
        return _write(
            session, deed, item=item, direction=direction, quantity=quantity, before=before, authority=authority
        )  # fmt: skip


def _write(
    session: AccessSession, deed: Deed, *, item: str, direction: str, quantity: int, before: int, authority: str,
    serial: str = "", return_by: date | None = None,
) -> ControlledMovement:  # fmt: skip
    after = rules.after(rules.Direction(direction), before=before, quantity=quantity)
    fewer = Invalid(Sentence(N_("Fewer lie there.")), field="quantity")
    with refusing(controlled_movement_adds_up=fewer, nothing_leaves_a_store_that_is_not_protected=NotProtected):
        movement = ControlledMovement.objects.create(
            session=session, line=session.movements.count() + 1, item=item.strip(), serial=serial.strip(),
            direction=direction, quantity=quantity, before=before, after=after,
            authority=authority.strip()[:60] or session.authority or session.purpose[:60], return_by=return_by,
            moved_by_id=deed.by.natural_person_id, moved_at=deed.at,
        )  # fmt: skip
    deed.note(line=movement.line, before=before, after=after)
    return movement


def recount(session: AccessSession, *, counted: Mapping[int, int], by: Actor, at: datetime) -> AccessSession:
    """Count what was touched before the store is locked; if it is not what the record says, the store is frozen.

    counted  how many lie there, by the line of the last movement of each thing
    raises   NotInside, Invalid where a line was not counted, WrongState
    source   CTL-3, 3.19
    """
    with doing("custody.recount", on=session, by=by, at=at) as deed:
        session = lock(session)
        must_be(session, *rules.MOVING)
        _refuse_outsiders(session, by)
        touched = {each.line: each for each in queries.touched(session)}
        if touched.keys() != counted.keys() or any(count < 0 for count in counted.values()):
            raise Invalid(Sentence(N_("Count everything that was touched, and nothing else.")), field="counted")
        for line, movement in touched.items():
            movement.counted = counted[line]
            movement.save(update_fields=["counted"])
        differing = rules.differing({line: each.after for line, each in touched.items()}, counted)
        deed.note(differing=[str(touched[line]) for line in differing])
        if differing:
            _freeze(session, deed)
        elif session.state == State.ALARM:
            # Who answers for the store closes it; what lies inside is known now.
            AccessSession.objects.filter(pk=session.pk).update(recounted_at=at)
            session.recounted_at = at
        else:
            with refusing(a_store_is_counted_before_it_is_locked=NotCounted):
                step(session, State.RECOUNTED, deed, recounted_at=at)
    return session


def sign_out(
    session: AccessSession, *, password: str, photo: Evidence | None = None, by: Actor, at: datetime
) -> AccessSession:
    """Sign out with the own password; when both have, the store is locked.

    photo    of the locks, where one was taken
    raises   NotInside, SignedOutAlready, WrongPassword, WrongState
    source   S2-80: both sign in and out
    """
    is_right = people.knows_password(by, password)
    with doing("custody.sign_out", on=session, by=by, at=at) as deed:
        session = lock(session)
        must_be(session, State.RECOUNTED)
        _refuse_outsiders(session, by)
        people.refuse_wrong_password(is_right=is_right, count=partial(count_wrong_password, session, by=by, at=at))
        column = "first_out_at" if by.person_id == session.first_by_id else "second_out_at"
        if getattr(session, column) is not None:
            raise SignedOutAlready
        setattr(session, column, at)
        session.lock_photo = photo or session.lock_photo
        session.save(update_fields=[column, "lock_photo"])
        if session.first_out_at and (session.second_out_at or session.is_emergency):
            step(session, State.CLOSED, deed, closed_at=at)
            deed.tell(events.Closed(session.pk, session.number, session.store_id))
    return session


def raise_alarm(session: AccessSession, *, by: Actor, at: datetime) -> AccessSession:
    """The store has been open for too long; not before its time.

    raises   WrongState
    source   CTL-6
    """
    with doing("custody.raise_alarm", on=session, by=by, at=at) as deed:
        session = lock(session)
        must_be(session, State.OPEN, State.RECOUNTED)
        if session.until is None or at <= session.until:
            raise WrongState
        step(session, State.ALARM, deed)
        deed.tell(events.Overlong(session.pk, session.number, session.store_id))
    return session


def close_alarm(session: AccessSession, *, note: str, by: Actor, at: datetime) -> AccessSession:
    """Lock a store that was open for too long, as somebody who was not inside and has seen to it.

    raises   OneOfThem, NotCounted, Invalid, WrongState
    source   3.19 "supervisor must close"
    """
    with doing("custody.close_alarm", on=session, by=by, at=at, note=note) as deed:
        session = lock(session)
        must_be(session, State.ALARM)
        if session.recounted_at is None:
            raise NotCounted
        _settle(session, note, deed)
        deed.tell(events.Closed(session.pk, session.number, session.store_id))
    return session


def settle(session: AccessSession, *, note: str, by: Actor, at: datetime) -> AccessSession:
    """Say what a difference came from and what is done about it; the store is in use again.

    raises   OneOfThem, Invalid, WrongState
    source   3.19: root cause and decision, by the auditor
    """
    with doing("custody.settle", on=session, by=by, at=at, note=note) as deed:
        session = lock(session)
        must_be(session, State.DISCREPANCY)
        _settle(session, note, deed)
        _to(session.store, StoreState.IN_USE, deed)
        deed.tell(events.Settled(session.pk, session.number, session.store_id))
    return session


def _settle(session: AccessSession, note: str, deed: Deed) -> None:
    if not note.strip():
        raise Invalid(Sentence(N_("Say what happened, and what is done about it.")), field="note")
    if deed.by.person_id in session.custodian_ids:
        raise OneOfThem
    with refusing(what_went_wrong_is_settled_by_a_third_person=OneOfThem):
        step(
            session, State.CLOSED, deed, settled_by_id=deed.by.natural_person_id, settled_at=deed.at,
            settled_note=note.strip()[:400], closed_at=deed.at,
        )  # fmt: skip


def _freeze(session: AccessSession, deed: Deed) -> None:
    step(session, State.DISCREPANCY, deed, recounted_at=deed.at)
    _to(session.store, StoreState.FROZEN, deed)
    deed.tell(events.Discrepant(session.pk, session.number, session.store_id))


def _to(store: ControlledStore, state: StoreState, deed: Deed) -> None:
    advance(store, to=state, arrows=STORE_ARROWS, by=deed.by, at=deed.at, deed=deed, labels=rules.STORE_STATE_LABELS)


def _refuse_outsiders(session: AccessSession, by: Actor) -> None:
    if by.person_id not in session.custodian_ids:
        raise NotInside


def _refuse_words(item: str, direction: str, quantity: int) -> None:
    if not item.strip():
        raise Invalid(Sentence(N_("Say what it is.")), field="item")
    if direction not in list(rules.Direction):
        raise Invalid(Sentence(N_("Say whether it is put in or taken out.")), field="direction")
    if quantity < 1:
        raise Invalid(Sentence(N_("One at least.")), field="quantity")
