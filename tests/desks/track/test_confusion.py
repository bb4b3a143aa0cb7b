"""A secret of one kind at the address of another opens nothing: only the diagonal passes (T29, G21)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guiju.kernel import secrets, signing
from guiju.kernel.actor import Actor
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as requests
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.rules import Channel
from guiju.standing.people import actions as people
from tests.line.cast_line import Shop

GUESSES = 300
PAPER = {"title": "Receipt", "language": "en", "unit": "FS01", "lines": [["Terms", "none"]], "closing": "-"}


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """What the pages show is of now."""
    shop.now = timezone.now() - timedelta(minutes=40)
    return shop


def doors() -> dict[str, Callable[[str], bool]]:
    """Every address that a secret opens, and whether this one does."""

    def opens(path: str) -> Callable[[str], bool]:
        return lambda secret: (
            Client(raise_request_exception=False).get(path.replace("{}", secret)).status_code in {200, 302}
        )

    def as_key(secret: str) -> bool:
        return Client().get("/api/v1/orders", headers={"Authorization": f"Bearer {secret}"}).status_code == 200

    def as_session(secret: str) -> bool:
        client = Client()
        client.cookies["sessionid"] = secret
        return client.get("/orders/").status_code == 200

    return {
        "track": opens("/t/{}"), "request": opens("/request/mine/{}"), "sign": opens("/sign/{}"), "door": opens("/q/d-{}"),
        "appliance": opens("/q/a-{}"), "key": as_key, "session": as_session,
    }  # fmt: skip


def held(shop: Shop, signed_in: Any) -> dict[str, str]:
    """One secret of each kind, of rows of their own."""
    order = shop.a_registered_order()
    asked = intake.submit(
        unit=shop.unit, channel=Channel.WEB, contact_name="Ou Yang", phone="138 0000 7788", product_line=shop.line,
        description="The drum does not turn.", symptoms=[shop.symptom], proof="PUZZLE",
        by=Actor.stranger(shop.unit.pk), at=shop.later(),
    )  # fmt: skip
    paper = signing.ask("intake.receive", order.appliance, PAPER, by=shop.reception, at=timezone.now())
    _, key = people.make_api_key(
        shop.cast.people["lin"], label="k", verbs=["workorder.see"], by=shop.reception, at=timezone.now()
    )
    return {
        "track": workorder.track_token(order), "request": requests.follow_token(asked), "sign": signing.link_of(paper),
        "door": secrets.sticker("door", shop.unit.pk), "appliance": secrets.sticker("appliance", order.appliance.pk),
        "key": key, "session": signed_in("lin").cookies["sessionid"].value,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.no_books
@pytest.mark.shows("T28", "T29", "T30", "G21")
def test_a_secret_opens_its_own_address_and_no_other(shop: Shop, signed_in: Any) -> None:
    found = doors()
    for secret_kind, secret in held(shop, signed_in).items():
        opened = {kind for kind, opens in found.items() if opens(secret)}
        assert opened == {secret_kind}
    # Guesses of the right shape, at each address.
    draw = random.Random(21)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for kind in ("track", "request", "sign"):
        assert not any(found[kind]("".join(draw.choices(letters, k=22))) for _ in range(GUESSES // 3)), kind
