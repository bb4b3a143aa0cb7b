"""News that is stuck, and the audit trail, in the browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from guiju.kernel.models import Delivery, TrailEntry
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.fixture
def parked(shop: Shop) -> Delivery:
    """A reaction to the intake that failed until nobody tried any more."""
    stages.a_finished_order(shop)
    row = Delivery.objects.order_by("pk").first()
    assert row is not None
    Delivery.objects.filter(pk=row.pk).update(
        state=Delivery.State.PARKED, attempts=8, last_error="ValueError: the message service said no", next_at=now()
    )
    row.refresh_from_db()
    return row


def test_news_that_is_stuck_is_seen_and_sent_again_by_the_administrator(signed_in: SignedIn, parked: Delivery) -> None:
    administrator = signed_in("ad")
    page = administrator.get("/back-office/news/").content.decode()
    assert "the message service said no" in page
    assert_strict(page)
    again = f"/back-office/news/{parked.pk}/resend"
    assert signed_in("ma").get("/back-office/news/").status_code == 403
    assert signed_in("ma").post(again).status_code == 403
    assert administrator.post(again).status_code == 302
    parked.refresh_from_db()
    assert (parked.state, parked.attempts) == ("PENDING", 0)
    assert parked.next_at > now() - timedelta(minutes=1)


@pytest.mark.shows("G-1")
def test_the_trail_is_searched_and_a_deed_shows_why_it_was_done(signed_in: SignedIn, shop: Shop) -> None:
    order, _ = stages.a_repairing_order(shop, parts=0)
    manager = signed_in("ma")
    page = manager.get(f"/back-office/trail/?subject={order.number}&verb=intake.receive").content.decode()
    entry = TrailEntry.objects.get(verb="intake.receive")
    assert str(entry.key) in page
    link = f"/back-office/trail/?subject={order.number}"
    assert link in manager.get(f"/orders/{order.number}/").content.decode()
    assert link not in signed_in("lin").get(f"/orders/{order.number}/").content.decode()
    assert "dispatch.accept<" not in page.split("<tbody>")[1]
    assert_strict(page)
    inner = TrailEntry.objects.filter(because__isnull=False, unit_id=order.unit_id).first()
    assert inner is not None
    shown = manager.get(f"/back-office/trail/{inner.key}/").content.decode()
    assert f"/back-office/trail/{inner.because}/" in shown
    assert_strict(shown)
    assert f"/back-office/trail/{inner.key}/" in manager.get(f"/back-office/trail/{inner.because}/").content.decode()


@pytest.mark.shows("T01")
def test_the_trail_of_another_outlet_stays_shut(signed_in: SignedIn, shop: Shop) -> None:
    stages.a_repairing_order(shop, parts=0)
    entry = TrailEntry.objects.get(verb="intake.receive")
    address = f"/back-office/trail/{entry.key}/"
    assert signed_in("he").get(address).status_code == 404
    assert str(entry.key) not in signed_in("he").get("/back-office/trail/").content.decode()
    assert signed_in("lin").get(address).status_code == 403
    assert signed_in("an").get(address).status_code == 200


def test_a_day_that_is_none_is_said_at_the_field(signed_in: SignedIn) -> None:
    answer = signed_in("an").get("/back-office/trail/?at_from=yesterday&person=chen")
    assert answer.status_code == 422
    assert answer.context["list"]["asked"].form.errors["at_from"]
    assert 'value="chen"' in answer.content.decode()
