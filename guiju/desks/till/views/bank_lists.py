"""The safe log and the deposits as lists."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Choice, Column, Kind, Listing, Words, begins, choices_of, show, to
from guiju.kernel.actor import Actor
from guiju.line.banking.models import BankDeposit, SafeBag


def _numbered(text: str, _actor: Actor) -> Q:
    return begins("number", text.upper())


SAFE_LOG = Listing(
    slug="safe-log",
    title=_("Safe log"),
    url="till:bags",
    verbs=("banking.see",),
    rows=lambda actor: SafeBag.objects.visible_to(actor).with_names(),
    begun=_("No takings were sealed yet."),
    name_of=lambda row: row.seal_number,
    columns=(
        Column("seal", _("Bag"), "seal_number", Kind.NUMBER, is_whole=True, url=to("till:bag", "number")),
        Column("number", _("Number"), "number", Kind.NUMBER, is_default=False),
        Column("unit", _("Outlet"), "unit.code", Kind.NUMBER, is_default=False),
        Column("state", _("State"), "state", Kind.STATE, machine="bag"),
        Column("amount", _("Amount"), lambda row: (row.worth_minor, row.currency), Kind.MONEY),
        Column("day", _("Business day"), "business_on", Kind.DAY),
        Column("first", _("First person"), "sealed_by.name"),
        Column("second", _("Second person"), lambda row: row.countersigned_by.name if row.countersigned_by else ""),
        Column("in", _("Put into the safe"), "put_in_at", Kind.WHEN),
        Column("duty", _("Who is on duty"), lambda row: row.duty.officer.name if row.duty else "", is_default=False),
        Column("out", _("Taken out"), "taken_out_at", Kind.WHEN),
        Column("sealed", _("Sealed on"), "sealed_at", Kind.WHEN, sort="pk", is_default=False),
        Column("wrong", _("What is wrong with the bag"), "incident_note", is_default=False),
    ),
    filters=(
        Words("q", _("Number"), holds=_numbered, hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("bag"), is_indexed=True),
    ),
)  # fmt: skip

DEPOSITS = Listing(
    slug="bank-deposits",
    title=_("All deposits"),
    url="till:bank_deposits",
    verbs=("banking.see",),
    rows=lambda actor: BankDeposit.objects.visible_to(actor).with_names(),
    begun=_("Nothing was brought to the bank yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Deposit"), "number", Kind.NUMBER, is_whole=True, url=to("till:bank_deposit", "number")),
        Column("unit", _("Outlet"), "unit.code", Kind.NUMBER, is_default=False),
        Column("state", _("State"), "state", Kind.STATE, machine="bank_deposit"),
        Column("batch", _("Batch"), "batch", Kind.WORD, machine="takings_batch"),
        Column("amount", _("Amount"), lambda row: (row.amount_minor, row.currency), Kind.MONEY),
        Column("day", _("Business day"), "last_on", Kind.DAY),
        Column("due", _("Due"), "due_at", Kind.WHEN, is_default=False),
        Column("banked", _("At the bank"), "banked_at", Kind.WHEN),
        Column("slip", _("Number of the bank's slip"), "slip_number", Kind.NUMBER),
        Column("who", _("Who carries it"), "carried_by.name"),
        Column("escort", _("Who goes along"), lambda row: row.escort.name if row.escort else "", is_default=False),
        Column("prepared", _("Prepared on"), "prepared_at", Kind.WHEN, sort="pk", is_default=False),
    ),
    filters=(
        Words("q", _("Number"), holds=_numbered, hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("bank_deposit"), is_indexed=True),
    ),
)  # fmt: skip
LISTS = (SAFE_LOG, DEPOSITS)


@require_safe
def bags(request: Request) -> HttpResponse:
    """Every bag, with who signed for it and when it went in and out (6.13)."""
    return show(request, SAFE_LOG, desk_url=reverse("till:bank"), desk_title=_("Takings to the bank"))


@require_safe
def deposits(request: Request) -> HttpResponse:
    """Every deposit."""
    return show(request, DEPOSITS, desk_url=reverse("till:bank"), desk_title=_("Takings to the bank"))
