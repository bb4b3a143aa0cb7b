"""The registrations that wait for somebody, and whether what was confirmed is on the books."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.registration.models import Registration, Registrations
from guiju.line.registration.rules import RegistrationState


def waiting(*, by: Actor) -> Registrations:
    """Those at which nobody has looked yet, the oldest first."""
    rows = Registration.objects.visible_to(by).filter(state=RegistrationState.WAITING)
    return rows.select_related("unit", "line").order_by("pk")


@invariant("B11")
def what_was_confirmed_is_on_the_books() -> Iterator[str]:
    """A confirmed registration leads to a card of its own outlet that has the proof of the purchase."""
    for each in Registration.objects.filter(state=RegistrationState.CONFIRMED).select_related("appliance"):
        card = each.appliance
        if card is None or card.unit_id != each.unit_id:
            yield f"{each.number} is confirmed, and its card is not in its outlet"
        elif card.proof_id is None:
            yield f"{each.number} is confirmed, and its card has no proof of the purchase"
