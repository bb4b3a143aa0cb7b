"""The papers of buying, and the steps that each may take: which verb, in which states, with which form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms as plain
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from guiju.desks.back_office.pooling import source_form
from guiju.desks.common import forms
from guiju.desks.common.steps import Step
from guiju.desks.common.words import money
from guiju.kernel.actor import Actor
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply import queries
from guiju.readiness.supply.models import (
    PurchaseOrder,
    PurchaseRequest,
    Sourcing,
    Supplier,
    SupplierInvoice,
    SupplierQuote,
)
from guiju.readiness.supply.rules import HANDS, Purpose, SupplierState
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit
from guiju.standing.people.queries import is_small_shop


class WantedForm(forms.Form):
    """What somebody asks to be bought: one part."""

    part = plain.CharField(label=_("Part"), max_length=60, help_text=_("Scan or type the part number."))
    quantity = plain.IntegerField(label=_("How many"), min_value=1, max_value=1_000_000)
    need_by = forms.DayField(label=_("Needed by"), required=False)
    reason = plain.CharField(label=_("What it is for"), max_length=300)

    def clean_part(self) -> Part:
        """The part of that number, however it is written."""
        part = Part.objects.filter(code__iexact=self.cleaned_data["part"].strip()).first()
        if part is None:
            raise plain.ValidationError(_("No part has this number. Look it up in the catalogue."))
        return part

    def ask(self, unit: Unit, *, by: Actor, at: Any) -> PurchaseRequest:
        """Write it down and hand it in."""
        data = self.cleaned_data
        row = supply.draft_request(
            unit, lines=[supply.Wanted(data["quantity"], data["part"])], reason=data["reason"], purpose=Purpose.STOCK,
            need_by=data["need_by"], by=by, at=at,
        )  # fmt: skip
        return supply.submit_request(row, by=by, at=at)


class WhyForm(forms.Form):
    """Why."""

    reason = plain.CharField(label=_("Why"), max_length=300)


class ApproveForm(forms.Form):
    """The sum that the approver sees, and the minutes of a body above its threshold."""

    total_minor = plain.IntegerField(widget=plain.HiddenInput)
    decision = plain.CharField(
        label=_("Minutes of the body that decided"), max_length=80, required=False, help_text=_("Only for large sums.")
    )


class DecisionForm(forms.Form):
    """The minutes of a body above its threshold."""

    decision = plain.CharField(
        label=_("Minutes of the body that decided"), max_length=80, required=False, help_text=_("Only for large sums.")
    )


class FewForm(forms.Form):
    """Why nobody else can."""

    because = plain.CharField(
        label=_("Why nobody else can"), max_length=300,
        help_text=_("In a shop of one or two, where its figure allows it. The auditor looks at each case."),
    )  # fmt: skip


class ReviewForm(forms.Form):
    """What was found of an emergency purchase."""

    was_justified = plain.TypedChoiceField(
        label=_("Was there no other way?"), choices=[("yes", _("There was none")), ("no", _("There was another"))],
        coerce=lambda word: word == "yes", widget=plain.RadioSelect,
    )  # fmt: skip
    note = plain.CharField(label=_("What you found"), max_length=300)


class QuoteForm(forms.Form):
    """An offer of a supplier: by its prices in force, or typed line by line."""

    supplier = plain.ModelChoiceField(label=_("Supplier"), queryset=Supplier.objects.none(), empty_label=None)
    valid_until = forms.DayField(label=_("Valid until"))
    basis = plain.CharField(label=_("Where it is from"), max_length=200)

    def __init__(self, *args: Any, sourcing: Sourcing, **more: Any) -> None:
        super().__init__(*args, **more)
        there = sourcing.quotes.values("supplier")
        self.fields["supplier"].queryset = (  # type: ignore[attr-defined]
            Supplier.objects.filter(state=SupplierState.ACTIVE).exclude(pk__in=there)
        )
        self.lines = queries.lines_of(sourcing)
        is_pooled = len({line.request.unit_id for line in self.lines}) > 1
        for line in self.lines:
            # The same part for two stores: each line is priced by itself, and says whose it is.
            name = f"{line.name} · {line.request.unit.name}" if is_pooled else line.name
            self.fields[f"price_{line.pk}"] = forms.MoneyField(
                label=_("Price of one: %(name)s") % {"name": name}, required=False, min_minor=1,
                help_text=_("Left empty, the supplier's price in force counts."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """All prices or none: what is typed for one line is typed for each."""
        data: dict[str, Any] = super().clean() or {}
        typed = {line.pk: data.pop(f"price_{line.pk}", None) for line in self.lines}
        data["prices"] = None
        if any(typed.values()):
            data["prices"] = {pk: price or 0 for pk, price in typed.items()}
        return data


class AwardForm(forms.Form):
    """Which offer, and why where there is a cheaper one."""

    quote = plain.ModelChoiceField(label=_("Offer"), queryset=SupplierQuote.objects.none(), empty_label=None)
    reason = plain.CharField(label=_("Why this one, if it is not the cheapest"), max_length=300, required=False)

    def __init__(self, *args: Any, sourcing: Sourcing, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["quote"]
        field.queryset = sourcing.quotes.select_related("supplier", "sourcing__unit")
        field.label_from_instance = lambda row: f"{row.supplier.name} · {money(row.total_minor, sourcing.currency)}"


class ConfirmForm(forms.Form):
    """The day and the sum that the supplier confirmed."""

    expected_on = forms.DayField(label=_("Comes on"))
    total_minor = forms.MoneyField(label=_("Sum that the supplier confirmed"), min_minor=1)


class PostponeForm(forms.Form):
    """Another day."""

    expected_on = forms.DayField(label=_("Comes on"))
    reason = plain.CharField(label=_("Why"), max_length=300)


class AppointForm(forms.Form):
    """When it comes to the door."""

    appointed_at = forms.MomentField(label=_("At the door"))
    carrier = plain.CharField(label=_("Who brings it"), max_length=120)


class CallOffForm(forms.Form):
    """Why an order is called off, and with whom."""

    reason = plain.CharField(label=_("Why"), max_length=300)
    agreed = plain.CharField(
        label=_("Agreed at the supplier with"), max_length=200, required=False, help_text=_("Once the order was sent.")
    )


class BillForm(forms.Form):
    """A supplier's invoice for what was accepted and not billed yet."""

    reference = plain.CharField(label=_("Number of the invoice"), max_length=60)
    amount_minor = forms.MoneyField(label=_("Sum of the invoice"), min_minor=1)


class PayForm(forms.Form):
    """The bank's number of the transfer."""

    payment = plain.CharField(label=_("The bank's number of the transfer"), max_length=80)


def _award(_row: Sourcing, *, quote: SupplierQuote, reason: str, by: Actor, at: Any) -> Sourcing:
    return supply.award(quote, reason=reason, by=by, at=at)


def _source(row: PurchaseRequest, *, requests: Iterable[PurchaseRequest] = (), by: Actor, at: Any) -> Sourcing:
    """By the buyer's own unit: the outlet's, or the head office's for whoever buys for the brand."""
    unit = row.unit if by.unit_id == row.unit_id else Unit.objects.get(pk=by.unit_id or 0)
    return supply.source([row, *requests], unit=unit, closes_at=at + timedelta(days=5), by=by, at=at)


def _review(row: PurchaseRequest, *, was_justified: bool, note: str, by: Actor, at: Any) -> Any:
    return supply.review_emergency(row.review, was_justified=was_justified, note=note, by=by, at=at)


def _review_few(row: PurchaseRequest, *, was_justified: bool, note: str, by: Actor, at: Any) -> Any:
    return supply.review_few(row.review, was_justified=was_justified, note=note, by=by, at=at)


def _bill(row: PurchaseOrder, *, reference: str, amount_minor: int, by: Actor, at: Any) -> SupplierInvoice:
    """Every accepted piece that no invoice has billed, at the ordered price."""
    open_lines = [each for each in row.lines.all() if each.accepted > each.billed]
    lines = [supply.BilledLine(each.pk, each.accepted - each.billed, each.price_minor) for each in open_lines]
    return supply.enter_invoice(row, reference=reference, amount_minor=amount_minor, lines=lines, by=by, at=at)


@dataclass(frozen=True)
class PaperStep:
    """A step, in which states its paper is offered it, what its button says, and its form of the row, who asks and what was sent."""

    step: Step
    states: str
    label: str | Promise
    form: Callable[..., Any] | None = None


def paper_steps(*rows: tuple[Any, ...]) -> tuple[PaperStep, ...]:
    """A row: slug, action, verb, in which states, its button, what is said afterwards, and its form where it has one."""
    made = []
    for slug, act, verb, states, label, said, *form in rows:
        step = Step(slug, f"supply.{verb}", act, said, "form" if form else "")
        made.append(PaperStep(step, states, label, form[0] if form else None))
    return tuple(made)


def _plain(form: type[forms.Form], **initial: Any) -> Callable[..., Any]:
    return lambda _row, _by, *sent: form(*sent, initial=initial)


def _total(row: PurchaseRequest) -> int:
    return sum(each.amount_minor for each in row.lines.filter(withdrawn_at=None))


REQUESTS = paper_steps(
    ("submit", supply.submit_request, "submit_request", "DRAFT", _("Hand it in"), _("It waits for approval.")),
    ("approve", supply.approve_request, "approve_request", "SUBMITTED", _("Approve"), _("Approved."),
       lambda row, _by, *sent: ApproveForm(*sent, initial={"total_minor": _total(row)})),
    ("return", supply.return_request, "return_request", "SUBMITTED", _("Send it back"), _("It is back with whoever asked."),
       _plain(WhyForm)),
    ("reject", supply.reject_request, "reject_request", "SUBMITTED", _("Reject"), _("Rejected."), _plain(WhyForm)),
    ("source", _source, "source", "APPROVED", _("Look for a supplier"), _("Offers can come in."), source_form),
    ("review", _review, "review_emergency", "APPROVED SOURCING AWARDED", _("Note the review"), _("Reviewed."), _plain(ReviewForm)),
    ("few", supply.buy_with_few, "buy_with_few", "DRAFT SUBMITTED", _("Let fewer people buy it"), _("The auditor will look at it."),
       _plain(FewForm)),
    ("review-few", _review_few, "review_few", "APPROVED SOURCING AWARDED", _("Note the review"), _("Reviewed."), _plain(ReviewForm)),
    # The last, so that nobody takes it for what is to be done.
    ("cancel", supply.cancel_request, "cancel_request", "DRAFT SUBMITTED APPROVED", _("Give up the request"), _("Given up."),
       _plain(WhyForm)),
)  # fmt: skip
SOURCINGS = paper_steps(
    ("quote", supply.take_quote, "take_quote", "OPEN", _("Write the offer down"), _("The offer is written down."),
       lambda row, _by, *sent: QuoteForm(*sent, sourcing=row)),
    ("award", _award, "award", "OPEN", _("Choose this offer"), _("A supplier is chosen."),
       lambda row, _by, *sent: AwardForm(*sent, sourcing=row)),
    ("ask-exception", supply.ask_exception, "ask_exception", "OPEN", _("Ask to do with fewer offers"),
       _("Somebody else has to allow it."),
       _plain(WhyForm)),
    ("grant-exception", supply.grant_exception, "grant_exception", "OPEN", _("Allow fewer offers"), _("Allowed.")),
    ("abandon", supply.abandon_sourcing, "abandon_sourcing", "OPEN", _("Give up this search"), _("Given up."), _plain(WhyForm)),
    ("order", supply.draft_order, "draft_order", "AWARDED", _("Write the order"), _("The order waits for approval.")),
)  # fmt: skip
ORDERS = paper_steps(
    ("approve", supply.approve_order, "approve_order", "DRAFT", _("Approve"), _("Approved."), _plain(DecisionForm)),
    ("send", supply.send_order, "send_order", "APPROVED", _("It was sent"), _("Sent.")),
    ("confirm", supply.confirm_order, "confirm_order", "SENT", _("The supplier confirmed it"), _("Whoever waits for it is told."),
       lambda row, _by, *sent: ConfirmForm(*sent, initial={"total_minor": row.total_minor})),
    ("postpone", supply.postpone_order, "postpone_order", "CONFIRMED SCHEDULED PART_RECEIVED", _("Note the new date"),
       _("Whoever waits for it is told."), _plain(PostponeForm)),
    ("appoint", supply.appoint_delivery, "appoint_delivery", "CONFIRMED", _("Appoint the delivery"), _("Appointed."),
       _plain(AppointForm)),
    ("bill", _bill, "enter_invoice", "PART_RECEIVED RECEIVED_FULL SHORT_CLOSED", _("Enter the invoice"), _("Entered, to be matched."),
       _plain(BillForm)),
    ("close-short", supply.close_short, "close_short", "PART_RECEIVED", _("Wait no longer for the rest"), _("Closed."), _plain(WhyForm)),
    ("cancel", supply.cancel_order, "cancel_order", "DRAFT APPROVED SENT CONFIRMED SCHEDULED", _("Call it off"), _("Called off."),
       _plain(CallOffForm)),
)  # fmt: skip
INVOICES = paper_steps(
    ("match", supply.match_invoice, "match_invoice", "ENTERED EXCEPTION", _("Compare it"), _("Compared.")),
    ("refuse", supply.refuse_invoice, "refuse_invoice", "ENTERED EXCEPTION", _("Send it back"), _("Sent back."), _plain(WhyForm)),
    ("pay", supply.pay_invoice, "pay_invoice", "MATCHED", _("It was paid"), _("Paid."), _plain(PayForm)),
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One kind of paper: its rows, its steps, and by which right it is read."""

    kind: str
    rows: Callable[[Actor], QuerySet[Any]]
    steps: tuple[PaperStep, ...]
    right: str
    machine: str
    template: str


def _requests(by: Actor) -> QuerySet[PurchaseRequest]:
    return PurchaseRequest.objects.visible_to(by).select_related("unit", "requested_by", "decided_by", "sourcing")


def _sourcings(by: Actor) -> QuerySet[Sourcing]:
    return Sourcing.objects.visible_to(by).select_related("unit", "buyer", "excepted_by", "awarded_to__supplier")


def _orders(by: Actor) -> QuerySet[PurchaseOrder]:
    return PurchaseOrder.objects.visible_to(by).select_related("unit", "supplier", "buyer", "approved_by", "sourcing")


def _invoices(by: Actor) -> QuerySet[SupplierInvoice]:
    return SupplierInvoice.objects.visible_to(by).select_related("unit", "supplier", "order", "paid_by", "paid_to")


PAPERS: Mapping[str, Paper] = {
    each.kind: each
    for each in (
        Paper("requests", _requests, REQUESTS, "supply.see", "purchase", "back_office/paper_requests.html"),
        Paper("sourcings", _sourcings, SOURCINGS, "purchases.see", "sourcing", "back_office/paper_sourcings.html"),
        Paper("orders", _orders, ORDERS, "purchases.see", "purchase_order", "back_office/paper_orders.html"),
        Paper("invoices", _invoices, INVOICES, "purchases.see", "supplier_invoice", "back_office/paper_invoices.html"),
    )
}


def offered(paper: Paper, row: Any, by: Actor) -> list[PaperStep]:
    """What this person may do to the paper as it stands."""
    return [
        each
        for each in paper.steps
        if row.state in each.states.split() and by.may(each.step.verb, on=row) and _makes_sense(each.step.slug, row)
    ]


def _makes_sense(slug: str, row: Any) -> bool:
    """Whether there is anything to it just now."""
    asks = _ASKS.get(slug)
    return asks is None or bool(asks(row))


_ASKS: Mapping[str, Callable[[Any], Any]] = {
    "review": lambda row: row.people_min == HANDS and hasattr(row, "review") and row.review.reviewed_at is None,
    "few": lambda row: row.people_min == HANDS and is_small_shop(row.unit),
    "review-few": lambda row: row.people_min < HANDS and row.review.reviewed_at is None,
    "award": lambda row: not row.is_sealed(now()) and row.quotes.exists(),
    "grant-exception": lambda row: row.exception and row.excepted_by_id is None,
    "ask-exception": lambda row: not row.exception and row.quotes_needed > 1,
    "order": lambda row: not row.orders.exclude(state="CANCELLED").exists(),
    "bill": lambda row: any(each.accepted > each.billed for each in row.lines.all()),
}
