"""Many lanes at once: nothing is sent twice, nothing overtakes, and one endpoint is called by one lane at a time."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from guiju.jobs import messages as post
from guiju.jobs import webhooks as job
from guiju.kernel import news
from guiju.oversight.notices.models import Attempt as Try
from guiju.oversight.notices.models import Message
from guiju.oversight.webhooks import actions as webhooks
from guiju.oversight.webhooks.models import Delivery
from tests.kernel.racing import together
from tests.line.cast_line import Shop
from tests.oversight.webhooks.conftest import made
from tests.oversight.webhooks.receiver import Receiver

# SQLite has one writer at a time: there is nobody to race with.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.shows("F16", "F01")
def test_eight_lanes_share_the_work_and_no_endpoint_is_called_by_two(
    shop: Shop, receiver: Receiver, allowed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = [made(shop, f"{receiver.url}&to={number}", name=f"Hook {number}")[0] for number in range(3)]
    for hook in hooks * 6:
        webhooks.send_test(hook, by=shop.actor("ma"), at=shop.later())
    at, flying, most, lock = shop.later(), dict.fromkeys((hook.pk for hook in hooks), 0), list[int](), threading.Lock()
    carry = webhooks.carry

    def watched(errand: webhooks.Errand) -> webhooks.Answer:
        with lock:
            flying[errand.delivery.endpoint_id] += 1
            most.append(flying[errand.delivery.endpoint_id])
        try:
            return carry(errand)
        finally:
            with lock:
                flying[errand.delivery.endpoint_id] -= 1

    monkeypatch.setattr(webhooks, "carry", watched)

    def lane(_number: int) -> int:
        # A lane that finds every endpoint busy looks again, as the worker does.
        return sum(job.turn(lambda: at) for _ in range(60))

    shared = together(8, lane)
    while job.turn(lambda: at):
        pass
    assert all(isinstance(each, int) for each in shared), shared
    assert (max(most), len(receiver.ids), len(set(receiver.ids))) == (1, 18, 18)
    assert not Delivery.objects.exclude(state="DELIVERED").exists()


@pytest.mark.shows("A12", "F01")
def test_two_lanes_never_carry_one_message_twice(shop: Shop) -> None:
    for _ in range(4):
        shop.a_registered_order()
    while news.deliver_due(shop.later()):
        pass
    at = shop.now + timedelta(days=1)
    shared = together(6, lambda _number: sum(post.turn(lambda: at) for _ in range(6)))
    assert sum(shared) == Try.objects.count() == Message.objects.filter(state="SENT").count() == 4, shared
