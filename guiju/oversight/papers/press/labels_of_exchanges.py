"""The words of the papers of a right to more than a repair."""

from django.utils.translation import gettext as _


def appraisal_labels() -> dict[str, str]:
    """The appraisal certificate's own words."""
    return {
        "title": _("Appraisal certificate"),
        "bought_on": _("Bought on"),
        "invoice_number": _("Purchase invoice no."),
        "price": _("Price paid"),
        "ground": _("Ground"),
        "clause": _("Clause"),
        "repairs": _("Earlier repairs"),
        "repair": _("Repair"),
        "fault": _("Fault"),
        "received": _("Received on"),
        "handed_over": _("Handed over on"),
        "counted": _("For the right"),
        "no_repairs": _("No earlier repair is in the book."),
        "days_out": _("Days without the device"),
        "appraisal": _("Appraisal"),
        "fault_confirmed": _("Fault confirmed"),
        "serial_verified": _("Serial number verified"),
        "proof_verified": _("Proof of purchase verified"),
        "findings": _("Findings"),
        "appraiser": _("Technician"),
        "appraised_at": _("Appraised on"),
        "inspector": _("Inspector"),
        "confirmed_at": _("Confirmed on"),
        "decision": _("Decision"),
        "open": _("Not decided yet."),
        "decided_by": _("Decided by"),
        "decided_at": _("Decided on"),
        "note": _("Note"),
        "other": _("Device given in exchange"),
        "other_serial": _("Its serial no."),
        "refund": _("Paid back"),
        "deduction": _("Deducted for use"),
        "days_used": _("Days of use"),
        "complain": _("If you do not agree, complain to us under the number above, or to the consumer association."),
    }


def repair_status_labels() -> dict[str, str]:
    """The words of the note on a repair that waits for its part."""
    return {
        "title": _("Note on the state of the repair"),
        "received_on": _("Handed in on"),
        "days_here": _("Days here"),
        "due_since": _("Exchange due since"),
        "bought_on": _("Bought on"),
        "invoice_number": _("Purchase invoice no."),
        "missing": _("Parts that were not supplied"),
        "part": _("Part"),
        "part_number": _("Part no."),
        "asked_on": _("Ordered on"),
        "expected_on": _("Expected on"),
        "statement": _("What we certify"),
        "certified": _("The device is still not repaired, because the producer has not supplied the parts above."),
        "use": _("With this note the buyer may ask the seller for an exchange."),
        "clause": _("Clause"),
        "outlet_signature": _("For the outlet"),
    }
