"""An outlet is told that its price board is to be proved: each step once, whoever looks, and until the photograph is there (PRC-5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guiju.jobs import nightly
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, broken_constraints
from guiju.oversight.notices import actions, queries
from guiju.oversight.notices.models import WallWarning
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing.models import DisplayProof
from guiju.standing.pricing.rules.display import KIND
from tests.desks.common.page import assert_strict
from tests.line.cast_line import Shop, a_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told(state: str) -> list[str]:
    return sorted(WallWarning.objects.filter(state=state).values_list("person__name", flat=True))


def proved(shop: Shop, at: datetime, seed: int = 1) -> DisplayProof:
    by = shop.reception
    photo = evidence.keep_photo(a_picture(seed), unit_id=shop.unit.pk, kind=KIND, by=by, at=at)
    return pricing.prove_display(unit=shop.unit, photo=photo, by=by, at=at)


@pytest.mark.shows("PRC-5")
def test_each_step_is_told_once_to_those_whose_board_it_is(shop: Shop, signed_in: Any) -> None:
    at, clock, day = shop.now, Actor.system("clock"), timedelta(days=1)
    assert nightly.walls_due(at) == 0, "a list that is not there is the head office's to publish"
    _ = shop.price_list
    assert nightly.walls_due(at) >= 1
    here = WallWarning.objects.filter(unit=shop.unit)
    assert sorted(here.values_list("person__name", "state")) == [("lin", "UNPROVED"), ("ma", "UNPROVED")]
    assert nightly.walls_due(at + timedelta(hours=1)) == 0
    with pytest.raises(actions.NobodyToWarn):
        actions.warn_wall(shop.unit, by=clock, at=at)
    with pytest.raises(NotAllowed):
        actions.warn_wall(shop.unit, by=shop.actor("ma"), at=at)
    lin: Client = signed_in("lin")
    html = lin.get("/reception/").content.decode()
    assert_strict(html)
    assert "Nobody has shown yet" in html
    assert 'id="wall-due"' in signed_in("ma").get("/control-room/").content.decode()
    assert queries.wall_due(shop.actor("chen")) is None
    proof = proved(shop, at + timedelta(hours=2))
    assert queries.wall_due(shop.reception) is None
    assert 'id="wall-due"' not in lin.get("/reception/").content.decode()
    due: Any = proof.proved_at + 90 * day
    assert nightly.walls_due(due - 7 * day) == 0
    assert nightly.walls_due(due - 6 * day) == 1
    assert told("DUE_SOON") == ["lin"]
    assert nightly.walls_due(due) == 0
    assert nightly.walls_due(due + day) == 1
    assert told("STALE") == ["lin", "ma"]
    waits = queries.wall_due(shop.actor("ma"))
    assert waits is not None
    assert (waits.state, waits.proof_id, waits.days) == ("STALE", proof.pk, 90)
    rows = queries.wall_warnings(shop.actor("ma"))
    assert {row.person.name for row in rows} == {"lin", "ma"}
    assert not queries.wall_warnings(shop.actor("jia")).filter(unit=shop.unit).exists()


def test_the_database_tells_nobody_twice_and_rewrites_nothing(shop: Shop) -> None:
    _ = shop.price_list
    nightly.walls_due(shop.now)
    bare = WallWarning.objects.filter(unit=shop.unit)[0]
    told_of = {"unit": shop.unit, "price_list": bare.price_list, "person": bare.person, "days": 90, "at": shop.now}
    proof = proved(shop, shop.now)
    of_a_proof = told_of | {"state": "STALE", "proof": proof}
    WallWarning.objects.create(**of_a_proof)
    for name, broken in (
        ("a_person_is_warned_of_a_bare_wall_once", told_of | {"state": "UNPROVED"}),
        ("a_person_is_warned_of_a_wall_once", of_a_proof),
        ("a_wall_warning_is_of_a_known_step", told_of | {"state": "PROVED"}),
    ):
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            WallWarning.objects.create(**broken)
        assert name in broken_constraints(error.value), name
    with pytest.raises(IntegrityError, match="a_wall_warning_is_never_rewritten"), transaction.atomic():
        WallWarning.objects.filter(pk=bare.pk).update(state="STALE")
