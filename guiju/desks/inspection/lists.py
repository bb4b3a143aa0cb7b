"""The list that the owner of a small shop looks through each month: who tested their own repair (5.4)."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.listing import Column, Days, Kind, Listing, Words, show
from guiju.desks.common.listing.joined import HangsOn, about_job, jobs_found, order_url
from guiju.kernel.actor import Actor
from guiju.line.quality import queries
from guiju.line.quality.models import Inspection


def _job(text: str, _actor: Actor) -> Q:
    return about_job(text)


def _found(text: str, _actor: Actor) -> list[int] | None:
    return jobs_found(Inspection.objects.filter(is_self_check=True), text)


_CHECKS = HangsOn(queries.self_checks, "quality.see")
SELF_CHECKS = Listing(
    slug="self-checks",
    title=_("Tests of one's own repair"),
    url="inspection:self_checks",
    verbs=("quality.see",),
    rows=_CHECKS.rows,
    hangs=_CHECKS,
    begun=_("Nobody has tested their own repair yet."),
    name_of=lambda row: row.order.number,
    columns=(
        Column("order", _("Job"), "order.number", Kind.NUMBER, is_whole=True, url=lambda row: order_url(row.order)),
        Column("who", _("Who repaired and tested it"), "inspector.name"),
        Column("allowed", _("Allowed by"), lambda row: row.allowed_by_name or ""),
        Column("result", _("Result"), "result", Kind.WORD, machine="inspection"),
        Column("photos", _("Photos"), lambda row: row.photo_count or 0, Kind.FIGURE),
        Column("note", _("Note"), "note", is_default=False),
        Column("at", _("When"), "at", Kind.WHEN, sort="pk"),
    ),
    filters=(
        Words("q", _("Job"), holds=_job, finds=_found, hint=_("Its beginning")),
        Days("at", _("When"), column="at", is_indexed=True),
    ),
)

LISTS = (SELF_CHECKS,)


@require_safe
def self_checks(request: HttpRequest) -> HttpResponse:
    """Every test of somebody's own repair."""
    return show(request, SELF_CHECKS, desk_url=reverse("inspection:home"), desk_title=_("Inspection"))
