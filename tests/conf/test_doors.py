"""The door is closed to strangers, and asks at every request who acts (T39)."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import timezone, translation

from guiju.conf.backends import LoginBackend
from guiju.conf.middleware import SIGN_IN_PAGES, ActorMiddleware
from guiju.desks.common.doors import public
from guiju.kernel.actor import Actor
from guiju.standing.people import actions as people
from guiju.standing.people.models import Login, Person
from tests.cast import NOON, Cast, password_of

Browser = Callable[[str], Client]
# Views that a stranger reaches: each is listed, so that opening another one is a decision.
# The last two are those of the screen that a customer sees at the till; a provider of wallets tells under its signature.
PUBLIC = {"home", "track_box", "set_language", "health", "ready", "metrics", "twiml", "wallet_told", "show", "look"}
OPEN_DESKS = ("guiju.desks.track", "guiju.desks.front_door")


def views(patterns: Any = None) -> Any:
    """Every view of the site with its name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        else:
            yield pattern


@pytest.mark.shows("T13")
def test_the_public_pages_are_these_and_no_others() -> None:
    marked = {
        pattern.name for pattern in views()
        if getattr(pattern.callback, "is_public", False) and not pattern.callback.__module__.startswith(OPEN_DESKS)
    }  # fmt: skip
    assert marked == PUBLIC
    assert {pattern.name for pattern in views()} >= SIGN_IN_PAGES


def test_a_stranger_is_shown_the_way_in_and_back(client: Client, signed_in: Browser) -> None:
    page = reverse("find") + "?q=tv"
    assert signed_in("lin").get(page).status_code == 200
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next=/find%3Fq%3Dtv"
    assert client.get(reverse("health")).status_code == 200


def test_what_a_stranger_sends_leads_back_to_the_page_that_it_was_sent_from(client: Client, db: None) -> None:
    door, find = reverse("account_login"), reverse("find")
    page = {"Referer": "http://testserver/reception/customers/new?phone=1"}
    assert client.post(find, headers=page)["Location"] == f"{door}?next=/reception/customers/new%3Fphone%3D1&sent=1"
    assert client.post(find)["Location"] == f"{door}?next=/&sent=1"
    for elsewhere in (
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "http://testserver:81/x",
    ):
        assert client.post(find, headers={"Referer": elsewhere})["Location"] == f"{door}?next=/&sent=1"


def test_a_fragment_of_a_stranger_takes_the_whole_page_to_the_door(client: Client, db: None) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/bench/"}
    assert client.get(reverse("find"), headers=asked)["HX-Redirect"] == f"{reverse('account_login')}?next=/bench/"
    assert (
        client.post(reverse("find"), headers=asked)["HX-Redirect"] == f"{reverse('account_login')}?next=/bench/&sent=1"
    )
    foreign = asked | {"HX-Current-URL": "https://evil.example/bench/"}
    assert client.get(reverse("find"), headers=foreign)["HX-Redirect"] == f"{reverse('account_login')}?next=/"


def test_after_signing_in_nobody_is_led_out_of_the_house(client: Client, cast: Cast) -> None:
    entered = {"login": "lin", "password": password_of("lin")}
    answer = client.post(reverse("account_login"), entered | {"next": "https://evil.example/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    answer = Client().post(reverse("account_login"), entered | {"next": "/bench/"})
    assert (answer.status_code, answer["Location"]) == (302, "/bench/")


@pytest.mark.shows("T39")
def test_a_suspended_person_is_out_at_the_next_click(
    cast: Cast, signed_in: Browser, lin_person: Person, nie: Actor
) -> None:
    browser = signed_in("lin")
    assert browser.get(reverse("find")).status_code == 200
    people.suspend(lin_person, reason="x", by=nie, at=NOON)
    assert browser.get(reverse("find")).status_code == 403
    # The session is gone, so this is a stranger now.
    assert browser.get(reverse("find")).status_code == 302
    people.reinstate(lin_person, reason="x", by=nie, at=NOON)
    assert signed_in("lin").get(reverse("find")).status_code == 200


def test_a_login_without_a_person_opens_nothing(client: Client, cast: Cast) -> None:
    ghost = Login.objects.create(username="ghost")
    client.force_login(ghost, backend="guiju.conf.backends.LoginBackend")
    assert client.get(reverse("find")).status_code == 403


# --- What a view finds on its request


def passed(request: HttpRequest) -> Any:
    """The request as a view sees it."""
    seen: list[Any] = []

    def view(at_the_view: HttpRequest) -> HttpResponse:
        seen.append(at_the_view)
        return HttpResponse()

    ActorMiddleware(view)(request)
    return seen[0]


def coming(login: Any = None, **headers: str) -> Any:
    request: Any = RequestFactory().get("/x", headers=headers)
    request.user = login or AnonymousUser()
    request.htmx = False
    return request


def test_the_person_and_the_unit_stand_on_the_request_after_three_statements(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    pk = Login.objects.values_list("pk", flat=True).get(username="lin")
    with django_assert_max_num_queries(3):
        login = LoginBackend().get_user(pk)
        request = passed(coming(login))
    assert (request.actor.name, request.unit.code) == ("lin", "FS01")
    assert request.actor.may("intake.register", unit_id=request.unit.pk)


def test_a_stranger_is_nobody_and_costs_nothing(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        request = passed(coming())
    assert (request.actor, request.unit) == (None, None)


def test_pages_are_in_the_persons_language_unless_the_browser_chose_another(cast: Cast) -> None:
    login = Login.objects.get(username="lin")
    login.language = "zh-hant"
    with translation.override("en"):
        assert passed(coming(login)).LANGUAGE_CODE == "zh-hant"
        assert translation.get_language() == "zh-hant"
    chosen = coming(login)
    chosen.COOKIES[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        passed(chosen)
        assert translation.get_language() == "en"


def test_a_program_comes_by_its_key_and_a_session_lends_it_nothing(
    cast: Cast, shen: Actor, shen_person: Person
) -> None:
    key, text = people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=shen, at=timezone.now())
    request = passed(coming(Authorization=f"Bearer {text}"))
    assert (request.actor.name, request.actor.channel, request.unit.code) == ("shen", "api", "FS01")
    assert request.actor.only == {"stock.receive"}
    people.revoke_api_key(key, by=shen, at=timezone.now())
    assert passed(coming(cast.logins["nie"], Authorization=f"Bearer {text}")).actor is None


def test_a_program_without_a_key_is_answered_as_a_program(db: None) -> None:
    request = coming()
    request.path = "/api/v1/orders"
    request.actor, request.resolver_match = None, SimpleNamespace(url_name="orders")
    answer = ActorMiddleware(lambda _: HttpResponse()).process_view(request, lambda _: None, (), {})
    assert answer is not None
    assert answer.status_code == 401
    assert b'"sign_in_first"' in answer.content


def test_a_page_is_closed_unless_it_is_marked(db: None) -> None:
    door = ActorMiddleware(lambda _: HttpResponse())
    request = coming()
    request.actor, request.resolver_match = None, SimpleNamespace(url_name="x")
    assert door.process_view(request, public(lambda _: None), (), {}) is None
    closed = door.process_view(request, lambda _: None, (), {})
    assert closed is not None
    assert closed.status_code == 302
