"""The board: what waits, what is late, who could do it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.line.dispatch import queries as dispatch_queries
from guiju.line.workorder import actions as workorder
from guiju.standing.people import actions as people
from tests.line.cast_line import fresh


@pytest.mark.shows("S6-14")
def test_it_shows_each_job_where_it_waits(shop, bo):
    waiting = shop.a_received_order()
    asked = shop.a_dispatched_order("chen")
    busy = shop.an_accepted_order("wu")
    shop.a_registered_order()
    board = dispatch_queries.board(by=bo, at=shop.now)
    assert [job.order for job in board.unassigned] == [waiting]
    assert [job.order for job in board.waiting_for_answer] == [asked]
    assert [job.order for job in board.working] == [busy]
    assert [(load.technician.name, load.open_jobs, load.waiting_for_answer) for load in board.loads] == [
        ("chen", 1, 1), ("wu", 1, 0)
    ]  # fmt: skip


@pytest.mark.shows("S6-13", "D06")
def test_at_eighty_percent_a_job_is_at_risk_and_then_overdue(shop, bo):
    order = shop.a_received_order()
    length = order.promised_at - order.received_at

    def stands(at):
        board = dispatch_queries.board(by=bo, at=at)
        return [job.order.pk for job in board.at_risk], [job.order.pk for job in board.overdue]

    assert stands(order.received_at + length * 79 / 100) == ([], [])
    assert stands(order.received_at + length * 80 / 100) == ([order.pk], [])
    assert stands(order.promised_at) == ([], [order.pk])


@pytest.mark.shows("S6-15", "D05", "I31")
@pytest.mark.parametrize(("kind", "paused"), [("CUSTOMER_UNREACHABLE", True), ("SAFETY", False)])
def test_only_what_the_customer_causes_stops_the_clock(shop, bo, kind, paused):
    order = shop.a_received_order()
    workorder.hold(order, hold=kind, reason="Nobody answers the phone", by=bo, at=shop.later())
    later = order.promised_at + timedelta(minutes=1)
    overdue = dispatch_queries.board(by=bo, at=later).overdue
    assert [job.order for job in overdue] == ([] if paused else [order])
    workorder.release_hold(order, by=bo, at=later)


@pytest.mark.shows("D06", "S6-15")
def test_a_job_that_nobody_touches_for_a_day_is_stale(shop, bo):
    order = shop.a_received_order()

    def stale(at):
        return [job.order for job in dispatch_queries.board(by=bo, at=at).stale]

    assert stale(shop.now + timedelta(hours=23)) == []
    assert stale(shop.now + timedelta(hours=24)) == [order]
    workorder.log_contact(order, channel="PHONE", outcome="REACHED", by=bo, at=shop.later(hours=24))
    assert stale(shop.now + timedelta(hours=23)) == []


def test_the_urgent_comes_first(shop, bo):
    first, second = shop.a_received_order(), shop.a_received_order()
    type(second).objects.filter(pk=second.pk).update(priority="URGENT")
    assert [job.order for job in dispatch_queries.board(by=bo, at=shop.now).unassigned] == [second, first]


@pytest.mark.shows("G-3")
def test_each_outlet_sees_its_own_board(shop, other_shop, bo, jia, chen):
    ours, theirs = shop.a_received_order(), other_shop.a_received_order()
    assert [job.order for job in dispatch_queries.board(by=bo, at=shop.now).unassigned] == [ours]
    assert [job.order for job in dispatch_queries.board(by=jia, at=shop.now).unassigned] == [theirs]
    assert dispatch_queries.board(by=chen, at=shop.now).unassigned == (), "a technician sees the own jobs alone"


def test_its_statements_do_not_grow_with_the_jobs(shop, bo):
    def counted():
        with CaptureQueriesContext(connection) as captured:
            dispatch_queries.board(by=bo, at=shop.now)
        return len(captured)

    shop.a_received_order()
    shop.a_dispatched_order("chen")
    few = counted()
    for _ in range(4):
        shop.a_received_order()
    shop.an_accepted_order("wu")
    assert counted() == few


@pytest.mark.shows("E02", "E03", "S6-14")
def test_the_candidates_say_why_not(shop, ma, chen_person, wu_person):
    shop.certified("wu")
    shop.a_dispatched_order("wu")
    order = shop.a_received_order()
    people.grant_leave(chen_person, starts_at=shop.now, ends_at=shop.now + timedelta(days=1), by=ma, at=shop.now)
    best, other = dispatch_queries.candidates(order, at=shop.now)
    assert (best.technician, best.fitness.refused, best.open_jobs) == (wu_person, False, 1)
    assert (other.technician, [str(why) for why in other.fitness.because]) == (
        chen_person,
        ["chen has no valid certificate for Washing machine.", "chen is on leave."],
    )


def test_the_job_in_question_is_not_counted_against_its_technician(shop, chen_person):
    order = shop.a_dispatched_order("chen")
    chen = next(
        each for each in dispatch_queries.candidates(fresh(order), at=shop.now) if each.technician == chen_person
    )
    assert chen.open_jobs == 0
