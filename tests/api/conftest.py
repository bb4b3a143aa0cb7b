"""A program that speaks with the house: by a person's session, or by that person's key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from guiju_client import Guiju

from guiju.standing.people import actions as people
from tests.line.cast_line import Shop, a_drawing, a_picture, this_morning
from tests.tap import nothing_leaks, tap

__all__ = ["nothing_leaks", "tap"]
ROOT = "/api/v1"


class Program:
    """Somebody's program."""

    def __init__(self, client: Client, **headers: str) -> None:
        self.client = client
        self.headers = headers

    def get(self, path: str, **asked: Any) -> HttpResponse:
        """Read."""
        return self.client.get(f"{ROOT}{path}", asked, headers=self.headers)

    def post(self, path: str, *, key: str = "", **said: Any) -> HttpResponse:
        """Say a verb, and look at the answer oneself."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(f"{ROOT}{path}", json.dumps(said), content_type="application/json", headers=headers)

    def do(self, path: str, **said: Any) -> Any:
        """Say a verb that must succeed, and take its answer."""
        answer = self.post(path, **said)
        assert answer.status_code == 200, (path, answer.content.decode())
        return answer.json()

    def send(self, path: str, file: bytes, *, key: str = "", **about: Any) -> HttpResponse:
        """Send a picture."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(f"{ROOT}{path}", {"file": SimpleUploadedFile("x", file), **about}, headers=headers)

    def photo(self, number: int, unit: str = "FS01") -> int:
        """The key of a photograph that was kept."""
        return int(_kept(self.send("/photos", a_picture(number), unit=unit)))

    def signature(self, number: int = 1, unit: str = "FS01") -> int:
        """The key of a signature that was kept."""
        return int(_kept(self.send("/signatures", a_drawing(number), unit=unit)))


def _kept(answer: HttpResponse) -> int:
    assert answer.status_code == 200, answer.content.decode()
    key: int = answer.json()["id"]  # type: ignore[attr-defined]
    return key


def is_problem(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The problem that this answer must be."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()  # type: ignore[attr-defined]
    assert (said["status"], said["code"]) == (status, code), said
    return said


class InHouse:
    """Carries what the client says to the house itself, without a network."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Any:
        """Ask, and give the answer back as it came."""
        kind = headers.get("Content-Type", "application/octet-stream")
        return _Came(self.browser.generic(method, path, body or b"", content_type=kind, headers=dict(headers)))


class _Came:
    def __init__(self, response: Any) -> None:
        self.status, self.headers, self.content = response.status_code, response.headers, response.content


@pytest.fixture
def at_a_desk(signed_in: Callable[[str], Client]) -> Callable[[str], Guiju]:
    """`at_a_desk("lin")` is the Python client in Lin's session."""
    return lambda name: Guiju("", "", carrier=InHouse(signed_in(name)))


@pytest.fixture
def by_key(shop: Shop) -> Callable[[str, Iterable[str]], Guiju]:
    """`by_key("chen", verbs)` is the Python client with a key of Chen's for these verbs."""

    def make(name: str, verbs: Iterable[str]) -> Guiju:
        _, text = people.make_api_key(
            shop.cast.people[name], label="Robot", verbs=verbs, by=shop.actor(name), at=shop.later()
        )
        return Guiju("", text, carrier=InHouse(Client(enforce_csrf_checks=True)))

    return make


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """The shop this morning: the API acts by the real clock, and what came before it must be earlier."""
    shop.now = this_morning()
    return shop


@pytest.fixture
def program(signed_in: Callable[[str], Client]) -> Callable[[str], Program]:
    """`program("lin")` acts as Lin by her session."""
    return lambda name: Program(signed_in(name))


@pytest.fixture
def keyed(shop: Shop) -> Callable[[str, Iterable[str]], Program]:
    """`keyed("chen", verbs)` acts as Chen by a key for these verbs; foreign pages' proof is asked for as in real life."""

    def make(name: str, verbs: Iterable[str]) -> Program:
        _, text = people.make_api_key(
            shop.cast.people[name], label="Robot", verbs=verbs, by=shop.actor(name), at=shop.later()
        )
        return Program(Client(enforce_csrf_checks=True), Authorization=f"Bearer {text}")

    return make
