"""A program acts by a key: it opens no more than the person may, no more than the key says, and nothing once it is revoked."""

from __future__ import annotations

import pytest
from django.test import Client

from guiju.standing.people import actions as people
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]


def _program(shop: Shop, name: str, *verbs: str) -> tuple[Client, people.ApiKey]:
    key, text = people.make_api_key(
        shop.cast.people[name], label="Robot", verbs=verbs, by=shop.actor(name), at=shop.later()
    )
    return Client(headers={"Authorization": f"Bearer {text}"}), key


@pytest.mark.shows("T56")
def test_a_key_opens_what_it_was_made_for_and_nothing_else_that_its_person_may(shop: Shop) -> None:
    order = shop.a_received_order()
    reads, _ = _program(shop, "lin", "workorder.see")
    assert reads.get(f"/api/v1/orders/{order.number}").status_code == 200
    said = {"hold": "CUSTOMER_REQUEST", "reason": "On holiday."}
    holds, _ = _program(shop, "lin", "workorder.see", "workorder.hold")
    refused = reads.post(f"/api/v1/orders/{order.number}/hold", said, content_type="application/json")
    done = holds.post(f"/api/v1/orders/{order.number}/hold", said, content_type="application/json")
    assert (refused.status_code, done.status_code) == (403, 200)


def test_a_key_reaches_no_further_than_its_person(shop: Shop) -> None:
    order = shop.a_received_order()
    here, _ = _program(shop, "lin", "workorder.see")
    there, _ = _program(shop, "zhou", "workorder.see")
    assert here.get(f"/api/v1/orders/{order.number}").status_code == 200
    assert there.get(f"/api/v1/orders/{order.number}").status_code == 404


def test_a_revoked_key_opens_nothing(shop: Shop) -> None:
    order = shop.a_received_order()
    program, key = _program(shop, "lin", "workorder.see")
    assert program.get(f"/api/v1/orders/{order.number}").status_code == 200
    people.revoke_api_key(key, by=shop.actor("lin"), at=shop.later())
    assert program.get(f"/api/v1/orders/{order.number}").status_code == 401


def test_a_key_of_somebody_who_was_suspended_opens_nothing(shop: Shop) -> None:
    order = shop.a_received_order()
    program, _ = _program(shop, "lin", "workorder.see")
    assert program.get(f"/api/v1/orders/{order.number}").status_code == 200
    people.suspend(shop.cast.people["lin"], reason="Under inquiry", by=shop.actor("nie"), at=shop.later())
    assert program.get(f"/api/v1/orders/{order.number}").status_code == 401
