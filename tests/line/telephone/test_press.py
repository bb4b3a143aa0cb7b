"""press: a caller in the voice menu, one key at a time, with the database behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.telephone import actions as telephone
from guiju.line.telephone.models import CallBack
from guiju.standing.policy import actions as policy
from tests.line.cast_line import told
from tests.line.telephone.switchboard import CALLER, Switchboard, fresh

pytestmark = pytest.mark.django_db


def says(spoken: Any) -> str:
    return " ".join(each.text for each in spoken.says)


@pytest.mark.shows("S6-04")
def test_a_caller_is_greeted_and_reaches_a_person_by_one_key(line: Switchboard) -> None:
    line.menu()
    call = line.rings()
    greeted = line.press(call, "")
    assert (fresh(call).state, greeted.act, greeted.language) == ("IN_MENU", "KEY", "zh-hans")
    assert "维修服务中心" in says(greeted)
    connected = line.press(call, "0")
    assert (fresh(call).state, connected.act, connected.agents) == ("WAITING", "HUMAN", "reception")
    assert (fresh(call).menu.version, fresh(call).menu_path) == (1, ["0"])


@pytest.mark.shows("S6-04")
def test_a_day_of_the_calendar_is_a_holiday_on_the_telephone(line: Switchboard) -> None:
    line.menu()
    assert "今天放假" not in says(line.press(line.rings(), ""))
    today = line.shop.unit.day(line.shop.now)
    policy.close_day(line.shop.unit, on=today, reason="Stocktaking", by=line.manager, at=line.shop.now)
    assert "今天放假" in says(line.press(line.rings(), ""))


def test_a_key_may_have_a_queue_of_its_own(line: Switchboard) -> None:
    branch = line.menu().content["open"]
    keys = branch["keys"] | {"4": {"do": "human", "agents": "fridges"}}
    line.menu(open=branch | {"keys": keys})
    call = line.rings()
    line.press(call, "")
    assert line.press(call, "4").agents == "fridges"


def test_a_known_customer_is_greeted_in_the_own_language(line: Switchboard) -> None:
    line.menu()
    phone = line.shop.a_customer(language="en").phones.get().e164
    assert says(line.press(line.rings(phone), "")).startswith("Welcome")


def test_without_a_menu_a_caller_reaches_a_person_at_once(line: Switchboard) -> None:
    call = line.rings()
    spoken = line.press(call, "")
    assert (spoken.act, spoken.agents, fresh(call).state) == ("HUMAN", line.shop.unit.phone, "WAITING")


def test_the_menu_of_head_office_holds_where_an_outlet_has_none(line: Switchboard, nie: Any) -> None:
    from tests.line.telephone.trees import house_menu

    told_by = {"by": nie, "at": line.shop.now}
    hq = line.shop.cast.units["HQ"]
    telephone.publish_menu(telephone.write_menu(unit=hq, content=house_menu(agents="hq"), **told_by), **told_by)
    assert line.press(line.rings(), "", "0").agents == "hq"
    line.menu(agents="ours")
    assert line.press(line.rings(), "", "0").agents == "ours"


@pytest.mark.shows("S6-04")
def test_asking_for_a_call_back_makes_one_and_never_two(line: Switchboard) -> None:
    line.menu()
    first, second = line.rings(), line.rings()
    for call in (first, second):
        assert line.press(call, "", "1", "3").act == "CALL_BACK"
        telephone.hang_up(call, by=line.clerk, at=line.shop.later())
    owed = CallBack.objects.get()
    assert (owed.phone, owed.reason, owed.call) == (CALLER, "ASKED", first)
    assert [fresh(call).state for call in (first, second)] == ["ENDED", "ENDED"]
    assert len(told("telephone.CallBackPromised")) == 1


def test_a_withheld_number_types_where_to_call(line: Switchboard) -> None:
    line.menu()
    call = line.rings("anonymous")
    assert line.press(call, "", "1", "3").act == "DIGITS"
    assert line.press(call, "13912345678#").act == "CALL_BACK"
    assert CallBack.objects.get().phone == CALLER
    assert "13912345678" not in str(fresh(call).menu_path), "what is typed is nobody's path"


@pytest.mark.shows("S6-04")
def test_a_repair_is_looked_up_by_ticket_and_number_without_a_name(line: Switchboard) -> None:
    line.menu()
    order = line.shop.a_registered_order()
    call = line.rings("13700000001")
    digits = "".join(order.number.split("-")[2:])
    assert line.press(call, "", "2", digits + "#").act == "DIGITS"
    spoken = line.press(call, order.customer.phones.get().e164.removeprefix("+86"))
    assert spoken.act == "KEY"
    assert line.shop.unit.name not in says(spoken)
    assert order.customer.name not in says(spoken)
    # Who only wanted to know that is no lost customer.
    telephone.hang_up(call, by=line.clerk, at=line.shop.later())
    assert (fresh(call).state, CallBack.objects.count()) == ("ENDED", 0)


def test_a_status_is_said_in_the_callers_language_with_the_promised_day(line: Switchboard) -> None:
    line.menu()
    order = line.shop.a_registered_order()
    call = line.rings(line.shop.a_customer(language="en").phones.get().e164)
    line.press(call, "", "2", "".join(order.number.split("-")[2:]))
    spoken = line.press(call, order.customer.phones.get().e164.removeprefix("+86"))
    day = order.unit.day(order.promised_at)
    assert says(spoken).startswith(f"Your repair stands at: Order registered. It is promised for {day.day} {day:%b %Y}")


@pytest.mark.shows("S6-04")
def test_wrong_tickets_are_counted_for_the_number_and_not_only_for_the_call(line: Switchboard) -> None:
    line.menu()
    order = line.shop.a_registered_order()
    ticket = "".join(order.number.split("-")[2:])
    call = line.rings()
    assert line.press(call, "", "2", ticket, "13700000002").act == "DIGITS"
    assert line.press(call, ticket, "13700000003", ticket).act == "DIGITS"
    assert line.press(call, "13700000004").act == "HUMAN"
    assert fresh(call).wrong_lookups == 3
    telephone.hang_up(call, by=line.clerk, at=line.shop.later())
    # The next call of the same number has one try left, somebody else's has all.
    again = line.rings()
    assert line.press(again, "", "2", ticket, "13700000005").act == "HUMAN"
    other = line.rings("13800000001")
    assert line.press(other, "", "2", ticket, "13700000005").act == "DIGITS"


def test_a_ticket_of_another_outlet_is_not_found(line: Switchboard, other_line: Switchboard) -> None:
    other_line.menu()
    order = line.shop.a_registered_order()
    call = other_line.rings()
    ticket, phone = "".join(order.number.split("-")[2:]), order.customer.phones.get().e164
    spoken = other_line.press(call, "", "2", ticket, phone.removeprefix("+86"))
    assert [each.name for each in spoken.says] == ["not-found", "ask-ticket"]


@pytest.mark.shows("S6-04")
def test_at_night_a_caller_is_promised_a_call_in_the_morning(line: Switchboard) -> None:
    line.menu()
    # 22:00 in Foshan.
    line.shop.now = line.shop.now.replace(hour=14)
    call = line.rings()
    assert line.press(call, "", "0").act == "CALL_BACK"
    due = CallBack.objects.get().due_at
    assert (due - line.shop.now.replace(minute=0, second=0)) == timedelta(hours=11)


def test_a_caller_goes_on_in_the_menu_that_was_begun_whatever_is_published_meanwhile(line: Switchboard) -> None:
    line.menu()
    call = line.rings()
    line.press(call, "", "1")
    line.menu(open=line.menu().content["closed"] | {"keys": {"0": {"do": "call_back"}}})
    assert line.press(call, "1").act == "HUMAN"
    assert line.press(line.rings(), "", "0").act == "CALL_BACK"


def test_nobody_presses_once_a_person_has_the_call(line: Switchboard, chen: Any) -> None:
    line.menu()
    call = line.rings()
    with pytest.raises(NotAllowed):
        telephone.press(call, by=chen, at=line.shop.now)
    line.press(call, "", "0")
    with pytest.raises(WrongState):
        line.press(call, "0")
    # Who waits for a person and gives up was not served.
    telephone.hang_up(call, by=line.clerk, at=line.shop.later())
    assert (fresh(call).state, CallBack.objects.get().reason) == ("ABANDONED", "ABANDONED")
