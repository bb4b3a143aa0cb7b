"""One's own API keys: made for what one may do oneself, and revoked."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from guiju.desks.back_office.sections import enter
from guiju.desks.back_office.staff_forms import KeyForm
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor, known_verbs
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people import actions
from guiju.standing.people.actions.keys import NEVER_BY_KEY
from guiju.standing.people.models import ApiKey, Person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: Request) -> HttpResponse:
    """The person's keys, and a form for another; its text is on the page that follows, and never again."""
    actor: Actor = request.actor
    context = enter(actor, "keys")
    verbs = [verb for verb in known_verbs() if verb not in NEVER_BY_KEY and actor.may(verb)]
    form, status, secret = KeyForm(verbs=verbs), 200, ""
    if request.method == "POST":
        form, status = KeyForm(request.POST, verbs=verbs), 422
        shown: list[str] = []
        if perform(request, form, lambda data: _make(data, actor, shown), what="keys.make"):
            if not shown:
                messages.info(request, gettext("This key was made already, and its text was shown then."))
                return redirect("back_office:keys")
            form, status, secret = KeyForm(verbs=verbs), 200, shown[0]
    own = ApiKey.objects.filter(person_id=actor.natural_person_id).order_by("-made_at", "-pk")
    more = {"form": form, "secret": secret, "keys": own}
    return render(request, "back_office/keys.html", {**context, **more}, status=status)


def _make(data: Any, actor: Actor, shown: list[str]) -> int:
    """Make the key. Its text goes to the page alone: what a form is answered with is kept, the text must not be."""
    person = Person.objects.select_related("unit").get(pk=actor.natural_person_id)
    key, text = actions.make_api_key(person, **data, by=actor, at=now())
    shown.append(text)
    return key.pk


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """Let a key open nothing any more."""
    actor: Actor = request.actor
    visible = Person.objects.visible_to(actor)
    key = get_object_or_404(ApiKey.objects.select_related("person").filter(person__in=visible), pk=pk)
    if not actor.may("people.revoke_api_key", on=key):
        raise NotAllowed
    if perform(request, None, lambda _data: actions.revoke_api_key(key, by=actor, at=now())):
        messages.success(request, gettext("The key opens nothing any more."))
    if key.person_id == actor.person_id:
        return redirect("back_office:keys")
    return redirect("back_office:person", key.person.number)
