"""Who acts, and what that person may do where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache, reduce
from operator import or_
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string


class Kind(StrEnum):
    PERSON = "PERSON"
    CUSTOMER = "CUSTOMER"
    SYSTEM = "SYSTEM"
    STRANGER = "STRANGER"


class Reach(StrEnum):
    """How far a right goes: everything in the units of the grant, or only what is one's own there."""

    UNIT = "UNIT"
    OWN = "OWN"


Rights = Mapping[str, Mapping[str, Reach]]
# `None` stands for every unit.
Units = frozenset[int] | None


@lru_cache(maxsize=8)
def _table(path: str) -> Rights:
    table: Rights = import_string(path)
    return table


def rights_of(verb: str) -> Mapping[str, Reach]:
    """The row of the rights table for this verb: which role reaches how far.

    raises   KeyError for a verb that stands in no row, because nobody would ever have been asked about it
    """
    path = getattr(settings, "GUIJU_RIGHTS", "guiju.conf.rights.RIGHTS")
    try:
        return _table(path)[verb]
    except KeyError:
        raise KeyError(f"The verb {verb!r} is not in the rights table {path}: say there who may do it.") from None


def known_verbs() -> list[str]:
    """Every verb of the house, in the order of the alphabet."""
    return sorted(_table(getattr(settings, "GUIJU_RIGHTS", "guiju.conf.rights.RIGHTS")))


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in some units; `None` holds it everywhere."""

    role: str
    unit_ids: Units

    def covers(self, unit_id: int | None) -> bool:
        """Does the grant hold in that unit? What belongs to no unit is the brand's, so only the brand's people reach it."""
        return self.unit_ids is None or (unit_id is not None and unit_id in self.unit_ids)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a verb reaches: all of some units, and one's own in some others. `None` is every unit."""

    unit_ids: Units
    own_unit_ids: Units

    @property
    def allows_nothing(self) -> bool:
        return self.unit_ids == frozenset() and self.own_unit_ids == frozenset()

    def q(self, *, own: Q | None = None, unit: str = "unit") -> Q:
        """The same as a condition for a queryset: `own` says which rows are one's own. Without it none are."""
        if self.unit_ids is None:
            return Q()
        condition = Q(**{f"{unit}__in": sorted(self.unit_ids)})
        if own is None or self.own_unit_ids == frozenset():
            return condition
        if self.own_unit_ids is None:
            return condition | own
        return condition | (own & Q(**{f"{unit}__in": sorted(self.own_unit_ids)}))

    def ways(self, *own: Q, unit: str = "unit") -> list[Q] | None:
        """The same in pieces, of which any one is enough and each may have an index of its own; nothing for who sees all."""
        if self.unit_ids is None:
            return None
        units = [Q(**{f"{unit}__in": sorted(self.unit_ids)})] if self.unit_ids else []
        if self.own_unit_ids is None:
            return [*units, *own]
        own_units = Q(**{f"{unit}__in": sorted(self.own_unit_ids)})
        return [*units, *(each & own_units for each in own)] if self.own_unit_ids else units


def either(ways: Sequence[Q] | None) -> Q:
    """One of these, as `Scope.ways` gives them: all rows for nothing, and none where there is no way."""
    return Q() if ways is None else reduce(or_, ways, Q(pk__in=[]))


EVERYTHING = Scope(None, None)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person of the house, a customer by a link, a stranger, or the house itself.

    person_id   the natural person, whatever login, phone or key is used
    order_id    the one order that a customer's link opens
    request_id  the one request that a stranger's link opens
    because     the deed that this is a consequence of; a consequence needs no right of its own
    only        the verbs that an API key is cut down to; `None` does not cut (T56)
    """

    kind: Kind
    name: str
    person_id: int | None = None
    grants: tuple[Grant, ...] = ()
    unit_id: int | None = None
    order_id: int | None = None
    request_id: int | None = None
    because: UUID | None = None
    channel: str = "web"
    only: frozenset[str] | None = None

    @property
    def roles(self) -> frozenset[str]:
        """The roles that this actor holds somewhere."""
        return frozenset(grant.role for grant in self.grants)

    @classmethod
    def system(cls, name: str) -> Self:
        """The house itself, acting by the clock or on news."""
        return cls(Kind.SYSTEM, name, grants=(Grant("SY", None),), channel="system")

    @classmethod
    def customer(cls, order_id: int, unit_id: int, name: str) -> Self:
        """Whoever holds the link of one order."""
        grants = (Grant("CU", frozenset({unit_id})),)
        return cls(Kind.CUSTOMER, name, grants=grants, unit_id=unit_id, order_id=order_id, channel="link")

    @classmethod
    def stranger(cls, unit_id: int, *, request_id: int | None = None) -> Self:
        """Whoever stands at an outlet's open door, or holds the link of the one request that they made there.

        Without the name: the trail is kept for ever, and what a stranger types may be anybody's.
        """
        grants = (Grant("ST", frozenset({unit_id})),)
        return cls(
            Kind.STRANGER, "stranger", grants=grants, unit_id=unit_id, request_id=request_id,
            channel="link" if request_id else "web",
        )  # fmt: skip

    @property
    def natural_person_id(self) -> int:
        """The person who did it, for a row that must name one.

        raises   ValueError for a customer's link and for the house itself, which no such verb lets in
        """
        if self.person_id is None:
            raise ValueError(f"{self.name} is no person of the house.")
        return self.person_id

    def consequence_of(self, key: UUID) -> Self:
        """The same actor, acting because of that deed."""
        return replace(self, because=key)

    def may(self, verb: str, on: Any = None, unit_id: int | None = None) -> bool:
        """May the actor do this to that row, or in that unit? With neither: anywhere at all, as a menu asks."""
        if on is None and unit_id is None:
            return bool(list(self._reaches(verb))) or self.because is not None
        return self.role_for(verb, on=on, unit_id=unit_id) is not None

    def role_for(self, verb: str, *, on: Any = None, unit_id: int | None = None) -> str | None:
        """The role by which the actor may do this there; empty for a consequence, `None` if not at all.

        raises   KeyError for a verb that is not in the rights table
        """
        reaches = list(self._reaches(verb))
        if self.because is not None:
            return ""
        unit_id = unit_of(on) if unit_id is None and on is not None else unit_id
        for grant, reach in sorted(reaches, key=lambda each: each[1] is Reach.OWN):
            if grant.covers(unit_id) and (reach is Reach.UNIT or (on is not None and on.belongs_to(self))):
                return grant.role
        return None

    def scope(self, verb: str) -> Scope:
        """Where the actor may do this, for a list that shows only what he may see."""
        reaches = list(self._reaches(verb))
        if self.because is not None:
            return EVERYTHING
        return Scope(_union(reaches, Reach.UNIT), _union(reaches, Reach.OWN))

    def _reaches(self, verb: str) -> Iterator[tuple[Grant, Reach]]:
        rights = rights_of(verb)
        if self.only is not None and verb not in self.only:
            return
        for grant in self.grants:
            if reach := rights.get(grant.role):
                yield grant, reach


def _union(reaches: list[tuple[Grant, Reach]], wanted: Reach) -> Units:
    united: set[int] = set()
    for grant, reach in reaches:
        if reach is wanted:
            if grant.unit_ids is None:
                return None
            united |= grant.unit_ids
    return frozenset(united)


def unit_of(row: Any) -> int | None:
    """The unit that a row belongs to; `None` if it is the brand's.

    raises   TypeError for a row that cannot tell, rather than guessing that everybody may
    """
    try:
        unit_id: int | None = row.unit_id
    except AttributeError:
        raise TypeError(f"{type(row).__name__} has no unit_id: name the unit of the deed with unit_id=.") from None
    return unit_id
