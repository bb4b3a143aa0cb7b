"""Several counters and strangers push at once; the database lets one through, and the others hear why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connections

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.line.intake import actions as intake
from guiju.line.intake.models import Loan, ServiceRequest
from guiju.line.workorder.models import WorkOrder
from tests.line.cast_line import Shop
from tests.line.dispatch.test_races import COUNTERS, at_once
from tests.line.intake.test_loaners import a_loaner
from tests.line.intake.test_requests import converting, submitted, triaged, typing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.shows("CRM-2", "S6-01")
def test_eight_counters_that_convert_one_request_make_one_order(shop: Shop) -> None:
    for _round in range(3):
        request = triaged(shop, serial=f"HA-{_round}")
        # Each with a machine of its own, so that nothing but the request itself stands in the way.
        agreed = [converting(shop) for _ in range(COUNTERS)]
        before = WorkOrder.objects.count()
        refused = at_once(
            lambda n, request=request, agreed=agreed: intake.convert(
                request, **agreed[n], by=shop.reception, at=shop.now
            )
        )
        assert [refusal.code for refusal in refused] == ["wrong_state"] * (COUNTERS - 1)
        assert WorkOrder.objects.count() == before + 1
        assert ServiceRequest.objects.get(pk=request.pk).order is not None


@pytest.mark.shows("A17")
def test_eight_counters_lend_one_unit_once(shop: Shop) -> None:
    orders, loaner, signature = [shop.a_registered_order() for _ in range(COUNTERS)], a_loaner(shop), shop.a_signature()
    refused = at_once(
        lambda n: intake.lend(
            orders[n], loaner=loaner, condition="Clean.", signature=signature, by=shop.reception, at=shop.now
        )
    )
    assert [refusal.code for refusal in refused] == ["lent_already"] * (COUNTERS - 1)
    assert Loan.objects.filter(returned_at=None).count() == 1


@pytest.mark.shows("A04")
def test_one_solved_puzzle_sent_eight_times_at_once_is_one_request(shop: Shop) -> None:
    typed, stranger = typing(shop, challenge="abc", photos=[]), Actor.stranger(shop.unit.pk)
    refused = at_once(lambda _n: intake.submit(**typed, by=stranger, at=shop.now))
    assert {refusal.code for refusal in refused} == {"sent_already"}
    assert ServiceRequest.objects.count() == 1
    # The number that a refused one had taken is given again: there is no gap.
    assert submitted(shop, serial="HA-2").number.endswith("00002")


@pytest.mark.shows("T33")
def test_every_try_of_a_flood_is_counted(shop: Shop) -> None:
    def knock(number: int) -> None:
        for each in range(5):
            try:
                intake.knock(
                    unit=shop.unit,
                    address="203.0.113.7",
                    is_proven=True,
                    at=shop.now + timedelta(seconds=number + each),
                )
            except Refusal as refusal:
                served.append(refusal.status)
            else:
                served.append(200)
        connections.close_all()

    served: list[int] = []
    at_once(knock)
    assert sorted(served) == [200] * 20 + [429] * 20
