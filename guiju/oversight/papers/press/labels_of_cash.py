"""The words of the papers of cash on its way."""

from django.utils.translation import gettext as _


def slip_labels() -> dict[str, str]:
    """The words of the record of a deposit slip (6.12)."""
    return {
        "title": _("Bank deposit slip record"),
        "state": _("State"),
        "batch": _("Batch"),
        "days": _("Business day"),
        "amount": _("Amount"),
        "till": _("Till"),
        "bags": _("Bags"),
        "pieces": _("Notes and coins"),
        "worth": _("Worth"),
        "count": _("How many"),
        "sum": _("Together"),
        "carried_by": _("Carried by"),
        "escort": _("Escort"),
        "due": _("At the bank by"),
        "banked": _("At the bank"),
        "late": _("Late"),
        "slip_number": _("Slip no."),
        "account": _("Account"),
        "picture": _("Picture of the slip"),
        "bank_line": _("Line of the bank's statement"),
        "confirmed_by": _("Confirmed by"),
        "remark": _("Remark"),
        "sign_carrier": _("Carried by"),
        "sign_escort": _("Escort"),
    }


def safe_labels() -> dict[str, str]:
    """The words of the log of the safe (6.13)."""
    return {
        "title": _("Safe custody log"),
        "month": _("Month"),
        "lying": _("Bags in the safe now"),
        "lying_minor": _("In the safe now"),
        "time": _("Time"),
        "direction": _("Which way"),
        "bag": _("Bag no."),
        "amount": _("Amount"),
        "two": _("Custodians"),
        "seal": _("Seal whole"),
        "camera": _("Camera runs"),
        "officer": _("Duty officer"),
        "remark": _("Remark"),
        "nothing": _("Nothing went into the safe or out of it."),
        "sign_manager": _("Manager or finance"),
    }


def petty_labels() -> dict[str, str]:
    """The words of the book of a petty cash box."""
    return {
        "title": _("Petty cash book"),
        "keeper": _("Who answers for it"),
        "float": _("Float"),
        "lies": _("Lies there"),
        "time": _("Time"),
        "what": _("What"),
        "who": _("Who"),
        "in": _("Came in"),
        "out": _("Paid out"),
        "nothing": _("Nothing is written yet."),
        "sign_keeper": _("Who answers for it"),
        "sign_manager": _("Manager or finance"),
    }
