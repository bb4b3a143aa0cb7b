"""The receipt for what a customer leaves before a part is ordered."""

from __future__ import annotations

from django.utils.translation import gettext

from guiju.line.cashier import queries as till
from guiju.line.cashier.rules import METHOD_LABELS, Method
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.papers import rules
from guiju.oversight.papers.queries.shared import Print, customer, device, letterhead, signature


def deposit(order: WorkOrder, how: Print) -> rules.DepositReceipt | None:
    """The receipt for what was left last before the parts of this job (C07)."""
    left = next(iter(reversed(till.parts_deposits_of(order))), None)
    if left is None:
        return None
    is_back = bool(left.back_minor)
    return rules.DepositReceipt(
        letterhead=letterhead(order, left.receipt_number, how),
        work_order_number=order.number,
        customer=customer(order),
        device=device(order),
        quote_number=left.quote.number,
        receipt_number=left.receipt_number,
        method=gettext(METHOD_LABELS[Method(left.method)]),
        amount_minor=left.amount_minor,
        taken_at=left.at,
        taken_by=left.taken_by.name,
        reference=left.terminal_ref or None,
        used_minor=left.used_minor,
        back_minor=left.back_minor,
        back_number=left.back_number or None,
        back_method=gettext(METHOD_LABELS[Method(left.back_method)]) if is_back else None,
        back_reference=left.back_ref or None,
        back_at=left.settled_at if is_back else None,
        back_reason=left.back_reason or None,
        paid_by=left.settled_by.name if is_back and left.settled_by else None,
        signature=signature(order.customer.name, gettext("Signed"), left.settled_at)
        if left.back_signature_id and left.settled_at
        else None,
    )
