"""What the outlet hangs on its door, or sticks on a machine."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import override

from guiju.oversight.papers import rules
from guiju.oversight.papers.press import LanguageNotOffered, SizeNotOffered, print_pdf
from guiju.oversight.papers.queries.shared import Print, letterhead_of
from guiju.standing.catalogue.models import Appliance
from guiju.standing.people.models import Unit


def door_sheet(
    unit: Unit, *, address: str, machine: Appliance | None, language: str, size: str, printed_by: str, at: datetime
) -> bytes | None:
    """The sheet with the code of that address as PDF; None where it is not printed in that language or size."""
    if size not in set(rules.Size):
        return None
    with override(language):
        sheet = rules.DoorSheet(
            letterhead=letterhead_of(
                unit, unit.code, Print(address, printed_by, at), leads_to=address, currency=unit.currency
            ),
            address=address,
            machine=f"{machine.brand.name} {machine.line.name}" if machine else None,
            serial_number=(machine.serial or None) if machine else None,
        )
    try:
        return print_pdf(sheet, language, size=rules.Size(size))
    except (LanguageNotOffered, SizeNotOffered):
        return None
