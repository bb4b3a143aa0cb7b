"""A store with two bins in Chancheng, and two kinds of part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin, Store
from guiju.kernel.actor import Actor, Grant, Kind
from guiju.kernel.refusing import broken_constraints
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit
from tests.cast import NOON, Cast


def person(number: int, name: str, roles: str, *units: Unit) -> Actor:
    """Somebody who holds the roles in the units; without units, everywhere."""
    where = frozenset(unit.pk for unit in units) if units else None
    grants = tuple(Grant(role, where) for role in roles.split())
    return Actor(Kind.PERSON, name, person_id=number, grants=grants, unit_id=units[0].pk if units else None)


@dataclass
class World:
    """Where the tests take place."""

    here: Unit
    there: Unit
    board: Part
    fan: Part
    shen: Actor
    fang: Actor
    store: Store
    shelf: Bin
    drawer: Bin


@pytest.fixture
def world(cast: Cast) -> World:
    here, ma = cast.units["FS01"], cast.actors["ma"]
    store = stock.open_store(here, code="MAIN", names={"en": "Main store"}, kind="OUTLET", by=ma, at=NOON)
    shelf = stock.add_bin(store, code="A-1", by=ma, at=NOON)
    return World(
        here=here,
        there=cast.units["GZ02"],
        board=Part.objects.create(code="PCB-01", names={"en": "Main board"}, folded="pcb01"),
        fan=Part.objects.create(code="FAN-02", names={"en": "Fan"}, folded="fan02"),
        shen=cast.actors["shen"],
        fang=cast.actors["fang"],
        store=store,
        shelf=shelf,
        drawer=stock.add_bin(store, code="A-2", by=ma, at=NOON),
    )


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Expect the database itself to refuse by the constraint of that name."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        yield
    assert name in broken_constraints(broken.value)
