"""Whoever waited for an order sees who has it now; a lock taken with the names joined to it shows who had it before."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from guiju.kernel.locking import lock
from guiju.line.workorder.models import WorkOrder
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.no_books]


def naive(pk: int) -> WorkOrder:
    """The lock that everybody writes first."""
    return WorkOrder.objects.with_names().select_for_update(of=("self",)).get(pk=pk)


def careful(pk: int) -> WorkOrder:
    return lock(WorkOrder.objects.with_names(), pk)


def read_while_assigned(shop: Shop, order: WorkOrder, take: Callable[[int], WorkOrder]) -> str | None:
    """The name of the technician that is read by whoever waits while the order is given to Chen."""
    is_given = threading.Event()

    def give() -> None:
        with transaction.atomic():
            WorkOrder.objects.filter(pk=order.pk).update(technician=shop.cast.people["chen"])
            is_given.set()
            # Until the other one waits for the lock.
            time.sleep(0.3)
        connection.close()

    giving = threading.Thread(target=give)
    giving.start()
    is_given.wait(10)
    with transaction.atomic():
        read = take(order.pk)
    giving.join()
    assert read.technician_id == shop.cast.people["chen"].pk
    return read.technician.name if read.technician else None


@pytest.mark.shows("I27")
def test_who_waited_for_an_order_reads_who_has_it_now(shop: Shop) -> None:
    assert read_while_assigned(shop, shop.a_received_order(), careful) == "chen"


def test_the_naive_lock_shows_who_had_it_before(shop: Shop) -> None:
    assert read_while_assigned(shop, shop.a_received_order(), naive) is None
