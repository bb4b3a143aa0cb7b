"""What a customer leaves before a part is ordered, as every station reads it on the order (C07)."""

from __future__ import annotations

from guiju.kernel.deed import Deed
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.line.workorder.actions.life import amend
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.queries import money
from guiju.line.workorder.rules import DEPOSIT_ASKED


class DepositMissing(Refusal):
    """The customer agreed to leave a deposit first."""

    sentence = N_(
        "The customer agreed to a deposit, and %(amount)s of it is not left yet. Take it at the till first; then order the part."
    )


def refuse_without_deposit(order: WorkOrder) -> None:
    """Order nothing for a job, and promise no date for a part, as long as the deposit that was agreed to is not left.

    raises   DepositMissing
    """
    if order.deposit_owed_minor:
        raise DepositMissing(amount=money(order, order.deposit_owed_minor))


def hold_deposit(order: WorkOrder, change_minor: int, *, agreed_minor: int, deed: Deed) -> None:
    """Note that so much more of a deposit lies at the till, or less: the cashier's word, written where every desk reads it.

    agreed_minor   what the customer agreed to leave, in the quote that counts
    """
    held = order.deposit_held_minor + change_minor
    owed = max(agreed_minor - held, 0) if order.state in DEPOSIT_ASKED else 0
    deed.note(deposit_held_minor=[order.deposit_held_minor, held])
    amend(order, deposit_held_minor=held, deposit_owed_minor=owed)
