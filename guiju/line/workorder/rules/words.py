"""The words beside a work order's state: mode, billing, hold, outcome, custody, channel, priority, fee collection."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class Mode(StrEnum):
    CARRY_IN = "CARRY_IN"
    PICK_UP = "PICK_UP"
    ON_SITE = "ON_SITE"
    MAIL_IN = "MAIL_IN"


class Billing(StrEnum):
    NONE = "NONE"
    BILLED = "BILLED"
    PART_PAID = "PART_PAID"
    PAID = "PAID"
    ON_CREDIT = "ON_CREDIT"
    WRITTEN_OFF = "WRITTEN_OFF"
    REFUNDED = "REFUNDED"


class Hold(StrEnum):
    CUSTOMER_UNREACHABLE = "CUSTOMER_UNREACHABLE"
    CUSTOMER_REQUEST = "CUSTOMER_REQUEST"
    ADDRESS_ACCESS = "ADDRESS_ACCESS"
    SAFETY = "SAFETY"
    DISPUTE = "DISPUTE"


class Bearer(StrEnum):
    """Who bears a repair that did not hold."""

    OUTLET = "OUTLET"
    SUPPLIER = "SUPPLIER"


class Outcome(StrEnum):
    REPAIRED = "REPAIRED"
    NO_FAULT = "NO_FAULT"
    RETURNED_UNREPAIRED = "RETURNED_UNREPAIRED"
    EXCHANGED = "EXCHANGED"
    REFUNDED = "REFUNDED"
    DISPOSED = "DISPOSED"
    CANCELLED = "CANCELLED"


class Held(StrEnum):
    """Who has the appliance: the custody region of 3.2."""

    NONE = "NONE"
    IN_TRANSIT_IN = "IN_TRANSIT_IN"
    IN_SHOP = "IN_SHOP"
    WITH_TECH = "WITH_TECH"
    WITH_CARRIER_OUT = "WITH_CARRIER_OUT"
    RETURNED = "RETURNED"
    # Sold, recycled or gone to the brand under the unclaimed-goods rules or an exchange: no longer ours, nor the customer's.
    GIVEN_UP = "GIVEN_UP"


class Channel(StrEnum):
    COUNTER = "COUNTER"
    PHONE = "PHONE"
    WEB = "WEB"
    QR = "QR"
    CHAT = "CHAT"
    EMAIL = "EMAIL"
    API = "API"


class Priority(StrEnum):
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    URGENT = "URGENT"


class FeeCollection(StrEnum):
    """When and how the customer will pay, agreed at the counter (S6-11)."""

    ON_COLLECTION = "ON_COLLECTION"
    ON_QUOTE = "ON_QUOTE"
    DEPOSIT = "DEPOSIT"
    CREDIT = "CREDIT"


# Only what the customer causes stops the clock (3.2, holds).
CUSTOMER_CAUSED = frozenset({Hold.CUSTOMER_UNREACHABLE, Hold.CUSTOMER_REQUEST, Hold.ADDRESS_ACCESS})

MODE_LABELS: Mapping[Mode, str] = {
    Mode.CARRY_IN: N_("Carry-in repair"),
    Mode.PICK_UP: N_("Pick-up repair"),
    Mode.ON_SITE: N_("On-site repair"),
    Mode.MAIL_IN: N_("Mail-in repair"),
}
BILLING_LABELS: Mapping[Billing, str] = {
    Billing.NONE: N_("Not billed"),
    Billing.BILLED: N_("Billed"),
    Billing.PART_PAID: N_("Partly paid"),
    Billing.PAID: N_("Paid"),
    Billing.ON_CREDIT: N_("On credit"),
    Billing.WRITTEN_OFF: N_("Written off"),
    Billing.REFUNDED: N_("Refunded"),
}
BEARER_LABELS: Mapping[Bearer, str] = {
    Bearer.OUTLET: N_("The outlet that repaired it"),
    Bearer.SUPPLIER: N_("The supplier of the part"),
}
HOLD_LABELS: Mapping[Hold, str] = {
    Hold.CUSTOMER_UNREACHABLE: N_("The customer cannot be reached"),
    Hold.CUSTOMER_REQUEST: N_("The customer asked us to wait"),
    Hold.ADDRESS_ACCESS: N_("No access to the address"),
    Hold.SAFETY: N_("Unsafe to go on"),
    Hold.DISPUTE: N_("In dispute"),
}
OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.REPAIRED: N_("Repaired"),
    Outcome.NO_FAULT: N_("No fault found"),
    Outcome.RETURNED_UNREPAIRED: N_("Returned unrepaired"),
    Outcome.EXCHANGED: N_("Exchanged"),
    Outcome.REFUNDED: N_("Refunded"),
    Outcome.DISPOSED: N_("Disposed of"),
    Outcome.CANCELLED: N_("Cancelled"),
}
HELD_LABELS: Mapping[Held, str] = {
    Held.NONE: N_("With the customer"),
    Held.IN_TRANSIT_IN: N_("On its way to us"),
    Held.IN_SHOP: N_("In the shop"),
    Held.WITH_TECH: N_("With the technician"),
    Held.WITH_CARRIER_OUT: N_("With the carrier"),
    Held.RETURNED: N_("Back with the customer"),
    Held.GIVEN_UP: N_("Disposed of"),
}
CHANNEL_LABELS: Mapping[Channel, str] = {
    Channel.COUNTER: N_("Counter"),
    Channel.PHONE: N_("Telephone"),
    Channel.WEB: N_("Website"),
    Channel.QR: N_("QR code"),
    Channel.CHAT: N_("Chat"),
    Channel.EMAIL: N_("E-mail"),
    Channel.API: N_("Another system"),
}
# The most urgent first, wherever jobs or requests stand in a row.
PRIORITY_RANKS: Mapping[Priority, int] = {Priority.URGENT: 0, Priority.HIGH: 1, Priority.NORMAL: 2}
PRIORITY_LABELS: Mapping[Priority, str] = {
    Priority.NORMAL: N_("Normal"),
    Priority.HIGH: N_("High"),
    Priority.URGENT: N_("Urgent"),
}
FEE_COLLECTION_LABELS: Mapping[FeeCollection, str] = {
    FeeCollection.ON_COLLECTION: N_("On collection"),
    FeeCollection.ON_QUOTE: N_("When the quote is approved"),
    FeeCollection.DEPOSIT: N_("Deposit now, the rest on collection"),
    FeeCollection.CREDIT: N_("On approved credit"),
}
