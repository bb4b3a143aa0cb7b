"""A receiver on this machine, and the operator who allows it."""

from collections.abc import Iterator
from typing import Any

import pytest

from guiju.oversight.webhooks import actions as webhooks
from guiju.oversight.webhooks.models import Endpoint
from tests.line.cast_line import Shop
from tests.oversight.webhooks.receiver import Receiver, listening

LOOPBACK = ["127.0.0.0/8"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as listener:
        yield listener


@pytest.fixture
def allowed(settings: Any) -> None:
    """The operator lets webhooks go to this machine."""
    settings.GUIJU_WEBHOOKS_ALLOW = LOOPBACK


@pytest.fixture
def endpoint(shop: Shop, receiver: Receiver, allowed: None) -> Endpoint:
    """FS01's manager has given the receiver everything about quotes and collection."""
    return made(shop, receiver.url)[0]


def made(
    shop: Shop, url: str, *, by: str = "ma", unit: str = "FS01", types: tuple[str, ...] = (), name: str = "Shop"
) -> tuple[Endpoint, str]:
    """An endpoint and its secret."""
    return webhooks.add(
        unit=shop.cast.units[unit], name=name, url=url, types=types or ("workorder.registered", "workorder.ready"),
        by=shop.actor(by), at=shop.now,
    )  # fmt: skip
