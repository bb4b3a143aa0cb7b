"""A television on which warranties are tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from guiju.kernel.actor import Actor
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Appliance, ProductLine
from guiju.standing.people.models import Unit
from tests.cast import NOON


@pytest.fixture
def tv_line(nie: Actor) -> ProductLine:
    return catalogue.add_line(code="TV", names={"en": "Television"}, by=nie, at=NOON)


@pytest.fixture
def television(tv_line: ProductLine, fs01_unit: Unit, lin: Actor) -> Callable[..., Appliance]:
    """Register a television that was sold on a day."""

    def make(purchased_on: date | None = date(2024, 3, 1), **others: Any) -> Appliance:
        return catalogue.register_appliance(
            unit=fs01_unit, brand="Konka", line=tv_line, purchased_on=purchased_on, by=lin, at=NOON, **others
        )

    return make
