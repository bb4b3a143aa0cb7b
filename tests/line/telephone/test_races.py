"""A telephone system tells everything twice and at once; the database keeps one call, one call-back and one score."""

from __future__ import annotations

import pytest

from guiju.line.telephone import actions as telephone
from guiju.line.telephone.models import Call, CallBack, CallScore
from tests.line.dispatch.test_races import COUNTERS, at_once
from tests.line.telephone.switchboard import CALLER, Switchboard, marks

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.shows("S6-01", "F08")
def test_eight_tellings_of_one_ring_are_one_call(line: Switchboard) -> None:
    ringing = line.ringing()
    assert at_once(lambda _number: telephone.ring(**ringing, by=line.clerk, at=line.shop.now)) == []
    assert Call.objects.count() == 1


@pytest.mark.shows("S6-04")
def test_eight_calls_of_one_number_that_are_abandoned_at_once_are_one_call_back(line: Switchboard) -> None:
    calls = [line.rings() for _ in range(COUNTERS)]
    assert at_once(lambda number: telephone.hang_up(calls[number], by=line.clerk, at=line.shop.now)) == []
    assert Call.objects.filter(state="ABANDONED").count() == COUNTERS
    assert CallBack.objects.get(phone=CALLER).state == "OPEN"


def test_of_eight_who_pick_up_one_speaks(line: Switchboard) -> None:
    call = line.rings()
    people = [line.shop.cast.people[name] for name in ("lin", "ma")]
    refused = at_once(lambda number: telephone.answer(call, agent=people[number % 2], by=line.clerk, at=line.shop.now))
    assert len(refused) == COUNTERS // 2
    assert {refusal.code for refusal in refused} == {"taken_already"}


def test_of_eight_scores_one_is_given(line: Switchboard) -> None:
    call = line.ended()
    refused = at_once(lambda _number: telephone.score(call, marks=marks(), by=line.manager, at=line.shop.now))
    assert (len(refused), CallScore.objects.count()) == (COUNTERS - 1, 1)
