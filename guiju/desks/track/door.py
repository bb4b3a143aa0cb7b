"""The door behind the customer's link: whoever has the link acts as the customer of that one order, and of no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.timezone import now

from guiju.desks.common.doors import public, sealed
from guiju.desks.common.place import place_of, standing_in
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.line.workorder import queries as workorder

Page = Callable[..., HttpResponse]


def by_link(page: Page) -> Page:
    """Open a page by the customer's link; a link that leads nowhere is a page that does not exist."""

    @wraps(page)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        order = workorder.by_track_token(token)
        if order is None:
            return sealed(render(request, "404.html", status=404))
        # A clerk who is signed in and opens the link is the customer here: the page shows what the customer sees.
        request.actor = Actor.customer(order.pk, order.unit_id, order.customer.name)  # type: ignore[attr-defined]
        request.unit = order.unit  # type: ignore[attr-defined]
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(order.language)
            request.LANGUAGE_CODE = translation.get_language()
        with standing_in(place_of(order.unit)), reach.of(request.actor):  # type: ignore[attr-defined]
            if workorder.link_is_over(order, token, at=now()):
                # Nothing of the order: whoever has an old link may have found it.
                return sealed(render(request, "track/ended.html", {"place": order.unit}, status=410))
            return sealed(page(request, order, token, **more))

    return public(opened)
