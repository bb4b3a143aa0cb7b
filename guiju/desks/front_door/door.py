"""Who stands at the door: a stranger at one outlet, or whoever holds the link of one request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from guiju.desks.common.doors import public, sealed
from guiju.desks.common.place import place_of, standing_in
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.line.intake import queries as intake
from guiju.standing.people.models import Unit
from guiju.standing.people.rules import UnitKind

Page = Callable[..., HttpResponse]


@reach.as_house
def open_outlets() -> list[Unit]:
    """The outlets whose door stands open."""
    return list(Unit.objects.filter(kind=UnitKind.OUTLET, is_active=True).order_by("path"))


@reach.as_house
def _open_outlet(code: str) -> Unit | None:
    return Unit.objects.filter(code__iexact=code, kind=UnitKind.OUTLET, is_active=True).first()


def at_the_door(page: Page) -> Page:
    """Open a page of one outlet to anybody; whoever sends something acts as a stranger there, a clerk too."""

    @wraps(page)
    def opened(request: HttpRequest, outlet: str, **more: Any) -> HttpResponse:
        unit = _open_outlet(outlet)
        if unit is None:
            raise Http404
        request.actor = Actor.stranger(unit.pk)  # type: ignore[attr-defined]
        request.unit = unit  # type: ignore[attr-defined]
        with standing_in(place_of(unit)), reach.of(request.actor):  # type: ignore[attr-defined]
            return page(request, unit, **more)

    return public(opened)


def by_link(page: Page) -> Page:
    """Open a page by the link of one request; a link that leads nowhere is a page that does not exist."""

    @wraps(page)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        asked = intake.by_follow_token(token)
        if asked is None:
            return sealed(render(request, "404.html", status=404))
        request.actor = Actor.stranger(asked.unit_id, request_id=asked.pk)  # type: ignore[attr-defined]
        request.unit = asked.unit  # type: ignore[attr-defined]
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(asked.language)
            request.LANGUAGE_CODE = translation.get_language()
        with standing_in(place_of(asked.unit)), reach.of(request.actor):  # type: ignore[attr-defined]
            return sealed(page(request, asked, token, **more))

    return public(opened)
