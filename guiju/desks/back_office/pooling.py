"""Which approved requests are bought together: ticked on the page of one of them, and refused there where they do not go together."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.words import money
from guiju.kernel.actor import Actor
from guiju.readiness.supply.models import PurchaseRequest, RequestLine
from guiju.readiness.supply.rules import RequestState


class SourceForm(forms.Form):
    """Which other approved requests are bought with this one, in one order: those that want the same parts stand first."""

    requests = forms.SomeOfField(
        label=_("Buy together with it"), queryset=PurchaseRequest.objects.none(), required=False,
        widget=plain.CheckboxSelectMultiple,
        help_text=_("One order, each store its own lines. What wants the same parts stands first."),
    )  # fmt: skip

    def __init__(self, *args: Any, row: PurchaseRequest, by: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["requests"]
        field.queryset = _others(row, by)
        # One statement for the rows and one for their lines, which the labels then name.
        field.label_from_instance = _what_it_wants

    @property
    def has_any(self) -> bool:
        """Whether there is anything to be bought along."""
        field: Any = self.fields["requests"]
        return bool(field.queryset)


def _others(row: PurchaseRequest, by: Actor) -> QuerySet[PurchaseRequest]:
    """The other approved requests that this person may buy for, the ones for the same parts first."""
    same = RequestLine.objects.filter(
        request=OuterRef("pk"), withdrawn_at=None, part__in=row.lines.filter(withdrawn_at=None).values("part")
    )
    rows = PurchaseRequest.objects.filter(by.scope("supply.source").q(), state=RequestState.APPROVED)
    rows = rows.exclude(pk=row.pk).annotate(is_same=Exists(same)).select_related("unit")
    standing = RequestLine.objects.filter(withdrawn_at=None).select_related("part")
    return rows.prefetch_related(Prefetch("lines", standing, to_attr="wanted")).order_by("-is_same", "pk")


def _what_it_wants(row: Any) -> str:
    """`FS01 · PR-1 · 4 × DRUM-1 · ¥400.00`: what a row of the choice says."""
    wanted = ", ".join(f"{each.quantity} × {each.name}" for each in row.wanted)
    worth = sum(each.amount_minor for each in row.wanted)
    said = [row.unit.name, row.number, wanted, money(worth, row.currency)]
    return " · ".join([*said, gettext("emergency")] if row.is_emergency else said)


def source_form(row: PurchaseRequest, by: Actor, *sent: Any) -> SourceForm | None:
    """A bare button where there is nothing to buy along; whatever was ticked is read all the same."""
    form = SourceForm(*sent, row=row, by=by)
    return form if sent or form.has_any else None
