"""Controlled stores: who holds their locks, what is asked for and moved. Signing in and out is done by people, at a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Because, Day, Input, Key, Line, Name, Names, Nothing, Quantity, Short
from guiju.api.finding import PersonNumber, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import Unknown
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.books.stock import queries as lying
from guiju.kernel.actor import Actor
from guiju.readiness.custody import actions
from guiju.readiness.custody.models import AccessSession, ControlledStore, CustodianGrant
from guiju.readiness.custody.rules import Authority, Direction, LockGroup, LockKind, Protection, State, StoreKind


def visible_stores(by: Actor) -> QuerySet[ControlledStore]:
    """The controlled stores that the asker may see."""
    return ControlledStore.objects.visible_to(by).select_related("unit")


def visible_grants(by: Actor) -> QuerySet[CustodianGrant]:
    """Who holds their locks."""
    return CustodianGrant.objects.visible_to(by).select_related("store__unit", "person")


def visible_sessions(by: Actor) -> QuerySet[AccessSession]:
    """Their openings."""
    return AccessSession.objects.visible_to(by).with_names()


def _store(key: int, by: Actor) -> ControlledStore:
    return finding.one(visible_stores(by), pk=key)


def _grant(key: int, by: Actor) -> CustodianGrant:
    return finding.one(visible_grants(by), pk=key)


def _session(number: str, by: Actor) -> AccessSession:
    return finding.one(visible_sessions(by), number=number.strip().upper())


STORE = Target("key", Key, _store)
GRANT = Target("key", Key, _grant)
SESSION = Target("number", Short, _session)
Note = Annotated[Line, Field(min_length=1)]


class ControlledStoreIn(Input):
    """A store that nobody opens alone."""

    unit: UnitCode
    code: Annotated[Short, Field(max_length=20)]
    names: Names
    kind: StoreKind
    cameras: Annotated[Short, Field(max_length=80)] = ""
    # A store such as MAIN, or a bin such as MAIN/C-1, whose parts then move only while two stand inside.
    inside: Name = ""

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The place that is guarded, as a row."""
        told = super().resolved(by)
        inside, told["guards"] = told.pop("inside"), None
        if inside:
            told["guards"] = lying.place_named(inside, told["unit"])
            if told["guards"] is None:
                raise Unknown(field="inside")
        return told


class LockIn(Input):
    """A lock of a store."""

    number: Short
    kind: LockKind
    lock_group: LockGroup


class CustodianIn(Input):
    """Who holds the locks of which group, from when on."""

    person: PersonNumber
    lock_group: LockGroup
    starts_on: Day
    ends_on: Day | None = None


class ProtectionIn(Input):
    """What was tested, and when it is due again."""

    item: Protection
    is_ok: bool
    next_on: Day
    note: Annotated[Line, Field(max_length=200)] = ""


class Opening(Input):
    """Because of which document a store is opened, and what for."""

    authority_kind: Authority
    authority: Short
    purpose: Annotated[Line, Field(max_length=200)]


class Moving(Input):
    """What is put in or taken out, and how many lay there before."""

    item: Name
    direction: Direction
    quantity: Quantity
    before: Quantity
    serial: Short = ""
    authority: Short = ""
    return_by: Day | None = None


class Recounted(Input):
    """How many lie there, by the line of the last movement of each thing."""

    counted: Annotated[dict[int, Quantity], Field(max_length=500)]


class FoundOut(Input):
    """What happened, and what is done about it."""

    note: Annotated[Line, Field(max_length=300)]


class ControlledStoreOut(Mirror):
    """A store that nobody opens alone."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "unit": "unit.code"}

    id: int
    code: str
    name: str
    kind: str
    state: str
    unit: str


class LockOut(Mirror):
    """A lock."""

    number: str
    kind: str
    lock_group: str


class CustodianOut(Mirror):
    """Somebody holds the locks of one group."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "store": "store.code", "person": "person.number"}

    id: int
    store: str
    person: str
    lock_group: str
    starts_on: date
    ends_on: date | None


class ProtectionOut(Mirror):
    """A protection was tested."""

    item: str
    is_ok: bool
    checked_on: date
    next_on: date


class OpeningOut(Mirror):
    """One opening of a store: who signed in by which lock group, and when it was locked."""

    paths: ClassVar[Mapping[str, str]] = {
        "store": "store.code", "unit": "store.unit.code", "first": "first_by.number", "second": "second_by.number",
    }  # fmt: skip

    number: str
    store: str
    unit: str
    state: str
    authority: str
    purpose: str
    first: str | None
    first_group: str
    second: str | None
    second_group: str
    opened_at: datetime | None
    until: datetime | None
    closed_at: datetime | None
    is_emergency: bool


class MovingOut(Mirror):
    """What was written down."""

    paths: ClassVar[Mapping[str, str]] = {"session": "session.number"}

    session: str
    line: int
    item: str
    direction: str
    quantity: int
    before: int
    after: int
    authority: str


router = Router(tags=["custody"])
speak(
    router,
    [
        Verb("/controlled-stores", actions.set_up_store, ControlledStoreIn, ControlledStoreOut),
        Verb("/controlled-stores/{key}/add-lock", actions.add_lock, LockIn, LockOut, STORE),
        Verb("/controlled-stores/{key}/grant", actions.grant, CustodianIn, CustodianOut, STORE),
        Verb("/controlled-stores/{key}/check", actions.check_protection, ProtectionIn, ProtectionOut, STORE),
        Verb("/controlled-stores/{key}/open", actions.open_session, Opening, OpeningOut, STORE),
        Verb("/custodian-grants/{key}/end", actions.end_grant, Because, CustodianOut, GRANT),
        Verb("/controlled-openings/{number}/withdraw", actions.withdraw, Nothing, OpeningOut, SESSION),
        Verb("/controlled-openings/{number}/move", actions.move_item, Moving, MovingOut, SESSION),
        Verb("/controlled-openings/{number}/recount", actions.recount, Recounted, OpeningOut, SESSION),
        Verb("/controlled-openings/{number}/close-alarm", actions.close_alarm, FoundOut, OpeningOut, SESSION),
        Verb("/controlled-openings/{number}/settle", actions.settle, FoundOut, OpeningOut, SESSION),
        Verb("/controlled-openings/{number}/review", actions.review, FoundOut, OpeningOut, SESSION),
    ],
)


def _mirrored(kind: type[Mirror]) -> Any:
    return lambda rows: [kind.of(row).model_dump() for row in rows]


show(
    router,
    [
        Listing(
            "/controlled-stores", "controlled_stores", "custody.see", ControlledStoreOut, visible_stores,
            _mirrored(ControlledStoreOut),
            filters={"unit": Filter(Short, "unit__code"), "kind": Filter(StoreKind, "kind")},
        ),
        Listing(
            "/custodian-grants", "custodian_grants", "custody.see", CustodianOut, visible_grants, _mirrored(CustodianOut),
            filters={"store": Filter(Short, "store__code"), "person": Filter(Short, "person__number")},
        ),
        Listing(
            "/controlled-openings", "controlled_openings", "custody.see", OpeningOut, visible_sessions, _mirrored(OpeningOut),
            filters={
                "state": Filter(list[State], "state"), "store": Filter(Short, "store__code"),
                "unit": Filter(Short, "store__unit__code"),
            },
        ),
    ],
)  # fmt: skip
