"""The price of a unit goes back to whoever returned it: granted by one, paid by another (3.5)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.delivery import NotReleased, lent
from guiju.line.cashier.actions.parts_deposits import deposit_held
from guiju.line.cashier.events import DifferenceRefunded, UnitRefunded
from guiju.line.exchange import actions as exchange
from guiju.line.exchange.models import ExchangeCase
from guiju.line.intake import actions as intake
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.rules import Billing, Held, Outcome, State
from guiju.line.workshop import actions as workshop
from guiju.standing.warranty import actions as warranty

STAYS = N_("Stays with the unit whose price was paid back.")


class BankReferenceMissing(Refusal):
    """Money that leaves by the bank leaves under a number."""

    sentence = N_("Enter the number of the transfer.")
    field = "bank_ref"
    status = 422


class NothingLeft(Refusal):
    """The use has eaten up the price."""

    sentence = N_("After the deduction for its use nothing of the price is left.")


def refund_unit(case: ExchangeCase, *, bank_ref: str, by: Actor, at: datetime) -> ExchangeCase:
    """Pay the price back, less what the law lets its use cost; the unit stays here, and the job is over.

    raises   WrongState, ChoiceNotGiven, SamePerson, BankReferenceMissing, NothingLeft, NotReleased, PartsUnaccounted
    source   3.5 "refund", 3.2 "refund paid"; TG-1, TG-15; EX-4
    """
    with doing("cashier.refund_unit", on=case.order, by=by, at=at) as deed:
        if not bank_ref.strip():
            raise BankReferenceMissing
        order = workorder.lock(case.order)
        unit, day = order.unit, order.unit.day(at)
        number = next_number("UR", unit.code, day)
        case = exchange.settle_refund(case, number=number, bank_ref=bank_ref.strip()[:60], deed=deed)
        amount, deducted = case.refund_minor or 0, case.deduction_minor or 0
        if amount < 1:
            raise NothingLeft
        if reasons := lent(order) | deposit_held(order):
            raise NotReleased(*reasons.values(), field=next(iter(reasons)))
        workshop.refuse_unaccounted(order)
        because = deed.consequence()
        # What came with the unit stays with it.
        intake.return_accessories(order, returned={}, exception_note=str(Sentence(STAYS)), by=because, at=at)
        part = Part(Movement.UNIT_REFUND, amount, (MoneyKind.BRAND_FUNDS, ""), (MoneyKind.UNITS_REFUNDED, order.number))
        money.post([part], unit=unit, currency=case.currency, document=number, by=because, at=at)
        workorder.set_billing(order, billing=Billing.REFUNDED, by=because, at=at)
        step = partial(
            workorder.advance,
            order,
            to=State.DELIVERED,
            by=by,
            at=at,
            deed=deed,
            outcome=Outcome.REFUNDED,
            delivered_at=at,
        )
        workorder.move_custody(
            order, to=Held.GIVEN_UP, holder=unit.name, place=order.shelf, step=step, by=because, at=at
        )
        warranty.close_pauses(order.appliance, order_number=order.number, ends_on=day, by=because, at=at)
        deed.note(refund=number, amount_minor=amount)
        deed.tell(UnitRefunded(order.pk, order.number, case.pk, case.number, amount, deducted, case.currency))
    return case


def refund_difference(case: ExchangeCase, *, bank_ref: str, by: Actor, at: datetime) -> ExchangeCase:
    """Pay back what the other unit costs less than the old one did: granted by one, paid by another, out of no till.

    raises   WrongState, NoDifference, SamePerson, BankReferenceMissing
    source   3.5 "similar model (price diff)"; FIN-3
    """
    with doing("cashier.refund_difference", on=case.order, by=by, at=at) as deed:
        if not bank_ref.strip():
            raise BankReferenceMissing
        order = workorder.lock(case.order)
        unit = order.unit
        number = next_number("UR", unit.code, unit.day(at))
        case = exchange.settle_difference(case, number=number, bank_ref=bank_ref.strip()[:60], deed=deed)
        amount = -case.difference_minor
        part = Part(Movement.UNIT_REFUND, amount, (MoneyKind.BRAND_FUNDS, ""), (MoneyKind.UNITS_REFUNDED, order.number))
        money.post([part], unit=unit, currency=case.currency, document=number, by=deed.consequence(), at=at)
        deed.note(refund=number, amount_minor=amount)
        deed.tell(DifferenceRefunded(order.pk, order.number, case.pk, case.number, amount, case.currency))
    return case
