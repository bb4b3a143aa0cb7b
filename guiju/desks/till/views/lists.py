"""The lists of money: quotes, bills, receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.listing import Act, Choice, Column, Kind, Listing, Tick, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import HangsOn, about_job, all_of, few, in_unit, jobs_found, order_url
from guiju.kernel.actor import Actor
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Bill, CreditAccount, Debt, Payment
from guiju.line.workshop.models import Quote


def _of_job(text: str, _actor: Actor) -> Q:
    """By its own number, or by that of its job."""
    return begins("number", text.upper()) | about_job(text)


def _found(rows: QuerySet[Any]) -> Callable[[str, Actor], list[int] | None]:
    def finds(text: str, _actor: Actor) -> list[int] | None:
        own = few(rows.filter(begins("number", text.upper())))
        return None if own is None else all_of(own, jobs_found(rows, text))

    return finds


_QUOTES = HangsOn(lambda: Quote.objects.select_related("order__customer", "drafted_by"), "workshop.see")
QUOTES = Listing(
    slug="quotes",
    title=_("All quotes"),
    url="till:quotes",
    verbs=("workshop.see",),
    rows=_QUOTES.rows,
    hangs=_QUOTES,
    is_personal=True,
    begun=_("Nothing has been quoted yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Quote"), "number", Kind.NUMBER, is_whole=True, url=lambda row: order_url(row.order)),
        Column("version", _("Version"), "version", Kind.FIGURE, is_default=False),
        Column("state", _("State"), "state", Kind.STATE, machine="quote"),
        Column("total", _("Total"), lambda row: (row.total_minor, row.currency), Kind.MONEY),
        Column("discount", _("Discount"), lambda row: (row.discount_minor, row.currency), Kind.MONEY, is_default=False),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("customer", _("Customer"), "order.customer.name"),
        Column("who", _("Who quoted"), "drafted_by.name"),
        Column("drafted", _("Written"), "drafted_at", Kind.WHEN, sort="pk", is_default=False),
        Column("issued", _("When issued"), "issued_at", Kind.WHEN, is_default=False),
        Column("valid", _("Valid until"), "valid_until", Kind.WHEN),
        Column("decided", _("Decided"), "decided_at", Kind.WHEN, is_default=False),
    ),
    filters=(
        Words("q", _("Quote or job"), holds=_of_job, finds=_found(Quote.objects.all()), hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("quote"), is_indexed=True),
    ),
)  # fmt: skip


_BILLS = HangsOn(lambda: Bill.objects.select_related("order__customer", "drawn_by"), "cashier.see")
BILLS = Listing(
    slug="bills",
    title=_("All bills"),
    url="till:bills",
    verbs=("cashier.see",),
    rows=_BILLS.rows,
    hangs=_BILLS,
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
        Words("q", _("Bill or job"), holds=_of_job, finds=_found(Bill.objects.all()), hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("bill"), is_indexed=True),
    ),
)  # fmt: skip


def _paid_for(text: str, _actor: Actor) -> Q:
    return begins("receipt_number", text.upper()) | begins("bill__order__number", text.upper())


def _paid_found(text: str, _actor: Actor) -> list[int] | None:
    own = few(Payment.objects.filter(begins("receipt_number", text.upper())))
    bills = None if own is None else jobs_found(Bill.objects.all(), text)
    return None if bills is None else all_of(own, few(Payment.objects.filter(bill__in=bills)))


_RECEIPTS = HangsOn(
    lambda: Payment.objects.select_related("bill__order", "taken_by"), "cashier.see", Bill, "bill_id", "order__unit"
)
RECEIPTS = Listing(
    slug="receipts",
    title=_("All receipts"),
    url="till:receipts",
    verbs=("cashier.see",),
    rows=_RECEIPTS.rows,
    hangs=_RECEIPTS,
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
        Words("q", _("Receipt or job"), holds=_paid_for, finds=_paid_found, hint=_("Its beginning")),
        Choice("method", _("Paid by"), column="method", options=choices_of("method"), is_indexed=True),
    ),
)  # fmt: skip

CREDIT = Listing(
    slug="credit",
    title=_("Credit accounts"),
    url="till:credit",
    verbs=("cashier.see",),
    rows=lambda actor: CreditAccount.objects.filter(actor.scope("cashier.see").q()).select_related("customer", "unit"),
    is_personal=True,
    begun=_("No customer has credit."),
    name_of=lambda row: row.customer.name,
    columns=(
        Column("customer", _("Customer"), "customer.name", is_whole=True, url=to("till:account", "pk")),
        Column("state", _("State"), "state", Kind.STATE, machine="credit"),
        Column("limit", _("Limit"), lambda row: (row.limit_minor, row.currency), Kind.MONEY),
        Column("used", _("Used"), lambda row: (row.used_minor, row.currency), Kind.MONEY),
        Column("free", _("Free"), lambda row: (row.limit_minor - row.used_minor, row.currency), Kind.MONEY),
        Column("days", _("Days to pay"), "days", Kind.FIGURE),
        Column("asked", _("Asked on"), "asked_at", Kind.DAY, sort="pk"),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER),
    ),
    filters=(
        Choice("state", _("State"), column="state", options=choices_of("credit")),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
    ),
    acts=(Act("approve", _("Approve"), "cashier.approve_credit", "check", act=cashier.approve_credit),),
)


def _owed_for(text: str, _actor: Actor) -> Q:
    return begins("payment__receipt_number", text.upper()) | begins("payment__bill__order__number", text.upper())


def _owed_found(text: str, actor: Actor) -> list[int] | None:
    paid = _paid_found(text, actor)
    return None if paid is None else few(Debt.objects.filter(payment__in=paid))


DEBTS = Listing(
    slug="debts",
    title=_("What customers owe"),
    url="till:debts",
    verbs=("cashier.see",),
    rows=lambda actor: Debt.objects.visible_to(actor).select_related("payment__bill__order", "account__customer", "unit"),
    is_personal=True,
    begun=_("Nothing was put on credit yet."),
    name_of=lambda row: row.payment.receipt_number,
    columns=(
        Column("customer", _("Customer"), "account.customer.name", is_whole=True, url=to("till:account", "account_id")),
        Column("order", _("Job"), "payment.bill.order.number", Kind.NUMBER, url=lambda row: order_url(row.payment.bill.order)),
        Column("receipt", _("Receipt"), "payment.receipt_number", Kind.NUMBER, is_default=False),
        Column("taken", _("On credit since"), "taken_on", Kind.DAY, sort="pk", is_default=False),
        Column("due", _("Due"), "due_on", Kind.DAY),
        Column("days", _("Days late"), lambda row: max(0, row.days_overdue(row.unit.day(now()))), Kind.FIGURE),
        Column("amount", _("Of"), lambda row: (row.amount_minor, row.account.currency), Kind.MONEY),
        Column("left", _("Owed"), lambda row: (row.left_minor, row.account.currency), Kind.MONEY),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER),
    ),
    filters=(
        Words("q", _("Receipt or job"), holds=_owed_for, finds=_owed_found, hint=_("Its beginning")),
        Tick("open", _("Not paid yet"), holds=lambda _actor: Q(left_minor__gt=0)),
        Tick("late", _("Overdue"), holds=lambda _actor: Q(left_minor__gt=0, due_on__lt=localdate())),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
    ),
)  # fmt: skip

LISTS = (QUOTES, BILLS, RECEIPTS, CREDIT, DEBTS)


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


@require_safe
def debts(request: HttpRequest) -> HttpResponse:
    """All that is owed on credit, and what was."""
    return show(request, DEBTS, desk_url=reverse("till:credit"), desk_title=_("Credit accounts"))
