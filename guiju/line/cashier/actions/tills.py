"""Tills: a float in the morning, a count in the evening."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.events import SessionClosed
from guiju.line.cashier.models import Till, TillSession
from guiju.line.cashier.rules import SessionState
from guiju.standing.people.models import Person, Unit


class TillTaken(Refusal):
    """Somebody works at this till, or yesterday's was not closed (FIN-5)."""

    sentence = N_("This till is still open. Close it before you open it again.")


class CashierBusy(Refusal):
    """One cashier, one till."""

    sentence = N_("You have another till open. Close it first.")


class NotOpen(Refusal):
    """The till is closed."""

    sentence = N_("This till is closed already.")


class ReasonMissing(Refusal):
    """A difference has a reason."""

    sentence = N_("What you counted differs from the book. Say why.")
    field = "variance_reason"
    status = 422


def add_till(*, unit: Unit, code: str, by: Actor, at: datetime) -> Till:
    """Give an outlet a till; the same code again is the same till."""
    with doing("cashier.add_till", on=None, unit_id=unit.pk, by=by, at=at, code=code) as deed:
        till, _is_new = Till.objects.get_or_create(unit=unit, code=code)
        deed.about(till)
    return till


def open_till_session(till: Till, *, float_minor: int, by: Actor, at: datetime) -> TillSession:
    """Count the float into the till and begin.

    float_minor  what lies in the drawer, in minor units
    raises       TillTaken, CashierBusy, Invalid
    source       3.10, FIN-5
    """
    with doing("cashier.open_till_session", on=till, by=by, at=at, float_minor=float_minor) as deed:
        if float_minor < 0:
            raise Invalid(Sentence(N_("A float is not negative.")), field="float_minor")
        with refusing(a_till_has_one_open_session=TillTaken, a_cashier_has_one_open_session=CashierBusy):
            session = TillSession.objects.create(
                till=till,
                cashier=Person.objects.get(pk=by.natural_person_id),
                business_on=till.unit.day(at),
                currency=till.unit.currency,
                float_minor=float_minor,
                opened_at=at,
            )
        if float_minor:
            money.put_float(
                unit=till.unit,
                till_reference=till.reference,
                amount_minor=float_minor,
                currency=session.currency,
                document=f"{till.reference}/{session.pk}/FLOAT",
                by=deed.consequence(),
                at=at,
            )
        deed.about(session)
    return session


def close_till_session(
    session: TillSession, *, counted_minor: int, variance_reason: str = "", by: Actor, at: datetime
) -> TillSession:
    """Count the drawer and close; what differs from the book is kept with its reason.

    counted_minor  what lies in the drawer, in minor units; the expected figure is not shown before
    raises         NotOpen, ReasonMissing, Invalid
    source         FIN-1, EX-11: expected = float + takings - refunds
    """
    with doing("cashier.close_till_session", on=session, by=by, at=at, counted_minor=counted_minor) as deed:
        session = TillSession.objects.select_for_update(of=("self",)).select_related("till__unit").get(pk=session.pk)
        if session.state != SessionState.OPEN:
            raise NotOpen
        if counted_minor < 0:
            raise Invalid(Sentence(N_("A count is not negative.")), field="counted_minor")
        till = session.till
        expected = book.balance(MoneyKind.TILL, till.reference, unit=till.unit)
        variance = counted_minor - expected
        if variance and not variance_reason.strip():
            raise ReasonMissing
        _empty(session, counted_minor, variance, deed, at)
        TillSession.objects.filter(pk=session.pk, state=SessionState.OPEN).update(
            state=SessionState.CLOSED,
            closed_at=at,
            counted_minor=counted_minor,
            expected_minor=expected,
            variance_reason=variance_reason.strip(),
        )
        session.refresh_from_db()
        deed.note(variance_minor=variance)
        deed.tell(SessionClosed(session.pk, till.code, variance, session.currency))
    return session


def _empty(session: TillSession, counted_minor: int, variance: int, deed: Deed, at: datetime) -> None:
    """Book what the count found, and take the counted money out of the drawer."""
    till, by = session.till, deed.consequence()
    about = f"{till.reference}/{session.pk}"
    if variance:
        money.post_variance(
            unit=till.unit,
            till_reference=till.reference,
            currency=session.currency,
            variance_minor=variance,
            document=f"{about}/VARIANCE",
            by=by,
            at=at,
        )
    if counted_minor:
        money.take_float(
            unit=till.unit,
            till_reference=till.reference,
            currency=session.currency,
            amount_minor=counted_minor,
            document=f"{about}/OUT",
            by=by,
            at=at,
        )
