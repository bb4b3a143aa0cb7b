"""The page of all components, and one for a customer, behind desks of their own: for the tests, and to look at (see look.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.i18n import set_language

from guiju.conf.running import health
from guiju.desks.common import design, desk, palette, views
from guiju.desks.common.doors import public
from guiju.desks.common.place import place_of, standing_in
from guiju.kernel.actor import Kind

UNIT = SimpleNamespace(name="佛山禅城维修中心", currency="CNY", jurisdiction="CN-44", time_zone="Asia/Shanghai")
NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)


class Everybody:
    """Somebody who may do anything."""

    kind, name, channel = Kind.PERSON, "Lin Mei", "web"
    person_id, unit_id = 1, 1
    order_id = request_id = None
    grants = (SimpleNamespace(unit_ids=None),)
    roles: frozenset[str] = frozenset()

    def may(self, verb: str, on: Any = None, unit_id: Any = None) -> bool:
        return verb != "nobody.may"


DESKS = (
    ("reception", "Reception", "phone", 0),
    ("control", "Control room", "layout-kanban", 4),
    ("bench", "Bench", "tool", 12),
    ("stores", "Stores", "building-store", 2),
    ("inspection", "Inspection", "shield-check", 0),
    ("till", "Till", "cash", 0),
    ("office", "Back office", "settings", 0),
)
show = design.show


@public
def plain(request: HttpRequest) -> HttpResponse:
    """A page for a customer."""
    order = SimpleNamespace(state="WAITING_PARTS", problem="No picture", promised_at=NOON)
    return render(request, "showcase/plain.html", {"order": order})


def seated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page as it is for somebody who may do anything."""

    @public
    def answer(request: Any) -> HttpResponse:
        request.actor, request.unit = Everybody(), UNIT
        with standing_in(place_of(UNIT)):
            return view(request)

    return answer


def declare_desks() -> None:
    """Put some desks into the navigation."""
    for order, (slug, title, icon, waiting) in enumerate(DESKS):
        section = desk.Section.OFFICE if slug == "office" else desk.Section.LINE
        desk.register(
            desk.Desk(slug, title, f"show:{slug}", icon, section=section, order=order, count=lambda _a, n=waiting: n)
        )


show_patterns = ([path(f"{slug}/", seated(show), name=slug) for slug, *_ in DESKS], "show")
urlpatterns = [
    path("show/", include(show_patterns)),
    path("plain/", plain),
    path("account/", include("allauth.urls")),
    path("", views.home, name="home"),
    path("stranger", views.home),
    path("track", views.track, name="track_box"),
    path("find", seated(views.search), name="find"),
    path("live", plain, name="live"),
    path("pin/", plain, name="own_pin"),
    path("terminal/", plain, name="terminal_switch"),
    path("terminal/lock", plain, name="terminal_lock"),
    path("palette", seated(palette.palette), name="palette"),
    path("request/", include(([path("", plain, name="choose")], "front_door"))),
    path("p/", include(([path("", plain, name="start")], "prices"))),
    path("language", public(set_language), name="set_language"),
    path("health", health.alive, name="health"),
]
