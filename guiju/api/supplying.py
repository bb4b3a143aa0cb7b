"""Rows of buying by the key that a program knows, always among those that the asker may see."""

from __future__ import annotations

from typing import Annotated

from django.db.models import QuerySet
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Found, Key, Short
from guiju.api.verbs import Target
from guiju.kernel.actor import Actor
from guiju.readiness.supply.models import (
    EmergencyReview,
    GoodsReceipt,
    Offer,
    PurchaseOrder,
    PurchaseRequest,
    RequestLine,
    Sourcing,
    Supplier,
    SupplierBank,
    SupplierInvoice,
    SupplierQuote,
)

LINES_MAX = 200
Days = Annotated[int, Field(ge=0, le=3650)]


# --- What the asker may see


def visible_suppliers(by: Actor) -> QuerySet[Supplier]:
    """The houses that the brand buys from."""
    return Supplier.objects.visible_to(by)


def visible_offers(by: Actor) -> QuerySet[Offer]:
    """What parts cost at which supplier, since when, and until when: the history of the prices."""
    rows = Offer.objects.filter(supplier__in=Supplier.objects.visible_to(by).values("pk"))
    return rows.select_related("supplier", "part")


def visible_requests(by: Actor) -> QuerySet[PurchaseRequest]:
    """What is asked to be bought, as far as the asker may see it."""
    rows = PurchaseRequest.objects.visible_to(by).select_related("unit", "requested_by", "decided_by", "sourcing")
    return rows.prefetch_related("lines__part")


def visible_sourcings(by: Actor) -> QuerySet[Sourcing]:
    """How suppliers were sought, with what each offered and who was chosen why."""
    rows = Sourcing.objects.visible_to(by).select_related("unit", "awarded_to__supplier")
    return rows.prefetch_related("quotes__supplier", "requests")


def visible_purchase_orders(by: Actor) -> QuerySet[PurchaseOrder]:
    """What was ordered, with how much of it has come."""
    rows = PurchaseOrder.objects.visible_to(by).select_related("unit", "supplier", "sourcing")
    return rows.prefetch_related("lines__part", "lines__unit")


def visible_receipts(by: Actor) -> QuerySet[GoodsReceipt]:
    """What was delivered, and what of it was good."""
    rows = GoodsReceipt.objects.visible_to(by).select_related("unit", "order")
    return rows.prefetch_related("lines__line__part", "lines__part")


def visible_invoices(by: Actor) -> QuerySet[SupplierInvoice]:
    """What suppliers ask, and whether it agrees with what was ordered and accepted."""
    return SupplierInvoice.objects.visible_to(by).select_related("unit", "order", "supplier")


def _supplier(code: str, by: Actor) -> Supplier:
    """A house that the brand buys from, by its code."""
    return finding.one(visible_suppliers(by), code=code.strip().upper())


def _account(key: int, by: Actor) -> SupplierBank:
    """An account of a supplier."""
    suppliers = Supplier.objects.visible_to(by).values("pk")
    return finding.one(SupplierBank.objects.filter(supplier__in=suppliers).select_related("supplier"), pk=key)


def _purchase(number: str, by: Actor) -> PurchaseRequest:
    """A purchase request by its number."""
    return finding.one(visible_requests(by), number=number.strip().upper())


def _line(key: int, by: Actor) -> RequestLine:
    """A line of a purchase request."""
    seen = PurchaseRequest.objects.visible_to(by).values("pk")
    return finding.one(RequestLine.objects.filter(request__in=seen).select_related("request__unit", "part"), pk=key)


def _review(number: str, by: Actor) -> EmergencyReview:
    """The review of an emergency purchase, by the number of its request."""
    seen = PurchaseRequest.objects.visible_to(by).values("pk")
    rows = EmergencyReview.objects.filter(request__in=seen).select_related("request__unit")
    return finding.one(rows, request__number=number.strip().upper())


def _sourcing(number: str, by: Actor) -> Sourcing:
    """A search for a supplier by its number."""
    return finding.one(visible_sourcings(by), number=number.strip().upper())


def _quote(key: int, by: Actor) -> SupplierQuote:
    """What a supplier offered."""
    seen = Sourcing.objects.visible_to(by).values("pk")
    return finding.one(
        SupplierQuote.objects.filter(sourcing__in=seen).select_related("sourcing__unit", "supplier"), pk=key
    )


def _order(number: str, by: Actor) -> PurchaseOrder:
    """A purchase order by its number."""
    return finding.one(visible_purchase_orders(by), number=number.strip().upper())


def _receipt(number: str, by: Actor) -> GoodsReceipt:
    """A goods receipt by its number."""
    return finding.one(visible_receipts(by), number=number.strip().upper())


def _invoice(number: str, by: Actor) -> SupplierInvoice:
    """A supplier's invoice by our number."""
    return finding.one(visible_invoices(by), number=number.strip().upper())


SupplierCode = Annotated[Short, Found(_supplier)]
PurchaseNumbers = Annotated[list[Short], Found(_purchase), Field(max_length=LINES_MAX)]
SUPPLIER = Target("code", Short, _supplier)
ACCOUNT = Target("key", Key, _account)
PURCHASE = Target("number", Short, _purchase)
LINE = Target("key", Key, _line)
REVIEW = Target("number", Short, _review)
SOURCING = Target("number", Short, _sourcing)
QUOTE = Target("key", Key, _quote)
ORDER = Target("number", Short, _order)
RECEIPT = Target("number", Short, _receipt)
INVOICE = Target("number", Short, _invoice)
