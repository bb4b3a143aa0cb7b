"""Whether we keep what we promise: by outlet and technician, and job by job."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries
from guiju.line.workorder.rules import Agreed, PromiseCause
from tests.desks.common.page import assert_strict
from tests.line.cast_line import Shop, fresh
from tests.line.workorder.bench import to_ready

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]


def ready(shop: Shop, *, late_by: timedelta = timedelta(), agreed: bool = False) -> Any:
    """A job that is ready, so long after its first promise; or moved to then, with the customer's word."""
    order = shop.an_accepted_order()
    assert order.promised_at is not None
    first = order.promised_at
    if agreed:
        workorder.revise_promise(
            order, to=first + late_by + timedelta(hours=1), cause=PromiseCause.WORKLOAD, reason="Two are ill", agreed=Agreed.RECORDED,
            agreed_note="By telephone at ten", by=shop.reception, at=shop.later(),
        )  # fmt: skip
    if late_by:
        shop.now = first + late_by
    return fresh(to_ready(order, shop))


@pytest.mark.shows("D03")
def test_on_time_is_counted_by_outlet_and_technician(shop: Shop, signed_in: Any) -> None:
    ready(shop)
    ready(shop, late_by=timedelta(hours=5))
    moved = ready(shop, late_by=timedelta(hours=5), agreed=True)
    on = moved.unit.day(moved.ready_at)
    (unit,) = queries.on_time(shop.actor("bo"), "dispatch.see", since=on - timedelta(days=30), until=on)
    assert [(row.name, row.ready, row.kept_first, row.kept_agreed, row.moved) for row in unit.rows] == [
        ("chen", 3, 1, 2, 1), ("", 3, 1, 2, 1),
    ]  # fmt: skip
    assert (unit.rows[-1].first_percent, unit.rows[-1].agreed_percent) == (33, 66)
    assert queries.on_time(shop.actor("he"), "dispatch.see", since=on - timedelta(days=30), until=on) == []
    assert (
        queries.on_time(shop.actor("bo"), "dispatch.see", since=on + timedelta(days=1), until=on + timedelta(days=9))
        == []
    )


def test_the_page_and_the_list_show_it(shop: Shop, signed_in: Any) -> None:
    late = ready(shop, late_by=timedelta(hours=5))
    on = late.unit.day(late.ready_at)
    span = f"since={on - timedelta(days=9)}&until={on}"
    page = signed_in("bo").get(f"/control-room/on-time/?{span}").content.decode()
    assert_strict(page)
    assert "0 %" in page
    assert "chen" in page
    listed = signed_in("nie").get("/control-room/promises/").content.decode()
    assert_strict(listed)
    assert late.number in listed
    assert "late" in listed
    assert signed_in("lin").get("/control-room/on-time/").status_code == 403
    assert signed_in("lin").get("/control-room/promises/").status_code == 403
    assert signed_in("bo").get("/control-room/on-time/?since=never").status_code == 422
