"""How a person likes to see a list: its columns, and views that have a name."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.listing.asked import Asked, habits
from guiju.desks.common.listing.away import back, entered
from guiju.desks.common.listing.declared import Listing
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people import actions as people
from guiju.standing.people.models import Person, SavedView


class KeepForm(forms.Form):
    """A name for what is seen now."""

    name = django_forms.CharField(label=_("Name of the view"), max_length=60)
    is_first = django_forms.BooleanField(label=_("Open the list with it"), required=False)


def _person(actor: Actor) -> Person:
    """Whoever asks, as a person; a link has no habits.

    raises   NotAllowed
    """
    if actor.person_id is None:
        raise NotAllowed
    return Person.objects.select_related("unit").get(pk=actor.person_id)


@require_POST
def columns(request: Request, listing: str) -> HttpResponse:
    """Show these columns from now on, in this order; in the view that is open, if it is one's own."""
    shown, actor = entered(request, listing)
    person, asked = _person(actor), Asked(shown, actor, request.GET)
    wanted = _ordered(shown, actor, request.POST.getlist("column"), request.POST.get("move", ""))
    view = habits(shown, actor).named(request.GET.get("view", ""))
    own = view if view is not None and view.belongs_to(actor) else None
    query = request.GET.urlencode()

    def keep(_data: Any) -> SavedView:
        named: dict[str, Any] = (
            {"name": own.name, "query": own.query, "is_first": own.is_first} if own is not None else {}
        )
        return people.keep_view(person, listing=listing, columns=wanted, by=actor, at=now(), **named)

    perform(request, None, keep)
    # Another's view has columns of its own: without it one sees one's own.
    return back(shown, query if view is None or own is not None else asked.plain)


def _ordered(listing: Listing, actor: Actor, ticked: list[str], move: str) -> list[str]:
    """The columns that were ticked; the one that was pushed goes a place to the front. Nothing ticked means the usual ones."""
    known = [column.slug for column in listing.columns_for(actor)]
    chosen = [slug for slug in dict.fromkeys(ticked) if slug in known]
    if move in chosen and (place := chosen.index(move)) > 0:
        chosen[place - 1], chosen[place] = chosen[place], chosen[place - 1]
    return chosen


@require_POST
def keep(request: Request, listing: str) -> HttpResponse:
    """Keep what is seen now under a name."""
    seen, actor = entered(request, listing)
    person, asked = _person(actor), Asked(seen, actor, request.GET)
    how = habits(seen, actor)
    shown = [column.slug for column in how.columns(seen, actor, how.named(request.GET.get("view", "")))]
    form = KeepForm(request.POST)
    done = perform(
        request,
        form,
        lambda data: (
            people.keep_view(person, listing=listing, query=asked.plain, columns=shown, by=actor, at=now(), **data).pk
        ),
    )
    if not done:
        for sentences in form.errors.values():
            messages.error(request, " ".join(str(each) for each in sentences))
        return back(seen, request.GET.urlencode())
    messages.success(request, gettext("The view “%(name)s” is kept.") % {"name": form.cleaned_data["name"]})
    return back(seen, "&".join(each for each in (asked.plain, f"view={done.answer}") if each))


@require_POST
def change(request: Request, listing: str, pk: int, change: str) -> HttpResponse:
    """Drop a view, share it with one's unit, or have it for oneself again."""
    seen, actor = entered(request, listing)
    rows = SavedView.objects.open_to(actor).filter(listing=listing).exclude(name="").select_related("person")
    view, at = get_object_or_404(rows, pk=pk), now()
    verb = "people.drop_view" if change == "drop" else "people.share_view"
    if not actor.may(verb, on=view):
        raise NotAllowed
    said = {
        "drop": gettext("The view is dropped."),
        "share": gettext("Everybody in your unit can choose this view now."),
        "unshare": gettext("The view is your own again."),
    }
    unit = request.unit if change == "share" else None

    def act(_data: Any) -> int:
        if change == "drop":
            people.drop_view(view, by=actor, at=at)
        else:
            people.share_view(view, unit=unit, by=actor, at=at)
        return pk

    if perform(request, None, act):
        messages.success(request, said[change])
    if change == "drop":
        return redirect(f"{seen.address()}?all=1")
    return back(seen, "&".join(each for each in (view.query, f"view={pk}") if each))
