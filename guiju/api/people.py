"""The organisation: its units, its staff, their roles, and how they come in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from django.db.models import Q, QuerySet
from ninja import Router
from pydantic import Field, SecretStr

from guiju.api import finding
from guiju.api.fields import Because, Day, Input, Key, Line, Moment, Name, Names, Nothing, Search, Short
from guiju.api.finding import UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.standing.people import actions
from guiju.standing.people.models import Person, RoleGrant, Unit
from guiju.standing.people.rules import Role, Status, UnitKind

UNIT = Target("code", Short, finding.unit)
PERSON = Target("number", Short, finding.person)
LOGIN = Target("number", Short, finding.login)
GRANT = Target("key", Key, finding.role_grant)
KEY = Target("key", Key, finding.api_key)

Language = Literal["en", "zh-hans", "zh-hant"]


class UnitIn(Input):
    """A unit under its parent; what is not said is as at the parent."""

    code: Annotated[Short, Field(max_length=8)]
    names: Names
    kind: UnitKind
    parent: UnitCode
    time_zone: Short = ""
    currency: Annotated[Short, Field(max_length=3)] = ""
    jurisdiction: Annotated[Short, Field(max_length=8)] = ""
    address: Annotated[Line, Field(max_length=240)] = ""
    phone: Short = ""
    licence_no: Short = ""
    hours: Name = ""


class UnitChange(Input):
    """What is put right; what is not given stays."""

    names: Names | None = None
    address: Annotated[Line, Field(max_length=240)] | None = None
    phone: Short | None = None
    licence_no: Short | None = None
    hours: Name | None = None
    is_active: bool | None = None


class Hire(Input):
    """Somebody new; whoever may not admit leaves them waiting for who may."""

    unit: UnitCode
    number: Annotated[Short, Field(max_length=20)]
    name: Annotated[Name, Field(max_length=80)]
    phone: Short = ""


class GrantRole(Input):
    """A role in a unit and those under it, half-open."""

    role: Role
    unit: UnitCode
    starts_on: Day
    ends_on: Day | None = None


class Until(Input):
    """The first day on which it no longer holds; today if none is given."""

    ends_on: Day | None = None


class LeaveIn(Input):
    """From when on and until when somebody is away, half-open."""

    starts_at: Moment
    ends_at: Moment


class LoginIn(Input):
    """The name and the first password by which a person comes in."""

    username: Annotated[Short, Field(max_length=40)]
    password: Annotated[SecretStr, Field(min_length=1, max_length=120)]
    language: Language = "zh-hans"

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The password in clear, for the one who digests it."""
        return super().resolved(by) | {"password": self.password.get_secret_value()}


class LanguageIn(Input):
    """Which language one's own screens speak."""

    language: Language


class UnitOut(Mirror):
    """A unit."""

    paths: ClassVar[Mapping[str, str]] = {"parent": "parent.code"}

    code: str
    name: str
    kind: str
    parent: str | None
    path: str
    time_zone: str
    currency: str
    jurisdiction: str
    address: str
    phone: str
    is_active: bool


class PersonOut(Mirror):
    """Somebody of the house."""

    paths: ClassVar[Mapping[str, str]] = {"unit": "unit.code"}

    number: str
    name: str
    unit: str
    status: str


class GrantOut(Mirror):
    """A role that somebody holds."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "person": "person.number", "unit": "unit.code"}

    id: int
    person: str
    role: str
    unit: str
    starts_on: date
    ends_on: date | None


class LeaveOut(Mirror):
    """When somebody is away."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "person": "person.number"}

    id: int
    person: str
    starts_at: datetime
    ends_at: datetime


class LoginOut(Mirror):
    """How somebody comes in."""

    paths: ClassVar[Mapping[str, str]] = {"person": "person.number"}

    username: str
    person: str
    language: str


class KeyOut(Mirror):
    """A key, without what it opens with."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "person": "person.number"}

    id: int
    prefix: str
    label: str
    person: str
    verbs: list[str]
    made_at: datetime
    last_used_on: date | None
    revoked_at: datetime | None


def visible_units(by: Actor) -> QuerySet[Unit]:
    """The units that the asker may see."""
    return Unit.objects.visible_to(by).select_related("parent")


def visible_people(by: Actor) -> QuerySet[Person]:
    """The colleagues whom the asker may see."""
    return Person.objects.visible_to(by).select_related("unit")


def visible_grants(by: Actor) -> QuerySet[RoleGrant]:
    """The roles of the colleagues whom the asker may see."""
    rows = RoleGrant.objects.filter(person__in=Person.objects.visible_to(by).values("pk"))
    return rows.select_related("person", "unit")


def _named(text: str) -> Q:
    return Q(name__icontains=text) | Q(number__icontains=text)


router = Router(tags=["people"])
speak(
    router,
    [
        Verb("/units", actions.create_unit, UnitIn, UnitOut),
        Verb("/units/{code}/change", actions.change_unit, UnitChange, UnitOut, UNIT),
        Verb("/people", actions.hire, Hire, PersonOut),
        Verb("/people/{number}/admit", actions.admit, Nothing, PersonOut, PERSON),
        Verb("/people/{number}/suspend", actions.suspend, Because, PersonOut, PERSON),
        Verb("/people/{number}/reinstate", actions.reinstate, Because, PersonOut, PERSON),
        Verb("/people/{number}/part-with", actions.part_with, Because, PersonOut, PERSON),
        Verb("/people/{number}/grant-role", actions.grant_role, GrantRole, GrantOut, PERSON),
        Verb("/people/{number}/grant-leave", actions.grant_leave, LeaveIn, LeaveOut, PERSON),
        Verb("/people/{number}/make-login", actions.make_login, LoginIn, LoginOut, PERSON),
        Verb("/people/{number}/choose-language", actions.choose_language, LanguageIn, LoginOut, LOGIN),
        Verb("/role-grants/{key}/end", actions.end_role, Until, GrantOut, GRANT),
        Verb("/keys/{key}/revoke", actions.revoke_api_key, Nothing, KeyOut, KEY),
    ],
)
show(
    router,
    [
        Listing(
            "/units", "units", "people.see", UnitOut, visible_units,
            filters={
                "kind": Filter(list[UnitKind], "kind"), "parent": Filter(Short, "parent__code"),
                "is_active": Filter(bool, "is_active"),
            },
            sorts={"id": "pk", "code": "code", "path": "path"}, first="path",
        ),
        Listing(
            "/people", "people", "people.see", PersonOut, visible_people,
            filters={
                "unit": Filter(Short, "unit__code"), "status": Filter(list[Status], "status"),
                "q": Filter(Search, _named),
            },
            sorts={"id": "pk", "number": "number", "name": "name"}, first="number",
        ),
        Listing(
            "/role-grants", "role_grants", "people.see", GrantOut, visible_grants,
            filters={
                "person": Filter(Short, "person__number"), "role": Filter(list[Role], "role"), "unit": Filter(Short, "unit__code"),
            },
            sorts={"id": "pk", "starts_on": "starts_on"},
        ),
        Listing(
            "/keys", "keys", "people.revoke_api_key", KeyOut, finding.visible_keys,
            filters={"person": Filter(Short, "person__number")},
            sorts={"id": "pk", "made_at": "made_at"},
        ),
    ],
)  # fmt: skip
