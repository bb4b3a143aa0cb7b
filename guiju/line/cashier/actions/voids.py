"""A payment that was taken wrongly is void: before the drawer is counted, by whoever took it, with its reason; the number stays used."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.rules import MoneyKind
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.bills import lock_bill, open_session, settle
from guiju.line.cashier.actions.lying import place
from guiju.line.cashier.actions.rounding import parts_back
from guiju.line.cashier.actions.wallet_returns import give_back_by_wallet
from guiju.line.cashier.events import PaymentVoided
from guiju.line.cashier.models import Payment, Void
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.rules import State


class NotOfThisSession(Refusal):
    """What another has taken, or what was counted already, goes back by a refund."""

    sentence = N_("Only whoever took a payment can void it, before the till is counted. Ask for a refund instead.")


class VoidedAlready(Refusal):
    """Once is enough."""

    sentence = N_("This payment is void already.")


class RefundedAlready(Refusal):
    """Part of it went back."""

    sentence = N_("Some of this payment went back already, so it cannot be void.")


def void_payment(payment: Payment, *, reason: str, by: Actor, at: datetime) -> Void:
    """Undo a payment that was taken wrongly: the bill is owed again, and the receipt keeps its number.

    raises   WrongState once the appliance is gone, NotOfThisSession, VoidedAlready, RefundedAlready, Invalid
    source   FIN-4, 6.11 "void list"
    """
    with doing("cashier.void_payment", on=payment.bill, by=by, at=at, reason=reason) as deed:
        bill = lock_bill(payment.bill)
        order = bill.order
        workorder.require(order, State.READY, State.UNCOLLECTED)
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        session = open_session(by, at)
        if session is None or payment.session_id != session.pk:
            raise NotOfThisSession
        with refusing(
            cashier_void_payment_id=VoidedAlready,
            what_went_back_cannot_be_void=RefundedAlready,
            a_payment_is_void_before_its_till_is_counted=NotOfThisSession,
        ):
            made = Void.objects.create(payment=payment, reason=reason.strip(), voided_by_id=by.natural_person_id, at=at)
        owed = (MoneyKind.OWED_BY_CUSTOMER, order.number)
        money.post(
            parts_back(payment.amount_minor, payment.rounded_minor, owed=owed, out_of=place(payment.method, session)),
            unit=order.unit, currency=bill.currency, document=f"{payment.receipt_number}/VOID", by=deed.consequence(), at=at,
        )  # fmt: skip
        give_back_by_wallet(payment, payment.amount_minor, deed, at, void=made)
        settle(bill, deed, at, paid_minor=bill.paid_minor - payment.amount_minor)
        deed.note(receipt=payment.receipt_number, amount_minor=payment.amount_minor)
        deed.tell(
            PaymentVoided(
                order.pk, order.number, payment.pk, payment.receipt_number, payment.amount_minor, bill.currency
            )
        )
    return made
