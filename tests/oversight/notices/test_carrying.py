"""A message leaves the house by the way that the customer wants, at an hour at which people are awake, and is tried until it is taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from guiju.jobs import messages as job
from guiju.kernel import news
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.intake import actions as intake
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as quotes
from guiju.oversight.notices import actions as notices
from guiju.oversight.notices import reactions
from guiju.oversight.notices.models import Attempt, Message
from guiju.oversight.notices.queries import messages_of
from guiju.standing.customers import actions as customers
from tests.line import stages
from tests.line.cast_line import Shop, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HERE = "tests.oversight.notices.test_carrying"


class Gateway:
    """Somebody else's SMS gateway: keeps what it gets, and fails as the test says."""

    sent: list[notices.Letter] = []
    failing: list[Exception] = []

    def send(self, letter: notices.Letter) -> str:
        if self.failing:
            raise self.failing.pop(0)
        self.sent.append(letter)
        return f"gw-{len(self.sent)}"


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> type[Gateway]:
    Gateway.sent.clear()
    Gateway.failing.clear()
    settings.GUIJU_CARRIERS = {
        "SMS": f"{HERE}.Gateway", "WECHAT": "guiju.oversight.notices.actions.NoteBook",
        "EMAIL": "guiju.oversight.notices.actions.Mail",
    }  # fmt: skip
    return Gateway


def told(at: datetime) -> None:
    """The worker has been round at that time."""
    while news.deliver_due(at):
        pass


def carried(at: datetime) -> int:
    """Whatever is due at that time is given to its carrier."""
    count = 0
    while job.turn(lambda: at):
        count += 1
    return count


@pytest.mark.shows("A12", "S6-09")
def test_a_message_is_carried_once_to_the_customers_telephone(shop: Shop, gateway: type[Gateway]) -> None:
    order = shop.a_registered_order()
    told(shop.later())
    assert gateway.sent == [], "no deed waits for a gateway"
    assert carried(shop.now) == 1
    assert carried(shop.later()) == 0
    (letter,) = gateway.sent
    assert letter.to == order.customer.phones.get().e164
    assert order.number in letter.text
    message = messages_of(order)[0]
    assert (message.state, message.receipt, message.text) == ("SENT", "gw-1", letter.text)
    assert letter.to not in f"{message.to_masked} {Attempt.objects.get().says}"


@pytest.mark.shows("A12")
def test_news_that_is_heard_twice_is_told_once(shop: Shop) -> None:
    order = shop.a_registered_order()
    told(shop.later())
    entry = TrailEntry.objects.get(verb="intake.register")
    from guiju.kernel.actor import Actor
    from guiju.line.intake.events import Registered

    again = Registered(order.pk, order.number, shop.now)
    reactions.on_registered(again, by=Actor.system("news").consequence_of(entry.key), at=shop.later())
    assert len(messages_of(order)) == 1
    twin = messages_of(order)[0]
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.shows("A12")
def test_what_is_told_at_night_waits_until_morning_and_a_code_does_not(shop: Shop, gateway: type[Gateway]) -> None:
    order, quote = stages.a_quoted_order(shop)
    night = shop.later(hours=10)  # past ten in the evening in Foshan
    told(night)
    assert {each.state for each in messages_of(order)} == {"HELD"}
    workshop.ask_code(quote, by=shop.reception, at=shop.later())
    told(shop.now)
    assert carried(shop.now) == 1
    code = quotes.approval_code(quote)
    assert code in gateway.sent[0].text
    kept = Message.objects.get(template="CODE")
    assert code not in kept.text
    assert kept.state == "SENT"
    morning = {each.next_at for each in messages_of(order) if each.template != "CODE"}
    assert carried(min(morning) - timedelta(seconds=1)) == 0
    assert carried(max(morning)) == 3
    with pytest.raises(notices.NotAgain):
        notices.resend(Message.objects.get(template="CODE"), by=shop.reception, at=shop.later(days=1))


@pytest.mark.shows("CRM-3")
def test_nobody_is_written_to_who_does_not_want_it(shop: Shop, gateway: type[Gateway]) -> None:
    order = shop.a_registered_order()
    customer = order.customer
    told(shop.later())
    customers.set_consent(customer, service=False, by=shop.reception, at=shop.later())
    # It was wanted when it was written; what counts is whether it is when it leaves.
    assert carried(shop.now) == 0
    assert messages_of(order)[0].state == "UNWANTED"
    with pytest.raises(notices.NoConsent):
        notices.invite(fresh(order), by=shop.reception, at=shop.later())
    customers.set_consent(customer, marketing=True, by=shop.reception, at=shop.later())
    offer = notices.invite(fresh(order), by=shop.reception, at=shop.later())
    assert offer.state == "QUEUED"
    customers.set_consent(customer, marketing=False, by=shop.reception, at=shop.later())
    assert carried(shop.now) == 0
    offer.refresh_from_db()
    assert offer.state == "UNWANTED"
    assert gateway.sent == []


@pytest.mark.shows("A12", "A13")
def test_a_customer_is_told_by_the_way_of_their_choice(shop: Shop, gateway: type[Gateway]) -> None:
    order = shop.a_registered_order()
    for address, refusal in (("", notices.AddressMissing), ("not a mailbox", Exception)):
        with pytest.raises(refusal):
            notices.prefer(order.customer, channel="EMAIL", address=address, by=shop.reception, at=shop.now)
    with pytest.raises(NotAllowed):
        notices.prefer(order.customer, channel="EMAIL", address="a@b.example", by=shop.actor("zhou"), at=shop.now)
    notices.prefer(order.customer, channel="EMAIL", address="liang@example.com", by=shop.reception, at=shop.later())
    told(shop.now)
    carried(shop.now)
    assert gateway.sent == []
    (letter,) = mail.outbox
    assert (letter.to, order.number in letter.subject, order.number in letter.body) == (
        ["liang@example.com"],
        True,
        True,
    )
    assert messages_of(order)[0].to_masked == "li***@example.com"
    notices.prefer(order.customer, channel="WECHAT", address="oABCDEF", by=shop.reception, at=shop.later())
    intake.cancel(fresh(order), reason="No more", by=shop.reception, at=shop.later())
    told(shop.now)
    carried(shop.now)
    assert (messages_of(order)[0].template, messages_of(order)[0].channel) == ("CANCELLED", "WECHAT")


def test_a_gateway_that_fails_is_tried_again_and_then_a_person_sees_it(shop: Shop, gateway: type[Gateway]) -> None:
    order = shop.a_registered_order()
    gateway.failing[:] = [ConnectionError("the gateway is down")]
    told(shop.later())
    carried(shop.now)
    message = messages_of(order)[0]
    assert (message.state, message.tries) == ("QUEUED", 1)
    assert carried(message.next_at - timedelta(seconds=1)) == 0
    assert carried(message.next_at) == 1
    assert messages_of(order)[0].state == "SENT"
    other = shop.a_registered_order()
    gateway.failing[:] = [ConnectionError(f"cannot reach {other.customer.phones.get().e164}")] * 20
    told(shop.later())
    for _ in range(20):
        late = messages_of(other)[0]
        if late.state != "QUEUED":
            break
        carried(late.next_at)
    assert (late.state, late.tries) == ("FAILED", 6)
    # What a gateway complains of is kept without the number that it complains about.
    assert not Attempt.objects.filter(says__contains=other.customer.phones.get().e164).exists()
    gateway.failing.clear()
    with pytest.raises(NotAllowed):
        notices.resend(late, by=shop.actor("zhou"), at=shop.now)
    notices.resend(late, by=shop.reception, at=shop.later())
    with pytest.raises(WrongState):
        notices.resend(late, by=shop.reception, at=shop.now)
    assert carried(shop.now) == 1
    assert messages_of(other)[0].state == "SENT"
    notices.resend(messages_of(other)[0], by=shop.reception, at=shop.later())
    carried(shop.now)
    assert len({each.key for each in gateway.sent[-2:]}) == 2, "sent again on purpose is not dropped by a gateway"


def test_a_number_that_does_not_exist_is_given_up_at_once(shop: Shop, gateway: type[Gateway]) -> None:
    order = shop.a_registered_order()
    gateway.failing[:] = [notices.Undeliverable("No such number.")]
    told(shop.later())
    carried(shop.now)
    assert (messages_of(order)[0].state, messages_of(order)[0].tries) == ("FAILED", 1)


def test_a_carrier_that_kills_its_worker_is_waited_for_and_the_attempt_is_seen(
    shop: Shop, gateway: type[Gateway]
) -> None:
    order = shop.a_registered_order()
    told(shop.later())
    errand = notices.claim(shop.now)
    assert errand is not None
    notices.carry(errand)  # and then the power fails
    assert carried(shop.now) == 0
    assert carried(messages_of(order)[0].next_at) == 1
    assert {each.key for each in gateway.sent} == {errand.letter.key}, "the same key, so that a gateway can tell"
    assert Attempt.objects.filter(ended_at=None).count() == 1


def test_an_outlet_may_keep_silent_about_a_step(shop: Shop) -> None:
    from guiju.standing.policy import actions as policy

    policy.set_value(
        "notice.silent", unit=shop.unit, value="RECEIVED, REGISTERED", starts_on=shop.unit.day(shop.now), reason="We hand out papers",
        by=shop.actor("nie"), at=shop.now,
    )  # fmt: skip
    order = stages.a_quoted_order(shop)[0]
    told(shop.later())
    assert [each.template for each in messages_of(order)] == ["QUOTE"]
