"""Several people push at once; the database lets one through, and the others hear why."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from guiju.kernel.refusing import Refusal
from guiju.line.dispatch import actions as dispatch
from guiju.line.dispatch.models import Assignment
from guiju.line.intake import actions as intake
from guiju.line.workorder.models import WorkOrder
from tests.line.cast_line import Shop, fresh

COUNTERS = 8
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(attempt: Callable[[int], Any]) -> list[Refusal]:
    """Let eight try at the same instant; return the refusals."""
    refused: list[Refusal] = []
    failures: list[BaseException] = []
    ready = threading.Barrier(COUNTERS)

    def counter(number: int) -> None:
        try:
            ready.wait(timeout=30)
            attempt(number)
        except Refusal as refusal:
            refused.append(refusal)
        except Exception as failure:  # noqa: BLE001 - whatever it is, the main thread shall show it
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=counter, args=(number,)) for number in range(COUNTERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    return refused


@pytest.mark.shows("CRM-2", "WO-1")
def test_eight_counters_that_register_one_appliance_make_one_order(shop: Shop) -> None:
    _ = shop.price_list
    for _round in range(5):
        typed = shop.registering()
        refused = at_once(lambda _number, typed=typed: intake.register(**typed, by=shop.reception, at=shop.now))
        assert len(refused) == COUNTERS - 1
        assert {refusal.code for refusal in refused} <= {"open_already", "open_twice"}
        assert WorkOrder.objects.filter(appliance=typed["appliance"]).count() == 1


@pytest.mark.shows("S6-14", "I27")
def test_eight_dispatchers_give_a_job_to_one_technician_at_a_time(shop: Shop) -> None:
    shop.certified("chen", "wu")
    technicians = [shop.cast.people["chen"], shop.cast.people["wu"]]
    for _round in range(5):
        order = shop.a_received_order()
        at_once(
            lambda n, order=order: dispatch.assign(
                order, technician=technicians[n % 2], by=shop.dispatcher, at=shop.now
            )
        )
        standing = Assignment.objects.open().get(order=order)
        assert fresh(order).technician == standing.technician
        dispatch.accept(fresh(order), by=shop.actor(standing.technician.name), at=shop.later())
        intake.cancel(order, reason="Makes room for the next", by=shop.reception, at=shop.later())


@pytest.mark.shows("D01")
def test_who_accepts_eight_times_has_accepted_once(shop: Shop) -> None:
    order = shop.a_dispatched_order("chen")
    assert at_once(lambda _number: dispatch.accept(order, by=shop.actor("chen"), at=shop.now)) == []
    assert fresh(order).state == "ACCEPTED"
    assert Assignment.objects.filter(order=order).count() == 1
