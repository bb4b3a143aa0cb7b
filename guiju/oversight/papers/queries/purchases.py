"""The whole file of a purchase, gathered from its order (6.21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext

from guiju.oversight.papers import rules
from guiju.oversight.papers.queries.shared import Print, letterhead_of
from guiju.readiness.supply import queries as supply
from guiju.readiness.supply.models import OrderLine, PurchaseOrder, Sourcing
from guiju.readiness.supply.rules import (
    INVOICE_LABELS,
    METHOD_LABELS,
    ORDER_LABELS,
    RECEIPT_LABELS,
    InvoiceState,
    Method,
    OrderState,
    ReceiptState,
)

YEAR = timedelta(days=365)


def purchase_file(order: PurchaseOrder, how: Print) -> rules.PurchaseFile:
    """Request, offers, order, deliveries, invoices, and how the supplier did over the last year."""
    found, unit = order.sourcing, order.unit
    score = supply.score_of(order.supplier, since=unit.day(how.at) - YEAR)
    return rules.PurchaseFile(
        letterhead=letterhead_of(
            unit, order.number, how, leads_to=f"{how.base_url}back-office/buying/orders/{order.number}/", currency=order.currency
        ),
        supplier=order.supplier.name,
        state=gettext(ORDER_LABELS[OrderState(order.state)]),
        method=gettext(METHOD_LABELS[Method(found.method)]),
        sourcing_number=found.number,
        buyer=order.buyer.name,
        made_at=order.made_at,
        total_minor=order.total_minor,
        approved_minor=order.approved_minor,
        needs=tuple(
            rules.Need(
                number=each.number, unit=each.unit.name, reason=each.reason, requested_by=each.requested_by.name,
                is_emergency=each.is_emergency, decided_by=each.decided_by.name if each.decided_by else None,
                decided_at=each.decided_at,
            ) for each in found.requests.select_related("unit", "requested_by", "decided_by").order_by("pk")
        ),
        offers=tuple(_offers(found)),
        rows=tuple(_bought(each) for each in order.lines.select_related("part", "unit").order_by("pk")),
        deliveries=tuple(_deliveries(order)),
        bills=tuple(_bills(order)),
        award_reason=found.reason or None,
        exception=found.exception or None,
        approved_by=order.approved_by.name if order.approved_by else None,
        approved_at=order.approved_at,
        sent_at=order.sent_at,
        expected_on=order.expected_on,
        on_time_percent=score.on_time_percent,
        accepted_percent=score.accepted_percent,
    )  # fmt: skip


def _deliveries(order: PurchaseOrder) -> Iterator[rules.Delivered]:
    for each in order.receipts.select_related("received_by", "inspected_by").order_by("pk"):
        yield rules.Delivered(
            number=each.number, note=each.note, state=gettext(RECEIPT_LABELS[ReceiptState(each.state)]),
            received_by=each.received_by.name, received_at=each.received_at,
            inspected_by=each.inspected_by.name if each.inspected_by else None,
        )  # fmt: skip


def _bills(order: PurchaseOrder) -> Iterator[rules.Billed]:
    for each in order.invoices.select_related("matched_by", "paid_by").order_by("pk"):
        yield rules.Billed(
            number=each.number, reference=each.reference, amount_minor=each.amount_minor,
            state=gettext(INVOICE_LABELS[InvoiceState(each.state)]),
            matched_by=each.matched_by.name if each.matched_by else None,
            paid_by=each.paid_by.name if each.paid_by else None, paid_at=each.paid_at, payment=each.payment or None,
        )  # fmt: skip


def _offers(found: Sourcing) -> list[rules.SupplierOffer]:
    return [
        rules.SupplierOffer(
            supplier=each.supplier.name, total_minor=each.total_minor, lead_days=each.lead_days, until_on=each.valid_until,
            is_chosen=each.pk == found.awarded_to_id,
        ) for each in found.quotes.select_related("supplier").order_by("total_minor", "pk")
    ]  # fmt: skip


def _bought(each: OrderLine) -> rules.Bought:
    return rules.Bought(
        name=each.part.name if each.part else each.words, part_number=each.part.code if each.part else None, unit=each.unit.name,
        quantity=each.quantity, price_minor=each.price_minor, amount_minor=each.amount_minor, delivered=each.delivered,
        accepted=each.accepted, rejected=each.rejected, billed=each.billed,
    )  # fmt: skip
