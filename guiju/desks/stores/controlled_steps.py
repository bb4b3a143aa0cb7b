"""What is done at a controlled store and in one of its openings, as two tables: the verb, the form, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from guiju.desks.common.steps import Step
from guiju.desks.stores import controlled_forms as forms
from guiju.kernel.actor import Actor
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody import queries
from guiju.readiness.custody.models import AccessSession, ControlledStore
from guiju.readiness.custody.rules import State
from guiju.standing.people.models import Person
from guiju.standing.people.rules import Status

# Signed with a password, which no key of a form keeps the digest of.
SIGNED = frozenset({"first", "second", "sign-out", "emergency"})

OF_STORES: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("open", "custody.open_session", custody.open_session, _("Now two custodians sign in."), "open"),
        Step("emergency", "custody.open_in_emergency", custody.open_in_emergency, _("Open. Somebody else will look into it."), "emergency"),
        Step("lock", "custody.add_lock", custody.add_lock, _("The lock is noted."), "lock"),
        Step("grant", "custody.grant", custody.grant, _("The custodian holds the locks."), "grant"),
        Step("check", "custody.check_protection", custody.check_protection, _("The test is noted."), "check"),
    )
}  # fmt: skip
OF_OPENINGS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("first", "custody.sign_first", custody.sign_first, _("Signed in. Now the second person, in time."), "first"),
        Step("second", "custody.sign_second", custody.sign_second, "", "second"),
        Step("withdraw", "custody.withdraw", custody.withdraw, _("Withdrawn.")),
        Step("move", "custody.move_item", custody.move_item, _("Written down."), "move"),
        Step("recount", "custody.recount", custody.recount, "", "recount"),
        Step("sign-out", "custody.sign_out", custody.sign_out, _("Signed out."), "sign_out"),
        Step("close-alarm", "custody.close_alarm", custody.close_alarm, _("Locked."), "close_alarm"),
        Step("settle", "custody.settle", custody.settle, _("Settled. The store is in use again."), "settle"),
        Step("review", "custody.review", custody.review, _("Reviewed."), "review"),
    )
}  # fmt: skip
# What is offered in which state; whether this person may is asked of the rights, and of the opening itself.
OFFERED: Mapping[State, frozenset[str]] = {
    State.REQUESTED: frozenset({"first", "withdraw"}),
    State.FIRST_AUTH: frozenset({"second"}),
    State.OPEN: frozenset({"move", "recount"}),
    State.RECOUNTED: frozenset({"sign-out"}),
    State.ALARM: frozenset({"move", "recount", "close-alarm"}),
    State.DISCREPANCY: frozenset({"settle"}),
}


def offered(session: AccessSession, by: Actor) -> frozenset[str]:
    """The steps that this person can take in this opening now."""
    inside = by.person_id in session.custodian_ids
    found = set(OFFERED.get(State(session.state), frozenset()))
    if not inside:
        # Whoever is on the way out may sign on the other one's screen, and nobody else's.
        found -= {"move", "recount", "sign-out"}
    if inside:
        found -= {"close-alarm", "settle"}
    if session.state == State.ALARM:
        found -= {"move", "recount"} if session.recounted_at else {"close-alarm"}
    if session.is_emergency and session.reviewed_at is None and not inside and session.state == State.CLOSED:
        found.add("review")
    return frozenset(slug for slug in found if by.may(OF_OPENINGS[slug].verb, on=session))


def is_on_anothers_screen(session: AccessSession, slug: str, by: Actor) -> bool:
    """Whether whoever signs next sits beside the one whose screen this is: then the name is asked as well."""
    if slug == "second":
        return by.person_id == session.first_by_id
    if slug == "sign-out":
        out = {session.first_by_id: session.first_out_at, session.second_by_id: session.second_out_at}
        return out.get(by.person_id) is not None
    return False


def _people(store: ControlledStore, by: Actor) -> Any:
    rows = Person.objects.visible_to(by).filter(status=Status.ACTIVE).exclude(pk=by.natural_person_id)
    return rows.filter(unit__in=[store.unit_id, *_above(store)]).order_by("name")


def _above(store: ControlledStore) -> list[int]:
    # A custodian of the second group often sits in the unit above.
    return [store.unit.parent_id] if store.unit.parent_id else []


STORE_FORMS: Mapping[str, Callable[..., Any]] = {
    "open": lambda _store, _by, *sent: forms.OpenForm(*sent, auto_id="open_%s"),
    "emergency": lambda _store, _by, *sent: forms.EmergencyForm(*sent, auto_id="emergency_%s"),
    "lock": lambda _store, _by, *sent: forms.LockForm(*sent, auto_id="lock_%s"),
    "grant": lambda store, by, *sent: forms.GrantForm(
        *sent, people=_people(store, by), initial={"starts_on": store.unit.day(now())}, auto_id="grant_%s"
    ),
    "check": lambda _store, _by, *sent: forms.CheckForm(*sent, initial={"is_ok": True}, auto_id="check_%s"),
}
OPENING_FORMS: Mapping[str, Callable[..., Any]] = {
    "first": lambda _session, _by, *sent: forms.PasswordForm(*sent, auto_id="first_%s"),
    "second": lambda session, by, *sent: forms.SecondForm(
        *sent, for_another=is_on_anothers_screen(session, "second", by), auto_id="second_%s"
    ),
    "move": lambda _session, _by, *sent: forms.MoveForm(*sent, initial={"direction": "OUT"}, auto_id="move_%s"),
    "recount": lambda session, _by, *sent: forms.CountForm(
        *sent, touched=queries.touched(session), auto_id="recount_%s"
    ),
    "sign_out": lambda session, by, *sent: forms.PasswordForm(
        *sent, for_another=is_on_anothers_screen(session, "sign-out", by), auto_id="sign_out_%s"
    ),
    "close_alarm": lambda _session, _by, *sent: forms.NoteForm(*sent, auto_id="close_alarm_%s"),
    "settle": lambda _session, _by, *sent: forms.NoteForm(*sent, auto_id="settle_%s"),
    "review": lambda _session, _by, *sent: forms.NoteForm(*sent, auto_id="review_%s"),
}
