"""The control room."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.line.workshop.models import PriceException
from tests.access.said import HOLD, PRESSING, Key, Said, plainly

OPENED: Mapping[str, str] = {"control_room:resolve_commitment": "breached"}
POSTED: Mapping[str, Said] = {
    "control_room:assign": Said(plainly(technician="P-chen"), "received"),
    "control_room:hand_on": Said(
        plainly(technician="P-wu", reason="Chen is ill", override_reason="Nobody else"), "accepted"
    ),
    "control_room:prioritise": Said(PRESSING, "accepted"),
    "control_room:hold": Said(HOLD, "accepted"),
    "control_room:release": Said(at="held"),
    "control_room:confirm_unrepairable": Said(at="unrepairable"),
    "control_room:reject_unrepairable": Said(plainly(reason="Try another board"), "unrepairable"),
    "control_room:approve_discount": Said(at="discounted"),
    "control_room:approve_exception": Said(at="excepted"),
    "control_room:reject_exception": Said(plainly(reason="Ask the other maker"), "excepted"),
    "control_room:reject_discount": Said(plainly(reason="Not for this one"), "discounted"),
    "control_room:resolve_commitment": Said(plainly(note="A loaner"), "breached"),
}
KEYS: Mapping[str, Key] = dict.fromkeys(
    ("control_room:approve_exception", "control_room:reject_exception"),
    lambda scene, _route, _at: PriceException.objects.get(order=scene.order("excepted")).pk,
)
