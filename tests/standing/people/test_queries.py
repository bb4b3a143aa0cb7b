"""Who acts, who works where, and what one person may not be alone with."""

from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.kernel.actor import Actor
from guiju.standing.people import actions as people
from guiju.standing.people import queries, rules
from guiju.standing.people.models import Login, Person, Unit
from guiju.standing.people.rules import Duty, Role
from tests.cast import NOON, Cast


def test_a_login_becomes_a_person_in_three_statements(cast: Cast) -> None:
    for name in ("chen", "nie"):
        login = Login.objects.select_related("person__unit").get(username=name)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            actor = queries.actor_for(login, NOON)
        assert actor == cast.actors[name]
        assert len(asked) <= 3


def test_only_the_head_offices_grants_reach_everywhere(
    cast: Cast, nie: Actor, ma: Actor, sd_unit: Unit, wu_person: Person, ad: Actor
) -> None:
    assert [grant.unit_ids for grant in nie.grants] == [None]
    assert [grant.unit_ids for grant in ma.grants] == [{cast.units["FS01"].pk}]
    people.grant_role(wu_person, role=Role.TRAINER, unit=sd_unit, starts_on=sd_unit.day(NOON), by=ad, at=NOON)
    trainer = next(grant for grant in queries.actor_of(wu_person, NOON).grants if grant.role == "TR")
    assert trainer.unit_ids == {cast.units[code].pk for code in ("SD", "FS01", "GZ02")}


def test_a_login_without_a_person_opens_nothing(cast: Cast) -> None:
    assert queries.actor_for(cast.logins["chen"], NOON) is not None
    assert queries.actor_for(Login(username="ghost"), NOON) is None


def test_who_acts_in_a_unit_includes_those_granted_above_it(cast: Cast, fs01_unit: Unit) -> None:
    on = fs01_unit.day(NOON)
    assert [person.name for person in queries.people_with("TE", fs01_unit, on=on)] == ["chen", "wu"]
    assert [person.name for person in queries.people_with("NM", fs01_unit, on=on)] == ["nie"]


def test_suspended_people_are_neither_found_nor_counted(chen_person: Person, fs01_unit: Unit, nie: Actor) -> None:
    on = fs01_unit.day(NOON)
    before = queries.head_count(fs01_unit)
    people.suspend(chen_person, reason="x", by=nie, at=NOON)
    assert [person.name for person in queries.people_with("TE", fs01_unit, on=on)] == ["wu"]
    assert queries.head_count(fs01_unit) == before - 1


def test_colleagues_are_seen_in_reach_and_strangers_are_not(cast: Cast, ma: Actor, chen: Actor) -> None:
    assert "chen" in {person.name for person in Person.objects.visible_to(ma)}
    assert "zhou" not in {person.name for person in Person.objects.visible_to(ma)}
    assert [person.name for person in Person.objects.visible_to(chen)] == ["chen"]


def test_every_pair_of_5_4_must_differ_and_no_other() -> None:
    apart = {frozenset(pair) for rule in rules.MUST_DIFFER for pair in combinations(rule.duties, 2)}
    for one, other in combinations(Duty, 2):
        assert rules.may_both(one, other, head_count=9).refused == (frozenset((one, other)) in apart)
    assert rules.may_both(Duty.TECHNICIAN, Duty.INSPECTOR, head_count=9).refused
    assert not rules.may_both(Duty.TECHNICIAN, Duty.CASHIER, head_count=9).refused
    assert not rules.may_both(Duty.PAYER, Duty.PAYER, head_count=9).refused


@pytest.mark.parametrize(
    ("head_count", "approved", "evidence", "allowed"),
    [
        (2, True, True, True),
        (1, True, True, True),
        (2, False, True, False),
        (2, True, False, False),
        (3, True, True, False),
    ],
)
def test_a_small_shop_joins_duties_case_by_case(head_count: int, approved: bool, evidence: bool, allowed: bool) -> None:
    verdict = rules.may_both(
        Duty.TECHNICIAN, Duty.INSPECTOR, head_count=head_count, owner_approved=approved, evidence_complete=evidence
    )
    assert (verdict.outcome, verdict.needs_review) == (allowed, allowed)
    assert bool(verdict.because) is not allowed


def test_the_question_is_asked_of_a_unit(fs01_unit: Unit) -> None:
    verdict = queries.may_both(
        Duty.REQUESTER, Duty.APPROVER, unit=fs01_unit, owner_approved=True, evidence_complete=True
    )
    assert verdict.refused
    assert "purchasing fraud" in str(verdict.because[0])


def test_a_unit_with_nobody_is_not_a_small_shop() -> None:
    assert [rules.is_small_shop(count) for count in range(4)] == [False, True, True, False]
