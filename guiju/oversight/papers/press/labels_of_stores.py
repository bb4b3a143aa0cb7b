"""The words of what the house keeps of its stores on paper."""

from __future__ import annotations

from django.utils.translation import gettext as _


def store_report_labels() -> dict[str, str]:
    """The words of the report of a day, a week or a month."""
    return {
        "title": _("Store report"), "store": _("Store"), "period": _("Period"), "made_at": _("Made"), "value": _("Stock value"),
        "part": _("Part"), "opening": _("Opening stock"), "closing": _("Closing stock"), "exceptions": _("Exceptions"),
        "what": _("What"), "quantity": _("Quantity"), "because": _("Reason"), "days": _("Days"),
        "waiting": _("Jobs that waited for parts"), "reserved": _("Reserved"),
        "old_parts": _("Old parts that head office waits for"), "answers": _("Requests answered from the shelf"),
        "asked": _("Asked for"), "from_stock": _("From the shelf"), "ordered": _("Ordered"),
        "below": _("Below the minimum"), "level": _("Level"), "overdue": _("Overdue orders"), "order": _("Purchase order"),
        "supplier": _("Supplier"), "expected": _("Expected on"), "idle": _("Slow, dead and ending"), "why": _("Why"),
        "put_by": _("Put by"), "classes": _("Use of the last twelve months"), "class": _("Class"), "parts": _("Parts"),
        "used": _("Used, at cost"), "turned": _("Stock turned in a year"), "inspections": _("Inspections"),
        "readings": _("Readings of the climate"), "outside": _("Outside its limits"),
        "nothing": _("Nothing lay here, and nothing moved."), "confirmed_by": _("Confirmed by"), "remark": _("Remark"),
        "keeper": _("Keeper"), "finance": _("Finance"),
    }  # fmt: skip


def inspection_labels() -> dict[str, str]:
    """The words of the weekly inspection."""
    return {
        "title": _("Weekly store inspection"), "store": _("Store"), "week": _("Week"), "state": _("State"), "score": _("Score"),
        "item": _("What is looked at"), "in_order": _("In order"), "not_in_order": _("Not in order"),
        "action": _("What was done about it"), "climate": _("Temperature and humidity"), "read_at": _("When"),
        "celsius": _("°C"), "humidity": _("% RH"), "read_by": _("Read by"), "outside": _("Outside its limits"),
        "airing": _("Ventilation"), "from": _("From"), "until": _("Until"), "who": _("Who"), "inspector": _("Inspector"),
        "nothing_read": _("Nothing was read in this week."), "nothing_aired": _("The store was not aired in this week."),
    }  # fmt: skip


def access_labels() -> dict[str, str]:
    """The words of an opening of a controlled store."""
    return {
        "title": _("Controlled access record"), "store": _("Store"), "state": _("State"), "authority": _("Because of"),
        "purpose": _("What for"), "asked_by": _("Asked by"), "opened": _("Opened"), "locked": _("Locked"),
        "counted_at": _("Counted"), "two": _("The two at the locks"), "name": _("Name"), "lock_group": _("Lock group"),
        "came": _("Signed in"), "left": _("Signed out"), "carried": _("What went through the door"), "item": _("What"),
        "direction": _("Which way"), "quantity": _("Quantity"), "before": _("Before"), "after": _("Afterwards"),
        "counted": _("Counted"), "return_on": _("Back by"), "protections": _("Protections in order"),
        "camera": _("Camera in order"), "yes": _("Yes"), "no": _("No"), "emergency": _("Opened in an emergency"),
        "denied": _("Not opened"), "settled": _("What was found"), "reviewed": _("Reviewed"),
        "nothing": _("Nothing went through the door."), "nobody": _("Nobody has signed in."),
    }  # fmt: skip


def purchase_labels() -> dict[str, str]:
    """The words of the file of a purchase."""
    return {
        "title": _("Purchase file"), "supplier": _("Supplier"), "state": _("State"), "method": _("Method"),
        "buyer": _("Buyer"), "approved_by": _("Approved by"), "sent": _("Sent"), "expected": _("Comes on"),
        "needs": _("Why it was bought"), "request": _("Request"), "unit": _("Outlet"), "reason": _("Reason"),
        "asked_by": _("Asked by"), "emergency": _("Emergency purchase"), "offers": _("Offers of suppliers"), "offer": _("Sum"),
        "days": _("Days"), "valid": _("Valid until"), "chosen": _("Chosen"), "award": _("Why this one"),
        "exception": _("Exception"), "lines": _("What was ordered"), "what": _("What"), "quantity": _("Ordered"),
        "price": _("Price of one"), "amount": _("Amount"), "came": _("Came"), "accepted": _("Accepted"),
        "rejected": _("Rejected"), "billed": _("Billed"), "total": _("Total"), "approved_sum": _("Approved"),
        "deliveries": _("Deliveries"), "delivery": _("Delivery"), "note": _("Delivery note"), "counted_by": _("Counted by"),
        "inspected_by": _("Inspected by"), "bills": _("Invoices"), "bill": _("Invoice"), "sourcing": _("Search for a supplier"),
        "reference": _("Their number"), "matched_by": _("Matched by"),
        "paid": _("Paid"), "score": _("The supplier over the last year"), "on_time": _("On time"), "good": _("Good"),
    }  # fmt: skip
