"""One scene for all questions: made once, asked by everybody, and every answer tapped."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import urls
from django.contrib.sessions.backends import db as sessions
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test import client as asking
from django.urls import URLResolver
from django.utils import timezone
from django.utils.translation import get_language
from django.views.defaults import page_not_found

from guiju.conf import backends, middleware
from guiju.conf.running import health
from guiju.desks.common import middleware as refusals
from tests.access.people import browsers
from tests.access.scene import Scene
from tests.line.cast_line import Shop
from tests.tap import marks_in, nothing_leaks, tap

__all__ = ["nothing_leaks", "tap"]


@pytest.fixture
def scene(shop: Shop, other_shop: Shop, settings: Any, tmp_path: Path) -> Scene:
    """FS01 with a job at every station; pictures in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path
    return Scene(shop, other_shop)


@pytest.fixture
def clients(scene: Scene, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> dict[str, Client]:
    """Everybody's browser, and a stranger's.

    Who somebody is does not change while thousands of questions are asked, so it is looked up once for each of them; that it
    is looked up at every click is told in tests/conf/test_sign_in.py.
    """
    # On a busy machine the questions take longer than a technician has for accepting a job: meanwhile the clock stands still.
    stopped = timezone.now()
    # These tables come from the models and have had no migration; what that means is told in tests/conf/test_watching.py.
    monkeypatch.setattr(health, "_seen_level", [True])
    monkeypatch.setattr(timezone, "now", lambda: stopped)
    _remember(monkeypatch, backends.LoginBackend, "get_user", key=lambda _self, pk: pk)
    _remember(monkeypatch, middleware.queries, "person_of", key=lambda login: login.pk)
    _remember(monkeypatch, middleware.queries, "coming", key=lambda person, _at: person.pk)
    # Where an address leads is the same whoever asks: forty people ask one after another, and to find it tries 140 patterns.
    _remember(monkeypatch, URLResolver, "resolve", key=lambda resolver, path: (id(resolver), path))
    # Nobody looks here at what a page was drawn from, and copies of it would be kept of every part of it.
    monkeypatch.setattr(asking, "store_rendered_templates", lambda *_a, **_k: None)
    _remember_refusals(monkeypatch)
    # What one question writes into a session is taken back before the next, so each begins with a copy.
    _remember(monkeypatch, sessions.SessionStore, "load", key=lambda session: session.session_key, give=deepcopy)
    return browsers(signed_in)


def _as_it_is(known: Any) -> Any:
    return known


def _remember(
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,
    name: str,
    *,
    key: Callable[..., Any],
    give: Callable[[Any], Any] = _as_it_is,
) -> None:
    known: dict[Any, Any] = {}
    look = getattr(owner, name)

    def answer(*asked: Any) -> Any:
        known_as = key(*asked)
        if known_as not in known:
            known[known_as] = look(*asked)
        return give(known[known_as])

    monkeypatch.setattr(owner, name, answer)


def _remember_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the page of a refusal once for each person and sentence: it knows nothing else, but for the address that was asked.

    Whose number stood in that address is no news to whoever asked for it (tests.tap), and is not told to whoever asks for another.
    """

    def drawn(draw: Callable[..., HttpResponse], word: Callable[..., Any]) -> Callable[..., HttpResponse]:
        known: dict[Any, HttpResponse] = {}

        def answer(request: HttpRequest, *told: Any, **how: Any) -> HttpResponse:
            key = (request.user.pk, getattr(request, "actor", None), get_language(), word(*told), how.get("status"))
            if key not in known:
                known[key] = page = draw(request, *told, **how)
                for mark in marks_in(request.get_full_path()):
                    page.content = page.content.replace(mark.text.encode(), b"")
            page = known[key]
            return HttpResponse(page.content, status=page.status_code, content_type=page.headers["Content-Type"])

        return answer

    def sentence(template: str, context: dict[str, Any]) -> tuple[str, str]:
        return template, str(context["refusal"])

    monkeypatch.setattr(refusals, "render", drawn(refusals.render, sentence))
    monkeypatch.setattr(urls, "handler404", drawn(page_not_found, lambda: "404"))
