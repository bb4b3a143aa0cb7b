"""The lives of a purchase: suppliers, requests, sourcing, orders, receipts, invoices; and what the trade calls their states."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class SupplierState(StrEnum):
    """Whether we buy there."""

    PROPOSED = "PROPOSED"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"


SUPPLIER_LABELS: Mapping[SupplierState, str] = {
    SupplierState.PROPOSED: N_("Proposed"),
    SupplierState.ACTIVE: N_("We buy there"),
    SupplierState.SUSPENDED: N_("Suspended"),
}
SUPPLIER_ARROWS: Mapping[SupplierState, Mapping[SupplierState, str]] = {
    SupplierState.PROPOSED: {SupplierState.ACTIVE: "supply.admit_supplier"},
    SupplierState.ACTIVE: {SupplierState.SUSPENDED: "supply.suspend_supplier"},
    SupplierState.SUSPENDED: {SupplierState.ACTIVE: "supply.admit_supplier"},
}


class BankState(StrEnum):
    """Whether money may go to this account."""

    ASKED = "ASKED"
    IN_FORCE = "IN_FORCE"
    REPLACED = "REPLACED"
    REFUSED = "REFUSED"


BANK_LABELS: Mapping[BankState, str] = {
    BankState.ASKED: N_("Waiting to be verified"),
    BankState.IN_FORCE: N_("In force"),
    BankState.REPLACED: N_("Replaced"),
    BankState.REFUSED: N_("Refused"),
}
BANK_ARROWS: Mapping[BankState, Mapping[BankState, str]] = {
    BankState.ASKED: {BankState.IN_FORCE: "supply.verify_bank", BankState.REFUSED: "supply.refuse_bank"},
    BankState.IN_FORCE: {BankState.REPLACED: "supply.verify_bank"},
    BankState.REPLACED: {},
    BankState.REFUSED: {},
}


class Category(StrEnum):
    """What is bought that is no part of the catalogue."""

    PARTS = "PARTS"
    TOOLS = "TOOLS"
    CONSUMABLES = "CONSUMABLES"
    EQUIPMENT = "EQUIPMENT"
    SERVICES = "SERVICES"
    OTHER = "OTHER"


CATEGORY_LABELS: Mapping[Category, str] = {
    Category.PARTS: N_("Spare parts"),
    Category.TOOLS: N_("Tools"),
    Category.CONSUMABLES: N_("Consumables"),
    Category.EQUIPMENT: N_("Equipment"),
    Category.SERVICES: N_("Services"),
    Category.OTHER: N_("Other"),
}


class Purpose(StrEnum):
    """Why it is bought."""

    JOB = "JOB"
    STOCK = "STOCK"
    OTHER = "OTHER"


PURPOSE_LABELS: Mapping[Purpose, str] = {
    Purpose.JOB: N_("A job waits for it"),
    Purpose.STOCK: N_("To refill the store"),
    Purpose.OTHER: N_("Something else"),
}


class RequestState(StrEnum):
    """Where a purchase request stands (3.8)."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    SOURCING = "SOURCING"
    AWARDED = "AWARDED"
    CANCELLED = "CANCELLED"


REQUEST_LABELS: Mapping[RequestState, str] = {
    RequestState.DRAFT: N_("Being written"),
    RequestState.SUBMITTED: N_("Waiting for approval"),
    RequestState.APPROVED: N_("Approved"),
    RequestState.REJECTED: N_("Rejected"),
    RequestState.SOURCING: N_("Offers are asked for"),
    RequestState.AWARDED: N_("A supplier is chosen"),
    RequestState.CANCELLED: N_("Cancelled"),
}
REQUEST_ARROWS: Mapping[RequestState, Mapping[RequestState, str]] = {
    RequestState.DRAFT: {
        RequestState.SUBMITTED: "supply.submit_request",
        RequestState.CANCELLED: "supply.cancel_request",
    },
    RequestState.SUBMITTED: {
        RequestState.APPROVED: "supply.approve_request",
        RequestState.DRAFT: "supply.return_request",
        RequestState.REJECTED: "supply.reject_request",
        RequestState.CANCELLED: "supply.cancel_request",
    },
    RequestState.APPROVED: {
        RequestState.SOURCING: "supply.source",
        RequestState.CANCELLED: "supply.cancel_request",
    },
    RequestState.SOURCING: {
        RequestState.AWARDED: "supply.award",
        RequestState.APPROVED: "supply.abandon_sourcing",
    },
    RequestState.AWARDED: {},
    RequestState.REJECTED: {},
    RequestState.CANCELLED: {},
}
# What has been asked for and not given up: it counts where parts of one purchase are added up.
STANDING = frozenset({
    RequestState.SUBMITTED, RequestState.APPROVED, RequestState.SOURCING, RequestState.AWARDED,
})  # fmt: skip


class Method(StrEnum):
    """How a supplier is found (`pur.method_table`)."""

    DIRECT = "DIRECT"
    QUOTE_3 = "QUOTE_3"
    TENDER = "TENDER"
    EMERGENCY = "EMERGENCY"


METHOD_LABELS: Mapping[Method, str] = {
    Method.DIRECT: N_("Direct purchase"),
    Method.QUOTE_3: N_("Three quotes compared"),
    Method.TENDER: N_("Tender"),
    Method.EMERGENCY: N_("Emergency purchase"),
}


class SourcingState(StrEnum):
    """Whether a supplier was chosen."""

    OPEN = "OPEN"
    AWARDED = "AWARDED"
    ABANDONED = "ABANDONED"


SOURCING_LABELS: Mapping[SourcingState, str] = {
    SourcingState.OPEN: N_("Offers come in"),
    SourcingState.AWARDED: N_("A supplier is chosen"),
    SourcingState.ABANDONED: N_("Given up"),
}
SOURCING_ARROWS: Mapping[SourcingState, Mapping[SourcingState, str]] = {
    SourcingState.OPEN: {
        SourcingState.AWARDED: "supply.award",
        SourcingState.ABANDONED: "supply.abandon_sourcing",
    },
    SourcingState.AWARDED: {},
    SourcingState.ABANDONED: {},
}


class OrderState(StrEnum):
    """Where a purchase order stands (3.8)."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    SENT = "SENT"
    CONFIRMED = "CONFIRMED"
    SCHEDULED = "SCHEDULED"
    PART_RECEIVED = "PART_RECEIVED"
    RECEIVED_FULL = "RECEIVED_FULL"
    SHORT_CLOSED = "SHORT_CLOSED"
    CANCELLED = "CANCELLED"


ORDER_LABELS: Mapping[OrderState, str] = {
    OrderState.DRAFT: N_("Being written"),
    OrderState.APPROVED: N_("Approved, to be sent"),
    OrderState.SENT: N_("Sent to the supplier"),
    OrderState.CONFIRMED: N_("Confirmed by the supplier"),
    OrderState.SCHEDULED: N_("Delivery appointed"),
    OrderState.PART_RECEIVED: N_("Received in part"),
    OrderState.RECEIVED_FULL: N_("All of it received"),
    OrderState.SHORT_CLOSED: N_("Closed, not all of it came"),
    OrderState.CANCELLED: N_("Cancelled"),
}
ORDER_ARROWS: Mapping[OrderState, Mapping[OrderState, str]] = {
    OrderState.DRAFT: {
        OrderState.APPROVED: "supply.approve_order",
        OrderState.CANCELLED: "supply.cancel_order",
    },
    OrderState.APPROVED: {OrderState.SENT: "supply.send_order", OrderState.CANCELLED: "supply.cancel_order"},
    OrderState.SENT: {OrderState.CONFIRMED: "supply.confirm_order", OrderState.CANCELLED: "supply.cancel_order"},
    OrderState.CONFIRMED: {
        OrderState.SCHEDULED: "supply.appoint_delivery",
        OrderState.PART_RECEIVED: "supply.receive",
        OrderState.RECEIVED_FULL: "supply.receive",
        OrderState.CANCELLED: "supply.cancel_order",
    },
    OrderState.SCHEDULED: {
        OrderState.PART_RECEIVED: "supply.receive",
        OrderState.RECEIVED_FULL: "supply.receive",
        OrderState.CANCELLED: "supply.cancel_order",
    },
    OrderState.PART_RECEIVED: {
        OrderState.RECEIVED_FULL: "supply.receive",
        OrderState.SHORT_CLOSED: "supply.close_short",
    },
    # What came whole and was found bad is owed again.
    OrderState.RECEIVED_FULL: {OrderState.PART_RECEIVED: "supply.inspect"},
    OrderState.SHORT_CLOSED: {},
    OrderState.CANCELLED: {},
}
# The supplier has said when it comes, and not all of it is here.
UNDER_WAY = frozenset({OrderState.CONFIRMED, OrderState.SCHEDULED, OrderState.PART_RECEIVED})
# Bought, and not called off: its lines are no longer to be had.
BOUGHT = frozenset(OrderState) - {OrderState.CANCELLED}


class ReceiptState(StrEnum):
    """What has been done with a delivery."""

    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    PART_REJECTED = "PART_REJECTED"
    PUT_AWAY = "PUT_AWAY"


RECEIPT_LABELS: Mapping[ReceiptState, str] = {
    ReceiptState.RECEIVED: N_("Counted, to be inspected"),
    ReceiptState.ACCEPTED: N_("Good, to be put away"),
    ReceiptState.PART_REJECTED: N_("Rejected in part"),
    ReceiptState.PUT_AWAY: N_("Put away"),
}
RECEIPT_ARROWS: Mapping[ReceiptState, Mapping[ReceiptState, str]] = {
    ReceiptState.RECEIVED: {
        ReceiptState.ACCEPTED: "supply.inspect",
        ReceiptState.PART_REJECTED: "supply.inspect",
    },
    ReceiptState.ACCEPTED: {ReceiptState.PUT_AWAY: "supply.put_away"},
    ReceiptState.PART_REJECTED: {ReceiptState.PUT_AWAY: "supply.put_away"},
    ReceiptState.PUT_AWAY: {},
}


class InvoiceState(StrEnum):
    """Whether a supplier's invoice may be paid."""

    ENTERED = "ENTERED"
    MATCHED = "MATCHED"
    EXCEPTION = "EXCEPTION"
    PAID = "PAID"
    REFUSED = "REFUSED"


INVOICE_LABELS: Mapping[InvoiceState, str] = {
    InvoiceState.ENTERED: N_("Entered, to be matched"),
    InvoiceState.MATCHED: N_("Matched, ready to pay"),
    InvoiceState.EXCEPTION: N_("Does not match"),
    InvoiceState.PAID: N_("Paid"),
    InvoiceState.REFUSED: N_("Sent back"),
}
INVOICE_ARROWS: Mapping[InvoiceState, Mapping[InvoiceState, str]] = {
    InvoiceState.ENTERED: {
        InvoiceState.MATCHED: "supply.match_invoice",
        InvoiceState.EXCEPTION: "supply.match_invoice",
        InvoiceState.REFUSED: "supply.refuse_invoice",
    },
    InvoiceState.EXCEPTION: {
        InvoiceState.MATCHED: "supply.match_invoice",
        InvoiceState.REFUSED: "supply.refuse_invoice",
    },
    InvoiceState.MATCHED: {InvoiceState.PAID: "supply.pay_invoice"},
    InvoiceState.PAID: {},
    InvoiceState.REFUSED: {},
}
