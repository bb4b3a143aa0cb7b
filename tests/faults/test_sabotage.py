"""Controls are taken away one by one, and some test notices each (G24): every commit asks another one, a campaign all of them."""

from __future__ import annotations

import random

import pytest

from tests.faults.findings import turn
from tests.faults.sabotage import CONSTRAINTS, OF_ROWS, SABOTEURS
from tools import sabotage

pytestmark = [pytest.mark.no_books]


def whose_turn(number: int) -> str:
    """The saboteur whom this commit asks; those of PostgreSQL take a server of their own, and wait for the campaign."""
    return random.Random(number).choice([name for name, each in SABOTEURS.items() if not each.on_postgresql])


@pytest.mark.slow
@pytest.mark.shows("G24")
def test_the_saboteur_whose_turn_it_is_is_noticed() -> None:
    name = whose_turn(turn())
    test = sabotage.noticed(name)
    assert test, f"Nobody notices {name}: {SABOTEURS[name].control}"
    assert sabotage.failing_without({name: test}) == []


def test_every_commit_asks_another_one() -> None:
    assert len({whose_turn(number) for number in range(40)}) > 20
    assert len(SABOTEURS) >= 100
    assert SABOTEURS.keys() > CONSTRAINTS.keys() | OF_ROWS.keys()
