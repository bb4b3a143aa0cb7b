"""What the customer left before parts were ordered pays the bill of what was agreed to (C07)."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.rules import MoneyKind
from guiju.kernel.deed import Deed
from guiju.kernel.numbering import next_number
from guiju.line.cashier.events import PartsDepositCredited
from guiju.line.cashier.models import Bill, PartsDeposit, Payment
from guiju.line.cashier.rules import Method
from guiju.line.workorder import actions as workorder


def credit_deposits(bill: Bill, deed: Deed, at: datetime) -> int:
    """Let what lies here of the customer's pay the bill, inside the deed that draws it; what is over stays the customer's.

    Gives how much of the bill is paid by it, in minor units.
    """
    order, owed = bill.order, bill.owed_minor
    for deposit in PartsDeposit.objects.select_for_update().filter(order=order, settled_at=None).order_by("pk"):
        part = min(owed, deposit.amount_minor)
        if not part:
            break
        owed -= part
        _use(deposit, part, deed, at)
        payment = Payment.objects.create(
            bill=bill,
            method=Method.DEPOSIT,
            deposit=deposit,
            amount_minor=part,
            receipt_number=next_number("RC", order.unit.code, order.unit.day(at)),
            taken_by_id=deed.by.natural_person_id,
            at=at,
        )
        money.settle(
            unit=order.unit,
            reference=order.number,
            into=MoneyKind.DEPOSIT_HELD,
            into_reference=deposit.reference,
            amount_minor=part,
            currency=bill.currency,
            document=payment.receipt_number,
            by=deed.consequence(),
            at=at,
        )
        deed.tell(
            PartsDepositCredited(order.pk, order.number, deposit.receipt_number, bill.number, part, bill.currency)
        )
    used = bill.owed_minor - owed
    workorder.hold_deposit(order, -used, agreed_minor=0, deed=deed)
    return used


def _use(deposit: PartsDeposit, part_minor: int, deed: Deed, at: datetime) -> None:
    deposit.used_minor = part_minor
    if part_minor == deposit.amount_minor:
        deposit.back_minor, deposit.settled_at, deposit.settled_by_id = 0, at, deed.by.natural_person_id
    deposit.save(update_fields=["used_minor", "back_minor", "settled_at", "settled_by"])
