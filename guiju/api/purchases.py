"""What was ordered: sent, received, inspected, put away, billed and paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from ninja import Router
from pydantic import Field

from guiju.api.fields import Because, Day, Input, Key, Line, Minor, Moment, Name, Nothing, Quantity, Short
from guiju.api.finding import BinKey, PartCode, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.supplying import (
    INVOICE,
    LINES_MAX,
    ORDER,
    RECEIPT,
    SOURCING,
    visible_invoices,
    visible_purchase_orders,
    visible_receipts,
)
from guiju.api.verbs import Mirror, Output, Verb, speak
from guiju.kernel.actor import Actor
from guiju.readiness.supply import actions
from guiju.readiness.supply.models import (
    PurchaseOrder,
)
from guiju.readiness.supply.rules import (
    InvoiceState,
    OrderState,
    ReceiptState,
)


class DecisionIn(Input):
    """The minutes of the body that decided, from a threshold on."""

    decision: Name = ""


class OrderIn(Input):
    """The terms of the order; else those of the offer."""

    terms: Line = ""


class ConfirmIn(Input):
    """The day and the sum that the supplier confirmed."""

    expected_on: Day
    total_minor: Minor


class PostponeIn(Input):
    """Another day, and why."""

    expected_on: Day
    reason: Line


class AppointIn(Input):
    """When it comes to the door, and who brings it."""

    appointed_at: Moment
    carrier: Name


class CancelIn(Input):
    """Why; once it was sent, with whom at the supplier it was agreed."""

    reason: Line
    agreed: Line = ""


class CountedIn(Input):
    """So many of one thing, as they were counted; `instead_of` is the ordered part where another one came."""

    delivered: Quantity
    part: PartCode | None = None
    words: Line = ""
    instead_of: PartCode | None = None


class DeliveryIn(Input):
    """What came to one unit, by its delivery note."""

    unit: UnitCode
    note: Short
    lines: Annotated[list[CountedIn], Field(min_length=1, max_length=LINES_MAX)]

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The lines as the action takes them."""
        told = super().resolved(by)
        return told | {"lines": [actions.Counted(**each) for each in told["lines"]]}


class InspectedIn(Input):
    """What was found of one counted line."""

    line: Key
    accepted: Quantity
    rejected: Quantity = 0
    why: Line = ""


class InspectionIn(Input):
    """What was found of every line."""

    lines: Annotated[list[InspectedIn], Field(min_length=1, max_length=LINES_MAX)]

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The lines as the action takes them."""
        told = super().resolved(by)
        return {"lines": [actions.Inspected(**each) for each in told["lines"]]}


class LiesIn(Input):
    """In which bin a counted line lies; the serials, or the lot and its last day, of parts that are tracked by them."""

    line: Key
    bin: BinKey
    lot: Short = ""
    expires_on: Day | None = None
    serials: Annotated[list[Short], Field(max_length=1000)] = []


class PutAwayIn(Input):
    """In which bins what is good lies."""

    bins: Annotated[list[LiesIn], Field(max_length=LINES_MAX)]

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The bins, serials and lots by their line."""
        told = super().resolved(by)["bins"]
        return {
            "bins": {each["line"]: each["bin"] for each in told},
            "serials": {each["line"]: each["serials"] for each in told},
            "lots": {each["line"]: (each["lot"], each["expires_on"]) for each in told},
        }


class BilledIn(Input):
    """So many of one ordered line at a price."""

    line: Key
    quantity: Quantity
    price_minor: Minor


class InvoiceIn(Input):
    """What the supplier asks, under its own number."""

    reference: Short
    amount_minor: Minor
    lines: Annotated[list[BilledIn], Field(min_length=1, max_length=LINES_MAX)]

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The lines as the action takes them."""
        told = super().resolved(by)
        return told | {"lines": [actions.BilledLine(**each) for each in told["lines"]]}


class PaymentIn(Input):
    """The bank's own number of the transfer."""

    payment: Short


class OrderLineOut(Mirror):
    """One ordered line, and how much of it has come."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "part": "part.code", "unit": "unit.code"}

    id: int
    unit: str
    part: str | None
    words: str
    quantity: int
    price_minor: int
    delivered: int
    accepted: int
    rejected: int
    billed: int


class PurchaseOrderOut(Output):
    """A purchase order; its lines for whoever may see what was ordered, which the receiver may not."""

    number: str
    unit: str
    supplier: str
    state: str
    expected_on: date | None
    appointed_at: datetime | None
    currency: str | None = None
    total_minor: int | None = None
    lines: list[OrderLineOut] | None = None

    @classmethod
    def of(cls, result: Any, target: Any = None) -> PurchaseOrderOut:
        """As it is now, without what whoever counts it must not know."""
        row = result if isinstance(result, PurchaseOrder) else target
        kept = ("number", "state", "expected_on", "appointed_at")
        return cls(**{name: getattr(row, name) for name in kept}, unit=row.unit.code, supplier=row.supplier.code)


class PurchaseOrderWhole(PurchaseOrderOut):
    """The same with its lines."""

    @classmethod
    def of(cls, result: Any, target: Any = None) -> PurchaseOrderWhole:
        """As it is now."""
        row = result if isinstance(result, PurchaseOrder) else target
        told = PurchaseOrderOut.of(row).dict() | {"currency": row.currency, "total_minor": row.total_minor}
        return cls(**told | {"lines": [OrderLineOut.of(each) for each in row.lines.all()]})


class ReceiptLineOut(Mirror):
    """One counted line."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "part": "come.code", "words": "line.words"}

    id: int
    part: str | None
    words: str
    delivered: int
    accepted: int | None
    rejected: int | None
    why: str


class GoodsReceiptOut(Output):
    """A goods receipt."""

    number: str
    order: str
    unit: str
    note: str
    state: str
    signatures: int
    lines: list[ReceiptLineOut]

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> GoodsReceiptOut:
        """As it is now."""
        kept = ("number", "note", "state", "signatures")
        return cls(
            **{name: getattr(result, name) for name in kept}, order=result.order.number, unit=result.unit.code,
            lines=[ReceiptLineOut.of(each) for each in result.lines.all()],
        )  # fmt: skip


class SupplierInvoiceOut(Mirror):
    """A supplier's invoice."""

    paths: ClassVar[Mapping[str, str]] = {"order": "order.number", "supplier": "supplier.code", "unit": "unit.code"}

    number: str
    reference: str
    order: str
    supplier: str
    unit: str
    state: str
    amount_minor: int
    currency: str
    payment: str


router = Router(tags=["supply"])
speak(
    router,
    [
        Verb("/sourcings/{number}/order", actions.draft_order, OrderIn, PurchaseOrderWhole, SOURCING),
        Verb("/purchase-orders/{number}/approve", actions.approve_order, DecisionIn, PurchaseOrderWhole, ORDER),
        Verb("/purchase-orders/{number}/send", actions.send_order, Nothing, PurchaseOrderWhole, ORDER),
        Verb("/purchase-orders/{number}/confirm", actions.confirm_order, ConfirmIn, PurchaseOrderWhole, ORDER),
        Verb("/purchase-orders/{number}/postpone", actions.postpone_order, PostponeIn, PurchaseOrderWhole, ORDER),
        Verb("/purchase-orders/{number}/appoint", actions.appoint_delivery, AppointIn, PurchaseOrderOut, ORDER),
        Verb("/purchase-orders/{number}/cancel", actions.cancel_order, CancelIn, PurchaseOrderWhole, ORDER),
        Verb("/purchase-orders/{number}/close-short", actions.close_short, Because, PurchaseOrderWhole, ORDER),
        Verb("/purchase-orders/{number}/receive", actions.receive, DeliveryIn, GoodsReceiptOut, ORDER),
        Verb("/goods-receipts/{number}/inspect", actions.inspect, InspectionIn, GoodsReceiptOut, RECEIPT),
        Verb("/goods-receipts/{number}/put-away", actions.put_away, PutAwayIn, GoodsReceiptOut, RECEIPT),
        Verb("/purchase-orders/{number}/enter-invoice", actions.enter_invoice, InvoiceIn, SupplierInvoiceOut, ORDER),
        Verb("/supplier-invoices/{number}/match", actions.match_invoice, Nothing, SupplierInvoiceOut, INVOICE),
        Verb("/supplier-invoices/{number}/refuse", actions.refuse_invoice, Because, SupplierInvoiceOut, INVOICE),
        Verb("/supplier-invoices/{number}/pay", actions.pay_invoice, PaymentIn, SupplierInvoiceOut, INVOICE),
    ],
)  # fmt: skip
show(
    router,
    [
        Listing("/purchase-orders", "orders", "purchases.see", PurchaseOrderWhole, visible_purchase_orders,
                filters={"state": Filter(list[OrderState], "state"), "supplier": Filter(Short, "supplier__code")}),
        Listing("/goods-receipts", "receipts", "supply.see", GoodsReceiptOut, visible_receipts,
                filters={"state": Filter(list[ReceiptState], "state"), "order": Filter(Short, "order__number")}),
        Listing("/supplier-invoices", "invoices", "purchases.see", SupplierInvoiceOut, visible_invoices,
                filters={"state": Filter(list[InvoiceState], "state"), "supplier": Filter(Short, "supplier__code")}),
    ],
)  # fmt: skip
