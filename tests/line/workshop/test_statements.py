"""What the verdict and the quote ask of the database: as many statements on both, however many appliances there are (issue 5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.kernel.models import Edition
from guiju.kernel.remembered import EDITION, as_of
from guiju.line.workorder import actions as workorder
from guiju.line.workshop import actions as workshop
from guiju.standing.warranty import queries as warranty
from tests.line import stages
from tests.line.cast_line import Shop, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
# The issue's: "verdict and quote each within 12 statements"; what they take today.
MOST = 12
FEW = {"verdict": 1, "decision": 9, "quote": 9}
assert max(FEW.values()) <= MOST


def asked(work: Callable[[], Any]) -> list[str]:
    """The statements that are sent, without the marks of a transaction within the test's own."""
    with CaptureQueriesContext(connection) as seen:
        work()
    return [each["sql"] for each in seen if "SAVEPOINT" not in each["sql"]]


def test_a_verdict_asks_four_things_and_then_what_happened_to_the_machine(shop: Shop) -> None:
    first, second = shop.an_appliance(), shop.an_appliance()
    with as_of(Edition.objects.get(pk=EDITION).mark):
        assert len(asked(lambda: warranty.consider(first, on=shop.now.date()))) == 4
        # Law, terms and figures are remembered, as in every request.
        assert len(asked(lambda: warranty.consider(second, on=shop.now.date()))) == FEW["verdict"]


def test_the_decision_at_the_bench_and_the_quote_are_within_twelve(shop: Shop) -> None:
    _ = shop.price_list
    chen, offers = shop.actor("chen"), stages.offers(shop)
    warm, quoted = (stages.a_diagnosed_order(shop) for _ in range(2))
    decided = shop.an_accepted_order("chen")
    workshop.start_diagnosis(decided, by=chen, at=shop.later())
    decided, said = fresh(decided), {"cause": "WEAR", "fault_family": "DRIVE", "by": chen}
    with as_of(Edition.objects.get(pk=EDITION).mark):
        workshop.draft_quote(warm, offers=offers, service_hours=8, by=chen, at=shop.later())
        at = shop.later()
        assert len(asked(lambda: workorder.decide_coverage(decided, **said, at=at))) == FEW["decision"]
        assert (
            len(asked(lambda: workshop.draft_quote(quoted, offers=offers, service_hours=8, by=chen, at=at)))
            == FEW["quote"]
        )
