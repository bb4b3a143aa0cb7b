"""The showcase page, as the tests ask for it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from guiju.desks.common import desk, find
from guiju.desks.common.place import place_of, standing_in
from tests.desks.common import showcase

Page = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def _own_desks(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.desks.common.showcase"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": ["tests/desks/common/templates"]}]
    monkeypatch.setattr(desk, "_registry", {})
    monkeypatch.setattr(find, "_registry", {})
    showcase.declare_desks()


@pytest.fixture
def ask(rf: RequestFactory) -> Page:
    """Ask a view for its page, as somebody, in a language."""

    def answer(
        view: Any = showcase.show,
        path: str = "/show/bench/",
        *,
        data: Any = None,
        actor: Any = None,
        language: str = "en",
    ) -> HttpResponse:
        request: HttpRequest = rf.get(path) if data is None else rf.post(path, data)
        request.actor = actor  # type: ignore[attr-defined]
        request.unit = showcase.UNIT if actor else None  # type: ignore[attr-defined]
        request.htmx = False  # type: ignore[attr-defined]
        request.session = {}  # type: ignore[assignment]
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        request.user = None  # type: ignore[assignment]
        with translation.override(language), standing_in(place_of(request.unit)):  # type: ignore[attr-defined]
            response: HttpResponse = view(request)
            return response

    return answer


@pytest.fixture
def everybody() -> showcase.Everybody:
    """Somebody who may do anything."""
    return showcase.Everybody()
