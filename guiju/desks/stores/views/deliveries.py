"""Deliveries at the door: counted without a look at what was ordered, inspected, and put into their bins."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from guiju.books.stock.models import LOT_LONGEST, Bin
from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.models import GoodsReceipt, OrderLine, PurchaseOrder
from guiju.readiness.supply.rules import UNDER_WAY, ReceiptState
from guiju.standing.catalogue.models import Part
from guiju.standing.people.queries import unit_of

ROWS = 50
COUNTED_AT_ONCE = 6


def _part(text: str) -> Part | None:
    """The part of that number, however it is written; nothing for nothing.

    raises   ValidationError
    """
    if not text.strip():
        return None
    found = Part.objects.filter(code__iexact=text.strip()).first()
    if found is None:
        raise plain.ValidationError(_("No part has this number. Look it up in the catalogue."))
    return found


class CountForm(forms.Form):
    """What came, as it was counted: the delivery note, then part after part, each scanned."""

    note = plain.CharField(
        label=_("Delivery note"), max_length=60, help_text=_("The number on the supplier's delivery note.")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for number in range(1, COUNTED_AT_ONCE + 1):
            first = number == 1
            self.fields[f"part_{number}"] = plain.CharField(label=_("Part"), max_length=60, required=first)
            self.fields[f"count_{number}"] = plain.IntegerField(
                label=_("How many came"), min_value=1, max_value=1_000_000, required=first
            )
            self.fields[f"instead_{number}"] = plain.CharField(
                label=_("It came instead of"), max_length=60, required=False
            )

    def clean(self) -> dict[str, Any]:
        """The lines as the verb takes them."""
        data: dict[str, Any] = super().clean() or {}
        lines = []
        for number in range(1, COUNTED_AT_ONCE + 1):
            try:
                part, instead = (_part(data.get(f"{name}_{number}") or "") for name in ("part", "instead"))
            except plain.ValidationError as unknown:
                self.add_error(f"part_{number}", unknown)
                continue
            count = data.get(f"count_{number}")
            if part is not None and count:
                lines.append(supply.Counted(count, part, instead_of=instead))
            elif part is not None or count:
                self.add_error(f"count_{number}", _("Say which part, and how many."))
        return {"note": data.get("note", ""), "lines": lines}

    @property
    def rows(self) -> list[Any]:
        """The fields of each line."""
        return [
            [self[f"{name}_{number}"] for name in ("part", "count", "instead")]
            for number in range(1, COUNTED_AT_ONCE + 1)
        ]


class InspectForm(forms.Form):
    """How many of each counted line are bad, and why."""

    def __init__(self, *args: Any, receipt: GoodsReceipt, **more: Any) -> None:
        super().__init__(*args, **more)
        self.counted = list(receipt.lines.select_related("line__part", "part"))
        for each in self.counted:
            name = each.come.code if each.come else each.line.words
            self.fields[f"rejected_{each.pk}"] = plain.IntegerField(
                label=_("%(name)s: %(count)s counted, bad of them") % {"name": name, "count": each.delivered},
                min_value=0, max_value=each.delivered, initial=0,
            )  # fmt: skip
            self.fields[f"why_{each.pk}"] = plain.CharField(
                label=_("What is wrong with it"), max_length=200, required=False,
                help_text=_("Or why another part will do."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The lines as the verb takes them."""
        data: dict[str, Any] = super().clean() or {}
        return {
            "lines": [
                supply.Inspected(each.pk, each.delivered - bad, bad, data.get(f"why_{each.pk}", ""))
                for each in self.counted
                for bad in [data.get(f"rejected_{each.pk}") or 0]
            ]
        }


class ShelveForm(forms.Form):
    """Into which bin each accepted line goes."""

    def __init__(self, *args: Any, receipt: GoodsReceipt, **more: Any) -> None:
        super().__init__(*args, **more)
        bins = Bin.objects.filter(store__unit_id=receipt.unit_id).select_related("store")
        self.good = [each for each in receipt.lines.select_related("line__part", "part") if each.accepted and each.come]
        for each in self.good:
            part: Any = each.come
            self.fields[f"bin_{each.pk}"] = plain.ModelChoiceField(
                label=f"{part.code} × {each.accepted}", queryset=bins, empty_label=None
            )
            if part.is_serialised:
                self.fields[f"serials_{each.pk}"] = plain.CharField(
                    label=_("Serial numbers"),
                    widget=plain.Textarea(attrs={"rows": 3}),
                    help_text=_("One in each line."),
                )
            if part.tracks_lots:
                self.fields[f"lot_{each.pk}"] = plain.CharField(label=_("Lot"), max_length=LOT_LONGEST)
                self.fields[f"expires_on_{each.pk}"] = forms.DayField(label=_("To be used until"), required=False)

    def clean(self) -> dict[str, Any]:
        """The bins, serials and lots by the key of the line."""
        data: dict[str, Any] = super().clean() or {}
        bins = {each.pk: data[f"bin_{each.pk}"] for each in self.good if data.get(f"bin_{each.pk}")}
        serials = {each.pk: data.get(f"serials_{each.pk}", "").split() for each in self.good}
        lots = {each.pk: (data.get(f"lot_{each.pk}") or "", data.get(f"expires_on_{each.pk}")) for each in self.good}
        return {"bins": bins, "serials": serials, "lots": lots}


@require_safe
def deliveries(request: Request) -> HttpResponse:
    """What is on its way to this store, and what stands at the door."""
    actor: Actor = request.actor
    if not actor.may("supply.receive"):
        raise NotAllowed
    scope = actor.scope("supply.receive")
    coming = OrderLine.objects.filter(scope.q(), ended_at__isnull=True).values("order_id")
    orders = PurchaseOrder.objects.filter(pk__in=coming, state__in=sorted(UNDER_WAY)).select_related("supplier")
    here = GoodsReceipt.objects.filter(scope.q()).exclude(state=ReceiptState.PUT_AWAY).select_related("order__supplier")
    context = {"orders": orders.order_by("expected_on", "pk")[:ROWS], "receipts": here.order_by("pk")[:ROWS]}
    return render(request, "stores/deliveries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: Request, number: str) -> HttpResponse:
    """Count what came of one order; how many were ordered is not on the page."""
    actor: Actor = request.actor
    if not actor.may("supply.receive"):
        raise NotAllowed
    order = get_object_or_404(PurchaseOrder.objects.visible_to(actor).select_related("supplier"), number=number)
    unit = unit_of(actor)
    form, status = CountForm(request.POST or None), 200
    if request.method == "POST":
        if unit is None:
            raise NotAllowed
        done = perform(request, form, lambda data: supply.receive(order, unit=unit, **data, by=actor, at=now()))
        if done:
            messages.success(request, gettext("Counted. It waits to be inspected."))
            return redirect("stores:goods", done.answer)
        status = 422
    return render(request, "stores/delivery.html", {"order": order, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def goods(request: Request, number: str) -> HttpResponse:
    """One delivery: inspected, then put into its bins."""
    actor: Actor = request.actor
    if not actor.may("supply.receive"):
        raise NotAllowed
    rows = GoodsReceipt.objects.visible_to(actor).select_related(
        "unit", "order__supplier", "received_by", "inspected_by"
    )
    receipt = get_object_or_404(rows, number=number)
    make, verb, act = _next(receipt)
    may = bool(verb) and actor.may(verb, on=receipt)
    form, status = (make(request.POST or None, receipt=receipt) if make else None), 200
    if request.method == "POST":
        if not may or form is None:
            raise NotAllowed
        if perform(request, form, lambda data: act(receipt, **data, by=actor, at=now())):
            messages.success(request, gettext("Done."))
            return redirect("stores:goods", number)
        status = 422
    lines = receipt.lines.select_related("line__part", "part", "bin__store")
    context = {
        "receipt": receipt,
        "lines": lines,
        "form": form if may else None,
        "is_counted": verb == "supply.inspect",
    }
    return render(request, "stores/goods.html", context, status=status)


def _next(receipt: GoodsReceipt) -> tuple[Any, str, Any]:
    """What comes next for a delivery: its form, its right and its verb; nothing once it is put away."""
    if receipt.state == ReceiptState.RECEIVED:
        return InspectForm, "supply.inspect", supply.inspect
    if receipt.state == ReceiptState.PUT_AWAY:
        return None, "", None
    return ShelveForm, "supply.put_away", supply.put_away
