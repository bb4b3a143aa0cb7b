"""One person asks for exactly this; another natural person grants exactly this; whoever changes it has nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.approval import AskedAlready, NothingAsked, SamePerson
from guiju.kernel.deed import doing
from guiju.kernel.models import Approval, TrailEntry
from guiju.kernel.refusing import NotAllowed, NotApproved, broken_constraints, refusing
from tests.kernel.conftest import HERE, NOON, person
from tests.kernel.racing import together
from tests.toy.models import Kite

CONTENT = {"kite": "K-1", "metres": 300, "because": "the wind is good"}


def ask(kite: Kite, by: Actor, content: Any = CONTENT) -> Approval:
    with doing("toy.approve", on=kite, by=by, at=NOON) as deed:
        return approval.ask("toy.long_string", kite, content, by=by, at=NOON, deed=deed)


def grant(kite: Kite, by: Actor, content: Any = CONTENT, **others: Any) -> Approval:
    with doing("toy.approve", on=kite, by=by, at=NOON):
        return approval.grant(approval.waiting("toy.long_string", kite), content=content, by=by, at=NOON, **others)


def require(kite: Kite, by: Actor, content: Any = CONTENT) -> Approval:
    with doing("toy.fly", on=kite, by=by, at=NOON):
        return approval.require("toy.long_string", kite, content)


@pytest.mark.django_db
@pytest.mark.shows("G-2", "I35", "T40")
def test_one_asks_and_another_grants(kite, ma, nie):
    asked = ask(kite, ma)
    assert (asked.state, asked.asked_by_id, asked.unit_id) == ("ASKED", ma.person_id, HERE)
    with pytest.raises(NotApproved):
        require(kite, ma)
    granted = grant(kite, nie)
    assert (granted.state, granted.decided_by_id, granted.decided_at) == ("GRANTED", nie.person_id, NOON)
    assert require(kite, ma) == granted


@pytest.mark.django_db
def test_nobody_asks_outside_a_deed(kite, ma):
    with pytest.raises(RuntimeError, match="inside a deed"):
        approval.ask("toy.long_string", kite, CONTENT, by=ma, at=NOON)


@pytest.mark.django_db
@pytest.mark.shows("G-2", "T40")
def test_nobody_grants_what_he_asked_for_under_whatever_login(kite, ma, nie):
    ask(kite, ma)
    the_same_under_another_login = person(ma.person_id, "Ma's second login", "NM")
    with pytest.raises(SamePerson):
        grant(kite, the_same_under_another_login)
    assert Approval.objects.get().state == "ASKED"
    assert grant(kite, nie).state == "GRANTED"


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.shows("G-2", "I35")
def test_the_database_knows_it_too(kite, ma):
    asked = ask(kite, ma)
    changes = {"state": "GRANTED", "decided_by_id": ma.person_id, "decided_at": NOON, "decided_key": asked.asked_key}
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        Approval.objects.update(**changes)
    assert "approval_by_two_persons" in broken_constraints(broken.value)
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        Approval.objects.update(state="GRANTED")
    assert "approval_names_who_decided" in broken_constraints(broken.value)


@pytest.mark.django_db
def test_the_owner_of_a_small_shop_may_take_it_on_and_it_shows(kite, ma):
    ask(kite, ma)
    granted = grant(kite, ma, small_shop=True)
    assert granted.small_shop
    assert Approval.objects.get().small_shop


@pytest.mark.django_db
@pytest.mark.shows("T32", "T40", "I35")
@pytest.mark.parametrize(
    "changed",
    [{"metres": 301}, {"kite": "K-2"}, {"because": "The wind is good"}, {"more": None}],
    ids=["another figure", "another kite", "one letter", "one more fact"],
)
def test_whoever_changes_anything_has_no_approval_any_more(kite, ma, nie, changed):
    ask(kite, ma)
    with pytest.raises(NotApproved):
        grant(kite, nie, CONTENT | changed)
    grant(kite, nie)
    with pytest.raises(NotApproved):
        require(kite, ma, CONTENT | changed)
    assert require(kite, ma, dict(reversed(CONTENT.items()))).state == "GRANTED"  # the order of the facts is no change


@pytest.mark.django_db
@pytest.mark.shows("T40")
def test_asking_anew_voids_what_was_asked_and_what_was_granted_before(kite, ma, nie):
    first = ask(kite, ma)
    grant(kite, nie)
    second = ask(kite, ma, CONTENT | {"metres": 400})
    first.refresh_from_db()
    assert (first.state, second.state) == ("VOID", "ASKED")
    with pytest.raises(NotApproved):
        require(kite, ma)
    assert TrailEntry.objects.filter(facts__voided=1).count() == 1


@pytest.mark.django_db
def test_it_is_decided_once(kite, ma, nie):
    with pytest.raises(NothingAsked):
        grant(kite, nie)
    asked = ask(kite, ma)
    grant(kite, nie)
    with pytest.raises(NothingAsked), doing("toy.approve", on=kite, by=nie, at=NOON):
        approval.reject(asked, reason="Too late.", by=nie, at=NOON)
    assert Approval.objects.get().state == "GRANTED"


@pytest.mark.django_db
def test_what_is_rejected_is_not_approved_and_says_why(kite, ma, nie):
    asked = ask(kite, ma)
    with pytest.raises(SamePerson), doing("toy.approve", on=kite, by=ma, at=NOON):
        approval.reject(asked, reason="Changed my mind.", by=ma, at=NOON)
    with doing("toy.approve", on=kite, by=nie, at=NOON):
        approval.reject(asked, reason="There is a storm.", by=nie, at=NOON)
    assert Approval.objects.get().reason == "There is a storm."
    with pytest.raises(NotApproved):
        require(kite, ma)


@pytest.mark.django_db
def test_only_a_natural_person_asks_and_decides(kite, ma):
    house = Actor.system("clock").consequence_of(ask(kite, ma).asked_key)
    with pytest.raises(NotAllowed):
        grant(kite, house)
    with pytest.raises(NotAllowed):
        ask(kite, house)


@pytest.mark.django_db
@pytest.mark.shows("G-1")
def test_the_trail_tells_what_was_asked_decided_and_relied_on(kite, ma, nie):
    digest = approval.digest_of(CONTENT)
    ask(kite, ma)
    grant(kite, nie)
    require(kite, ma)
    asked, decided, used = (each.facts for each in TrailEntry.objects.order_by("pk"))
    assert asked == {"asked_for": "toy.long_string", "digest": digest}
    assert (decided["decision"], decided["digest"]) == ("GRANTED", digest)
    assert used == {"approved_for": "toy.long_string", "digest": digest, "approved_by": nie.person_id}


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.shows("T40")
def test_what_was_asked_is_never_rewritten(kite, ma):
    ask(kite, ma)
    for change in ({"content": {"metres": 500}}, {"digest": "0" * 64}, {"asked_by_id": 99}, {"subject_id": 99}):
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            Approval.objects.update(**change)
        assert "approval_content_is_never_changed" in broken_constraints(broken.value)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("T40")
def test_of_eight_who_grant_at_once_one_does(kite, ma):
    asked = ask(kite, ma)

    def one(number: int) -> str:
        by = person(100 + number, f"Nie {number}", "NM")
        with doing("toy.approve", on=kite, by=by, at=NOON):
            return approval.grant(Approval.objects.get(pk=asked.pk), content=CONTENT, by=by, at=NOON).decided_by_name

    got = together(8, one)
    winners = [each for each in got if isinstance(each, str)]
    assert winners == [Approval.objects.get().decided_by_name]
    assert all(isinstance(each, (str, NothingAsked)) for each in got), got


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_naive_way_lets_several_believe_that_they_granted_it(kite, ma):
    asked = ask(kite, ma)

    def one(number: int) -> bool:
        with transaction.atomic():
            found = Approval.objects.get(pk=asked.pk)
            if found.state != Approval.State.ASKED:
                return False
            found.state, found.decided_by_id, found.decided_at = Approval.State.GRANTED, 100 + number, NOON
            found.decided_key = found.asked_key
            found.save()
            return True

    assert sum(together(8, one)) > 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_ask_at_once_one_request_is_alive(kite, ma):
    def one(number: int) -> Approval:
        return ask(kite, person(100 + number, f"Ma {number}", "OM", HERE), CONTENT | {"metres": number})

    got = together(8, one)
    assert all(isinstance(each, (Approval, AskedAlready)) for each in got), got
    assert Approval.objects.filter(state=Approval.State.ASKED).count() == 1


@pytest.mark.django_db
def test_two_requests_that_are_alive_are_one_too_many_for_the_database(kite, ma):
    asked = ask(kite, ma)
    asked.pk = None
    asked._state.adding = True
    with (
        pytest.raises(AskedAlready),
        doing("toy.approve", on=kite, by=ma, at=NOON),
        refusing(approval_one_alive_a_subject=AskedAlready),
    ):
        asked.save()
