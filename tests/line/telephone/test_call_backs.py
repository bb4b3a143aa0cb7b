"""promise, try, finish, give up: the calls that we owe."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.telephone import actions as telephone
from guiju.line.telephone import queries
from guiju.line.telephone.models import CallBack
from tests.line.cast_line import told
from tests.line.telephone.switchboard import CALLER, Switchboard

pytestmark = pytest.mark.django_db


def fresh(call_back: CallBack) -> CallBack:
    return CallBack.objects.get(pk=call_back.pk)


def test_a_promise_in_a_call_is_owed_by_the_time_that_was_said(line: Switchboard) -> None:
    call, due_at = line.talks(), line.shop.now + timedelta(hours=4)
    telephone.promise_call_back(call, due_at=due_at, note="When the part is here.", by=line.clerk, at=line.shop.later())
    owed = CallBack.objects.get()
    assert (owed.phone, owed.reason, owed.due_at, owed.note) == (CALLER, "PROMISED", due_at, "When the part is here.")
    assert [each["reason"] for each in told("telephone.CallBackPromised")] == ["PROMISED"]


@pytest.mark.both_databases
def test_a_number_is_owed_one_call_at_a_time(line: Switchboard, other_line: Switchboard) -> None:
    first, again = line.owes(), line.owes()
    assert first.pk == again.pk
    assert other_line.owes().pk != first.pk, "the other outlet owes its own"
    with pytest.raises(IntegrityError), transaction.atomic():
        CallBack.objects.create(
            unit=line.shop.unit, phone=CALLER, reason="ASKED", due_at=line.shop.now, made_at=line.shop.now
        )
    telephone.finish_call_back(first, by=line.clerk, at=line.shop.later())
    assert line.owes().pk != first.pk, "afterwards a new one may be promised"


def test_a_withheld_number_must_be_asked_for(line: Switchboard) -> None:
    with pytest.raises(telephone.Refusal, match="withheld"):
        line.owes("")
    with pytest.raises(Invalid):
        telephone.promise_call_back(
            line.talks(), due_at=line.shop.now - timedelta(hours=1), by=line.clerk, at=line.shop.later()
        )
    with pytest.raises(NotAllowed):
        telephone.promise_call_back(line.talks(), by=line.shop.actor("chen"), at=line.shop.later())


def test_each_try_is_counted_with_who_tried(line: Switchboard) -> None:
    owed = line.owes()
    for _ in range(2):
        telephone.try_call_back(owed, note="Busy.", by=line.clerk, at=line.shop.later())
    owed = fresh(owed)
    assert (owed.tries, owed.person, owed.tried_at, owed.state) == (2, line.clerk_person, line.shop.now, "OPEN")


def test_who_was_reached_is_owed_nothing_any_more(line: Switchboard) -> None:
    owed = telephone.finish_call_back(line.owes(), by=line.clerk, at=line.shop.later())
    assert (fresh(owed).state, fresh(owed).tries, fresh(owed).person) == ("REACHED", 1, line.clerk_person)
    assert [(each["state"], each["tries"]) for each in told("telephone.CallBackEnded")] == [("REACHED", 1)]
    for again in (telephone.finish_call_back, telephone.try_call_back):
        with pytest.raises(WrongState):
            again(owed, by=line.clerk, at=line.shop.later())


@pytest.mark.shows("S6-04")
def test_nobody_is_forgotten_after_one_busy_tone(line: Switchboard) -> None:
    owed = line.owes()
    for _ in range(2):
        telephone.try_call_back(owed, by=line.clerk, at=line.shop.later())
    with pytest.raises(telephone.TriedTooLittle, match="3 times"):
        telephone.give_up_call_back(owed, note="Never answers.", by=line.clerk, at=line.shop.later())
    telephone.try_call_back(owed, by=line.clerk, at=line.shop.later())
    with pytest.raises(Invalid):
        telephone.give_up_call_back(owed, note=" ", by=line.clerk, at=line.shop.later())
    telephone.give_up_call_back(owed, note="Never answers.", by=line.clerk, at=line.shop.later())
    assert (fresh(owed).state, fresh(owed).note) == ("GIVEN_UP", "Never answers.")
    with pytest.raises(WrongState):
        telephone.give_up_call_back(owed, note="Never answers.", by=line.clerk, at=line.shop.later())


@pytest.mark.both_databases
def test_what_has_ended_stays_ended_behind_every_back(line: Switchboard) -> None:
    owed = telephone.finish_call_back(line.owes(), by=line.clerk, at=line.shop.later())
    with pytest.raises(IntegrityError, match="call_back_once_ended_stays_ended"), transaction.atomic():
        CallBack.objects.filter(pk=owed.pk).update(note="Changed.")


def test_another_outlet_sees_and_makes_none_of_them(line: Switchboard, zhou: Any, bo: Any) -> None:
    owed = line.owes()
    assert list(queries.owed(CallBack.objects.visible_to(line.clerk))) == [owed]
    assert not CallBack.objects.visible_to(zhou).exists()
    for verb in (telephone.try_call_back, telephone.finish_call_back):
        for stranger in (zhou, bo):
            with pytest.raises(NotAllowed):
                verb(owed, by=stranger, at=line.shop.later())
    assert telephone.finish_call_back(owed, by=line.clerk, at=line.shop.later()).state == "REACHED"
