"""What one person alone had to open, and who looks into it afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.lifecycle import begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.custody import events, queries
from guiju.readiness.custody.actions.doors import StoreBusy, StoreFrozen, lock
from guiju.readiness.custody.actions.inside import OneOfThem
from guiju.readiness.custody.models import AccessSession, ControlledStore
from guiju.readiness.custody.rules import Authority, State
from guiju.standing.people import actions as people
from guiju.standing.policy import queries as policy

# Shorter than this nobody can say what happened.
REASON_LENGTH_MIN = 10


class NoEmergency(Refusal):
    """Only what was opened by one alone is reviewed, and once."""

    sentence = N_("This was no emergency opening, or somebody has reviewed it already.")


def open_in_emergency(store: ControlledStore, *, reason: str, password: str, by: Actor, at: datetime) -> AccessSession:
    """Open a store alone because it cannot wait: recorded at once, and looked into by somebody else within its time.

    raises   StoreFrozen, StoreBusy, WrongPassword, Invalid
    source   Q-6, S2-80; `ctl.emergency_review_hours`
    """
    is_right = people.knows_password(by, password)
    with doing("custody.open_in_emergency", on=store, by=by, at=at, reason=reason) as deed:
        if not is_right:
            raise people.WrongPassword
        if len(reason.strip()) < REASON_LENGTH_MIN:
            raise Invalid(Sentence(N_("Say in a sentence why it cannot wait for a second person.")), field="reason")
        unit = store.unit
        figures = policy.figures(("ctl.max_session", "ctl.emergency_review_hours"), unit=unit, on=unit.day(at))
        with refusing(a_store_is_opened_once_at_a_time=StoreBusy, nobody_opens_a_frozen_store=StoreFrozen):
            session = AccessSession.objects.create(
                number=next_number("ACC", unit.code, unit.day(at)), store=store, authority_kind=Authority.INSPECTION,
                purpose=reason.strip()[:200], state=State.OPEN, requested_by_id=by.natural_person_id, requested_at=at,
                first_by_id=by.natural_person_id, first_at=at, first_on=unit.day(at), opened_at=at, is_emergency=True,
                until=at + timedelta(minutes=int(figures["ctl.max_session"].value)),
                review_by=at + timedelta(hours=int(figures["ctl.emergency_review_hours"].value)),
                protections_ok=not queries.weak(store, on=unit.day(at)),
            )  # fmt: skip
        begin(session, by=by, at=at, deed=deed)
        deed.about(session)
        deed.tell(events.OpenedInEmergency(session.pk, session.number, store.pk, by.natural_person_id))
    return session


def review(session: AccessSession, *, note: str, by: Actor, at: datetime) -> AccessSession:
    """Look into an emergency opening as somebody else, and say what was found.

    raises   NoEmergency, OneOfThem, Invalid
    """
    with doing("custody.review", on=session, by=by, at=at, note=note) as deed:
        session = lock(session)
        if not session.is_emergency or session.reviewed_at is not None:
            raise NoEmergency
        if not note.strip():
            raise Invalid(Sentence(N_("Say what you found.")), field="note")
        session.reviewed_by_id, session.reviewed_at, session.review_note = by.natural_person_id, at, note.strip()[:400]
        with refusing(nobody_reviews_their_own_emergency=OneOfThem):
            session.save(update_fields=["reviewed_by", "reviewed_at", "review_note"])
        deed.tell(events.Reviewed(session.pk, session.number, session.store_id))
    return session


def miss_review(session: AccessSession, *, by: Actor, at: datetime) -> AccessSession:
    """Nobody has looked into an emergency opening in its time: told once; not before its time.

    raises   WrongState
    """
    with doing("custody.miss_review", on=session, by=by, at=at) as deed:
        session = lock(session)
        is_due = session.review_by is not None and session.review_by < at
        if session.reviewed_at is not None or session.review_missed_at is not None or not is_due:
            raise WrongState
        session.review_missed_at = at
        session.save(update_fields=["review_missed_at"])
        deed.tell(events.ReviewMissed(session.pk, session.number, session.store_id))
    return session
