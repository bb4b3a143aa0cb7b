"""The people of the demo brand 規矩, its units, and the books that every test leaves in order.

A person is a fixture by name, as an actor (`chen`) and as a row (`chen_person`); `fs01_unit` is a unit; `signed_in("lin")` is a browser.

HQ    head office        ad AD · nie NM · xu FI · tao TR · lu LM · an AU
SD    region
FS01  Foshan Chancheng   lin RC · bo DP · chen TE · wu TE · qin QC · shen SK · cai CA · fang FI · ma OM
GZ02  another outlet     zhou RC · sun TE · he OM · tang SK · fu CA · jia DP
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test import Client

from guiju.kernel.actor import Actor
from tests import remembered, rows
from tests.remembered import History

# Noon in Foshan, on a Monday.
NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
# Long before every test, so that everybody has held their roles for years.
FOUNDED = datetime(2024, 1, 8, 2, 0, tzinfo=UTC)

NAMES: dict[str, dict[str, str]] = {
    "HQ": {"en": "Guiju head office", "zh-hans": "规矩总部", "zh-hant": "規矩總部"},
    "SD": {"en": "South region", "zh-hans": "华南大区", "zh-hant": "華南大區"},
    "FS01": {"en": "Foshan Chancheng", "zh-hans": "佛山禅城", "zh-hant": "佛山禪城"},
    "GZ02": {"en": "Guangzhou Tianhe", "zh-hans": "广州天河", "zh-hant": "廣州天河"},
}
ROLES: dict[str, tuple[str, str]] = {
    "ad": ("AD", "HQ"), "nie": ("NM", "HQ"), "xu": ("FI", "HQ"), "tao": ("TR", "HQ"), "lu": ("LM", "HQ"), "an": ("AU", "HQ"),
    "lin": ("RC", "FS01"), "bo": ("DP", "FS01"), "chen": ("TE", "FS01"), "wu": ("TE", "FS01"), "qin": ("QC", "FS01"),
    "shen": ("SK", "FS01"), "cai": ("CA", "FS01"), "fang": ("FI", "FS01"), "ma": ("OM", "FS01"),
    "zhou": ("RC", "GZ02"), "sun": ("TE", "GZ02"), "he": ("OM", "GZ02"), "tang": ("SK", "GZ02"), "fu": ("CA", "GZ02"),
    "jia": ("DP", "GZ02"),
}  # fmt: skip


@dataclass
class Cast:
    """Everybody, ready to act."""

    units: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    logins: dict[str, Any] = field(default_factory=dict)
    history: Any = None


# The rows as the verbs wrote them, and the actors: remembered from the first test of a run to the last.
_remembered: tuple[list[tuple[type[models.Model], dict[str, Any]]], dict[str, Actor]] | None = None


def _found() -> tuple[list[tuple[type[models.Model], dict[str, Any]]], dict[str, Actor]]:
    """Found the brand by its verbs, remember every row, and take it all back."""
    from guiju.standing.people import queries
    from guiju.standing.people.models import Login, Person, RoleGrant, Unit

    with transaction.atomic():
        _hire_everybody()
        actors = {person.name: queries.actor_of(person, NOON) for person in Person.objects.select_related("unit")}
        rows = [
            (model, {each.attname: getattr(row, each.attname) for each in model._meta.concrete_fields})
            for model in (Unit, Person, RoleGrant, Login)
            for row in model._base_manager.order_by("pk")
        ]
        transaction.set_rollback(True)
    return rows, {name: actor for name, actor in actors.items() if actor is not None}


def _hire_everybody() -> None:
    from guiju.standing.people import actions as people
    from guiju.standing.people import queries

    then: dict[str, Any] = {"by": Actor.system("test"), "at": FOUNDED}
    first = people.found(
        names=NAMES["HQ"], administrator="ad", number="P-ad", username="ad", password=password_of("ad"), language="en",
        jurisdiction="CN-44", **then,
    )  # fmt: skip
    then["by"] = queries.actor_for(first, FOUNDED)
    hq = first.person.unit
    region = people.create_unit(code="SD", names=NAMES["SD"], kind="REGION", parent=hq, **then)
    units = {"HQ": hq, "SD": region}
    for code in ("FS01", "GZ02"):
        units[code] = people.create_unit(
            code=code,
            names=NAMES[code],
            kind="OUTLET",
            parent=region,
            address="1 Zumiao Road",
            phone="0757 8888 0001",
            **then,
        )
    for name, (role, code) in ROLES.items():
        if name != "ad":
            person = people.hire(unit=units[code], number=f"P-{name}", name=name, **then)
            people.grant_role(person, role=role, unit=units[code], starts_on=units[code].day(FOUNDED), **then)
            people.make_login(person, username=name, password=password_of(name), language="en", **then)


def password_of(name: str) -> str:
    """By which a person of the cast signs in."""
    return f"{name} keeps the square true"


@pytest.fixture
def cast(db: None, request: pytest.FixtureRequest) -> Cast:
    """The whole brand; built once by its verbs, and written again for each test in four statements."""
    global _remembered  # noqa: PLW0603  # a run builds the brand once, in whichever test comes first
    if _remembered is None:
        _remembered = remembered.found(_found)
    rows, actors = _remembered
    is_fresh = remembered.is_fresh()
    written: dict[type[models.Model], list[Any]] = {}
    for model, values in rows:
        written.setdefault(model, []).append(model(**values))
    for model, instances in written.items():
        model._base_manager.bulk_create(instances)
    units, people, _, logins = written.values()
    by_pk = {unit.pk: unit for unit in units}
    for person in people:
        person.unit = by_pk[person.unit_id]
    for unit in units:
        unit.parent = by_pk.get(unit.parent_id)
    return Cast(
        {unit.code: unit for unit in units},
        {person.name: person for person in people},
        dict(actors),
        {login.username: login for login in logins},
        History(request, is_fresh),
    )


def _actor(name: str) -> Callable[..., Actor]:
    @pytest.fixture(name=name)
    def act(cast: Cast) -> Actor:
        return cast.actors[name]

    return act


def _person(name: str) -> Callable[..., Any]:
    @pytest.fixture(name=f"{name}_person")
    def row(cast: Cast) -> Any:
        return cast.people[name]

    return row


def _unit(code: str) -> Callable[..., Any]:
    @pytest.fixture(name=f"{code.lower()}_unit")
    def row(cast: Cast) -> Any:
        return cast.units[code]

    return row


for _name in ROLES:
    globals()[f"act_{_name}"], globals()[f"row_{_name}"] = _actor(_name), _person(_name)
for _code in NAMES:
    globals()[f"unit_{_code}"] = _unit(_code)


@pytest.fixture
def clock() -> Actor:
    """The house itself, acting by its clock."""
    return Actor.system("clock")


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """A browser in which that person has signed in."""

    def open_browser(name: str) -> Client:
        client = Client()
        login = cast.logins[name]
        cast.history.aside(lambda: client.force_login(login, backend="guiju.conf.backends.LoginBackend"))
        return client

    return open_browser


# --- The books


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "books_of(context): uses one context without the others, so only its own books are read"
    )
    config.addinivalue_line("markers", "no_books: damages rows on purpose, so the books are not read at its end")


@pytest.fixture(autouse=True)
def books(request: pytest.FixtureRequest) -> Generator[None]:
    """End every test that used the database by recomputing everything that can be recomputed."""
    uses = request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames)
    if not uses:
        yield
        return
    # Asked for here, so that the database is still there when this fixture ends.
    request.getfixturevalue("_django_db_helper")
    is_read = request.node.get_closest_marker("no_books") is None
    if is_read:
        rows.note()
    remembered.begin()
    yield
    if connection.needs_rollback or not is_read:
        return
    alone = request.node.get_closest_marker("books_of")
    found = rows.disagreements(only=alone.args[0] if alone else "")
    assert not found, "The books do not agree: " + "; ".join(found)
