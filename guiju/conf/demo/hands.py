"""The demo's cash on the move: what Chen was paid at a customer's home, what Wu brings to the till, and a box of petty cash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from guiju.conf.demo.company import Company
from guiju.conf.demo.walk import Walk
from guiju.line.banking import actions as banking
from guiju.line.banking.rules.petty import Expense
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import Method

FLOAT_MINOR = 60000


def tell(company: Company, walk: Callable[..., Walk], now: datetime) -> None:
    """Chen is owed the rest of a bill and has the half of it in his pouch; Wu has offered his at the till."""
    unit = company.units["FS01"]
    for technician, minutes in (("chen", 55), ("wu", 80)):
        job = walk(days=1, hours=3, technician=technician).to_ready("SWT-007")
        bill = job.bill()
        half = bill.owed_minor // 200 * 100
        by: dict[str, Any] = {"by": company.actors[technician], "at": now - timedelta(minutes=minutes)}
        cashier.take_payment(bill, method=Method.CASH, amount_minor=half, tendered_minor=half, **by)
        if technician == "wu":
            banking.offer_pouch(unit, by=company.actors["wu"], at=now - timedelta(minutes=5))
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
