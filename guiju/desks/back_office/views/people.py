"""People: who works here, in which roles, and how they come in."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from guiju.desks.back_office.sections import enter
from guiju.desks.back_office.staff_forms import HireForm, LoginForm, ReasonForm, RoleForm
from guiju.desks.back_office.views.lists import PEOPLE
from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.listing import show
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people import actions, queries
from guiju.standing.people.models import ApiKey, Login, Person, RoleGrant, Unit
from guiju.standing.people.rules import ARROWS, Status

# What is done to a person, the form that it asks, and what is said when it is done.
DEEDS: Mapping[str, tuple[type[Form] | None, Any]] = {
    "admit": (None, gettext_lazy("The person may begin to work.")),
    "suspend": (ReasonForm, gettext_lazy("The person may do nothing any more, on any device.")),
    "reinstate": (ReasonForm, gettext_lazy("The person may do again what they could.")),
    "part_with": (ReasonForm, gettext_lazy("The roles have ended, and the login opens nothing any more.")),
    "grant_role": (RoleForm, gettext_lazy("The role is granted.")),
    "make_login": (LoginForm, gettext_lazy("The person can sign in now.")),
}


def units_for(actor: Actor, verb: str) -> QuerySet[Unit]:
    """The units in which this person may do it."""
    return Unit.objects.filter(actor.scope(verb).q(unit="pk"), is_active=True).order_by("path")


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: Request) -> HttpResponse:
    """Everybody whom the person may see, and a form to take somebody on."""
    actor: Actor = request.actor
    context = enter(actor, "people")
    units = units_for(actor, "people.hire")
    form, status = HireForm(units=units), 200
    if request.method == "POST":
        if not actor.may("people.hire"):
            raise NotAllowed
        form, status = HireForm(request.POST, units=units), 422
        done = perform(request, form, lambda data: actions.hire(**data, by=actor, at=now()), what="people.hire")
        if done:
            messages.success(request, gettext("The person is on the list."))
            return redirect("back_office:person", done.answer)
    more = {"form": form, "may_hire": actor.may("people.hire"), "is_refused": status != 200}
    answer = show(request, PEOPLE, "back_office/people.html", desk_title=gettext("Back office"), **more, **context)
    answer.status_code = status if status != 200 else answer.status_code
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Request, number: str) -> HttpResponse:
    """One person: roles, login, keys, and what may be done to them."""
    actor: Actor = request.actor
    context = enter(actor, "people")
    row = get_object_or_404(Person.objects.visible_to(actor).select_related("unit"), number=number)
    bound: dict[str, Form] = {}
    if request.method == "POST":
        name = request.POST.get("do", "")
        if name not in DEEDS:
            raise Http404
        if not actor.may(f"people.{name}", on=row):
            raise NotAllowed
        form = _form(name, actor, row, request.POST)
        if _done(request, name, form, row):
            return redirect("back_office:person", number)
        if form is not None:
            bound[name] = form
    return render(
        request, "back_office/person.html", {**context, **_about(row, actor, bound)}, status=422 if bound else 200
    )


def _form(name: str, actor: Actor, row: Person, data: Any = None) -> Form | None:
    kind = DEEDS[name][0]
    if kind is None:
        return None
    more: dict[str, Any] = {"auto_id": f"{name}-%s"}
    if kind is RoleForm:
        more |= {"units": units_for(actor, "people.grant_role")}
        more |= {"initial": {"starts_on": row.unit.day(now()), "unit": row.unit_id}}
    return kind(data, **more)


def _done(request: Request, name: str, form: Form | None, row: Person) -> bool:
    act: Callable[..., Any] = getattr(actions, name)
    done = perform(
        request, form, lambda data: act(row, **data, by=request.actor, at=now()), what=f"people.{name}.{row.pk}"
    )
    if done:
        messages.success(request, DEEDS[name][1])
    return bool(done)


def _about(row: Person, actor: Actor, bound: Mapping[str, Form]) -> Mapping[str, Any]:
    moves = {verb.removeprefix("people.") for verb in ARROWS[Status(row.status)].values()}
    login = Login.objects.filter(person=row).first()
    possible = {*moves, "grant_role", *([] if login else ["make_login"])}
    if row.status == Status.LEFT:
        possible = set()
    if actor.person_id == row.pk:
        possible &= {"make_login"}
    return {
        "person": row,
        "login": login,
        "grants": [
            {"row": grant, "may_end": actor.may("people.end_role", unit_id=grant.unit_id)}
            for grant in queries.grants_of(row, on=row.unit.day(now()))
        ],
        "keys": ApiKey.objects.filter(person=row, revoked_at__isnull=True),
        "may_revoke": actor.may("people.revoke_api_key", on=row),
        "deeds": {
            name: bound.get(name) or _form(name, actor, row) or True
            for name in DEEDS
            if name in possible and actor.may(f"people.{name}", on=row)
        },
    }


@require_POST
def end_role(request: Request, pk: int) -> HttpResponse:
    """Take a role from a person today."""
    visible = Person.objects.visible_to(request.actor)
    grant = get_object_or_404(RoleGrant.objects.select_related("person", "unit").filter(person__in=visible), pk=pk)
    if not request.actor.may("people.end_role", unit_id=grant.unit_id):
        raise NotAllowed
    if perform(request, None, lambda _data: actions.end_role(grant, by=request.actor, at=now())):
        messages.success(request, gettext("The role has ended."))
    return redirect("back_office:person", grant.person.number)
