"""The demo's till: a receipt that was printed twice, a screen for the customer, and two people who share one screen by PIN."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guiju.conf.demo.company import Company
from guiju.conf.demo.people import PASSWORD
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Payment, TillSession
from guiju.standing.people import actions as people

PIN = "7392"


def tell(company: Company, session: TillSession, now: datetime) -> None:
    """Cai has printed her last receipt again because the roll was empty; her till has a screen; she and Ma have a PIN."""
    by: dict[str, Any] = {"by": company.actors["cai"], "at": now}
    payment = Payment.objects.filter(session=session).select_related("bill__order__unit").order_by("pk").last()
    if payment is not None:
        cashier.print_receipt(payment, **by)
        cashier.print_receipt(payment, reason="纸卷用完，重印给顾客", **by)
    cashier.open_display(session.till, **by)
    for name in ("cai", "ma"):
        people.set_pin(company.people[name], pin=PIN, password=PASSWORD, by=company.actors[name], at=now)
