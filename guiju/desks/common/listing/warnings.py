"""Promises at risk: what each person was warned of, and whether they have looked."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.listing import Act, Choice, Column, Kind, Listing, Tick, Words, choices_of, show
from guiju.desks.common.listing.joined import about_job, in_unit, jobs_found, order_url
from guiju.kernel.actor import Actor
from guiju.oversight.notices import actions as notices
from guiju.oversight.notices import queries
from guiju.oversight.notices.models import PromiseWarning

SEE = "warnings.see"


def _job(text: str, _actor: Actor) -> Q:
    return about_job(text)


def _found(text: str, _actor: Actor) -> list[int] | None:
    return jobs_found(PromiseWarning.objects.all(), text)


def _what(row: PromiseWarning) -> Any:
    return _("The part is here") if row.part_id else _("The job is ready")


WARNINGS = Listing(
    slug="warnings",
    title=_("Promises at risk"),
    url="warnings",
    verbs=(SEE,),
    rows=queries.warnings,
    begun=_("No promise has been in danger yet. Whom it concerns is told here some hours before."),
    name_of=lambda row: row.order.number,
    late=lambda row: row.seen_at is None,
    columns=(
        Column("order", _("Job"), "order.number", Kind.NUMBER, is_whole=True, url=lambda row: order_url(row.order)),
        Column("step", _("How near"), "step", Kind.STATE, machine="warning"),
        Column("what", _("What was promised"), _what),
        Column("due", _("Until"), "due_at", Kind.WHEN),
        Column("stage", _("Where it stood"), "stage", Kind.WORD, machine="warning_stage"),
        Column("person", _("Who was told"), "person.name"),
        Column("at", _("Told"), "at", Kind.WHEN, sort="pk"),
        Column("seen", _("Seen"), "seen_at", Kind.WHEN),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("q", _("Job"), holds=_job, finds=_found, hint=_("Its beginning")),
        Choice("step", _("How near"), column="step", options=choices_of("warning")),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
        # Whoever answers for a unit sees everybody's, and looks off their own.
        Tick("mine", _("Only what I was told"), holds=lambda actor: Q(person_id=actor.person_id), is_indexed=True),
        Tick("unseen", _("Only what has not been seen"), holds=lambda _actor: Q(seen_at__isnull=True)),
    ),
    acts=(
        Act("seen", _("I have seen it"), "notices.acknowledge_warning", "check", act=notices.acknowledge_warning),
    ),
)  # fmt: skip


@require_safe
def warnings(request: HttpRequest) -> HttpResponse:
    """What this person was warned of; for who answers for a unit, everybody there."""
    return show(request, WARNINGS)
