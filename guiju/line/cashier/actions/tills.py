"""Tills: a float in the morning, and what goes into the drawer that nobody pays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel.actor import Actor
from guiju.kernel.coins import kept_pieces, worth
from guiju.kernel.deed import doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.models import CashMovement, Till, TillSession
from guiju.line.cashier.rules import CashMove, grown_by
from guiju.standing.people.models import Person, Unit


class TillTaken(Refusal):
    """Somebody works at this till, or yesterday's was not closed (FIN-5)."""

    sentence = N_("This till is still open. Close it before you open it again.")


class CashierBusy(Refusal):
    """One cashier, one till."""

    sentence = N_("You have another till open. Close it first.")


class NotOpen(Refusal):
    """The drawer is counted, or the till is closed."""

    sentence = N_("This till is counted or closed already.")


class NotYours(Refusal):
    """A drawer has one person who answers for it; a manager closes it by force, with a reason."""

    sentence = N_("Only the cashier of this till counts and closes it; a manager may force it with a reason.")
    status = 403


class MoreThanFloat(Refusal):
    """Takings leave a drawer to the bank or the safe, and by no other way (FIN-3)."""

    sentence = N_("There is not so much float in the drawer; takings leave it only for the bank or the safe.")
    field = "amount_minor"


def add_till(*, unit: Unit, code: str, by: Actor, at: datetime) -> Till:
    """Give an outlet a till; the same code again is the same till."""
    with doing("cashier.add_till", on=None, unit_id=unit.pk, by=by, at=at, code=code) as deed:
        till, _is_new = Till.objects.get_or_create(unit=unit, code=code)
        deed.about(till)
    return till


def open_till_session(
    till: Till, *, float_minor: int, pieces: Mapping[int, int] | None = None, by: Actor, at: datetime
) -> TillSession:
    """Count the float into the till and begin.

    float_minor  what lies in the drawer, in minor units
    pieces       the same by notes and coins, {denomination in minor units: how many}, where it was counted so
    raises       TillTaken, CashierBusy, Invalid
    source       3.10, FIN-5, G02
    """
    with doing("cashier.open_till_session", on=till, by=by, at=at, float_minor=float_minor) as deed:
        if float_minor < 0:
            raise Invalid(Sentence(N_("A float is not negative.")), field="float_minor")
        if pieces and worth(pieces, till.unit.currency) != float_minor:
            raise Invalid(Sentence(N_("The notes and coins do not make this amount.")), field="float_minor")
        with refusing(a_till_has_one_open_session=TillTaken, a_cashier_has_one_open_session=CashierBusy):
            session = TillSession.objects.create(
                till=till,
                cashier=Person.objects.get(pk=by.natural_person_id),
                business_on=till.unit.day(at),
                currency=till.unit.currency,
                float_minor=float_minor,
                float_pieces=kept_pieces(pieces or {}),
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


def move_cash(
    session: TillSession, *, kind: CashMove, amount_minor: int, reason: str, paper: str, by: Actor, at: datetime
) -> CashMovement:
    """Bring change into the drawer, take some away, or make a shortage good; each with its reason and its paper.

    amount_minor  minor units
    paper         the number of the slip that was signed for it
    raises        NotOpen, MoreThanFloat, Invalid
    source        S6-36, G06: the float never distorts the takings, and takings are never spent (FIN-3)
    """
    with doing("cashier.move_cash", on=session, by=by, at=at, kind=str(kind), amount_minor=amount_minor) as deed:
        session = lock_session(session)
        must_be_mine(session, by)
        if amount_minor < 1:
            raise Invalid(Sentence(N_("Give an amount above nothing.")), field="amount_minor")
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        if not paper.strip():
            raise Invalid(Sentence(N_("Name the slip that was signed for it.")), field="paper")
        with refusing(cash_moves_in_an_open_till=NotOpen):
            movement = CashMovement.objects.create(
                number=next_number("CM", session.till.unit.code, session.till.unit.day(at)), session=session, kind=kind,
                amount_minor=amount_minor, reason=reason.strip(), paper=paper.strip(), moved_by_id=by.natural_person_id, at=at,
            )  # fmt: skip
        session.float_added_minor += grown_by(kind, amount_minor)
        with refusing(no_more_float_leaves_than_came=MoreThanFloat):
            session.save(update_fields=["float_added_minor"])
        drawer = (MoneyKind.TILL, session.till.reference)
        ways = {
            CashMove.MORE_FLOAT: Part(Movement.FLOAT_OUT, amount_minor, (MoneyKind.FLOAT, ""), drawer),
            CashMove.LESS_FLOAT: Part(Movement.FLOAT_IN, amount_minor, drawer, (MoneyKind.FLOAT, "")),
            CashMove.MAKE_GOOD: Part(Movement.MAKE_GOOD, amount_minor, (MoneyKind.OVER_SHORT, ""), drawer),
        }
        money.post(
            [ways[kind]], unit=session.till.unit, currency=session.currency, document=movement.number,
            by=deed.consequence(), at=at,
        )  # fmt: skip
        deed.note(number=movement.number, reason=reason.strip())
    return movement


def lock_session(session: TillSession) -> TillSession:
    """The session, ours until the deed is done."""
    rows = TillSession.objects.select_for_update(of=("self",)).select_related("till__unit")
    return rows.get(pk=session.pk)


def must_be_mine(session: TillSession, by: Actor) -> None:
    """Refuse whoever does not answer for this drawer."""
    if by.natural_person_id != session.cashier_id:
        raise NotYours
