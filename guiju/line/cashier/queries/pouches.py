"""What a technician collects at the customer's home."""

from __future__ import annotations

from guiju.kernel.actor import Actor
from guiju.line.cashier.models import Bill
from guiju.line.cashier.rules import BillState
from guiju.line.workorder.rules import State

# More than a technician brings home in a day.
AT_ONCE = 30


def owed_at_home(by: Actor) -> list[Bill]:
    """The bills of this person's jobs that are ready, drawn and not paid, the oldest first: whoever brings it home collects."""
    if by.person_id is None:
        return []
    rows = Bill.objects.filter(
        order__technician=by.person_id, order__state=State.READY,
        state__in=[BillState.DUE, BillState.PART_PAID],
    )  # fmt: skip
    return list(rows.select_related("order__unit", "order__customer").order_by("pk")[:AT_ONCE])
