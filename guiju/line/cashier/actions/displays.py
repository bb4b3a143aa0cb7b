"""What the customer sees on the second screen of a till."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.bills import TillClosed, open_session
from guiju.line.cashier.models import Bill, Display, Till


class NoDisplay(Refusal):
    """Nobody looks."""

    sentence = N_("This till has no screen for the customer. Open it from your till first.")


class BillOfAnotherOutlet(Refusal):
    """The till's screen is the outlet's."""

    sentence = N_("This bill belongs to another outlet: it is not shown here.")


def open_display(till: Till, *, by: Actor, at: datetime) -> Display:
    """Give a till a screen for the customer; once more is the same one."""
    with doing("cashier.open_display", on=till, by=by, at=at):
        display, _is_new = Display.objects.get_or_create(till=till)
    return display


def show_bill(bill: Bill, *, tendered_minor: int | None = None, by: Actor, at: datetime) -> Display:
    """Show the customer at my till what is to be paid, and what was given so far.

    tendered_minor   what lies on the counter, in minor units
    raises           TillClosed, NoDisplay, BillOfAnotherOutlet, Invalid
    """
    with doing("cashier.show_bill", on=bill, by=by, at=at):
        if tendered_minor is not None and tendered_minor < 0:
            raise Invalid(Sentence(N_("Give an amount above nothing.")), field="tendered_minor")
        session = open_session(by, at)
        if session is None:
            raise TillClosed
        display = Display.objects.select_for_update().filter(till=session.till_id).first()
        if display is None:
            raise NoDisplay
        display.bill, display.tendered_minor, display.shown_at = bill, tendered_minor, at
        with refusing(a_till_shows_the_bills_of_its_own_outlet=BillOfAnotherOutlet):
            display.save(update_fields=["bill", "tendered_minor", "shown_at"])
    return display
