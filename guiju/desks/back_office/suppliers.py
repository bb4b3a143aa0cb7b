"""What is said of a supplier, and by which form: proposing it, its prices, its accounts, and whether we buy there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.back_office.buying import PaperStep, WhyForm, paper_steps
from guiju.desks.common import forms
from guiju.kernel.actor import Actor
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.models import Supplier, SupplierBank
from guiju.readiness.supply.rules import CATEGORY_LABELS, BankState
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit


class SupplierForm(forms.Form):
    """A house to buy from."""

    code = plain.CharField(label=_("Code"), max_length=20, help_text=_("Short, such as HAI; it stays."))
    name = plain.CharField(label=_("Name"), max_length=120)
    categories = plain.MultipleChoiceField(
        label=_("What it sells"), choices=[(code.value, _(label)) for code, label in CATEGORY_LABELS.items()],
        widget=plain.CheckboxSelectMultiple,
    )  # fmt: skip
    licence_no = plain.CharField(label=_("Number of its licence"), max_length=60, required=False)
    contact = plain.CharField(label=_("Whom to ask for"), max_length=80, required=False)
    phone = plain.CharField(label=_("Telephone"), max_length=40, required=False)


class OfferForm(forms.Form):
    """What one of a part costs there from a day on."""

    part = plain.CharField(label=_("Part"), max_length=60, help_text=_("Scan or type the part number."))
    price_minor = forms.MoneyField(label=_("Price of one"), min_minor=1)
    lead_days = plain.IntegerField(label=_("Days until it comes"), min_value=0, max_value=3650)
    starts_on = forms.DayField(label=_("Holds from"))
    basis = plain.CharField(
        label=_("Where it is from"), max_length=200, help_text=_("The list, the letter, the order.")
    )

    def clean_part(self) -> Part:
        """The part of that number, however it is written."""
        part = Part.objects.filter(code__iexact=self.cleaned_data["part"].strip()).first()
        if part is None:
            raise plain.ValidationError(_("No part has this number. Look it up in the catalogue."))
        return part


class AccountForm(forms.Form):
    """Another account, and what asked for the change."""

    holder = plain.CharField(label=_("Holder of the account"), max_length=120)
    bank = plain.CharField(label=_("Bank"), max_length=120)
    account = plain.CharField(label=_("Account"), max_length=60)
    basis = plain.CharField(label=_("What asked for it"), max_length=200, help_text=_("Such as the supplier's letter."))


class VerifyForm(forms.Form):
    """Whom one asked."""

    verified = plain.CharField(
        label=_("Whom you asked, and how"), max_length=200, help_text=_("Over a number that was known before.")
    )


def _offer(row: Supplier, *, by: Actor, at: Any, **data: Any) -> Any:
    """In the currency of whoever buys."""
    unit = Unit.objects.get(pk=by.unit_id or 0)
    return supply.set_offer(row, currency=unit.currency, by=by, at=at, **data)


def waiting_account(row: Supplier) -> SupplierBank | None:
    """The account that somebody has to verify."""
    return row.banks.filter(state=BankState.ASKED).first()


def _verify(row: Supplier, *, verified: str, by: Actor, at: Any) -> Any:
    return supply.verify_bank(row.banks.get(state=BankState.ASKED), verified=verified, by=by, at=at)


def _refuse(row: Supplier, *, reason: str, by: Actor, at: Any) -> Any:
    return supply.refuse_bank(row.banks.get(state=BankState.ASKED), reason=reason, by=by, at=at)


def _form(form: type[forms.Form], slug: str) -> Callable[..., Any]:
    # Several forms stand on one card, and some ask for the same thing.
    return lambda _row, *sent: form(*sent, auto_id=f"id_{slug}_%s")


STEPS: Mapping[str, PaperStep] = {
    each.step.slug: each
    for each in paper_steps(
        ("admit", supply.admit_supplier, "admit_supplier", "PROPOSED SUSPENDED", _("Buy there"), _("We buy there from now on.")),
        ("offer", _offer, "set_offer", "PROPOSED ACTIVE", _("Note the price"), _("The price is noted."), _form(OfferForm, "offer")),
        ("account", supply.ask_bank, "ask_bank", "PROPOSED ACTIVE", _("Note the account"), _("Somebody else has to verify it."),
         _form(AccountForm, "account")),
        ("verify", _verify, "verify_bank", "PROPOSED ACTIVE SUSPENDED", _("The account is right"), _("Money goes there from now on."),
         _form(VerifyForm, "verify")),
        ("refuse", _refuse, "refuse_bank", "PROPOSED ACTIVE SUSPENDED", _("The supplier does not know it"), _("Refused."),
         _form(WhyForm, "refuse")),
        ("suspend", supply.suspend_supplier, "suspend_supplier", "ACTIVE", _("Buy nothing more there"), _("Nothing is ordered there."),
         _form(WhyForm, "suspend")),
    )
}  # fmt: skip
# Of one's own unit: a supplier belongs to none, and whoever buys for an outlet notes prices and accounts too.
BY_ANY_BUYER = frozenset({"offer", "account"})
_OF_AN_ACCOUNT = frozenset({"verify", "refuse"})


def may(actor: Actor, slug: str, row: Supplier) -> bool:
    """Whether this person may take the step."""
    verb = STEPS[slug].step.verb
    return actor.may(verb, unit_id=actor.unit_id) if slug in BY_ANY_BUYER else actor.may(verb, on=row)


def offered(row: Supplier, actor: Actor) -> list[PaperStep]:
    """What this person may do as the supplier stands."""
    waits = waiting_account(row) is not None
    return [
        each
        for slug, each in STEPS.items()
        if row.state in each.states.split()
        and may(actor, slug, row)
        and (slug not in _OF_AN_ACCOUNT or waits)
        and (slug != "account" or not waits)
    ]
