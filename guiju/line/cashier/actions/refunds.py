"""Refunds: asked by one, approved by another, paid the way the money came."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.models import Approval
from guiju.kernel.refusing import Invalid, NotApproved, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.bills import lock_bill, settle
from guiju.line.cashier.actions.lying import place, till_to_pay_from
from guiju.line.cashier.actions.numbers import receipt_number
from guiju.line.cashier.actions.rounding import parts_back, rounded_back
from guiju.line.cashier.actions.wallet_returns import give_back_by_wallet
from guiju.line.cashier.events import Refunded
from guiju.line.cashier.models import Bill, Payment, Refund
from guiju.line.cashier.queries import judged
from guiju.line.cashier.rules import PAID_BY, Method
from guiju.line.workorder import actions as workorder
from guiju.standing.policy import queries as policy

REFUND_APPROVAL = "cashier.approve_refund"
PAYMENT = Payment._meta.label_lower  # noqa: SLF001  # Django documents _meta


class MoreThanPaid(Refusal):
    """A refund is at most what was paid and not refunded yet (FIN-8)."""

    sentence = N_("At most %(most)s of this payment can be refunded.")
    field = "amount_minor"
    status = 422


class NothingCameIn(Refusal):
    """On credit nothing was paid."""

    sentence = N_("Nothing was paid yet: this was taken on credit.")


class VoidPayment(Refusal):
    """It was undone already."""

    sentence = N_("This payment is void: nothing of it can go back.")


class OverTheLimit(Refusal):
    """The one who approves may not approve so much (5.3)."""

    sentence = N_("You may approve refunds up to %(limit)s. Somebody with a higher limit has to approve this one.")


def ask_refund(
    payment: Payment, *, amount_minor: int, reason: str, method: str = "", by: Actor, at: datetime
) -> Approval:
    """Ask that money goes back to the customer: the way it came, or by another tender that the approval then names.

    method  by which tender it goes back; empty for the way it came

    raises  MoreThanPaid, NothingCameIn, Invalid
    source  5.2: asked at the desk, approved by the manager or finance, paid by the cashier
    """
    with doing("cashier.ask_refund", on=payment.bill, by=by, at=at, amount_minor=amount_minor, reason=reason) as deed:
        bill = lock_bill(payment.bill)
        if payment.method == Method.CREDIT:
            raise NothingCameIn
        if payment.voided is not None:
            raise VoidPayment
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why the money goes back.")), field="reason")
        if amount_minor < 1:
            raise Invalid(Sentence(N_("Refund at least something.")), field="amount_minor")
        most = payment.amount_minor - sum(payment.refunds.values_list("amount_minor", flat=True))
        if amount_minor > most:
            raise MoreThanPaid(most=workorder.money(bill.order, most))
        content = _content(payment, amount_minor=amount_minor, reason=reason, method=_another(payment, method))
        return approval.ask(REFUND_APPROVAL, payment, content, by=by, at=at, deed=deed)


class NothingTooMuch(Refusal):
    """The charges are within the list, or what was too much went back already."""

    sentence = N_("Nothing on this bill has to go back: its charges are within the list, or were given back already.")


class WaitsAlready(Refusal):
    """One request at a time."""

    sentence = N_("A refund of this bill waits for its approval already.")


def propose_refund(bill: Bill, *, by: Actor, at: datetime) -> Approval:
    """Ask that what was charged above the list of its day goes back; approved and paid like any other refund.

    raises  NothingTooMuch, WaitsAlready, NothingCameIn, MoreThanPaid
    source  S1-38, S1-41; peers idea 2 "proposes refunds"
    """
    with doing("cashier.propose_refund", on=bill, by=by, at=at) as deed:
        bill = lock_bill(bill)
        found = judged(bill)
        if not found.to_refund_minor:
            raise NothingTooMuch
        payments = list(
            Payment.objects.filter(bill=bill, void=None).exclude(method=Method.CREDIT).order_by("-amount_minor", "pk")
        )
        if not payments:
            raise NothingCameIn
        waiting = Approval.objects.filter(
            purpose=REFUND_APPROVAL,
            subject_type=PAYMENT,
            subject_id__in=[each.pk for each in payments],
            state__in=[Approval.State.ASKED, Approval.State.GRANTED],
        )
        if waiting.exists():
            raise WaitsAlready
        codes = ", ".join(dict.fromkeys(each.line.code for each in found.found))
        deed.note(codes=codes, amount_minor=found.to_refund_minor)
        # The largest payment bears it; what it does not cover is proposed again after it went back.
        largest = payments[0]
        return ask_refund(
            largest,
            amount_minor=min(found.to_refund_minor, largest.amount_minor),
            reason=f"PRC-2: {codes}",
            by=deed.consequence(),
            at=at,
        )


def approve_refund(payment: Payment, *, by: Actor, at: datetime) -> Approval:
    """Allow the refund that was asked for, as another person.

    raises  NotApproved, OverTheLimit, approval's refusal of the same person
    source  5.3
    """
    with doing("cashier.approve_refund", on=payment.bill, by=by, at=at) as deed:
        asked = approval.waiting(REFUND_APPROVAL, payment)
        order = payment.bill.order
        limit = policy.figure(f"limit.refund.{deed.role}", unit=order.unit, on=order.unit.day(at)).value
        if limit is not None and asked.content["amount_minor"] > limit:
            raise OverTheLimit(limit=workorder.money(order, limit))
        return approval.grant(asked, content=asked.content, by=by, at=at)


def reject_refund(payment: Payment, *, reason: str, by: Actor, at: datetime) -> Approval:
    """Refuse the refund that was asked for, and say why.

    raises  NotApproved, Invalid
    """
    with doing("cashier.reject_refund", on=payment.bill, by=by, at=at, reason=reason):
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why the refund is refused.")), field="reason")
        asked = approval.waiting(REFUND_APPROVAL, payment)
        return approval.reject(asked, reason=reason.strip(), by=by, at=at)


def pay_refund(
    payment: Payment, *, amount_minor: int, reason: str, method: str = "", by: Actor, at: datetime
) -> Refund:
    """Pay back what was approved: out of where it went in, or by the tender that was approved with it.

    method  the tender, where it is another than it came by; of a wallet's payment its provider gives it back

    raises  NotApproved, MoreThanPaid, TillClosed
    source  FIN-6 (the cashier never approves), FIN-8
    """
    with doing("cashier.pay_refund", on=payment.bill, by=by, at=at, amount_minor=amount_minor) as deed:
        bill = lock_bill(payment.bill)
        another = _another(payment, method)
        content = _content(payment, amount_minor=amount_minor, reason=reason, method=another)
        granted = approval.require(REFUND_APPROVAL, payment, content)
        goes_by = Method(another) if another else payment.came_by
        session = till_to_pay_from(goes_by, by, at)
        off = rounded_back(bill.order.unit, goes_by, amount_minor, at)
        with refusing(
            refunds_stay_within_their_payment=MoreThanPaid(most=workorder.money(bill.order, 0)),
            # One approval pays once.
            cashier_refund_approval_id=NotApproved,
            a_refund_by_another_tender_was_approved_so=NotApproved,
            a_void_payment_is_not_refunded=VoidPayment,
        ):
            refund = Refund.objects.create(
                number=receipt_number("RF", unit=bill.order.unit, session=session, at=at),
                payment=payment,
                amount_minor=amount_minor,
                rounded_minor=off,
                method=another,
                reason=reason.strip(),
                approval=granted,
                session=session,
                paid_by_id=by.natural_person_id,
                at=at,
            )
        owed = (MoneyKind.OWED_BY_CUSTOMER, bill.order.number)
        # The order owes again, and at once no longer, because the charge goes too.
        parts = parts_back(amount_minor, off, owed=owed, out_of=place(goes_by, session))
        parts.append(Part(Movement.CREDIT_NOTE, amount_minor, owed, (MoneyKind.REVENUE, "")))
        money.post(
            parts, unit=bill.order.unit, currency=bill.currency, document=refund.number, by=deed.consequence(), at=at
        )
        give_back_by_wallet(payment, amount_minor, deed, at, refund=refund)
        settle(bill, deed, at, refunded_minor=bill.refunded_minor + amount_minor)
        deed.note(refund=refund.number)
        deed.tell(Refunded(bill.order_id, bill.order.number, refund.pk, amount_minor, bill.currency))
    return refund


def _another(payment: Payment, method: str) -> str:
    """The tender, where it is another than the payment came by.

    raises   Invalid for what is no tender
    """
    if method in {"", payment.came_by}:
        return ""
    if method not in set(PAID_BY) - {Method.WALLET}:
        raise Invalid(Sentence(N_("Money cannot go back that way.")), field="method")
    return method


def _content(payment: Payment, *, amount_minor: int, reason: str, method: str) -> dict[str, str | int]:
    """What is asked and approved, to the letter; another tender than it came by is part of it."""
    said: dict[str, str | int] = {
        "payment": payment.receipt_number,
        "amount_minor": amount_minor,
        "reason": reason.strip(),
    }
    return said | ({"method": method} if method else {})
