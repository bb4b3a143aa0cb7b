"""The forms of a customer's account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms, words
from guiju.line.cashier.models import Debt
from guiju.line.cashier.rules import METHOD_LABELS, Method
from guiju.line.receivables.rules import PAID_BY


class CollectForm(forms.Form):
    """How much is paid, how, and for which jobs."""

    method = plain.TypedChoiceField(
        label=_("How"), choices=[(each.value, _(METHOD_LABELS[each])) for each in PAID_BY], coerce=Method,
        initial=Method.CASH.value, widget=plain.RadioSelect,
    )  # fmt: skip
    amount_minor = forms.MoneyField(label=_("Amount"), min_minor=1)
    tendered_minor = forms.MoneyField(
        label=_("Cash that the customer gives"), required=False, help_text=_("The change is shown next.")
    )
    terminal_ref = plain.CharField(label=_("Number on the card slip or of the transfer"), required=False, max_length=60)
    receipts = plain.MultipleChoiceField(
        label=_("For which"), required=False, widget=plain.CheckboxSelectMultiple,
        help_text=_("Tick nothing, and the oldest is paid first."),
    )  # fmt: skip

    def __init__(self, *args: Any, debts: Sequence[Debt], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["receipts"].choices = [  # type: ignore[attr-defined]
            (debt.payment.receipt_number, f"{debt.payment.bill.order.number} · {words.money(debt.left_minor, debt.account.currency)}")
            for debt in debts
        ]  # fmt: skip


class PauseForm(forms.Form):
    """Until when nothing is written, and why."""

    until_on = forms.DayField(label=_("No reminders until"))
    reason = plain.CharField(label=_("Why"), max_length=300)


class TermsForm(forms.Form):
    """Another limit, other days, and why."""

    limit_minor = forms.MoneyField(label=_("The most that may be owed at once"), min_minor=1)
    days = plain.IntegerField(label=_("Days to pay"), min_value=1, max_value=180)
    reason = plain.CharField(label=_("Why"), max_length=300)


class WhyForm(forms.Form):
    """A reason, and nothing else."""

    reason = plain.CharField(label=_("Why"), max_length=300)


class WriteOffForm(forms.Form):
    """How much is given up, and why."""

    amount_minor = forms.MoneyField(label=_("Amount to give up"), min_minor=1)
    reason = plain.CharField(label=_("Why"), max_length=300)


class StatementForm(forms.Form):
    """Of which days."""

    from_on = forms.DayField(label=_("From"))
    until_on = forms.DayField(label=_("To the end of"))
