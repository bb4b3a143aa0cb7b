"""ring, answer, hang_up, log, tick, write_note, lead_to: a call from the first ring to its end."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.kernel import news
from guiju.kernel.models import TrailEntry, Transition
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.telephone import actions as telephone
from guiju.line.telephone.models import Call, CallBack, CallTick
from tests.line.cast_line import told
from tests.line.telephone.switchboard import CALLER, Switchboard, fresh

pytestmark = pytest.mark.django_db


# --- ring


@pytest.mark.shows("S6-01", "A01")
def test_a_ringing_call_names_the_customer_with_that_number(line: Switchboard) -> None:
    known = line.shop.a_customer(name="Liang Ming")
    phone = known.phones.get().e164
    call = fresh(line.rings(phone))
    assert (call.state, call.phone, call.customer, call.unit.code) == ("RINGING", phone, known, "FS01")
    assert fresh(line.rings("13700000001")).customer is None


def test_the_same_number_in_another_outlet_names_nobody(line: Switchboard, other_line: Switchboard) -> None:
    phone = line.shop.a_customer().phones.get().e164
    assert line.rings(phone).customer is not None
    assert other_line.rings(phone).customer is None


def test_ringing_tells_it_and_leaves_a_trail(line: Switchboard) -> None:
    call = line.rings()
    assert [(each["call_id"], each["direction"]) for each in told("telephone.Rang")] == [(call.pk, "IN")]
    assert TrailEntry.objects.get(verb="telephone.ring").subject_id == call.pk
    assert Transition.objects.get(subject_type="telephone.call").to_state == "RINGING"


@pytest.mark.both_databases
def test_a_call_told_twice_is_one_call(line: Switchboard) -> None:
    ringing = line.ringing()
    first, again = (telephone.ring(**ringing, by=line.clerk, at=line.shop.later()) for _ in range(2))
    assert first.pk == again.pk
    assert Call.objects.count() == 1
    # The constraint is the law, also for whoever does not look first.
    with pytest.raises(Exception, match=r"call_has_one_record_per_system|UNIQUE"):
        Call.objects.create(
            unit=line.shop.unit,
            system="pbx",
            external_id=ringing["external_id"],
            direction="IN",
            started_at=line.shop.now,
        )


def test_two_outlets_may_call_their_calls_alike(line: Switchboard, other_line: Switchboard) -> None:
    assert line.rings(external_id="1").pk != other_line.rings(external_id="1").pk


@pytest.mark.parametrize("sent", ["anonymous", "", "+266696687", "12"])
def test_what_is_no_number_is_withheld(line: Switchboard, sent: str) -> None:
    assert line.rings(sent).phone == ""


def test_a_telephone_system_has_to_say_who_it_is(line: Switchboard) -> None:
    with pytest.raises(Invalid):
        line.rings(external_id="")
    with pytest.raises(Invalid):
        line.rings(system="")


def test_a_technician_tells_of_no_calls_and_a_receptionist_does(line: Switchboard, chen: Any) -> None:
    with pytest.raises(NotAllowed):
        telephone.ring(**line.ringing(), by=chen, at=line.shop.now)
    with pytest.raises(NotAllowed):
        telephone.ring(**line.ringing(), by=line.shop.actor("zhou"), at=line.shop.now)
    assert line.rings().state == "RINGING"


# --- answer


def test_who_answers_speaks_and_the_wait_is_counted(line: Switchboard) -> None:
    call = line.rings()
    line.shop.later(seconds=40)
    telephone.answer(call, agent=line.clerk_person, by=line.clerk, at=line.shop.now)
    call = fresh(call)
    assert (call.state, call.agent, call.wait_seconds) == ("TALKING", line.clerk_person, 40)
    assert [each["agent_id"] for each in told("telephone.Answered")] == [line.clerk_person.pk]


def test_answering_twice_is_once_and_of_two_people_the_second_is_told(line: Switchboard) -> None:
    call = line.talks()
    telephone.answer(call, agent=line.clerk_person, by=line.clerk, at=line.shop.later())
    telephone.answer(call, by=line.clerk, at=line.shop.later())
    assert len(told("telephone.Answered")) == 1
    with pytest.raises(telephone.TakenAlready, match="lin"):
        telephone.answer(call, agent=line.shop.cast.people["ma"], by=line.manager, at=line.shop.later())


def test_a_call_that_the_system_answered_is_claimed_by_who_opens_it(line: Switchboard) -> None:
    call = telephone.answer(line.rings(), by=line.clerk, at=line.shop.later())
    assert call.agent is None
    telephone.answer(call, agent=line.clerk_person, by=line.clerk, at=line.shop.later())
    assert fresh(call).agent == line.clerk_person


def test_an_ended_call_is_answered_no_more(line: Switchboard, bo: Any) -> None:
    with pytest.raises(WrongState):
        telephone.answer(line.abandoned(), agent=line.clerk_person, by=line.clerk, at=line.shop.later())
    with pytest.raises(NotAllowed):
        telephone.answer(line.rings(), by=bo, at=line.shop.later())


# --- hang_up


def test_a_spoken_call_ends_with_its_length(line: Switchboard) -> None:
    call = line.talks()
    line.shop.later(minutes=5)
    telephone.hang_up(call, recording_ref="rec/1.wav", by=line.clerk, at=line.shop.now)
    call = fresh(call)
    assert (call.state, call.talk_seconds, call.recording_ref) == ("ENDED", 300, "rec/1.wav")
    assert not CallBack.objects.exists()
    assert [each["state"] for each in told("telephone.HungUp")] == ["ENDED"]


@pytest.mark.shows("S6-04")
def test_who_hung_up_unheard_is_called_back(line: Switchboard) -> None:
    call = line.abandoned()
    assert fresh(call).state == "ABANDONED"
    owed = CallBack.objects.get()
    assert (owed.phone, owed.reason, owed.call, owed.state) == (CALLER, "ABANDONED", call, "OPEN")
    assert (owed.due_at - owed.made_at).total_seconds() == 30 * 60


def test_a_withheld_number_that_hung_up_cannot_be_called(line: Switchboard) -> None:
    assert fresh(line.abandoned("")).state == "ABANDONED"
    assert not CallBack.objects.exists()


def test_a_call_of_ours_that_nobody_takes_is_no_lost_customer(line: Switchboard) -> None:
    assert fresh(line.abandoned(direction="OUT")).state == "ENDED"
    assert not CallBack.objects.exists()


def test_hanging_up_twice_is_once_and_the_recording_may_come_later(line: Switchboard) -> None:
    call = line.ended()
    ended_at = fresh(call).ended_at
    telephone.hang_up(call, recording_ref="rec/2.wav", by=line.clerk, at=line.shop.later())
    telephone.hang_up(call, recording_ref="rec/3.wav", by=line.clerk, at=line.shop.later())
    assert (fresh(call).ended_at, fresh(call).recording_ref) == (ended_at, "rec/2.wav")
    assert len(told("telephone.HungUp")) == 1


def test_nobody_of_another_outlet_ends_a_call(line: Switchboard, zhou: Any) -> None:
    with pytest.raises(NotAllowed):
        telephone.hang_up(line.talks(), by=zhou, at=line.shop.later())


# --- log


@pytest.mark.shows("S6-01")
def test_a_shop_without_a_telephone_system_logs_its_calls(line: Switchboard) -> None:
    call = telephone.log(unit=line.shop.unit, phone="139 1234 5678", by=line.clerk, at=line.shop.now)
    assert (call.state, call.phone, call.agent_id) == ("TALKING", CALLER, line.clerk_person.pk)
    assert [each["call_id"] for each in told("telephone.Rang")] == [call.pk]


def test_a_logged_number_must_be_one_and_a_withheld_one_is_left_empty(line: Switchboard, bo: Any) -> None:
    with pytest.raises(Invalid):
        telephone.log(unit=line.shop.unit, phone="12", by=line.clerk, at=line.shop.now)
    with pytest.raises(NotAllowed):
        telephone.log(unit=line.shop.unit, phone="", by=bo, at=line.shop.now)
    assert telephone.log(unit=line.shop.unit, phone="", by=line.clerk, at=line.shop.now).phone == ""


# --- tick, write_note


@pytest.mark.shows("S6-03", "A03")
def test_each_step_of_the_script_is_ticked_once_and_may_be_taken_back(line: Switchboard) -> None:
    call = line.talks()
    for _ in range(2):
        telephone.tick(call, step="GREETING", by=line.clerk, at=line.shop.later())
    assert [(each.step, each.person) for each in CallTick.objects.all()] == [("GREETING", line.clerk_person)]
    telephone.tick(call, step="GREETING", is_done=False, by=line.clerk, at=line.shop.later())
    assert not CallTick.objects.exists()


def test_nothing_is_ticked_before_we_speak_or_taken_back_after(line: Switchboard, chen: Any) -> None:
    with pytest.raises(WrongState):
        telephone.tick(line.rings(), step="GREETING", by=line.clerk, at=line.shop.later())
    call = line.talks()
    with pytest.raises(Invalid):
        telephone.tick(call, step="SHOUTING", by=line.clerk, at=line.shop.later())
    with pytest.raises(NotAllowed):
        telephone.tick(call, step="GREETING", by=chen, at=line.shop.later())
    telephone.tick(call, step="GREETING", by=line.clerk, at=line.shop.later())
    telephone.hang_up(call, by=line.clerk, at=line.shop.later())
    telephone.tick(call, step="CLOSE", by=line.clerk, at=line.shop.later())
    with pytest.raises(WrongState):
        telephone.tick(call, step="CLOSE", is_done=False, by=line.clerk, at=line.shop.later())


def test_a_note_is_kept_and_the_one_before_stays_in_the_trail(line: Switchboard, chen: Any) -> None:
    call = line.talks()
    for note in ("Leaks.", "Leaks when spinning."):
        telephone.write_note(call, note=note, by=line.clerk, at=line.shop.later())
    assert fresh(call).note == "Leaks when spinning."
    assert TrailEntry.objects.filter(verb="telephone.write_note").last().facts["before"] == "Leaks."
    with pytest.raises(Invalid):
        telephone.write_note(call, note="x" * 4001, by=line.clerk, at=line.shop.later())
    with pytest.raises(NotAllowed):
        telephone.write_note(call, note="No.", by=chen, at=line.shop.later())


# --- lead_to


@pytest.mark.shows("S6-01", "S6-09")
def test_an_order_for_who_is_on_the_telephone_came_of_that_call(line: Switchboard) -> None:
    appliance = line.shop.an_appliance()
    call = line.talks(appliance.customer.phones.get().e164)
    order = line.shop.a_registered_order(appliance=appliance, channel="PHONE")
    news.deliver_due(line.shop.later())
    assert fresh(call).order == order
    assert [each["order_id"] for each in told("telephone.LedTo")] == [order.pk]


def test_an_order_at_the_counter_came_of_no_old_call(line: Switchboard) -> None:
    appliance = line.shop.an_appliance()
    call = line.ended(appliance.customer.phones.get().e164)
    line.shop.later(hours=3)
    line.shop.a_registered_order(appliance=appliance)
    news.deliver_due(line.shop.later())
    assert fresh(call).order is None


def test_a_call_leads_to_what_its_own_outlet_takes_in(line: Switchboard, other_shop: Any) -> None:
    call, ours, theirs = line.talks(), line.shop.a_registered_order(), other_shop.a_registered_order()
    with pytest.raises(telephone.Refusal, match="another outlet"):
        telephone.lead_to(call, order=theirs, by=line.clerk, at=line.shop.later())
    with pytest.raises(Invalid):
        telephone.lead_to(call, by=line.clerk, at=line.shop.later())
    for _ in range(2):
        telephone.lead_to(call, order=ours, by=line.clerk, at=line.shop.later())
    assert len(told("telephone.LedTo")) == 1
