"""What a supplier asks: entered, compared with order and receipt, and paid by somebody who had no hand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.amounts import MINOR_MAX
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply.actions.few import refuse_too_few
from guiju.readiness.supply.actions.orders import lock
from guiju.readiness.supply.events import InvoiceMatched
from guiju.readiness.supply.models import (
    InvoiceLine,
    OrderLine,
    PurchaseOrder,
    SupplierBank,
    SupplierInvoice,
)
from guiju.readiness.supply.rules import (
    INVOICE_ARROWS,
    INVOICE_LABELS,
    BankState,
    Billed,
    InvoiceState,
    in_ten_thousandths,
    match,
)
from guiju.standing.policy import queries as policy


class EnteredAlready(Refusal):
    """The same invoice twice."""

    sentence = N_("This invoice of the supplier was entered already.")
    field = "reference"


class NotOfThisOrder(Refusal):
    """An invoice bills what was ordered."""

    sentence = N_("An invoice bills lines of its order, each once.")
    field = "lines"


class NoAccount(Refusal):
    """Money goes to a verified account alone (PUR-8)."""

    sentence = N_("No account of %(name)s has been verified yet.")


class PayerHadAHand(Refusal):
    """Whoever asked, approved, bought or received does not pay (5.4)."""

    sentence = N_("You had a hand in this purchase. Somebody else has to pay it.")


@dataclass(frozen=True)
class BilledLine:
    """What an invoice asks for one ordered line: how many, and what for one in minor units."""

    line: int
    quantity: int
    price_minor: int


def enter_invoice(
    order: PurchaseOrder, *, reference: str, amount_minor: int, lines: Sequence[BilledLine], by: Actor, at: datetime
) -> SupplierInvoice:
    """Write down what the supplier asks for an order.

    reference      the supplier's own number; entered once
    amount_minor   the sum that stands on it
    raises         EnteredAlready, NotOfThisOrder, Invalid
    source         2.10 SupplierInvoice
    """
    with doing("supply.enter_invoice", on=order, by=by, at=at, reference=reference, amount_minor=amount_minor) as deed:
        if not 0 < amount_minor <= MINOR_MAX or not reference.strip():
            raise Invalid(Sentence(N_("Give the number of the invoice and its sum.")), field="amount_minor")
        known = set(order.lines.values_list("pk", flat=True))
        if (
            not lines
            or len({each.line for each in lines}) != len(lines)
            or any(each.line not in known for each in lines)
        ):
            raise NotOfThisOrder
        if any(each.quantity < 1 or not 0 < each.price_minor <= MINOR_MAX for each in lines):
            raise Invalid(Sentence(N_("Each line bills something at a price.")), field="lines")
        with refusing(an_invoice_of_a_supplier_is_entered_once=EnteredAlready):
            invoice = SupplierInvoice.objects.create(
                number=next_number("SI", order.unit.code, order.unit.day(at)), unit=order.unit, order=order,
                supplier=order.supplier, reference=reference.strip(), amount_minor=amount_minor, currency=order.currency,
                entered_by_id=by.natural_person_id, entered_at=at,
            )  # fmt: skip
        begin(invoice, by=by, at=at, deed=deed)
        InvoiceLine.objects.bulk_create([
            InvoiceLine(invoice=invoice, line_id=each.line, quantity=each.quantity, price_minor=each.price_minor)
            for each in lines
        ])  # fmt: skip
        deed.about(invoice)
    return invoice


def match_invoice(invoice: SupplierInvoice, *, by: Actor, at: datetime) -> SupplierInvoice:
    """Compare it with the order and with what was accepted; what agrees may be paid, what does not says why.

    An exception is compared again when more has come, or it is sent back.

    raises   WrongState
    source   PUR-4, 3.8 "3-way within tol (price 0 %, qty 0)"
    """
    with doing("supply.match_invoice", on=invoice, by=by, at=at) as deed:
        lock(invoice.order)
        invoice = _lock(invoice)
        tolerance = policy.figure("pur.match_price", unit=invoice.unit, on=invoice.unit.day(at)).value
        billed = list(invoice.lines.select_related("line__part").order_by("pk"))
        because = match(
            [
                Billed(
                    each.line.name, each.quantity, each.price_minor, each.line.price_minor,
                    each.line.accepted - each.line.billed,
                )
                for each in billed
            ],
            told_minor=invoice.amount_minor,
            price_tolerance=in_ten_thousandths(tolerance),
        )  # fmt: skip
        facts = {
            "because": [each.to_json() for each in because],
            "matched_by_id": by.natural_person_id,
            "matched_at": at,
        }
        if because and invoice.state == InvoiceState.EXCEPTION:
            SupplierInvoice.objects.filter(pk=invoice.pk).update(**facts)
        else:
            _step(invoice, InvoiceState.EXCEPTION if because else InvoiceState.MATCHED, deed, **facts)
        if not because:
            for each in billed:
                OrderLine.objects.filter(pk=each.line_id).update(billed=each.line.billed + each.quantity)
            deed.tell(InvoiceMatched(invoice.pk, invoice.number, invoice.order_id))
        deed.note(because=[str(each) for each in because])
    return invoice


def refuse_invoice(invoice: SupplierInvoice, *, reason: str, by: Actor, at: datetime) -> SupplierInvoice:
    """Send an invoice back that does not match; the supplier writes another one.

    raises   WrongState, Invalid
    """
    with doing("supply.refuse_invoice", on=invoice, by=by, at=at, reason=reason) as deed:
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        invoice = _lock(invoice)
        _step(invoice, InvoiceState.REFUSED, deed, said=reason.strip()[:400])
    return invoice


def pay_invoice(invoice: SupplierInvoice, *, payment: str, by: Actor, at: datetime) -> SupplierInvoice:
    """Note that a matched invoice was paid, to the account that is in force.

    payment   the bank's own number of the transfer
    raises    WrongState, NoAccount, PayerHadAHand, Invalid
    source    PUR-2, PUR-4, PUR-8
    """
    with doing("supply.pay_invoice", on=invoice, by=by, at=at, payment=payment) as deed:
        if not payment.strip():
            raise Invalid(Sentence(N_("Give the bank's number of the transfer.")), field="payment")
        invoice = _lock(invoice)
        account = SupplierBank.objects.select_for_update().filter(
            supplier_id=invoice.supplier_id, state=BankState.IN_FORCE
        )  # fmt: skip
        if (to := account.first()) is None and invoice.state == InvoiceState.MATCHED:
            raise NoAccount(name=invoice.supplier.name)
        refuse_too_few(invoice.order.sourcing.requests.all(), by, left=0, order=invoice.order)
        with refusing(the_payer_had_no_hand_in_the_purchase=PayerHadAHand):
            _step(
                invoice, InvoiceState.PAID, deed, paid_by_id=by.natural_person_id, paid_at=at, paid_to=to,
                payment=payment.strip(),
            )  # fmt: skip
        deed.note(account=to.masked if to else "", amount_minor=invoice.amount_minor)
    return invoice


def _lock(invoice: SupplierInvoice) -> SupplierInvoice:
    rows = SupplierInvoice.objects.select_for_update(of=("self",)).select_related("unit", "supplier")
    return rows.get(pk=invoice.pk)


def _step(invoice: SupplierInvoice, to: InvoiceState, deed: Deed, **also: Any) -> None:
    advance(invoice, to=to, arrows=INVOICE_ARROWS, labels=INVOICE_LABELS, by=deed.by, at=deed.at, deed=deed, **also)
