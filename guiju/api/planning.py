"""How much to keep: plan a store, read and answer what is suggested, and what lies below its level."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Input, Key, Line, Name, Nothing, Quantity, Short
from guiju.api.finding import PartCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Done, Mirror, Target, Verb, speak
from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.readiness.planning import actions, queries
from guiju.readiness.planning.models import Minimum, StockLevel, Suggestion

STORE = Target("key", Key, finding.store)


def _suggestions(by: Actor) -> QuerySet[Suggestion]:
    return Suggestion.objects.visible_to(by).select_related("run__store__unit", "part")


def suggestion(key: int, by: Actor) -> Suggestion:
    """A suggestion by its key."""
    return finding.seen(_suggestions, by, pk=key)


SUGGESTION = Target("key", Key, suggestion)


class Otherwise(Input):
    """How many are kept instead, and why."""

    level: Quantity
    reason: Annotated[Line, Field(max_length=200)]


class AtLeast(Input):
    """The least that is suggested of a part, and why; 0 ends what was set."""

    part: PartCode
    least: Quantity
    reason: Annotated[Line, Field(max_length=200)]


class Lacking(Input):
    """Of which parts what lacks of their level should be bought, or fetched from the store that fills this one."""

    parts: Annotated[list[Name], Field(min_length=1, max_length=200)]

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The parts by their numbers."""
        return {"parts": [finding.part(code, by) for code in self.parts]}


class AskedToBuyOut(Mirror):
    """The purchase request that was written."""

    paths: ClassVar[Mapping[str, str]] = {"unit": "unit.code"}

    number: str
    unit: str
    state: str


class FetchedOut(Mirror):
    """The transfer that was asked for."""

    paths: ClassVar[Mapping[str, str]] = {"from_store": "from_code", "to_store": "to_code"}

    number: str
    state: str
    from_store: str
    to_store: str


class RunOut(Mirror):
    """A store as it was planned."""

    paths: ClassVar[Mapping[str, str]] = {
        "store": "store.code",
        "unit": "store.unit.code",
        "filled_from": "source.code",
    }

    number: str
    unit: str
    store: str
    at: datetime
    until: date
    months: int
    engine: str
    version: str
    target_per_10000: int
    aim_per_10000: int
    is_learnt: bool
    echelon: str
    filled_from: str | None


class LevelOut(Mirror):
    """So many of a part are kept in a store."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "part": "part.code", "store": "store.code", "unit": "store.unit.code", "decided_at": "decision.decided_at",
        "reason": "decision.reason",
    }  # fmt: skip

    id: int
    unit: str
    store: str
    part: str
    level: int
    reason: str
    decided_at: datetime


class MinimumOut(Mirror):
    """No fewer of a part are suggested for a store."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk",
        "part": "part.code",
        "store": "store.code",
        "unit": "store.unit.code",
    }

    id: int
    unit: str
    store: str
    part: str
    least: int
    reason: str
    set_at: datetime


class SuggestionOut(Mirror):
    """So many of a part should be kept; `history` is what was asked for in each month, null where nothing is known."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "plan": "run.number", "part": "part.code", "store": "run.store.code", "unit": "run.store.unit.code",
        "until": "run.until",
    }  # fmt: skip

    id: int
    plan: str
    unit: str
    store: str
    part: str
    level: int
    before: int | None
    rate_milli: int
    service_per_10000: int
    kind: str
    until: date
    history: list[int | None]
    because: list[list[Any]]
    last_buy: int | None


class BelowOut(Schema):
    """A part of which a store has less than it should keep."""

    unit: str
    store: str
    part: str
    level: int
    free: int
    promised: int
    coming: int
    owed: int
    older: int
    lacking: int


def visible_levels(by: Actor) -> QuerySet[StockLevel]:
    """The levels of the stores that the asker may see."""
    return StockLevel.objects.visible_to(by).select_related("store__unit", "part", "decision")


def visible_minimums(by: Actor) -> QuerySet[Minimum]:
    """What planners want at least in the stores that the asker may see."""
    return Minimum.objects.visible_to(by).select_related("store__unit", "part")


def open_suggestions(by: Actor) -> QuerySet[Suggestion]:
    """What waits for somebody's answer."""
    return queries.suggestions(by=by)


router = Router(tags=["planning"])
speak(
    router,
    [
        Verb("/stores/{key}/plan", actions.plan, Nothing, RunOut, STORE),
        Verb("/stores/{key}/order-lacking", actions.order, Lacking, AskedToBuyOut, STORE),
        Verb("/stores/{key}/fetch-lacking", actions.fetch, Lacking, FetchedOut, STORE),
        Verb("/stores/{key}/keep-at-least", actions.keep_at_least, AtLeast, Done, STORE),
        Verb("/level-suggestions/{key}/accept", actions.accept, Nothing, LevelOut, SUGGESTION),
        Verb("/level-suggestions/{key}/change", actions.change, Otherwise, LevelOut, SUGGESTION),
    ],
)


@router.get("/stores/{key}/reorder", response={200: list[BelowOut], **PROBLEMS}, operation_id="planning.reorder")
def reorder(request: HttpRequest, key: Key) -> Any:
    """What lies below its level in a store, what lacks most first; what is on order is counted, what is promised is not."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("planning.see"):
        raise NotAllowed
    store: Store = finding.store(key, actor)
    return [
        BelowOut(
            unit=store.unit.code, store=store.code, part=each.level.part.code, level=each.level.level, free=each.free,
            promised=each.promised, coming=each.coming, owed=each.owed, older=each.older, lacking=each.lacking,
        )
        for each in queries.reorder([store], by=actor)
    ]  # fmt: skip


show(
    router,
    [
        Listing(
            "/stock-levels", "levels", "planning.see", LevelOut, visible_levels,
            filters={"part": Filter(Name, "part__code"), "unit": Filter(Short, "store__unit__code"), "store": Filter(Short, "store__code")},
            sorts={"id": "pk"}, first="id",
        ),
        Listing(
            "/level-minimums", "minimums", "planning.see", MinimumOut, visible_minimums,
            filters={"part": Filter(Name, "part__code"), "unit": Filter(Short, "store__unit__code"), "store": Filter(Short, "store__code")},
            sorts={"id": "pk"}, first="id",
        ),
        Listing(
            "/level-suggestions", "suggestions", "planning.see", SuggestionOut, open_suggestions,
            filters={
                "part": Filter(Name, "part__code"), "unit": Filter(Short, "run__store__unit__code"),
                "store": Filter(Short, "run__store__code"),
            },
            sorts={"id": "pk"}, first="id",
        ),
    ],
)  # fmt: skip
