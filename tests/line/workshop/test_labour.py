"""start_timer, stop_timer, end_timer, correct_labour: whose time runs where, and how a wrong entry is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from guiju.jobs.clock import by_the_clock, forgotten_timers
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.dispatch import actions as dispatch
from guiju.line.workorder.actions import ReasonMissing
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import LabourEntry, LabourTimer
from guiju.line.workshop.queries import labour_of, running_timer
from tests.line.cast_line import fresh
from tests.line.stages import a_finished_order, a_ready_order, a_repairing_order

pytestmark = [pytest.mark.django_db]


def minutes(order):
    return [each.minutes for each in labour_of(order)]


@pytest.mark.shows("S6-15")
def test_the_clock_becomes_labour_and_twice_is_once(shop, chen):
    order, _ = a_repairing_order(shop, parts=0)
    first = workshop.start_timer(order, by=chen, at=shop.later())
    assert workshop.start_timer(order, by=chen, at=shop.later()) == first
    entry = workshop.stop_timer(order, task="Belt", by=chen, at=first.started_at + timedelta(minutes=12, seconds=1))
    assert (entry.minutes, entry.task, minutes(order)) == (13, "Belt", [13])
    with pytest.raises(workshop.NoTimer):
        workshop.stop_timer(order, by=chen, at=shop.later(hours=1))


@pytest.mark.both_databases
@pytest.mark.shows("S6-15")
def test_one_person_is_at_one_job(shop, chen, chen_person):
    (one, _), (other, _) = a_repairing_order(shop, parts=0), a_repairing_order(shop, parts=0)
    workshop.start_timer(one, by=chen, at=shop.later())
    with pytest.raises(workshop.AtAnotherJob) as refused:
        workshop.start_timer(other, by=chen, at=shop.later(minutes=5))
    assert one.number in str(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        LabourTimer.objects.create(order=other, technician=chen_person, started_at=shop.now)
    workshop.start_timer(other, stop_other=True, by=chen, at=shop.later(minutes=5))
    assert minutes(one) == [10]
    assert running_timer(chen.person_id).order == other


def test_it_refuses_the_wrong_person_and_the_wrong_state(shop, chen):
    order, _ = a_repairing_order(shop, parts=0)
    workshop.start_timer(order, by=chen, at=shop.later())
    for name in ("wu", "ma", "lin"):
        with pytest.raises(NotAllowed):
            workshop.start_timer(order, by=shop.actor(name), at=shop.now)
        with pytest.raises(NotAllowed):
            workshop.stop_timer(order, by=shop.actor(name), at=shop.now)
    done = a_finished_order(shop, parts=0)
    with pytest.raises(WrongState):
        workshop.start_timer(done, stop_other=True, by=chen, at=shop.later())


def test_finishing_the_work_stops_the_clock_and_that_is_labour_enough(shop, chen):
    order, _ = a_repairing_order(shop, parts=0)
    workshop.start_timer(order, by=chen, at=shop.later())
    workshop.finish(order, work_done="Belt changed.", by=chen, at=shop.later(minutes=20))
    assert minutes(order) == [20]
    assert running_timer(chen.person_id) is None
    assert labour_of(order)[0].said == "Work, by the clock"


def test_a_forgotten_clock_ends_by_the_rule_and_when_the_job_is_taken_away(shop, chen, bo, wu_person):
    shop.certified("wu")
    order, _ = a_repairing_order(shop, parts=0)
    timer = workshop.start_timer(order, by=chen, at=shop.later())
    with pytest.raises(workshop.NotForgotten):
        workshop.end_timer(timer, by=by_the_clock(), at=shop.later(hours=2))
    with pytest.raises(NotAllowed):
        workshop.end_timer(timer, by=chen, at=shop.later(hours=12))
    for deed in forgotten_timers(shop.now):
        deed()
    assert minutes(order) == [600]
    again = workshop.start_timer(order, by=chen, at=shop.later())
    dispatch.hand_on(order, technician=wu_person, reason="Chen is ill", by=bo, at=shop.later(minutes=30))
    for deed in forgotten_timers(again.started_at + timedelta(minutes=31)):
        deed()
    assert minutes(fresh(order)) == [600, 31]


@pytest.mark.both_databases
@pytest.mark.shows("WO-12")
def test_a_wrong_entry_is_taken_back_once_with_a_reason(shop, chen):
    order = a_ready_order(shop, parts=0)
    entry = labour_of(order)[0]
    with pytest.raises(ReasonMissing):
        workshop.correct_labour(entry, minutes=15, reason="", by=chen, at=shop.later())
    with pytest.raises(NotAllowed):
        workshop.correct_labour(entry, minutes=15, reason="Typed twice", by=shop.actor("wu"), at=shop.later())
    right = workshop.correct_labour(entry, minutes=15, reason="Typed twice", by=chen, at=shop.later())
    assert minutes(order) == [15]
    assert LabourEntry.objects.filter(order=order).count() == 3
    with pytest.raises(workshop.CorrectedAlready):
        workshop.correct_labour(entry, minutes=20, reason="Typed twice", by=chen, at=shop.later())
    workshop.correct_labour(right, minutes=0, reason="On another job", by=shop.actor("ma"), at=shop.later())
    assert minutes(order) == []
