"""What a visit costs, asked by a program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db


@pytest.mark.shows("EX-8", "EX-9")
def test_a_program_asks_what_a_visit_costs(shop: Shop, program: Callable[[str], Any]) -> None:
    lin = program("lin")
    far = lin.get("/visit-fee?unit=FS01&zone=RURAL&metres=27400&appliances=2").json()
    assert (far["total_minor"], far["currency"], [each["charge"] for each in far["charges"]]) == (
        3480,
        "CNY",
        ["REMOTE"],
    )
    assert lin.get("/visit-fee?zone=CITY&metres=18000").json()["total_minor"] == 0
    assert lin.get("/visit-fee?metres=-1").status_code == 422
    assert program("qin").get("/visit-fee").status_code == 403
