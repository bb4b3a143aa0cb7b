"""Two people at a controlled store, in the browser: on one screen, and with the own telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guiju.kernel.models import OnceKey
from guiju.readiness.custody.models import AccessSession, ControlledStore
from guiju.readiness.custody.rules import State
from tests.cast import password_of
from tests.desks.common.page import assert_strict
from tests.readiness.custody.conftest import Door

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]
OPENING = {"authority_kind": "ISSUE_ORDER", "authority": "PT-1", "purpose": "A compressor"}


def at(name: str, *keys: Any) -> str:
    return reverse(f"stores:{name}", args=keys)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert_strict(text := answer.content.decode())
    return text


def asked(client: Client, door: Door) -> AccessSession:
    assert client.post(at("controlled_store_open", door.cage.pk), OPENING).status_code == 302
    return AccessSession.objects.order_by("-pk")[0]


def do(client: Client, session: AccessSession, what: str, status: int = 302, **typed: Any) -> str:
    answer = client.post(at(f"controlled_{what}", session.number), typed)
    assert answer.status_code == status, answer.content.decode()
    session.refresh_from_db()
    return answer.content.decode()


@pytest.mark.shows("K06", "CTL-1")
def test_both_sign_in_on_one_screen_and_out_on_their_own(door: Door, signed_in: SignedIn) -> None:
    shen, ma = signed_in("shen"), signed_in("ma")
    assert "CAGE" in page(shen, at("controlled"))
    page(shen, at("controlled_store", door.cage.pk))
    session = asked(shen, door)
    assert "First person" in page(shen, at("controlled_opening", session.number))
    assert "This password is wrong." in do(shen, session, "first", 422, password="guess")
    do(shen, session, "first", password=password_of("shen"))
    assert "data-countdown" in page(shen, at("controlled_opening", session.number))
    # On Shen's screen the second types a name as well; a wrong one is no name that exists.
    text = do(shen, session, "second", 422, password=password_of("ma"))
    assert "This is needed." in text
    do(shen, session, "second", 422, username="nobody", password="x")
    do(shen, session, "second", username="ma", password=password_of("ma"), camera_ok="on")
    assert (session.state, session.second_by) == (State.OPEN, door.cast.people["ma"])
    do(ma, session, "move", direction="OUT", item="Compressor", quantity="1", before="3")
    text = page(ma, at("controlled_opening", session.number))
    # What the record says is not shown before it is counted.
    assert 'data-label="After">—' in text
    assert "Count everything" not in do(ma, session, "recount", line_1="2")
    assert session.state == State.RECOUNTED
    do(shen, session, "sign_out", password=password_of("shen"))
    do(ma, session, "sign_out", password=password_of("ma"))
    assert session.state == State.CLOSED
    page(shen, at("controlled_opening", session.number))
    assert session.number in page(shen, at("controlled_log"))
    # No key keeps the digest of what was signed with a password.
    kept = OnceKey.objects.values_list("what", flat=True)
    assert not [each for each in kept if "first" in each or "second" in each or "sign" in each]


@pytest.mark.shows("EX-13")
def test_the_same_person_twice_is_denied_and_stands_before_the_manager_and_the_auditor(
    door: Door, signed_in: SignedIn
) -> None:
    shen = signed_in("shen")
    session = asked(shen, door)
    do(shen, session, "first", password=password_of("shen"))
    do(shen, session, "second", username="shen", password=password_of("shen"))
    assert session.state == State.DENIED
    text = page(shen, at("controlled_opening", session.number))
    assert "The same person has signed in already" in text
    for name in ("ma", "an"):
        assert session.number in page(signed_in(name), at("controlled"))
    assert signed_in("he").get(at("controlled_opening", session.number)).status_code == 404
    assert signed_in("chen").get(at("controlled")).status_code == 403


def test_a_difference_an_emergency_and_a_new_store(door: Door, signed_in: SignedIn) -> None:
    shen, ma, an, lu = (signed_in(name) for name in ("shen", "ma", "an", "lu"))
    session = asked(shen, door)
    do(shen, session, "first", password=password_of("shen"))
    do(ma, session, "second", password=password_of("ma"), camera_ok="on")
    do(shen, session, "move", direction="OUT", item="Compressor", quantity="1", before="3")
    do(ma, session, "recount", line_1="1")
    assert session.state == State.DISCREPANCY
    assert "Nobody opens this store" in page(shen, at("controlled_store", door.cage.pk))
    assert "Settle the difference" not in page(ma, at("controlled_opening", session.number))
    page(an, at("controlled_opening", session.number))
    do(an, session, "settle", note="Booked twice")
    assert session.state == State.CLOSED
    # Alone, and looked into by another.
    alone = {"reason": "Water comes through the ceiling", "password": password_of("shen")}
    assert shen.post(at("controlled_store_emergency", door.cage.pk), {**alone, "reason": "Water"}).status_code == 422
    assert shen.post(at("controlled_store_emergency", door.cage.pk), alone).status_code == 302
    session = AccessSession.objects.order_by("-pk")[0]
    do(shen, session, "recount")
    do(shen, session, "sign_out", password=password_of("shen"))
    assert "Emergency, not reviewed" in page(ma, at("controlled"))
    do(ma, session, "review", note="A pipe had burst")
    # A new one, from its locks to its custodians.
    page(lu, at("controlled_new"))
    made = {"unit": door.cage.unit_id, "kind": "SAFE", "code": "SAFE", "name_en": "Safe"}
    assert lu.post(at("controlled_new"), {**made, "code": "CAGE"}).status_code == 422
    assert lu.post(at("controlled_new"), made).status_code == 302
    safe = ControlledStore.objects.get(code="SAFE")
    assert "A lock or a custodian is missing" in page(lu, at("controlled_store", safe.pk))
    lock = {"number": "L1", "kind": "KEY", "lock_group": "1"}
    assert lu.post(at("controlled_store_lock", safe.pk), lock).status_code == 302
    assert lu.post(at("controlled_store_lock", safe.pk), lock).status_code == 422
    holds = {"person": door.cast.people["cai"].pk, "lock_group": "1", "starts_on": "2099-01-01"}
    assert lu.post(at("controlled_store_grant", safe.pk), holds).status_code == 302
    tested = {"item": "CABINET", "is_ok": "on", "next_on": "2099-01-01"}
    assert lu.post(at("controlled_store_check", safe.pk), tested).status_code == 302
    page(lu, at("controlled_store", safe.pk))
    grant = safe.grants.get()
    unsaid = lu.post(at("controlled_grant_end", grant.pk), {"reason": ""})
    assert unsaid.status_code == 422
    assert "form-errors" in unsaid.content.decode()
    assert lu.post(at("controlled_grant_end", grant.pk), {"reason": "Moved"}).status_code == 302
    grant.refresh_from_db()
    assert grant.ends_on == grant.starts_on
