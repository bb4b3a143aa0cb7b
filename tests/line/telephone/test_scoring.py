"""score: calls that the draw chose are listened to, by somebody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel import verification
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.telephone import actions as telephone
from guiju.line.telephone import queries
from guiju.line.telephone.models import Call, CallMark, CallScore
from guiju.standing.policy import actions as policy
from tests.line.cast_line import told
from tests.line.telephone.switchboard import Switchboard, marks

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)


def drawn(line: Switchboard) -> list[Call]:
    (sample,) = queries.samples(line.shop.unit, NOVEMBER, at=line.shop.now)
    return sample.calls


@pytest.mark.shows("S6-03", "A03")
def test_the_manager_scores_a_call_step_by_step(line: Switchboard) -> None:
    line.ended()
    (call,) = drawn(line)
    telephone.score(call, marks=marks(4, CLOSE=0), note="No farewell.", by=line.manager, at=line.shop.later())
    scored = CallScore.objects.get()
    assert (scored.agent, scored.scored_by.name, scored.month) == (line.clerk_person, "ma", NOVEMBER)
    assert dict(scored.marks.values_list("step", "mark"))["CLOSE"] == 0
    assert [each["agent_id"] for each in told("telephone.Scored")] == [line.clerk_person.pk]
    (sample,) = queries.samples(line.shop.unit, NOVEMBER, at=line.shop.now)
    assert (sample.lacking, round(sample.average, 2)) == (0, 3.33)
    assert queries.averages(line.shop.unit, line.clerk_person, NOVEMBER)["CLOSE"] == 0


@pytest.mark.shows("S6-03")
def test_five_calls_of_each_agent_are_drawn_and_the_draw_can_be_made_again(line: Switchboard) -> None:
    for _ in range(8):
        line.ended()
    line.ended(agent="ma")
    once, again = (queries.samples(line.shop.unit, NOVEMBER, at=line.shop.now) for _ in range(2))
    assert [(each.agent.name, len(each.calls), each.lacking) for each in once] == [("lin", 5, 5), ("ma", 1, 1)]
    assert [each.calls for each in once] == [each.calls for each in again]


def test_nobody_chooses_whose_mistakes_are_heard(line: Switchboard) -> None:
    calls = [line.ended() for _ in range(7)]
    chosen = drawn(line)
    left_out = next(call for call in calls if call not in chosen)
    with pytest.raises(telephone.NotDrawn):
        telephone.score(left_out, marks=marks(), by=line.manager, at=line.shop.later())
    assert telephone.score(chosen[0], marks=marks(), by=line.manager, at=line.shop.later()).pk


@pytest.mark.shows("S6-03")
@pytest.mark.both_databases
def test_nobody_scores_their_own_call(line: Switchboard) -> None:
    own = line.ended(agent="ma")
    with pytest.raises(telephone.OwnCall):
        telephone.score(own, marks=marks(), by=line.manager, at=line.shop.later())
    ma = line.shop.cast.people["ma"]
    with pytest.raises(IntegrityError, match="nobody_scores_their_own_call"), transaction.atomic():
        CallScore.objects.create(call=own, agent=ma, scored_by=ma, month=NOVEMBER, sample_size=5, at=line.shop.now)
    # Nor does a false name help.
    with pytest.raises(IntegrityError, match="call_score_is_of_the_one_who_spoke"), transaction.atomic():
        CallScore.objects.create(
            call=own, agent=line.clerk_person, scored_by=ma, month=NOVEMBER, sample_size=5, at=line.shop.now
        )


def test_points_are_given_once_and_by_the_manager_alone(line: Switchboard) -> None:
    call = line.ended()
    for stranger in ("lin", "he", "nie", "ad"):
        with pytest.raises(NotAllowed):
            telephone.score(call, marks=marks(), by=line.shop.actor(stranger), at=line.shop.later())
    telephone.score(call, marks=marks(), by=line.manager, at=line.shop.later())
    with pytest.raises(telephone.ScoredAlready):
        telephone.score(call, marks=marks(), by=line.manager, at=line.shop.later())
    assert CallMark.objects.count() == 6


def test_a_call_that_lasts_or_that_nobody_took_is_not_scored(line: Switchboard) -> None:
    for call in (line.talks(), line.abandoned("13700000009")):
        with pytest.raises(WrongState):
            telephone.score(call, marks=marks(), by=line.manager, at=line.shop.later())


@pytest.mark.parametrize("wrong", [{}, {"GREETING": 5}, marks(6), marks(-1), marks(CLOSE="5")])
def test_points_are_nought_to_five_for_each_step(line: Switchboard, wrong: Any) -> None:
    with pytest.raises(Invalid):
        telephone.score(line.ended(), marks=wrong, by=line.manager, at=line.shop.later())


@pytest.mark.both_databases
def test_points_are_never_rewritten_behind_every_back(line: Switchboard) -> None:
    telephone.score(line.ended(), marks=marks(), by=line.manager, at=line.shop.later())
    with pytest.raises(IntegrityError, match="call_mark_is_never_rewritten"), transaction.atomic():
        CallMark.objects.update(mark=5)


def test_the_months_are_the_units_own(line: Switchboard) -> None:
    # 23:30 of the thirtieth of November in Foshan, which is still November; an hour later it is December.
    line.shop.now = line.shop.now.replace(month=11, day=30, hour=15, minute=30)
    november = line.ended()
    line.shop.later(hours=1)
    december = line.ended()
    assert [each.calls for each in queries.samples(line.shop.unit, NOVEMBER, at=line.shop.now)] == [[november]]
    (later,) = queries.samples(line.shop.unit, date(2026, 12, 1), at=line.shop.now)
    assert later.calls == [december]


def test_a_score_stands_when_later_calls_push_it_out_of_the_draw(line: Switchboard) -> None:
    first = line.ended()
    telephone.score(first, marks=marks(), by=line.manager, at=line.shop.later())
    for _ in range(12):
        line.ended()
    assert first in drawn(line)
    assert not [each for each in verification.run() if each.invariant == "S6-03"]


@pytest.mark.no_books
def test_the_books_find_a_score_that_was_not_drawn(line: Switchboard) -> None:
    calls = [line.ended() for _ in range(7)]
    left_out = next(call for call in calls if call not in drawn(line))
    CallScore.objects.create(
        call=left_out, agent=line.clerk_person, scored_by=line.shop.cast.people["ma"], month=NOVEMBER, sample_size=5,
        at=line.shop.later(),
    )  # fmt: skip
    assert [each.invariant for each in verification.run()] == ["S6-03"]


@pytest.mark.no_books
def test_the_books_find_a_lost_caller(line: Switchboard) -> None:
    call = line.rings()
    Call.objects.filter(pk=call.pk).update(state="ABANDONED", ended_at=line.shop.later())
    assert [each.invariant for each in verification.run()] == ["S6-04"]


def test_an_outlet_may_listen_to_more(line: Switchboard, nie: Any) -> None:
    for _ in range(8):
        line.ended()
    policy.set_value(
        "call.sample_per_agent_month", unit=line.shop.unit, value=7, starts_on=date(2026, 11, 3), reason="New people.",
        by=nie, at=line.shop.now,
    )  # fmt: skip
    assert len(drawn(line)) == 5
    line.shop.now += timedelta(days=1)
    assert len(drawn(line)) == 7
