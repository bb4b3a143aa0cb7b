"""A receipt on paper: the original once, then duplicates with their reason; and the list of what was printed again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import papers
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Column, Kind, Listing, Words, begins, show, to
from guiju.desks.common.listing.joined import HangsOn, all_of, few, order_url
from guiju.desks.till.forms import PrintForm
from guiju.desks.till.views import refunds
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, Refusal
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Bill, Payment, Printing, Refund


@require_POST
def print_receipt(request: Request, number: str) -> HttpResponse:
    """The paper itself, of the payment or of a refund of it; in a window of its own, so nothing is sent in the background."""
    payment = get_object_or_404(queries.payments(by=request.actor), receipt_number=number)
    if not request.actor.may("cashier.print_receipt", on=payment.bill):
        raise NotAllowed
    refund = request.POST.get("refund", "")
    paid: Payment | Refund = get_object_or_404(payment.refunds, number=refund) if refund else payment
    form, at = PrintForm(request.POST, auto_id=f"print_{refund}_%s"), timezone.now()
    if form.is_valid():
        try:
            made = cashier.print_receipt(paid, reason=form.cleaned_data["reason"], by=request.actor, at=at)
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            paper, order = "refund" if refund else "receipt", payment.bill.order
            return papers.send(request, order, paper, printed_by=request.actor.name, at=at, printing=made)
    return refunds.page(request, payment, status=422, **{f"print_{refund}": form})


def _printed_for(text: str, _actor: Actor) -> Any:
    number = text.upper()
    return begins("payment__receipt_number", number) | begins("refund__number", number)


def _printed_found(text: str, _actor: Actor) -> list[int] | None:
    number = text.upper()
    paid = few(Payment.objects.filter(begins("receipt_number", number)))
    back = few(Refund.objects.filter(begins("number", number)))
    if paid is None or back is None:
        return None
    return all_of(
        few(Printing.objects.filter(payment__in=paid, ordinal__gt=1)), few(Printing.objects.filter(refund__in=back, ordinal__gt=1))
    )  # fmt: skip


_PRINTINGS = HangsOn(
    lambda: Printing.objects.filter(ordinal__gt=1).select_related("bill__order", "payment", "refund__payment", "printed_by"),
    "cashier.see", Bill, "bill_id", "order__unit",
)  # fmt: skip
PRINTINGS = Listing(
    slug="printings",
    title=_("Receipts printed again"),
    url="till:printings",
    verbs=("cashier.see",),
    rows=_PRINTINGS.rows,
    hangs=_PRINTINGS,
    begun=_("No receipt was printed a second time."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Receipt"), "number", Kind.NUMBER, is_whole=True, url=to("till:receipt", "receipt_number")),
        Column("duplicate", _("Duplicate"), "duplicates", Kind.FIGURE),
        Column("reason", _("Why"), "reason"),
        Column("who", _("Printed by"), "printed_by.name"),
        Column("at", _("When"), "at", Kind.WHEN, sort="pk"),
        Column("amount", _("Amount"), lambda row: (row.amount_minor, row.bill.currency), Kind.MONEY),
        Column("order", _("Job"), "bill.order.number", Kind.NUMBER, url=lambda row: order_url(row.bill.order)),
    ),
    filters=(Words("q", _("Receipt"), holds=_printed_for, finds=_printed_found, hint=_("Its beginning")),),
)  # fmt: skip


@require_safe
def printings(request: HttpRequest) -> HttpResponse:
    """All that was printed a second time."""
    return show(request, PRINTINGS, desk_url=reverse("till:receipts"), desk_title=_("All receipts"))
