"""Two second custodians at once, and two on the way in at once: one opens, whoever comes later hears why."""

from __future__ import annotations

import pytest

from guiju.readiness.custody import actions as custody
from guiju.readiness.custody.models import AccessSession
from guiju.readiness.custody.rules import State
from tests.cast import password_of
from tests.line.dispatch.test_races import COUNTERS, at_once
from tests.readiness.custody.conftest import Door

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.shows("CTL-1", "F08")
def test_of_many_second_custodians_one_opens_and_of_many_openings_one_begins(door: Door) -> None:
    # Ma and Fang hold the second group: four times each, at the same instant.
    waiting, names = door.first(door.ask()), ("ma", "fang")
    refused = at_once(lambda number: door.second(waiting, names[number % 2]))
    assert [each.code for each in refused] == ["wrong_state"] * (COUNTERS - 1)
    opened = AccessSession.objects.get(pk=waiting.pk)
    assert opened.state == State.OPEN
    assert opened.second_by is not None
    custody.recount(opened, counted={}, by=door.by("shen"), at=door.at(3))
    for name in ("shen", opened.second_by.name):
        custody.sign_out(opened, password=password_of(name), by=door.by(name), at=door.at(4))
    # Eight openings of one store are asked for, and all sign in first at once.
    asked = [door.ask() for _each in range(COUNTERS)]
    refused = at_once(lambda number: door.first(asked[number]))
    assert {each.code for each in refused} == {"store_busy"}
    assert len(refused) == COUNTERS - 1
    assert AccessSession.objects.filter(state=State.FIRST_AUTH).count() == 1
