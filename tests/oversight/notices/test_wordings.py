"""The words are the outlet's own, from a day on, in each language; what was said is never rewritten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel import news
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.oversight.notices import actions as notices
from guiju.oversight.notices import queries
from guiju.oversight.notices.models import Message, Wording
from guiju.oversight.notices.rules import Channel, Template
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def say(shop: Shop, text: str, *, by: str = "ma", unit: str = "FS01", **changed: Any) -> Wording:
    """Set the words of the message that an order is registered."""
    typed = {
        "template": "REGISTERED", "channel": "SMS", "language": "zh-hans", "starts_on": shop.unit.day(shop.now), "subject": "",
    }  # fmt: skip
    return notices.set_wording(
        unit=shop.cast.units[unit], text=text, **{**typed, **changed}, by=shop.actor(by), at=shop.now
    )


def in_force(shop: Shop, on: date) -> str:
    return queries.wording(Template.REGISTERED, Channel.SMS, "zh-hans", unit=shop.unit, on=on).text


@pytest.mark.shows("A12")
def test_the_nearest_words_hold_from_their_day_on(shop: Shop) -> None:
    today = shop.unit.day(shop.now)
    own = queries.built_in(Template.REGISTERED, "zh-hans").text
    assert in_force(shop, today) == own
    say(shop, "Brand {number}", by="nie", unit="HQ")
    assert in_force(shop, today) == "Brand {number}"
    say(shop, "Outlet {number}", starts_on=today + timedelta(days=3))
    assert in_force(shop, today + timedelta(days=2)) == "Brand {number}"
    assert in_force(shop, today + timedelta(days=3)) == "Outlet {number}"
    # A slip is corrected by another version of the same day; nothing brings back the house's own.
    say(shop, "Outlet, mended {number}", starts_on=today + timedelta(days=3))
    assert in_force(shop, today + timedelta(days=3)) == "Outlet, mended {number}"
    say(shop, "", starts_on=today + timedelta(days=4))
    assert in_force(shop, today + timedelta(days=4)) == own


def test_words_are_set_where_one_has_the_right_and_never_rewritten(shop: Shop) -> None:
    made = say(shop, "Outlet {number}")
    for who, unit in (("lin", "FS01"), ("he", "FS01"), ("ma", "HQ"), ("an", "FS01")):
        with pytest.raises(NotAllowed):
            say(shop, "Mine {number}", by=who, unit=unit)
    with pytest.raises(notices.WordingRefused, match="code"):
        say(shop, "Outlet {code}")
    for wrong in ({"starts_on": date(2020, 1, 1)}, {"template": "X"}, {"channel": "FAX"}, {"language": "xx"}):
        with pytest.raises(Invalid):
            say(shop, "Outlet {number}", **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.filter(pk=made.pk).update(text="Other")


def test_a_message_says_what_was_in_force_and_keeps_it(shop: Shop) -> None:
    say(shop, "第一版 {number}，{outlet}")
    order = shop.a_registered_order()
    while news.deliver_due(shop.later()):
        pass
    message = Message.objects.get(order=order)
    assert (message.text, message.version) == (f"第一版 {order.number}，{shop.unit.names['zh-hans']}", 1)
    say(shop, "第二版 {number}")
    message.refresh_from_db()
    assert message.text.startswith("第一版")
