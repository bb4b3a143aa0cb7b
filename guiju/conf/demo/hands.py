"""The demo's cash on the move: what Wu was paid and has given to Chen, what he brings to the till, and a box of petty cash."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guiju.conf.demo.company import Company
from guiju.conf.demo.people import PASSWORD
from guiju.conf.demo.walk import Walk
from guiju.line.banking import actions as banking
from guiju.line.banking.rules.petty import Expense
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import Method

FLOAT_MINOR = 60000


def tell(company: Company, walk: Walk, now: datetime) -> None:
    """Wu was paid in two halves: the first he gave to Chen, who goes back to the outlet; the second he has offered at the till."""
    unit, at = company.units["FS01"], now - timedelta(minutes=80)
    bill = walk.to_ready().bill()
    half = bill.owed_minor // 200 * 100
    wu: dict[str, Any] = {"by": company.actors["wu"], "at": at}
    cashier.take_payment(bill, method=Method.CASH, amount_minor=half, tendered_minor=half, **wu)
    given = banking.offer_pouch(unit, to=company.people["chen"], **wu)
    banking.accept_cash(given, password=PASSWORD, by=company.actors["chen"], at=at + timedelta(minutes=5))
    wu["at"] = now - timedelta(minutes=10)
    bill.refresh_from_db()
    cashier.take_payment(bill, method=Method.CASH, amount_minor=bill.owed_minor, **wu)
    banking.offer_pouch(unit, **wu)
    _petty_cash(company, now)


def _petty_cash(company: Company, now: datetime) -> None:
    """Lin keeps a box of six hundred yuan: a parcel was paid, and a new lamp waits for the manager."""
    lin = company.actors["lin"]
    box = banking.open_petty_box(
        company.units["FS01"], code="PC1", keeper=company.people["lin"], float_minor=FLOAT_MINOR, by=company.actors["fang"],
        at=now - timedelta(days=20),
    )  # fmt: skip
    for kind, amount, reason, voucher, hours in (
        (Expense.POSTAGE, 2300, "寄厂件快递费", "SF-1029384756", 50),
        (Expense.TRANSPORT, 1800, "上门取件停车费", "P-20417", 26),
        (Expense.TOOLS, 26800, "前台检测灯更换", "INV-88213", 1),
    ):
        banking.spend_petty(
            box, kind=kind, amount_minor=amount, reason=reason, voucher=voucher, by=lin, at=now - timedelta(hours=hours)
        )
