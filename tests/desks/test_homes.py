"""Whoever signs in lands at their own desk: the dispatcher before the board, the keeper before the store."""

from __future__ import annotations

import pytest

from guiju.desks.common import desk
from guiju.kernel.actor import Actor, Grant, Kind
from tests.cast import Cast

pytestmark = pytest.mark.django_db

HOMES = {
    "lin": "/reception/", "bo": "/control-room/", "ma": "/control-room/", "chen": "/bench/", "shen": "/stores/",
    "qin": "/inspection/", "cai": "/till/", "fang": "/till/", "nie": "/back-office/", "an": "/back-office/",
    "ad": "/back-office/",
}  # fmt: skip


@pytest.mark.parametrize("name", HOMES)
def test_each_role_lands_on_its_own_home(cast: Cast, signed_in: object, name: str) -> None:
    assert signed_in(name).get("/").headers["Location"] == HOMES[name]  # type: ignore[operator]


def test_whoever_wears_several_hats_lands_where_the_line_begins(cast: Cast) -> None:
    lin = cast.actors["lin"]
    unit = lin.grants[0].unit_ids
    alone = Actor(Kind.PERSON, "Lin", person_id=lin.person_id, grants=tuple(Grant(role, unit) for role in ("TE", "RC")))
    assert desk.home_of(alone) == "/reception/"


def test_whoever_has_no_role_has_no_desk() -> None:
    assert desk.home_of(Actor(Kind.PERSON, "Nobody")) == ""
