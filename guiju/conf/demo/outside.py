"""What leaves the demo company: messages to its customers, and news to the program of a shop that is being set up."""

from __future__ import annotations

from datetime import datetime

from guiju.conf.demo.company import Company
from guiju.jobs import messages
from guiju.oversight.notices import actions as notices
from guiju.oversight.notices.rules import Channel, Template
from guiju.oversight.webhooks import actions as webhooks


def say_it_in_our_words(company: Company, now: datetime) -> None:
    """The outlet's own words for one message, before anything is written."""
    unit = company.units["FS01"]
    notices.set_wording(
        unit=unit, template=Template.READY, channel=Channel.SMS, language="zh-hans", starts_on=unit.day(now),
        text="【{outlet}】您的{number}已修好，请凭取机单来店领取。详情：{link}", by=company.actors["ma"], at=now,
    )  # fmt: skip


def tell_the_outside(company: Company, now: datetime) -> None:
    """Messages leave for the notebook; an endpoint waits, paused, until the shop's program is ready."""
    while messages.turn(lambda: now):
        pass
    manager = company.actors["ma"]
    endpoint, _secret = webhooks.add(
        unit=company.units["FS01"], name="网店", url="https://shop.example/guiju", by=manager, at=now,
        types=["workorder.ready", "workorder.delivered", "quote.issued", "payment.taken"],
    )  # fmt: skip
    webhooks.pause(endpoint, by=manager, at=now)
    webhooks.send_test(endpoint, by=manager, at=now)
