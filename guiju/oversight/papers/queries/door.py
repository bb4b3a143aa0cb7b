"""What the outlet hangs on its door, sticks on a machine, or lays into its box."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import override

from guiju.oversight.papers import rules
from guiju.oversight.papers.press import LanguageNotOffered, SizeNotOffered, print_pdf
from guiju.oversight.papers.queries.shared import Print, letterhead_of
from guiju.standing.catalogue.models import Appliance
from guiju.standing.people.models import Unit


def door_sheet(
    unit: Unit, *, address: str, machine: Appliance | None, language: str, size: str, printed_by: str, at: datetime,
    is_registering: bool = False,
) -> bytes | None:  # fmt: skip
    """The sheet with the code of that address as PDF; None where it is not printed in that language or size."""
    with override(language):
        sheet = rules.DoorSheet(
            letterhead=letterhead_of(
                unit, unit.code, Print(address, printed_by, at), leads_to=address, currency=unit.currency
            ),
            address=address,
            machine=_named(machine),
            serial_number=(machine.serial or None) if machine else None,
            is_registering=is_registering,
        )
    return _printed(sheet, language, size)


def registration_label(
    unit: Unit, *, address: str, machine: Appliance | None, language: str, size: str, printed_by: str, at: datetime
) -> bytes | None:
    """The label for the product box, whose code leads to the page on which the owner registers; None as above."""
    with override(language):
        label = rules.RegistrationLabel(
            letterhead=letterhead_of(
                unit, unit.code, Print(address, printed_by, at), leads_to=address, currency=unit.currency
            ),
            machine=_named(machine, with_model=True),
            serial_number=(machine.serial or None) if machine else None,
        )
    return _printed(label, language, size)


def _named(machine: Appliance | None, *, with_model: bool = False) -> str | None:
    if machine is None:
        return None
    model = f" {machine.model.code}" if with_model and machine.model else ""
    return f"{machine.brand.name} {machine.line.name}{model}"


def _printed(paper: rules.Paper, language: str, size: str) -> bytes | None:
    if size not in set(rules.Size):
        return None
    try:
        return print_pdf(paper, language, size=rules.Size(size))
    except (LanguageNotOffered, SizeNotOffered):
        return None
