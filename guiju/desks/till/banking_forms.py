"""The forms of takings: into a bag, to the bank, into the safe."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.fields import DayField, PaperField, PhotosField
from guiju.desks.common.second import SecondForm
from guiju.desks.common.words import money
from guiju.kernel.actor import Actor
from guiju.line.banking import queries
from guiju.line.banking.models import BankDeposit, BankLine, SafeBag
from guiju.line.banking.rules import SETTLED_TENDERS, BagState
from guiju.line.banking.rules.statements import BYTES_MAX
from guiju.line.cashier.rules import METHOD_LABELS, Method
from guiju.readiness.custody.models import ControlledStore
from guiju.readiness.custody.rules import StoreKind
from guiju.standing.people.models import Person, Unit
from guiju.standing.people.rules import Status


def colleagues(unit: Unit, by: Actor) -> Any:
    """Who works at the outlet, but for whoever asks."""
    return Person.objects.filter(unit=unit, status=Status.ACTIVE).exclude(pk=by.natural_person_id).order_by("name")


class CountForm(forms.Form):
    """All that lies in the drawer, for a proposal; nothing is written down."""

    lying = forms.PiecesField(label=_("What lies in the drawer"), help_text=_("All of it, the float too."))


class PackForm(forms.Form):
    """What is counted into which bag."""

    seal_number = plain.CharField(label=_("Number on the bag"), max_length=40)
    pieces = forms.PiecesField(label=_("What goes into the bag"), help_text=_("The float stays in the drawer."))


class WithEscort(forms.Form):
    """Who goes along to the bank."""

    escort = plain.ModelChoiceField(
        label=_("Who goes along"), queryset=Person.objects.none(), required=False,
        help_text=_("Needed above the limit for one person alone."),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit, by: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["escort"].queryset = colleagues(unit, by)  # type: ignore[attr-defined]


class PrepareForm(WithEscort):
    """What is carried to the bank out of the drawer."""

    pieces = forms.PiecesField(label=_("What goes to the bank"), help_text=_("The float stays in the drawer."))
    field_order = ("pieces", "escort")


class BagsForm(WithEscort):
    """Which bags are carried to the bank."""

    bags = plain.ModelMultipleChoiceField(
        label=_("Bags"), queryset=SafeBag.objects.none(), widget=plain.CheckboxSelectMultiple
    )
    field_order = ("bags", "escort")

    def __init__(self, *args: Any, unit: Unit, by: Actor, **more: Any) -> None:
        super().__init__(*args, unit=unit, by=by, **more)
        self.fields["bags"].queryset = to_carry(unit, by)  # type: ignore[attr-defined]


def to_carry(unit: Unit, by: Actor) -> Any:
    """The bags that this person can bring to the bank: in their own hands, or sealed and never locked up."""
    rows = SafeBag.objects.filter(unit=unit, deposit__isnull=True).select_related("unit")
    mine = rows.filter(state=BagState.RETRIEVED, carried_by_id=by.natural_person_id)
    return (mine | rows.filter(state=BagState.SEALED)).order_by("pk")


class SlipForm(forms.Form):
    """What the bank gave for it."""

    slip_number = plain.CharField(label=_("Number of the bank's slip"), max_length=40)
    photo = PhotosField(label=_("Picture of the slip"), count_min=1, count_max=1)
    account_tail = plain.CharField(label=_("Last four digits of the account"), max_length=4, required=False)


class NoteForm(forms.Form):
    """What happened."""

    note = plain.CharField(label=_("What happened"), max_length=300)


class LockUpForm(forms.Form):
    """Into which safe."""

    safe = plain.ModelChoiceField(label=_("Safe"), queryset=ControlledStore.objects.none(), empty_label=None)

    def __init__(self, *args: Any, unit: Unit, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = ControlledStore.objects.filter(unit=unit, kind=StoreKind.SAFE).select_related("unit").order_by("code")
        self.fields["safe"].queryset = rows  # type: ignore[attr-defined]
        self.fields["safe"].label_from_instance = lambda row: row.name  # type: ignore[attr-defined]


class RetrieveForm(forms.Form):
    """Whether the seal is whole."""

    seal_ok = plain.BooleanField(label=_("The seal is whole, and its number is the one on this page"), required=False)
    note = plain.CharField(label=_("What is wrong with the bag"), max_length=300, required=False)


class FoundForm(forms.Form):
    """What a third person counted."""

    pieces = forms.PiecesField(label=_("What was found in the bag"))
    note = plain.CharField(label=_("What happened"), max_length=300)


class CountersignForm(SecondForm):
    """The second of two signs with the own password, on whoever's screen it is."""


class LineForm(forms.Form):
    """By which line of the bank's statement."""

    line = plain.ModelChoiceField(label=_("Line of the statement"), queryset=BankLine.objects.none(), empty_label=None)

    def __init__(self, *args: Any, deposit: BankDeposit, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["line"].queryset = queries.lines_for(deposit)  # type: ignore[attr-defined]
        self.fields["line"].label_from_instance = lambda row: f"{row.on:%Y-%m-%d} {row.reference} {row.text}".strip()  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """What the bank has in the end, and what happened."""

    credited_minor = forms.MoneyField(
        label=_("What the bank has credited"),
        help_text=_("Nothing, if it never arrived. What differs is booked as over or short."),
    )
    line = plain.ModelChoiceField(
        label=_("Line of the statement"),
        queryset=BankLine.objects.none(),
        required=False,
        empty_label=_("None shows it"),
    )
    note = plain.CharField(label=_("What happened"), max_length=300)

    def __init__(self, *args: Any, deposit: BankDeposit, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["line"].queryset = queries.lines_for(deposit)  # type: ignore[attr-defined]
        self.fields["line"].label_from_instance = _line_with_amount  # type: ignore[attr-defined]


def _line_with_amount(row: BankLine) -> str:
    return f"{row.on:%Y-%m-%d} {money(row.amount_minor, row.currency)} {row.reference}"


class StatementForm(forms.Form):
    """The bank's statement as a file."""

    file = PaperField(
        label=_("Statement of the bank"), accept=".csv,.xml,text/csv,application/xml", bytes_max=BYTES_MAX,
        help_text=_("A table with the columns date, amount and reference, or camt.053."),
    )  # fmt: skip


class NightForm(forms.Form):
    """Who watches over the safe in which night."""

    night = DayField(label=_("Night that begins on"))
    officer = plain.ModelChoiceField(label=_("Who is on duty"), queryset=Person.objects.none())

    def __init__(self, *args: Any, unit: Unit, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = Person.objects.filter(unit=unit, status=Status.ACTIVE).order_by("name")
        self.fields["officer"].queryset = rows  # type: ignore[attr-defined]


class SealsForm(forms.Form):
    """The numbers that were read off the bags."""

    seen = plain.CharField(
        label=_("Numbers on the bags in the safe"), required=False, widget=plain.Textarea(attrs={"rows": 3}),
        help_text=_("One in each line, as you read them; none if no bag lies there."),
    )  # fmt: skip
    camera_ok = plain.BooleanField(label=_("The camera runs"), required=False)
    note = plain.CharField(label=_("What you found"), max_length=300, required=False)

    def clean_seen(self) -> list[str]:
        """The numbers, one by one."""
        return [line.strip() for line in self.cleaned_data["seen"].splitlines() if line.strip()]


class PaidOutForm(forms.Form):
    """Which tender a provider has paid out, and what it kept back."""

    tender = plain.ChoiceField(
        label=_("Of what"), choices=[(each, _(METHOD_LABELS[Method(each)])) for each in SETTLED_TENDERS]
    )
    fee_minor = forms.MoneyField(label=_("Fee that was kept back"), required=False)

    def clean_fee_minor(self) -> int:
        """Nothing where nothing was kept back."""
        return self.cleaned_data["fee_minor"] or 0
