"""What can be done with loaners on a job's page."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.proof import keep_signature
from guiju.desks.reception.steps import Data, Here, Step
from guiju.kernel.refusing import WrongState
from guiju.line.intake import actions as intake
from guiju.line.intake import queries
from guiju.line.intake.models import Loan, LoanerUnit
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ENDED, State


def _condition(label: Any) -> plain.CharField:
    return plain.CharField(
        label=label,
        max_length=400,
        widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("Scratches, what goes with it."),
    )


class OfOrder(forms.Form):
    """A form that knows its order."""

    def of_order(self, order: WorkOrder) -> None:
        """Take from the order what the form offers."""


class LendForm(OfOrder):
    """Which unit goes out, how it looks, what is left for it."""

    loaner = plain.ModelChoiceField(
        LoanerUnit.objects.none(), label=_("Loaner"), empty_label=_("Choose …"),
        error_messages={"invalid_choice": _("This loaner is with another customer. Choose one that stands here.")},
    )  # fmt: skip
    condition = _condition(_("How it looks"))
    deposit_minor = forms.MoneyField(
        label=_("Deposit"), required=False, help_text=_("What the list says, when you leave it empty.")
    )
    signature = forms.SignatureField(label=_("Customer's signature"))

    def of_order(self, order: WorkOrder) -> None:
        """Only what stands here can be lent."""
        loaners: Any = self.fields["loaner"]
        loaners.queryset = LoanerUnit.objects.filter(unit=order.unit_id).free()


class OutForm(OfOrder):
    """Which of the loaners that are out."""

    loan = plain.ModelChoiceField(Loan.objects.none(), label=_("Loaner"), empty_label=None)

    def of_order(self, order: WorkOrder) -> None:
        """Mostly there is one, and it is chosen already."""
        loans: Any = self.fields["loan"]
        loans.queryset = Loan.objects.filter(order=order, returned_at=None).select_related("loaner")
        loans.label_from_instance = lambda loan: str(loan.loaner)


class BackForm(OutForm):
    """How it came back."""

    condition = _condition(_("How it looks now"))
    deposit_back_minor = forms.MoneyField(
        label=_("Deposit given back"), required=False, help_text=_("All of it, when you leave it empty.")
    )


class ExceptForm(OutForm):
    """Why the appliance may go home first."""

    reason = plain.CharField(
        label=_("Reason"),
        max_length=300,
        widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("At least five letters."),
    )


def _lend(here: Here, data: Data) -> str:
    with transaction.atomic():
        typed = dict(data) | {"signature": keep_signature(data["signature"], here.order, **here.who)}
        intake.lend(here.order, **typed, **here.who)
    return here.order.number


def _back(here: Here, data: Data) -> str:
    typed = dict(data)
    intake.take_loaner_back(typed.pop("loan"), **typed, **here.who)
    return here.order.number


def _except(here: Here, data: Data) -> str:
    typed = dict(data)
    loan: Loan = typed.pop("loan")
    if loan.order_id != here.order.pk:
        raise WrongState
    intake.except_loaner(loan, **typed, **here.who)
    return here.order.number


def _is_out(here: Here) -> bool:
    return bool(getattr(here.order, "has_loan", True)) and any(
        loan.returned_at is None for loan in queries.loans_of(here.order)
    )


def _holds_up(here: Here) -> bool:
    return here.stands(State.READY, State.UNCOLLECTED) and _is_out(here)


LENDING: tuple[Step, ...] = (
    Step(
        "take-loaner-back", _("The loaner is back"), "package-import", "intake.take_loaner_back", BackForm, _is_out, _back,
        _("The loaner is back on its shelf."), _("Take it back"), is_next=_holds_up,
    ),
    Step(
        "lend", _("Lend a unit meanwhile"), "transfer", "intake.lend", LendForm,
        lambda here: here.order.state not in ENDED and bool(queries.free_loaners(here.order.unit)), _lend,
        _("The loaner is with the customer; it comes back before the appliance goes home."), _("Lend it"),
    ),
    Step(
        "except-loaner", _("Hand over without the loaner"), "alert-triangle", "intake.except_loaner", ExceptForm,
        lambda here: _is_out(here) and here.order.state not in ENDED, _except,
        _("The appliance may go home; the loaner stays on the job."), _("Except it"),
        hint=_("Only where the customer cannot bring it: say why, and when it comes."), is_grave=True,
    ),
)  # fmt: skip
