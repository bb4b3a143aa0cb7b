"""The deposit before parts as a job's page shows it: to be left, held, credited, given back; and its steps as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.desks.common.forms import Form
from guiju.desks.common.steps import Step
from guiju.desks.till.forms import AskBackForm, DepositForm, ReturnForm
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.models import Approval
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Bill, PartsDeposit
from guiju.line.cashier.rules import PartsDepositState, Way, deposit_way
from guiju.line.workorder.models import WorkOrder


def _return(deposit: PartsDeposit, *, by: Actor, at: Any, **data: Any) -> PartsDeposit:
    """Keep the customer's signature, and give the money back against it."""
    signed = data.pop("signature", None)
    if signed is not None:
        data["signature"] = evidence.keep_signature(
            signed.image, unit_id=deposit.order.unit_id, by=by, at=at, kind="SIGNATURE", on=deposit.order
        )
    return cashier.return_parts_deposit(deposit, **data, by=by, at=at)


STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("return", "cashier.return_parts_deposit", _return, _("The deposit is given back."), "back"),
        Step("ask-back", "cashier.ask_deposit_back", cashier.ask_deposit_back, _("Asked. The manager or finance decides."), "ask"),
        Step("approve-back", "cashier.approve_deposit_back", cashier.approve_deposit_back, _("Approved. The cashier gives it back.")),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One deposit, how it stands, and what can be done with it now.

    back, ask   the forms; None where this person cannot do it now
    """

    deposit: PartsDeposit
    state: PartsDepositState
    approval: Approval | None
    back: Form | None
    ask: Form | None
    may_approve: bool


def rows(actor: Actor, order: WorkOrder, bill: Bill | None, bound: Mapping[str, Form]) -> list[Row]:
    """What was left for a job before its parts, each with what can be done about it now.

    bound   the forms that were refused, by the deposit's receipt and the form's name
    """
    if not getattr(order, "has_deposit", True):
        return []
    return [_row(actor, order, each, bill, bound) for each in queries.parts_deposits_of(order)]


def _row(actor: Actor, order: WorkOrder, deposit: PartsDeposit, bill: Bill | None, bound: Mapping[str, Form]) -> Row:
    deposit.order = order
    way = deposit_way(order.state, is_billed=bill is not None)
    state = queries.deposit_state_of(deposit, is_billed=bill is not None, of=order)
    approval = queries.return_approval(deposit) if deposit.left_minor and way == Way.APPROVED else None
    stands = approval.state if approval is not None else ""
    is_free = way == Way.FREELY or (way == Way.APPROVED and stands == Approval.State.GRANTED)
    may = {step.slug: bool(deposit.left_minor) and actor.may(step.verb, on=order) for step in STEPS.values()}
    said = approval.content["reason"] if approval is not None and stands == Approval.State.GRANTED else ""
    named = deposit.receipt_number
    return Row(
        deposit,
        state,
        approval,
        (bound.get(f"{named}/back") or back_form(deposit, reason=said)) if may["return"] and is_free else None,
        (bound.get(f"{named}/ask") or AskBackForm(auto_id=f"ask-{deposit.pk}-%s"))
        if may["ask-back"] and way == Way.APPROVED and stands not in {Approval.State.ASKED, Approval.State.GRANTED}
        else None,
        may["approve-back"] and stands == Approval.State.ASKED,
    )


def back_form(deposit: PartsDeposit, *sent: Any, reason: str = "") -> ReturnForm:
    """The form by which it goes back, with the words that were approved."""
    initial = {"reason": reason, "signature": deposit.order.customer.name}
    return ReturnForm(*sent, came_by=deposit.method, initial=initial, auto_id=f"back-{deposit.pk}-%s")


def form_of(step: Step, deposit: PartsDeposit, *sent: Any) -> Form | None:
    """The form of a step, with what was sent."""
    if step.form == "back":
        return back_form(deposit, *sent)
    return AskBackForm(*sent[:1], auto_id=f"ask-{deposit.pk}-%s") if step.form else None


def take_form(*sent: Any) -> DepositForm:
    """How the customer leaves it."""
    return DepositForm(*sent, auto_id="parts-%s")
