"""Bills from what was approved, and payments with their receipts."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import turn
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.numbering import next_number
from guiju.kernel.prepared import Prepared, alone, brought
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.charging import charged_lines, taken_off
from guiju.line.cashier.actions.crediting import credit_deposits
from guiju.line.cashier.actions.numbers import receipt_number
from guiju.line.cashier.actions.owing import use_credit
from guiju.line.cashier.actions.pouches import cash_place, pouch_for, refuse_full_pouch
from guiju.line.cashier.actions.rounding import parts_in, rounded
from guiju.line.cashier.actions.taxing import tax_lines
from guiju.line.cashier.events import Billed, Paid
from guiju.line.cashier.models import Bill, BillLine, Payment, TillSession
from guiju.line.cashier.rules import BillState, Method, SessionState
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Billing, State
from guiju.line.workshop import queries as workshop

# How the bill's state is shown on the order.
BILLING = {
    BillState.DUE: Billing.BILLED,
    BillState.PART_PAID: Billing.PART_PAID,
    BillState.PAID: Billing.PAID,
    BillState.ON_CREDIT: Billing.ON_CREDIT,
    BillState.REFUNDED: Billing.REFUNDED,
}


class BilledAlready(Refusal):
    """One job, one bill."""

    sentence = N_("The bill of this job is drawn already.")


class TooMuch(Refusal):
    """More than is owed."""

    sentence = N_("Only %(owed)s is still to be paid.")
    field = "amount_minor"
    status = 422


class TillClosed(Refusal):
    """Cash needs an open till."""

    sentence = N_("Open your till before you take cash.")


class TooLittleTendered(Refusal):
    """The notes do not cover the amount."""

    sentence = N_("What the customer gave does not cover the amount.")
    field = "tendered_minor"
    status = 422


class ReferenceMissing(Refusal):
    """A card slip or a transfer has a number."""

    sentence = N_("Enter the number on the card slip or of the transfer.")
    field = "terminal_ref"
    status = 422


class WalletMissing(Refusal):
    """Alipay or WeChat Pay, and the number that it gave."""

    sentence = N_("Say which wallet it was, and enter the number that it shows under the payment.")
    field = "terminal_ref"
    status = 422


class ReferenceUsed(Refusal):
    """The customer's screen of last week pays nothing today."""

    sentence = N_("This number of the wallet has paid something already.")
    field = "terminal_ref"
    status = 422


class WalletWaits(Refusal):
    """Two tenders at once would pay twice."""

    sentence = N_(
        "A wallet payment of this bill is still waited for. Cancel it before you take the money in another way."
    )


def draw_bill(order: WorkOrder, *, by: Actor, at: datetime) -> Bill:
    """Draw the bill: what the customer approved, the published test fee, or nothing.

    raises  WrongState, BilledAlready
    source  WO-3, WO-4, PRC-4; a broken commitment makes the way out free (3.2)
    """
    with doing("cashier.draw_bill", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.READY, State.UNCOLLECTED)
        # The order is ours and says so; that there is one bill to it the database holds.
        if order.billing != Billing.NONE:
            raise BilledAlready
        quote = workshop.approved_quote(order)
        lines = charged_lines(order, quote, at)
        off = taken_off(quote, lines)
        discount = int(off.get("discount_minor", 0))
        total = sum(line.amount_minor for line in lines) - discount
        bill = Bill.objects.create(
            number=next_number("BL", order.unit.code, order.unit.day(at)),
            order=order,
            currency=order.currency,
            total_minor=total,
            state=BillState.DUE if total else BillState.PAID,
            drawn_at=at,
            drawn_by_id=by.person_id,
            tax_version=tax_lines(lines, order.unit, order.unit.day(at), discount_minor=discount),
            **off,
        )
        for line in lines:
            line.bill = bill
        brought(bill, "lines", BillLine.objects.bulk_create(lines))
        if total:
            money.charge(
                unit=order.unit, reference=order.number, amount_minor=total, currency=order.currency, document=bill.number,
                by=deed.consequence(), at=at,
            )  # fmt: skip
        # What was left before parts were ordered pays what was agreed to, and never a test or a visit.
        if order.deposit_held_minor and lines and lines[0].quote_line_id:
            settle(bill, deed, at, paid_minor=credit_deposits(bill, deed, at))
        else:
            workorder.set_billing(order, billing=BILLING[BillState(bill.state)], by=deed.consequence(), at=at)
        turn.keep(bill)
        deed.note(bill=bill.number, total_minor=total)
        deed.tell(Billed(order.pk, order.number, bill.pk, total, bill.currency))
    return bill


def take_payment(
    bill: Bill,
    *,
    method: Method,
    amount_minor: int,
    tendered_minor: int | None = None,
    terminal_ref: str = "",
    wallet: str = "",
    by: Actor,
    at: datetime,
) -> Payment:
    """Take money for a bill and give a receipt with the next number; a technician's cash at the customer's home goes into the pouch.

    amount_minor    what is paid, at most what is owed
    tendered_minor  what the customer handed over in cash; the change is the difference
    wallet          whose static code the customer paid by; the number that the wallet gave is its reference
    raises          TooMuch, TillClosed, PouchFull, TooLittleTendered, ReferenceMissing, WalletWaits, Invalid, and what `use_credit` refuses
    source          S6-29, FIN-4, FIN-9
    """
    with doing("cashier.take_payment", on=bill, by=by, at=at, method=str(method), amount_minor=amount_minor) as deed:
        bill = lock_bill(bill)
        if method == Method.DEPOSIT:
            raise Invalid(
                Sentence(N_("A deposit is credited when the bill is drawn, and never by hand.")), field="method"
            )
        if amount_minor < 1:
            raise Invalid(Sentence(N_("Take at least something.")), field="amount_minor")
        if amount_minor > bill.owed_minor:
            raise TooMuch(owed=workorder.money(bill.order, bill.owed_minor))
        payment = _receipt(
            bill,
            deed,
            at,
            method=method,
            amount_minor=amount_minor,
            tendered_minor=tendered_minor,
            terminal_ref=terminal_ref,
            wallet=wallet,
        )
        conclude(payment, deed, at)
    return payment


def conclude(payment: Payment, deed: Deed, at: datetime, *, held: str = "") -> None:
    """A payment has its receipt: the book moves, the bill has seen it, and it is told.

    held   under what the money is held for the customer already, where it came before
    """
    bill, amount = payment.bill, payment.amount_minor
    _book(payment, deed, at, held)
    settle(bill, deed, at, **_grown(bill, Method(payment.method), amount))
    deed.note(receipt=payment.receipt_number)
    number = payment.receipt_number
    deed.tell(Paid(bill.order_id, bill.order.number, payment.pk, number, amount, bill.owed_minor, bill.currency))


def lock_bill(bill: Bill) -> Bill:
    """Lock the job, then its bill."""
    order = workorder.lock(bill.order)
    locked = turn.kept(bill) or turn.keep(_LOCKED(pk=bill.pk)[0])
    locked.order = order
    return locked


def lock_numbered(number: str, *, of: WorkOrder) -> Bill:
    """A bill of a job that is locked already."""
    bill = _LOCKED(number=number)[0]
    bill.order = of
    return turn.kept(bill) or turn.keep(bill)


_LOCKED: Prepared[Bill] = Prepared(lambda **key: Bill.objects.select_for_update().order_by().filter(**key))


def open_session(by: Actor, at: datetime) -> TillSession | None:
    """The till that this person has open, and had at that moment: what is written late belongs to no later drawer."""
    sessions = TillSession.objects.select_for_update(of=("self",)).select_related("till")
    return sessions.filter(cashier_id=by.person_id, state=SessionState.OPEN, opened_at__lte=at).first()


def till_for(method: str, by: Actor, at: datetime) -> TillSession | None:
    """The till at which this person takes money: cash goes into it, and the slips of cards are counted with it; nothing on credit."""
    return open_session(by, at) if method != Method.CREDIT else None


def settle(bill: Bill, deed: Deed, at: datetime, **sums: int) -> None:
    """Write what the bill has seen by now, and show it on the order."""
    for name, value in sums.items():
        setattr(bill, name, value)
    bill.state = bill.settled.state
    Bill.objects.filter(pk=bill.pk).update(state=bill.state, **sums)
    workorder.set_billing(bill.order, billing=BILLING[BillState(bill.state)], by=deed.consequence(), at=at)


def _grown(bill: Bill, method: Method, amount_minor: int) -> dict[str, int]:
    if method == Method.CREDIT:
        return {"credit_minor": bill.credit_minor + amount_minor}
    return {"paid_minor": bill.paid_minor + amount_minor}


def _receipt(
    bill: Bill,
    deed: Deed,
    at: datetime,
    *,
    method: Method,
    amount_minor: int,
    tendered_minor: int | None,
    terminal_ref: str,
    wallet: str,
) -> Payment:
    """Write the payment under the next receipt number; what is wrong with it is said in the trade's words."""
    order = bill.order
    with refusing(
        cash_goes_into_an_open_till=TillClosed,
        what_is_tendered_covers_the_payment=TooLittleTendered,
        a_card_or_transfer_has_its_reference=ReferenceMissing,
        a_payment_by_wallet_names_it=WalletMissing,
        a_number_of_a_wallet_pays_once=ReferenceUsed,
        one_tender_at_a_time_settles_a_bill=WalletWaits,
    ):
        session = till_for(method, deed.by, at)
        payment = Payment.objects.create(
            bill=bill,
            method=method,
            amount_minor=amount_minor,
            rounded_minor=rounded(bill, method, amount_minor, at),
            tendered_minor=tendered_minor if method == Method.CASH else None,
            receipt_number=receipt_number("RC", unit=order.unit, session=session, at=at),
            session=session,
            **pouch_for(method, session, order, by=deed.by, at=at),
            terminal_ref=terminal_ref.strip(),
            wallet=wallet if method == Method.WALLET else "",
            taken_by_id=deed.by.natural_person_id,
            at=at,
        )
    return alone(payment, "void")


def _book(payment: Payment, deed: Deed, at: datetime, held: str) -> None:
    """Move the money in the book, to where it lies now."""
    order = payment.bill.order
    into, reference = {
        Method.CASH: cash_place(payment),
        Method.CARD: (MoneyKind.CARD, ""),
        Method.WALLET: (MoneyKind.WALLET, ""),
        Method.TRANSFER: (MoneyKind.TRANSFER, ""),
        Method.CREDIT: (MoneyKind.CREDIT, f"CUSTOMER-{order.customer_id}"),
    }[Method(payment.method)]
    if payment.method == Method.CREDIT:
        use_credit(payment, at)
    owed = (MoneyKind.OWED_BY_CUSTOMER, order.number)
    parts = parts_in(payment.amount_minor, payment.rounded_minor, owed=owed, into=(into, reference))
    if held:
        parts = [Part(Movement.USE_DEPOSIT, payment.amount_minor, owed, (MoneyKind.DEPOSIT_HELD, held))]
    money.post(
        parts,
        unit=order.unit, currency=payment.bill.currency, document=payment.receipt_number, by=deed.consequence(), at=at,
    )  # fmt: skip
    if payment.pouch_id is not None:
        refuse_full_pouch(payment.pouch_id, order.unit, at)
