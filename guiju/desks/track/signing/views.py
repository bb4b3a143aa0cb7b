"""One page, one signature: what it is for stands above the box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from guiju.desks.common.doors import public, sealed
from guiju.desks.common.perform import perform
from guiju.desks.common.place import place_of, standing_in
from guiju.desks.track.forms import OwnHandForm
from guiju.kernel import reach, signing
from guiju.kernel.actor import Actor
from guiju.kernel.models import AskedSignature
from guiju.standing.people.models import Unit


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Read, and sign; whoever holds the link acts as a stranger at that outlet, a clerk who opens it too."""
    asked = signing.by_link(token)
    if asked is None:
        return sealed(render(request, "404.html", status=404))
    request.actor = actor = Actor.stranger(asked.unit_id or 0)  # type: ignore[attr-defined]
    with reach.of(actor):
        return _opened(request, asked, token)


def _opened(request: HttpRequest, asked: AskedSignature, token: str) -> HttpResponse:
    unit = Unit.objects.filter(pk__in=[asked.unit_id]).first()
    request.unit = unit  # type: ignore[attr-defined]
    # The words were written in the customer's language; the page around them speaks it too.
    with translation.override(asked.content["language"]), standing_in(place_of(unit)):
        request.LANGUAGE_CODE = translation.get_language()
        return sealed(_page(request, asked, token))


def _page(request: HttpRequest, asked: AskedSignature, token: str) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OwnHandForm(*sent, initial={"signature": asked.content.get("name", "")})
    actor, at = request.actor, timezone.now()  # type: ignore[attr-defined]

    def given(data: dict[str, object]) -> int:
        signature = data["signature"]
        return signing.sign(asked, drawn=signature.image, name=signature.name, by=actor, at=at).pk  # type: ignore[attr-defined]

    if request.method == "POST" and perform(request, form, given, what="evidence.give_signature"):  # type: ignore[arg-type]
        return redirect("sign:sign", token)
    is_over = asked.signed_at is None and asked.expires_at <= at
    status = 410 if is_over else 422 if form.errors else 200
    context = {"asked": asked, "form": form, "is_over": is_over, "place": request.unit}  # type: ignore[attr-defined]
    return render(request, "track/sign.html", context, status=status)
