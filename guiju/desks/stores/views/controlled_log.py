"""The access log of the controlled stores (6.27): every opening, by whom, because of which document."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Choice, Column, Days, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import HangsOn
from guiju.desks.common.papers import send_kept
from guiju.kernel.actor import Actor
from guiju.oversight.papers import queries as papers
from guiju.readiness.custody.models import AccessSession, ControlledStore


def _found(text: str, _actor: Actor) -> Q:
    return begins("number", text.upper()) | begins("authority", text)


def _stores(actor: Actor) -> list[tuple[str, str]]:
    return [(str(store.pk), store.name) for store in ControlledStore.objects.visible_to(actor)[:300]]


_OPENINGS = HangsOn(AccessSession.objects.with_names, "custody.see", above=ControlledStore, key="store_id")
ACCESS_LOG = Listing(
    slug="access-log",
    title=_("Access log"),
    url="stores:controlled_log",
    verbs=("custody.see",),
    rows=_OPENINGS.rows,
    hangs=_OPENINGS,
    begun=_("No controlled store has been opened yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Opening"), "number", Kind.NUMBER, is_whole=True, url=to("stores:controlled_opening", "number")),
        Column("store", _("Store"), "store.name"),
        Column("unit", _("Outlet"), "store.unit.code", Kind.NUMBER, is_default=False),
        Column("state", _("State"), "state", Kind.STATE, machine="controlled"),
        Column("authority", _("Document"), "authority", Kind.NUMBER),
        Column("purpose", _("What for"), "purpose", is_default=False),
        Column("first", _("First person"), lambda row: row.first_by.name if row.first_by else ""),
        Column("second", _("Second person"), lambda row: row.second_by.name if row.second_by else ""),
        Column("opened", _("Opened"), "opened_at", Kind.WHEN),
        Column("closed", _("Locked"), "closed_at", Kind.WHEN),
        Column("asked", _("Asked on"), "requested_at", Kind.WHEN, sort="pk", is_default=False),
        Column("settled", _("What was found"), "settled_note", is_default=False),
    ),
    filters=(
        Words("q", _("Opening or document"), holds=_found, hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("controlled"), is_indexed=True),
        Choice("store", _("Store"), column="store", options=_stores, is_indexed=True),
        Days("asked", _("Asked on"), column="requested_at"),
    ),
)  # fmt: skip


@require_safe
def record(request: Request, number: str) -> HttpResponse:
    """One opening as a paper (6.27)."""
    session = get_object_or_404(AccessSession.objects.visible_to(request.actor).with_names(), number=number)
    return send_kept(request, lambda how: papers.access_record(session, how), session.number)


@require_safe
def log(request: Request) -> HttpResponse:
    """Every opening, also those that were denied."""
    return show(request, ACCESS_LOG, "stores/controlled_log.html")
