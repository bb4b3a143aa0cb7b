"""A person of the cast at a desk: a browser, the shop's clock, and how a form is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.line.cast_line import Shop

Post = Callable[..., HttpResponse]


class Seat:
    """Somebody who sits at a desk."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **more: Any) -> HttpResponse:
        """Open a page."""
        return self.client.get(path, **more)

    def post(self, path: str, **typed: Any) -> HttpResponse:
        """Send a form, with a key of its own as the page would."""
        return self.client.post(path, {"once": str(uuid.uuid4()), **typed})


@pytest.fixture
def seat(signed_in: Callable[[str], Client]) -> Callable[[str], Seat]:
    """`seat("chen")` is Chen's browser."""
    return lambda name: Seat(signed_in(name))


@pytest.fixture
def on_the_shops_clock(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desks read the shop's clock, so that what a page does comes after what the test has done."""
    for module in ("control_room.views", "bench.views", "bench.quoting", "bench.forms"):
        monkeypatch.setattr(f"guiju.desks.{module}.now", shop.later)


def said(response: HttpResponse) -> str:
    """The page's text."""
    return response.content.decode()
