"""Whoever approves money signs in with a second factor; the rest of the house need not (PLT-2)."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from guiju.standing.people import actions as people
from tests.cast import FOUNDED, Cast, password_of

pytestmark = [pytest.mark.django_db, pytest.mark.shows("PLT-2")]

SET_UP = "/account/2fa/"


@pytest.fixture(autouse=True)
def demanded(settings: Any) -> None:
    settings.SECOND_FACTOR_DEMANDED = True


def code_for(secret: str) -> str:
    """What the telephone would show now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def comes_in(name: str) -> Client:
    client = Client()
    client.post("/account/login/", {"login": name, "password": password_of(name)})
    return client


def sets_up(client: Client, name: str) -> str:
    """Set up an authenticator app as a person would, and give back its secret."""
    assert client.get(f"{SET_UP}totp/activate/").headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": password_of(name)})
    page = client.get(f"{SET_UP}totp/activate/")
    assert page.status_code == 200
    secret: str = page.context["form"].secret
    done = client.post(f"{SET_UP}totp/activate/", {"code": code_for(secret)})
    assert done.status_code == 302
    return secret


@pytest.mark.parametrize("name", ["ma", "nie", "fang", "lu"])
def test_who_approves_money_is_sent_to_set_it_up(cast: Cast, name: str) -> None:
    client = comes_in(name)
    answer = client.get("/back-office/")
    assert (answer.status_code, answer.headers["Location"]) == (302, SET_UP)
    assert client.post("/back-office/figures/", {}).headers["Location"] == SET_UP
    told = client.get("/api/v1/orders")
    assert (told.status_code, told.json()["code"]) == (403, "second_factor_needed")
    said = client.get(SET_UP).content.decode()
    assert "second factor" in said


@pytest.mark.parametrize("name", ["lin", "bo", "chen", "shen", "cai", "an", "ad"])
def test_the_others_come_in_by_their_password(cast: Cast, name: str) -> None:
    assert comes_in(name).get("/", follow=True).redirect_chain[-1][0] != SET_UP


@pytest.mark.django_db(transaction=True)
def test_once_it_is_set_up_the_manager_works_and_comes_in_by_it_next_time(cast: Cast) -> None:
    first, elsewhere = comes_in("ma"), comes_in("ma")
    secret = sets_up(first, "ma")
    # A browser that had come in by the password alone shows it once, whosever it is.
    for browser in (first, elsewhere):
        assert browser.get("/control-room/").headers["Location"].startswith("/account/login/")
        assert "_auth_user_id" not in browser.session

    later = comes_in("ma")
    later.post(f"{SET_UP}authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in later.session
    # A code opens once; the next one comes half a minute later, for which nobody waits here.
    cache.clear()
    later.post(f"{SET_UP}authenticate/", {"code": code_for(secret)})
    assert later.get("/control-room/").status_code == 200


def test_a_program_works_with_its_key(cast: Cast) -> None:
    ma = cast.actors["ma"]
    _key, text = people.make_api_key(cast.people["ma"], label="robot", verbs=["workorder.see"], by=ma, at=FOUNDED)
    answer = Client().get("/api/v1/orders", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 200


def test_where_it_is_not_demanded_the_password_is_enough(cast: Cast, settings: Any) -> None:
    settings.SECOND_FACTOR_DEMANDED = False
    assert comes_in("ma").get("/control-room/").status_code == 200
