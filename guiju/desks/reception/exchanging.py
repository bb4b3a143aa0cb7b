"""The exchange or the refund that a right gives, asked for on a job's page before anything is quoted (3.5, EX-2)."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.reception.lending import OfOrder
from guiju.desks.reception.steps import Data, Here, Step
from guiju.line.exchange import actions as exchange
from guiju.line.exchange import queries
from guiju.line.exchange.rules import GROUND_LABELS, WITHOUT_FAULT, Ground
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.standing.warranty.rules import FREE


class OpenForm(OfOrder):
    """On which ground, and what was paid."""

    ground = plain.ChoiceField(label=_("Ground"))
    price_minor = forms.MoneyField(
        label=_("Price paid"), required=False, help_text=_("What the invoice says; what the card says, when you leave it empty.")
    )  # fmt: skip
    reason = plain.CharField(
        label=_("Reason"), max_length=400, required=False, widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("For goodwill, and where the customer pays: at least five letters."),
    )  # fmt: skip

    def of_order(self, order: WorkOrder) -> None:
        """The rights that were raised come first; the others are somebody's word."""
        raised = queries.grounds_of(order)
        others = [Ground.GOODWILL, Ground.PAID]
        if order.state == State.UNREPAIRABLE and order.coverage in FREE:
            others.insert(0, Ground.UNREPAIRABLE)
        field: Any = self.fields["ground"]
        field.choices = [(each.value, _(GROUND_LABELS[each])) for each in (*raised, *others)]
        price: Any = self.fields["price_minor"]
        if order.appliance.invoice_minor is None:
            price.help_text = _("It stands on the invoice.")

    def clean(self) -> dict[str, Any]:
        """Whose word it is, that one says why."""
        data = super().clean() or self.cleaned_data
        if data.get("ground") in WITHOUT_FAULT and len(data.get("reason", "").strip()) < 5:
            self.add_error("reason", _("Give a reason of at least five letters."))
        return data


def _may_ask(here: Here) -> bool:
    return here.order.state in queries.MAY_ASK


def _is_due(here: Here) -> bool:
    """A right that a rule raised stands before everything else."""
    return bool(queries.grounds_of(here.order))


def _open(here: Here, data: Data) -> str:
    exchange.open_case(here.order, **data, **here.who)
    return here.order.number


EXCHANGING: tuple[Step, ...] = (
    Step(
        "open-exchange", _("Exchange or refund"), "refresh", "exchange.open_case", OpenForm, _may_ask, _open,
        _("It is asked for; a technician appraises the unit now."), _("Ask for it"),
        hint=_("The job stands still until it is decided, and goes on from here if nothing comes of it."), is_next=_is_due,
    ),
)  # fmt: skip
