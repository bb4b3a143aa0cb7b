"""The words of the count sheet."""

from __future__ import annotations

from django.utils.translation import gettext as _


def count_sheet_labels() -> dict[str, str]:
    """The words of the sheet on which a store is counted, and on which the difference stands afterwards."""
    return {
        "title": _("Stock-count sheet"),
        "kind": _("Kind of count"),
        "state": _("State"),
        "store": _("Store"),
        "counters": _("Counters"),
        "keeper": _("Who keeps the store"),
        "planned_on": _("Planned for"),
        "frozen_at": _("Figures kept at"),
        "bin": _("Bin"),
        "part": _("Part"),
        "unit": _("Unit"),
        "counted": _("Counted"),
        "recount": _("Counted again"),
        "expected": _("Expected"),
        "difference": _("Variance"),
        "worth": _("Worth"),
        "cause": _("Cause"),
        "missing": _("Missing"),
        "too_much": _("Found more"),
        "scan_count": _("Scan to count at the shelf"),
        "found_besides": _("Found besides"),
        "first_counter": _("First counter"),
        "second_counter": _("Second counter"),
        "approved_by": _("Approved by"),
        "nothing": _("No part is listed. Write down what lies there."),
    }
