"""The words of the papers for money that is left here, and for money that goes back."""

from django.utils.translation import gettext as _


def refund_labels() -> dict[str, str]:
    """The words of the receipt for money given back."""
    return {
        "title": _("Refund receipt"),
        "receipt_number": _("Receipt no."),
        "method": _("Method"),
        "paid": _("Was paid"),
        "refunded": _("Given back"),
        "refunded_at": _("Time"),
        "reason": _("Reason"),
        "approved_by": _("Approved by"),
        "paid_by": _("Given back by"),
        "reference": _("Reference"),
        "received": _("I have received this money."),
    }


def deposit_labels() -> dict[str, str]:
    """The words of the receipt for a deposit before parts."""
    return {
        "title": _("Deposit receipt"),
        "deposit": _("Deposit before parts"),
        "receipt_number": _("Receipt no."),
        "quote": _("Quote"),
        "method": _("Method"),
        "reference": _("Reference"),
        "taken_at": _("Time"),
        "taken_by": _("Cashier"),
        "credited": _("Credited on the bill"),
        "refunded": _("Given back"),
        "back_number": _("Number"),
        "reason": _("Reason"),
        "paid_by": _("Given back by"),
        "received": _("I have received this money."),
        "promise": _(
            "This money stays yours. It is credited on the bill of the quote that you accepted. What is over is given back, and all of it "
            "when nothing is repaired, before the appliance is handed over."
        ),
    }


def cash_day_labels() -> dict[str, str]:
    """The words of the daily cash report (6.11)."""
    return {
        "title": _("Daily cash report"),
        "day": _("Day"),
        "made_at": _("Made"),
        "takings": _("Takings"),
        "variance": _("Over or short"),
        "by_tender": _("By tender"),
        "method": _("Method"),
        "receipts": _("Receipts"),
        "received": _("Came in"),
        "refunds": _("Refunds"),
        "paid_back": _("Paid back"),
        "stays": _("Stays"),
        "tills": _("Tills"),
        "closing": _("Closing"),
        "cashier": _("Cashier"),
        "float": _("Float"),
        "expected": _("Expected"),
        "counted": _("Counted"),
        "countersigned": _("Second signature"),
        "moved": _("What else moved"),
        "listed": _("Tax, voids and duplicates"),
        "holders": _("Cash at the end of the day"),
        "what": _("What"),
        "document": _("Document"),
        "amount": _("Amount"),
        "closed": _("Day closed"),
        "remark": _("Remark"),
        "nothing": _("Nothing was taken."),
        "no_till": _("No till was open."),
        "sign_cashier": _("Cashier"),
        "sign_manager": _("Manager or finance"),
    }
