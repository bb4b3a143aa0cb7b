"""The lists of money: quotes, bills, receipts."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.listing import Choice, Column, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import of_order, of_seen, order_url
from guiju.kernel.actor import Actor
from guiju.line.cashier.models import Bill, Payment
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.models import Quote


def _of_job(text: str, _actor: Actor) -> Q:
    """By its own number, or by that of its job."""
    jobs = WorkOrder.objects.filter(begins("number", text.upper())).values("pk")
    return begins("number", text.upper()) | Q(order__in=jobs)


QUOTES = Listing(
    slug="quotes",
    title=_("All quotes"),
    url="till:quotes",
    verbs=("workshop.see",),
    rows=lambda actor: of_order(Quote.objects.select_related("order__customer", "drafted_by"), actor, "workshop.see"),
    is_personal=True,
    begun=_("Nothing has been quoted yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Quote"), "number", Kind.NUMBER, is_whole=True, url=lambda row: order_url(row.order)),
        Column("version", _("Version"), "version", Kind.FIGURE),
        Column("state", _("State"), "state", Kind.STATE, machine="quote"),
        Column("total", _("Total"), lambda row: (row.total_minor, row.currency), Kind.MONEY),
        Column("discount", _("Discount"), lambda row: (row.discount_minor, row.currency), Kind.MONEY, is_default=False),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("customer", _("Customer"), "order.customer.name"),
        Column("who", _("Who quoted"), "drafted_by.name"),
        Column("drafted", _("Written"), "drafted_at", Kind.WHEN, sort="pk"),
        Column("issued", _("Issued"), "issued_at", Kind.WHEN, is_default=False),
        Column("valid", _("Valid until"), "valid_until", Kind.WHEN),
        Column("decided", _("Decided"), "decided_at", Kind.WHEN, is_default=False),
    ),
    filters=(
        Words("q", _("Quote or job"), holds=_of_job, hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("quote")),
    ),
)  # fmt: skip


BILLS = Listing(
    slug="bills",
    title=_("All bills"),
    url="till:bills",
    verbs=("cashier.see",),
    rows=lambda actor: of_order(Bill.objects.select_related("order__customer", "drawn_by"), actor, "cashier.see"),
    is_personal=True,
    begun=_("No bill has been drawn yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Bill"), "number", Kind.NUMBER, is_whole=True, url=lambda row: order_url(row.order)),
        Column("state", _("State"), "state", Kind.STATE, machine="bill"),
        Column("total", _("Total"), lambda row: (row.total_minor, row.currency), Kind.MONEY),
        Column("paid", _("Paid"), lambda row: (row.paid_minor, row.currency), Kind.MONEY),
        Column("owed", _("To be paid"), lambda row: (row.owed_minor, row.currency), Kind.MONEY),
        Column("refunded", _("Refunded"), lambda row: (row.refunded_minor, row.currency), Kind.MONEY, is_default=False),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("customer", _("Customer"), "order.customer.name"),
        Column("drawn", _("Drawn"), "drawn_at", Kind.WHEN, sort="pk"),
        Column("who", _("Who drew it"), "drawn_by.name", is_default=False),
    ),
    filters=(
        Words("q", _("Bill or job"), holds=_of_job, hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("bill")),
    ),
)  # fmt: skip


def _paid_for(text: str, _actor: Actor) -> Q:
    jobs = Bill.objects.filter(order__in=WorkOrder.objects.filter(begins("number", text.upper())).values("pk"))
    return begins("receipt_number", text.upper()) | Q(bill__in=jobs.values("pk"))


RECEIPTS = Listing(
    slug="receipts",
    title=_("All receipts"),
    url="till:receipts",
    verbs=("cashier.see",),
    rows=lambda actor: of_seen(
        Payment.objects.select_related("bill__order", "taken_by"), actor, "cashier.see", Bill.objects.all(),
        key="bill_id", unit="order__unit",
    ),
    begun=_("Nothing has been paid yet."),
    name_of=lambda row: row.receipt_number,
    columns=(
        Column("number", _("Receipt"), "receipt_number", Kind.NUMBER, is_whole=True, url=to("till:receipt", "receipt_number")),
        Column("amount", _("Amount"), lambda row: (row.amount_minor, row.bill.currency), Kind.MONEY),
        Column("method", _("Paid by"), "method", Kind.WORD, machine="method"),
        Column("bill", _("Bill"), "bill.number", Kind.NUMBER),
        Column("order", _("Job"), "bill.order.number", Kind.NUMBER, url=lambda row: order_url(row.bill.order)),
        Column("reference", _("Reference"), "terminal_ref", Kind.NUMBER, is_default=False),
        Column("at", _("When"), "at", Kind.WHEN, sort="pk"),
        Column("who", _("Who took it"), "taken_by.name"),
    ),
    filters=(
        Words("q", _("Receipt or job"), holds=_paid_for, hint=_("Its beginning")),
        Choice("method", _("Paid by"), column="method", options=choices_of("method")),
    ),
)  # fmt: skip

LISTS = (QUOTES, BILLS, RECEIPTS)


@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    """Every quote of the jobs that this person may see."""
    return show(request, QUOTES)


@require_safe
def bills(request: HttpRequest) -> HttpResponse:
    """Every bill."""
    return show(request, BILLS, desk_url=reverse("till:home"), desk_title=_("Till"))


@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """All that was paid."""
    return show(request, RECEIPTS, desk_url=reverse("till:home"), desk_title=_("Till"))
