"""Whether we keep what we promise: order by order as a list, and by outlet and technician over a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common import forms, words
from guiju.desks.common.listing import Choice, Column, Days, Kind, Listing, Tick, Words, show
from guiju.desks.common.listing.joined import about_job, in_unit, jobs_found, order_url
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import PromiseOutcome
from guiju.standing.people.models import Person

SEE = "dispatch.see"
TECHNICIANS_MAX = 300


def _job(text: str, _actor: Actor) -> Q:
    return about_job(text)


def _found(text: str, _actor: Actor) -> list[int] | None:
    return jobs_found(PromiseOutcome.objects.all(), text)


def technicians(actor: Actor) -> list[tuple[str, str]]:
    """Whom one may choose from."""
    rows = Person.objects.visible_to(actor).order_by("name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows[:TECHNICIANS_MAX]]


KEPT = Listing(
    slug="promises",
    title=_("Promises kept and broken"),
    url="control_room:promises",
    verbs=(SEE,),
    rows=lambda actor: PromiseOutcome.objects.visible_to(actor, SEE).select_related("order", "unit", "technician"),
    begun=_("No job was ready yet."),
    first="-ready",
    name_of=lambda row: row.order.number,
    late=lambda row: row.late_agreed_minutes > 0,
    columns=(
        Column("order", _("Job"), "order.number", Kind.NUMBER, is_whole=True, url=lambda row: order_url(row.order)),
        Column("technician", _("Technician"), "technician.name", is_default=False),
        Column("first", _("First promise"), "first_at", Kind.WHEN),
        Column("agreed", _("Agreed last"), "agreed_at", Kind.WHEN),
        Column("ready", _("Ready"), "ready_at", Kind.WHEN, sort="ready_at"),
        Column("late_first", _("By the first promise"), lambda row: words.lateness(row.late_first_minutes)),
        Column("late_agreed", _("By the date agreed last"), lambda row: words.lateness(row.late_agreed_minutes)),
        Column("revisions", _("Times moved"), "revisions", Kind.FIGURE),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("q", _("Job"), holds=_job, finds=_found, hint=_("Its beginning")),
        Choice("technician", _("Technician"), column="technician", options=technicians, is_indexed=True),
        Days("ready", _("Ready"), column="ready_at", is_indexed=True),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
        Tick("late", _("Only what was late"), holds=lambda _actor: Q(late_agreed_minutes__gt=0)),
    ),
)  # fmt: skip

LISTS = (KEPT,)


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Each job that was ready, and whether in time."""
    return show(request, KEPT, desk_url=reverse("control_room:board"), desk_title=_("Control room"))


class TimeForm(forms.Form):
    """From one day to another, both with it."""

    since = forms.DayField(label=_("From"))
    until = forms.DayField(label=_("To"))


@require_safe
def on_time(request: HttpRequest) -> HttpResponse:
    """How many jobs of each outlet and technician were ready in time, by the first promise and by the agreed one."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not actor.may(SEE):
        raise NotAllowed
    today = timezone.localdate()
    usual = {"since": today - timedelta(days=30), "until": today}
    form = TimeForm(request.GET if "since" in request.GET else usual)
    said: dict[str, date] = form.cleaned_data if form.is_valid() else usual
    rows = workorder.on_time(actor, SEE, since=said["since"], until=said["until"])
    context = {"form": form, "units": rows, **said}
    return render(request, "control_room/on_time.html", context, status=200 if form.is_valid() else 422)
