"""The repairs that did not hold, as a list: whose they were, what failed again, and who bears it."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.line.workorder.models import ComeBack
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]
URL = "/control-room/come-backs/"


@pytest.mark.shows("WO-11", "M03")
def test_whoever_answers_for_the_outlet_sees_what_came_back(shop: Shop, signed_in: Any) -> None:
    bo = signed_in("bo")
    assert "No repair has come back yet." in bo.get(URL).content.decode()
    first = stages.a_delivered_order(shop)
    shop.later(days=5)
    again = stages.a_diagnosed_order(shop, appliance=first.appliance)
    html = bo.get(URL).content.decode()
    assert_strict(html)
    assert f"/orders/{again.number}" in html
    assert first.number in html
    assert "The outlet that repaired it" in html
    for query, there in (
        (f"q={first.number}", True), ("q=WO-NO", False), ("bearer=OUTLET", True), ("bearer=SUPPLIER", False), ("fault=DRIVE", True),
        (f"technician={first.technician_id}", True), ("charged=FS01", True), ("charged=GZ02", False),
    ):  # fmt: skip
        assert (again.number in bo.get(f"{URL}?{query}&all=1").content.decode()) is there, query
    assert again.number in b"".join(bo.post("/lists/come-backs/export", {"form": "csv"})).decode()
    assert signed_in("lin").get(URL).status_code == 403
    assert again.number not in signed_in("he").get(URL).content.decode(), "another outlet reads its own"
    assert str(ComeBack.objects.get()) == f"{first.number} DRIVE"
