"""Pages that belong to no desk: the door and the search box."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from guiju.desks.common import desk, find
from guiju.desks.common.doors import public
from guiju.desks.common.tracking import TrackForm


def _actor(request: HttpRequest) -> Any | None:
    return getattr(request, "actor", None)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To each their own desk; to a stranger, what this is and where to ask after a repair."""
    actor = _actor(request)
    if actor is None:
        return render(request, "common/welcome.html", {"form": TrackForm()})
    own = desk.home_of(actor)
    return redirect(own) if own else render(request, "common/no_desk.html")


@public
@require_GET
def track(request: HttpRequest) -> HttpResponse:
    """The box on the door: a repair's code, or the whole link that the customer was given, leads to its page."""
    form = TrackForm(request.GET)
    if form.is_valid():
        return redirect(f"/t/{form.cleaned_data['code']}")
    return render(request, "common/welcome.html", {"form": form}, status=422)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """One box that finds; the only thing found is opened at once."""
    actor = _actor(request)
    if actor is None:
        return redirect(f"{reverse('account_login')}?next={request.get_full_path()}")
    text = " ".join(request.GET.get("q", "").split())
    answers = find.search(actor, text) if text else []
    only = find.only_hit(answers)
    if only is not None:
        return redirect(only.url)
    return render(request, "common/found.html", {"text": text, "answers": answers})
