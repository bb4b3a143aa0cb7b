"""Two desks move one promise at once: one line is written after the other, and the naive way loses one."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from guiju.kernel.refusing import Refusal
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.queries import every_promise_is_the_first_one_or_a_revision
from guiju.line.workorder.rules import Agreed, PromiseCause
from tests.line.cast_line import Shop, fresh
from tests.line.dispatch.test_races import COUNTERS, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.no_books]


def ledger(order: WorkOrder) -> list[PromiseRevision]:
    return list(order.promise_revisions.order_by("number"))


@pytest.mark.shows("WO-10", "D03")
def test_eight_desks_that_move_one_promise_write_one_chain(shop: Shop) -> None:
    order = shop.a_received_order()
    assert order.promised_at is not None
    first, at = order.promised_at, shop.later()
    refused = at_once(
        lambda n: workorder.revise_promise(
            order, to=first + timedelta(hours=n + 1), cause=PromiseCause.WORKLOAD, reason=f"Desk {n} is behind.",
            by=shop.reception, at=at,
        )
    )  # fmt: skip
    assert refused == []
    lines = ledger(order)
    assert [line.number for line in lines] == list(range(COUNTERS + 1))
    assert [line.old_at for line in lines[1:]] == [line.new_at for line in lines[:-1]]
    assert fresh(order).promised_at == lines[-1].new_at
    assert list(every_promise_is_the_first_one_or_a_revision()) == []


@pytest.mark.shows("D04")
def test_eight_telephones_that_agree_at_once_agree_once(shop: Shop) -> None:
    order = shop.a_received_order()
    assert order.promised_at is not None
    workorder.revise_promise(
        order, to=order.promised_at + timedelta(days=1), cause=PromiseCause.WORKLOAD, reason="We are behind.",
        by=shop.reception, at=shop.later(),
    )  # fmt: skip
    at = shop.later()
    refused: list[Refusal] = at_once(
        lambda n: workorder.agree_to_promise(
            order, agreed=Agreed.RECORDED, agreed_note=f"Telephone {n}", by=shop.reception, at=at
        )
    )
    assert [refusal.code for refusal in refused] == ["nothing_to_agree"] * (COUNTERS - 1)


def naively(order: WorkOrder, to: datetime, both_read: threading.Barrier, took: list[bool]) -> None:
    """As everybody writes it first: read the promise that stands, write the line, write the order."""
    try:
        with transaction.atomic():
            last = order.promise_revisions.order_by("-number").first()
            assert last is not None
            both_read.wait(10)
            PromiseRevision.objects.create(
                order=order,
                number=last.number + 1,
                old_at=last.new_at,
                new_at=to,
                cause="OTHER",
                reason={},
                at=last.at,
                actor_name="x",
            )
            WorkOrder.objects.filter(pk=order.pk).update(promised_at=to)
        took.append(True)
    except Exception:  # noqa: BLE001  # whatever the database says, it is a no
        took.append(False)
    finally:
        connection.close()


def race(order: WorkOrder) -> list[bool]:
    assert order.promised_at is not None
    barrier, took = threading.Barrier(2), list[bool]()
    both = [
        threading.Thread(target=naively, args=(order, order.promised_at + timedelta(hours=hours), barrier, took))
        for hours in (1, 2)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(20)
    return sorted(took)


def test_the_database_lets_one_of_two_naive_desks_through(shop: Shop) -> None:
    order = shop.a_received_order()
    assert race(order) == [False, True]
    assert list(every_promise_is_the_first_one_or_a_revision()) == []
