"""The steps of a refund as a table: asked by one, approved by another, paid by the cashier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.desks.common.steps import Step
from guiju.desks.till.forms import RefundForm, RejectForm, VoidForm
from guiju.kernel.models import Approval
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Payment, Refund
from guiju.line.cashier.rules import Method, SessionState
from guiju.line.workorder.rules import State


@dataclass(frozen=True)
class Paid:
    """A payment with what went back of it, and what was asked for last."""

    payment: Payment
    refunds: list[Refund]
    approval: Approval | None

    @property
    def left_minor(self) -> int:
        """What has not gone back yet."""
        return self.payment.amount_minor - sum(each.amount_minor for each in self.refunds)

    def stands(self, state: Approval.State) -> bool:
        """Whether the last request is in that state."""
        return self.approval is not None and self.approval.state == state

    def can_be_asked(self) -> bool:
        """On credit nothing was paid that could go back."""
        waits = self.stands(Approval.State.ASKED)
        return not waits and self.left_minor > 0 and self.payment.method != Method.CREDIT and not self.payment.is_void

    def can_be_void(self) -> bool:
        """While its till is not counted, nothing of it went back, and the appliance is here."""
        session, here = self.payment.session, self.payment.bill.order.state in {State.READY, State.UNCOLLECTED}
        is_open = session is not None and session.state == SessionState.OPEN
        return is_open and here and not self.refunds and not self.payment.is_void


def _pay_back(payment: Payment, **who: Any) -> Any:
    """Exactly what was approved; what was not, the verb refuses."""
    granted = queries.refund_approval(payment)
    content = granted.content if granted else {}
    said = {
        "amount_minor": content.get("amount_minor", 0),
        "reason": content.get("reason", ""),
        "method": content.get("method", ""),
    }
    return cashier.pay_refund(payment, **said, **who)


STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("ask", "cashier.ask_refund", cashier.ask_refund, _("Asked. The manager or finance decides."), "ask"),
        Step("approve", "cashier.approve_refund", cashier.approve_refund, _("Approved. The cashier pays it back.")),
        Step("reject", "cashier.reject_refund", cashier.reject_refund, _("Refused."), "reject"),
        Step("void", "cashier.void_payment", cashier.void_payment, _("The payment is void; its number stays used."), "void"),
        Step("pay-back", "cashier.pay_refund", _pay_back, _("Paid back.")),
    )
}  # fmt: skip
OFFERED: Mapping[str, Callable[[Paid], bool]] = {
    "ask": Paid.can_be_asked,
    "approve": lambda paid: paid.stands(Approval.State.ASKED),
    "reject": lambda paid: paid.stands(Approval.State.ASKED),
    "void": Paid.can_be_void,
    "pay-back": lambda paid: paid.stands(Approval.State.GRANTED),
}
# Each form's ids begin with its name: the page holds both.
FORMS: Mapping[str, Callable[..., Any]] = {
    "ask": lambda paid, *sent: RefundForm(*sent, initial={"amount_minor": paid.left_minor}, auto_id="ask_%s"),
    "reject": lambda _paid, *sent: RejectForm(*sent, auto_id="reject_%s"),
    "void": lambda _paid, *sent: VoidForm(*sent, auto_id="void_%s"),
}
