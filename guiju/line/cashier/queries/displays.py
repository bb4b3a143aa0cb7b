"""What stands on the customer's screen of a till now: asked every other second, so in as few statements as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef

from guiju.kernel import secrets
from guiju.kernel.actor import Actor
from guiju.line.cashier.models import Bill, Display, Payment, TillSession
from guiju.line.cashier.rules import SessionState
from guiju.standing.people.models import Unit

PURPOSE = "till-display"
# A bill that nobody pays is looked at by the next customer.
BILL_FOR = timedelta(minutes=10)
THANKS_FOR = timedelta(seconds=60)


class Stage(StrEnum):
    """What the customer sees."""

    CLOSED = "CLOSED"
    IDLE = "IDLE"
    BILL = "BILL"
    THANKS = "THANKS"


@dataclass(frozen=True, slots=True)
class Showing:
    """The screen of one till, with nothing of the customer but the bill.

    version   changes whenever what stands there does
    """

    stage: Stage
    unit: Unit
    version: str
    bill: Bill | None = None
    payment: Payment | None = None
    tendered_minor: int | None = None

    @property
    def change_minor(self) -> int | None:
        """What goes back, where more was given than is owed."""
        if self.payment is not None:
            return self.payment.change_minor
        if self.bill is None or self.tendered_minor is None:
            return None
        return max(0, self.tendered_minor - self.bill.owed_minor)


def display_token(till_pk: int) -> str:
    """The end of the address of a till's screen: signed, so that no other till's can be guessed."""
    return secrets.sticker(PURPOSE, till_pk)


def at_display(token: str, *, at: datetime) -> Showing | None:
    """What the screen of that address shows; nothing where there is no such screen."""
    pk = secrets.read_sticker(PURPOSE, token)
    rows = Display.objects.select_related("till__unit", "bill__order__unit").filter(till__is_active=True)
    display = rows.filter(till=pk).first() if pk is not None else None
    if display is None:
        return None
    unit = display.till.unit
    open_ones = TillSession.objects.filter(till=display.till_id, state=SessionState.OPEN)
    session = open_ones.first()
    if session is None:
        return Showing(Stage.CLOSED, unit, "closed")
    paid = Payment.objects.filter(session=session, void=None, at__gt=at - THANKS_FOR).select_related(
        "bill__order__unit"
    )
    payment = paid.order_by("-pk").first()
    if payment is not None and (display.shown_at is None or display.shown_at <= payment.at):
        return Showing(Stage.THANKS, unit, f"p{payment.pk}", payment.bill, payment, payment.tendered_minor)
    bill, given = display.bill, display.tendered_minor
    is_fresh = display.shown_at is not None and display.shown_at > max(at - BILL_FOR, session.opened_at)
    if bill is None or not is_fresh or not bill.owed_minor:
        return Showing(Stage.IDLE, unit, "idle")
    return Showing(Stage.BILL, unit, f"b{bill.pk}.{bill.owed_minor}.{given}", bill, None, given)


def has_display(by: Actor) -> bool | None:
    """Whether a customer can look at the till that this person has open; nothing while they have none."""
    rows = TillSession.objects.filter(cashier_id=by.person_id, state=SessionState.OPEN).order_by()
    return rows.values_list(Exists(Display.objects.filter(till=OuterRef("till"))), flat=True).first()
