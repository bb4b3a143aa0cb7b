"""The repairs that did not hold, and who bears them (WO-11)."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.listing import Choice, Column, Days, Kind, Listing, Words, begins, choices_of, show
from guiju.desks.common.listing.joined import all_of, few, in_unit
from guiju.desks.common.states import word_for
from guiju.desks.control_room.promises import SEE, technicians
from guiju.kernel.actor import Actor
from guiju.line.workorder.models import ComeBack
from guiju.standing.catalogue.models import FaultCode

FAMILIES_MAX = 200
_NAMES = ("unit", "charged_to", "technician")


def _job(text: str, _actor: Actor) -> Q:
    return begins("order_number", text.upper()) | begins("earlier_number", text.upper())


def _found(text: str, _actor: Actor) -> list[int] | None:
    return all_of(
        *(few(ComeBack.objects.filter(begins(name, text.upper()))) for name in ("order_number", "earlier_number"))
    )


def _families(_actor: Actor) -> list[tuple[str, str]]:
    codes = FaultCode.objects.exclude(family="").order_by("family").values_list("family", flat=True).distinct()
    return [(family, word_for(family, "fault_family")) for family in codes[:FAMILIES_MAX]]


def _own_url(row: ComeBack) -> str:
    # What came back at another outlet is that outlet's job: here only its number is known.
    return reverse("order", args=[row.order_number]) if row.unit_id == row.charged_to_id else ""


COME_BACKS = Listing(
    slug="come-backs",
    title=_("Repairs that did not hold"),
    url="control_room:come_backs",
    verbs=(SEE,),
    rows=lambda actor: ComeBack.objects.visible_to(actor, SEE).select_related(*_NAMES),
    begun=_("No repair has come back yet."),
    name_of=lambda row: row.order_number,
    columns=(
        Column("order", _("Job"), "order_number", Kind.NUMBER, is_whole=True, url=_own_url),
        Column("earlier", _("Earlier repair"), "earlier_number", Kind.NUMBER),
        Column("fault", _("Kind of fault"), "fault_family", Kind.WORD, machine="fault_family"),
        Column("days", _("Days between"), "days", Kind.FIGURE),
        Column("bearer", _("Who bears it"), "bearer", Kind.WORD, machine="bearer"),
        Column("charged", _("Charged to"), "charged_to.code", Kind.NUMBER),
        Column("technician", _("Repaired by"), "technician.name"),
        Column("at", _("Found on"), "at", Kind.WHEN, sort="at"),
        Column("unit", _("Came back to"), "unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("q", _("Job or earlier repair"), holds=_job, finds=_found, hint=_("Its beginning")),
        Choice("bearer", _("Who bears it"), column="bearer", options=choices_of("bearer"), is_indexed=True),
        Choice("fault", _("Kind of fault"), column="fault_family", options=_families, is_indexed=True),
        Choice("technician", _("Technician"), column="technician", options=technicians, is_indexed=True),
        Days("at", _("Found on"), column="at", is_indexed=True),
        Words("charged", _("Charged to"), holds=in_unit("charged_to"), is_indexed=True),
    ),
)  # fmt: skip
LISTS = (COME_BACKS,)


@require_safe
def come_backs(request: HttpRequest) -> HttpResponse:
    """Each repair of these outlets that did not hold."""
    return show(request, COME_BACKS, desk_url=reverse("control_room:board"), desk_title=_("Control room"))
