"""The calendar: on which days nobody is there, for the whole brand and for each unit."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from guiju.desks.back_office.sections import enter
from guiju.desks.back_office.staff_forms import ClosedDayForm
from guiju.desks.back_office.views.people import units_for
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel import words
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people.models import Unit
from guiju.standing.policy import actions as policy
from guiju.standing.policy import queries
from guiju.standing.policy.models import ClosedDay
from guiju.standing.policy.rules import StateCalendar

# The state announces the next year in November.
WARN_DAYS = 60
DAYS_SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Request) -> HttpResponse:
    """The closed days that still come, and a form for another one."""
    actor: Actor = request.actor
    context = enter(actor, "calendar")
    units = units_for(actor, "policy.close_day")
    form = ClosedDayForm(units=units, initial={"unit": actor.unit_id})
    if request.method == "POST":
        if not actor.may("policy.close_day"):
            raise NotAllowed
        form = ClosedDayForm(request.POST, units=units)
        if perform(request, form, lambda data: policy.close_day(**data, by=actor, at=now()).pk):
            messages.success(request, gettext("The calendar knows that day now."))
            return redirect("back_office:calendar")
    days = [_shown(actor, day) for day in queries.calendar(actor, since=_today(request))]
    more = {"form": form, "days": days, "followed": _followed(actor, _today(request))}
    return render(request, "back_office/calendar.html", {**context, **more}, status=422 if form.is_bound else 200)


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Withdraw a closed day."""
    actor: Actor = request.actor
    day = get_object_or_404(ClosedDay.objects.visible_to(actor).select_related("unit"), pk=pk)
    if not actor.may("policy.reopen_day", on=day):
        raise NotAllowed
    if perform(request, None, lambda _data: policy.reopen_day(day, by=actor, at=now()).pk):
        messages.success(request, gettext("It is open on that day."))
    return redirect("back_office:calendar")


def _today(request: Request) -> date:
    return request.unit.day(now()) if request.unit else now().date()


def _shown(actor: Actor, day: ClosedDay) -> dict[str, Any]:
    may = day.withdrawn_at is None and actor.may("policy.reopen_day", on=day)
    return {"day": day, "may_reopen": may}


def _followed(by: Actor, today: date) -> list[dict[str, Any]]:
    """The calendars that the units of this person follow, with what they still say of the days to come."""
    return [
        {
            "code": each.jurisdiction,
            "units": each.units,
            "calendar": each.calendar,
            "ends_soon": each.ends_within(WARN_DAYS, on=today),
            "days": _to_come(each.calendar, today) if each.calendar else [],
        }
        for each in queries.followed(Unit.objects.visible_to(by).filter(is_active=True))
    ]


def _to_come(calendar: StateCalendar, today: date) -> list[dict[str, Any]]:
    off: list[dict[str, Any]] = [
        {"first": each.first, "last": each.last, "name": words.pick(each.names)} for each in calendar.holidays
    ]
    works: list[dict[str, Any]] = [{"first": day, "last": day, "name": ""} for day in calendar.works]
    coming = [each for each in (*off, *works) if each["last"] >= today]
    return sorted(coming, key=lambda each: each["first"])[:DAYS_SHOWN]
