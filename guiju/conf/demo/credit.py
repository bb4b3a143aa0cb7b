"""Two customers of the demo who pay later: one is late, has paid a part and was reminded; the other still has time."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiju.conf.demo.walk import Walk
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import CreditAccount
from guiju.line.cashier.rules import Method
from guiju.line.receivables import actions as receivables


def tell(late: Walk, in_time: Walk, now: datetime) -> None:
    """Both took their appliance home on credit."""
    owing = _on_credit(late)
    by = {name: late.by(name) for name in ("cai", "fang", "ma")}
    paid_at = late.later(60 * 24 * 12)
    receivables.collect(
        owing, method=Method.TRANSFER, amount_minor=5000, terminal_ref="TR20260001", by=by["cai"], at=paid_at
    )
    receivables.remind(owing, by=by["fang"], at=now - timedelta(days=3))
    _on_credit(in_time)


def _on_credit(walk: Walk) -> CreditAccount:
    """Allowed by two, put on the account, and handed over."""
    walk.to_ready()
    bill, customer = walk.bill(), walk.fresh().customer
    asked = cashier.open_credit(customer, limit_minor=200000, days=30, by=walk.by("ma"), at=walk.later())
    account = cashier.approve_credit(asked, by=walk.by("fang"), at=walk.later())
    cashier.take_payment(bill, method=Method.CREDIT, amount_minor=bill.owed_minor, by=walk.by("cai"), at=walk.later())
    walk.hand_over()
    return account
