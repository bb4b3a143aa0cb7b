"""A shared till screen: taken over by PIN, with the rights of the till alone, and locked when nobody is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from guiju.conf.rights import RIGHTS
from guiju.conf.rights.by_pin import BY_PIN
from guiju.kernel.models import TrailEntry
from guiju.line.cashier import actions as cashier
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from tests.cast import FOUNDED
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db]
PASSWORD, PIN = "correct horse battery", "7392"


def with_a_pin(shop: Shop, name: str) -> Any:
    person = shop.cast.people[name]
    login = queries.login_of(person)
    assert login is not None
    login.set_password(PASSWORD)
    login.save()
    people.set_pin(person, pin=PIN, password=PASSWORD, by=shop.actor(name), at=shop.now)
    return person


@pytest.fixture
def screen(shop: Shop, signed_in: Callable[[str], Client]) -> Client:
    """Lin's browser, which she has said is shared; Cai has a PIN too."""
    browser = signed_in("lin")
    for name in ("lin", "cai"):
        with_a_pin(shop, name)
    browser.force_login(queries.login_of(shop.cast.people["lin"]), backend="guiju.conf.backends.LoginBackend")  # type: ignore[arg-type]
    assert browser.get("/terminal/")["Location"] == "/", "not shared yet"
    assert browser.post("/terminal/begin").status_code == 302
    return browser


def take_over(screen: Client, shop: Shop, name: str, pin: str = PIN) -> Any:
    return screen.post(
        "/terminal/", {"person": shop.cast.people[name].pk, "pin": pin}, headers={"X-Sent-By": "terminal"}
    )


@pytest.mark.shows("T39")
def test_whoever_takes_over_acts_under_their_own_name_and_the_other_session_is_gone(screen: Client, shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    old = screen.session.session_key
    wrong = take_over(screen, shop, "cai", "7393")
    assert wrong.status_code == 422
    assert "This is not the PIN" in wrong.content.decode()
    taken = take_over(screen, shop, "cai")
    assert taken.json()["name"] == shop.cast.people["cai"].name
    assert not Session.objects.filter(session_key=old).exists()
    form = {"method": "CARD", "amount_minor": "10", "terminal_ref": "POS 1"}
    assert screen.post(f"/till/jobs/{bill.order.number}/pay", form).status_code == 302
    deed = TrailEntry.objects.filter(verb="cashier.take_payment").latest("pk")
    assert (deed.person_id, deed.channel) == (shop.cast.people["cai"].pk, "pin")
    came = TrailEntry.objects.filter(verb="people.come_in_by_pin").latest("pk")
    assert "7392" not in f"{came.facts}{came.subject_label}"
    tried = TrailEntry.objects.filter(verb="people.come_in_by_pin").values_list("facts", flat=True)
    assert "7393" not in str(list(tried))


@pytest.mark.shows("T39")
def test_a_pin_opens_the_till_and_nothing_that_another_answers_for(screen: Client, shop: Shop) -> None:
    cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=FOUNDED)
    shop.a_received_order()
    assert screen.get("/reception/").status_code == 200
    take_over(screen, shop, "lin")
    assert screen.get("/till/").status_code == 200
    closed = screen.get("/reception/")
    assert closed.status_code == 403
    assert "Sign in with the password" in closed.content.decode()
    assert screen.post("/pin/", {"password": PASSWORD, "pin": "80317", "again": "80317"}).status_code == 403
    signing = (
        "approve",
        "countersign",
        "recount",
        "force",
        "void",
        "reject",
        "set_pin",
        "api_key",
        "override",
        "grant",
    )
    assert {verb for verb in BY_PIN if any(word in verb for word in signing)} == set()
    assert set(RIGHTS) >= BY_PIN


@pytest.mark.shows("T39")
def test_a_locked_screen_answers_nobody_until_it_is_taken_over(screen: Client, shop: Shop) -> None:
    assert screen.get("/till/").status_code == 200
    assert screen.post("/terminal/lock").status_code == 204
    assert screen.get("/till/")["Location"] == "/terminal/"
    assert screen.get("/api/v1/bills").status_code == 423
    assert "locked" in screen.get("/terminal/").content.decode()
    assert take_over(screen, shop, "cai").status_code == 200
    assert screen.get("/till/").status_code == 200
    assert "/account/logout/" in screen.get("/terminal/leave").content.decode()
    screen.post("/account/logout/")
    assert screen.get("/till/").status_code == 302


@pytest.mark.shows("T39")
def test_whoever_sits_at_an_open_screen_does_not_guess_its_owners_password(screen: Client) -> None:
    typed = {"pin": "80317", "again": "80317"}
    tried = [screen.post("/pin/", {"password": f"guess {number}", **typed}).status_code for number in range(6)]
    assert tried[0] == 422
    assert tried[-1] == 429
    assert screen.post("/pin/", {"password": PASSWORD, **typed}).status_code == 429


def test_nobody_of_another_unit_takes_a_screen_over_and_a_suspended_person_neither(screen: Client, shop: Shop) -> None:
    assert take_over(screen, shop, "zhou").status_code == 422
    people.suspend(shop.cast.people["cai"], reason="Left early", by=shop.actor("nie"), at=timezone.now())
    assert take_over(screen, shop, "cai").status_code == 422
