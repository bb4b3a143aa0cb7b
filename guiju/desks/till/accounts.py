"""A customer's account as its page shows it: what is owed and how late, and each thing that may be done about it as a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.desks.common.forms import Form
from guiju.desks.common.steps import Step
from guiju.desks.till.account_forms import CollectForm, PauseForm, TermsForm, WhyForm, WriteOffForm
from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.models import Approval
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions.credit import CREDIT_APPROVAL
from guiju.line.cashier.models import CreditAccount, Debt
from guiju.line.cashier.rules import CreditState
from guiju.line.receivables import actions as receivables
from guiju.line.receivables import queries
from guiju.line.receivables.models import Pause


@dataclass(frozen=True)
class Stand:
    """How an account stands on a day."""

    account: CreditAccount
    on: date

    @cached_property
    def debts(self) -> list[Debt]:
        """What is owed, the first to be paid first."""
        return queries.debts_of(self.account)

    @cached_property
    def pause(self) -> Pause | None:
        """Why no letters go out."""
        return queries.pause_of(self.account, self.on)

    @cached_property
    def asked(self) -> Approval | None:
        """The terms that wait for a decision."""
        found = approval.last(CREDIT_APPROVAL, self.account)
        return found if found is not None and found.state == Approval.State.ASKED else None

    @property
    def is_late(self) -> bool:
        """Whether anything should have been paid by now."""
        return any(debt.due_on < self.on for debt in self.debts)

    @property
    def free_minor(self) -> int:
        """What may still be put on credit."""
        return self.account.limit_minor - self.account.used_minor

    def is_in(self, *states: CreditState) -> bool:
        """Whether the account is in one of them."""
        return self.account.state in states


STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("collect", "receivables.collect", receivables.collect, _("It is paid. The receipt is numbered."), "collect"),
        Step("remind", "receivables.remind", receivables.remind, _("The reminder is written.")),
        Step("pause-letters", "receivables.pause_letters", receivables.pause_letters, _("No reminders until that day."), "pause"),
        Step("resume-letters", "receivables.resume_letters", receivables.resume_letters, _("Reminders go out again.")),
        Step("change", "cashier.change_credit", cashier.change_credit, _("Asked. Finance or head office decides."), "terms"),
        Step("approve", "cashier.approve_credit", cashier.approve_credit, _("Approved.")),
        Step("reject", "cashier.reject_credit", cashier.reject_credit, _("Refused."), "reject"),
        Step("suspend", "cashier.suspend_credit", cashier.suspend_credit, _("Nothing more is taken on this credit."), "suspend"),
        Step("resume", "cashier.resume_credit", cashier.resume_credit, _("The credit is open again."), "resume"),
        Step("close", "cashier.close_credit", cashier.close_credit, _("The account is closed."), "close"),
    )
}  # fmt: skip
OFFERED: Mapping[str, Callable[[Stand], bool]] = {
    "collect": lambda stand: bool(stand.debts),
    "remind": lambda stand: stand.is_late and stand.pause is None,
    "pause-letters": lambda stand: bool(stand.debts) and stand.pause is None,
    "resume-letters": lambda stand: stand.pause is not None,
    "change": lambda stand: stand.asked is None,
    "approve": lambda stand: stand.asked is not None,
    "reject": lambda stand: stand.asked is not None,
    "suspend": lambda stand: stand.is_in(CreditState.OPEN),
    "resume": lambda stand: stand.is_in(CreditState.STOPPED),
    "close": lambda stand: stand.is_in(CreditState.OPEN, CreditState.STOPPED) and not stand.account.used_minor,
}
# Each form's ids begin with its name: the page holds them all.
FORMS: Mapping[str, Callable[..., Form]] = {
    "collect": lambda stand, *sent: CollectForm(*sent, debts=stand.debts, auto_id="collect_%s"),
    "pause": lambda _stand, *sent: PauseForm(*sent, auto_id="pause_%s"),
    "terms": lambda stand, *sent: TermsForm(
        *sent, auto_id="terms_%s", initial={"limit_minor": stand.account.limit_minor, "days": stand.account.days}
    ),
    **{
        name: lambda _stand, *sent, name=name: WhyForm(*sent, auto_id=f"{name}_%s")
        for name in ("reject", "suspend", "resume", "close")
    },
}

DEBT_STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("ask-write-off", "receivables.ask_write_off", receivables.ask_write_off, _("Asked. Somebody else decides."), "write_off"),
        Step("approve-write-off", "receivables.approve_write_off", receivables.approve_write_off, _("It is written off.")),
        Step("reject-write-off", "receivables.reject_write_off", receivables.reject_write_off, _("Refused."), "keep"),
    )
}  # fmt: skip
DEBT_FORMS: Mapping[str, Callable[..., Form]] = {
    "write_off": lambda debt, *sent: WriteOffForm(
        *sent, auto_id=f"off_{debt.pk}_%s", initial={"amount_minor": debt.left_minor}
    ),
    "keep": lambda debt, *sent: WhyForm(*sent, auto_id=f"keep_{debt.pk}_%s"),
}


@dataclass(frozen=True)
class DebtRow:
    """A debt, how late it is, what of it waits to be given up, and what this person may do about it.

    write_off, keep   the forms; None where this person cannot do it now
    """

    debt: Debt
    days: int
    asked: Approval | None
    write_off: Form | None
    keep: Form | None
    may_approve: bool


def debt_rows(actor: Actor, stand: Stand, bound: Mapping[tuple[int, str], Form]) -> list[DebtRow]:
    """What is owed, each with what may be done about it; the rights are the same for each of an account.

    bound   the form that was refused, by the debt and its name
    """
    may = {slug: actor.may(step.verb, on=stand.account) for slug, step in DEBT_STEPS.items()}
    asked = queries.write_offs_asked(stand.debts) if any(may.values()) else {}

    def form(debt: Debt, name: str, *, offered: bool) -> Form | None:
        return (bound.get((debt.pk, name)) or DEBT_FORMS[name](debt)) if offered else None

    return [
        DebtRow(
            debt, debt.days_overdue(stand.on), asked.get(debt.pk),
            form(debt, "write_off", offered=may["ask-write-off"] and debt.pk not in asked),
            form(debt, "keep", offered=may["reject-write-off"] and debt.pk in asked),
            may["approve-write-off"] and debt.pk in asked,
        )
        for debt in stand.debts
    ]  # fmt: skip


def offered(actor: Actor, stand: Stand) -> dict[str, Any]:
    """Which steps the page shows, by their slug with underscores."""
    return {
        slug.replace("-", "_"): OFFERED[slug](stand) and actor.may(step.verb, on=stand.account)
        for slug, step in STEPS.items()
    }
