"""The words of what strangers scan: the sheet for the door, and the label in the product box."""

from __future__ import annotations

from django.utils.translation import gettext as _


def door_sheet_labels() -> dict[str, str]:
    """The words of the sheet for the door, and of the one with which owners register."""
    return {
        "title": _("Ask for a repair"),
        "at_any_hour": _("Scan to ask for a repair, at any hour."),
        "of_machine": _("Broken? Scan, and we know which machine it is."),
        "to_register": _("Scan to register what you bought, with a photo of the invoice."),
        "or_type": _("Or type this address:"),
        "or_call": _("Or call us:"),
        "opening_hours": _("Opening hours"),
    }


def registration_label_labels() -> dict[str, str]:
    """The words of the label in the product box."""
    return {
        "title": _("Register your appliance"),
        "how": _("Scan, and add a photo of the invoice: then the guarantee needs no paper."),
        "serial": _("Serial number"),
    }
