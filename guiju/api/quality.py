"""The final test: what has to be measured, and the inspector's word."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from guiju.api.answers import ORDER, OrderOut
from guiju.api.fields import Input, Key, Line, Name, Nothing, Short
from guiju.api.finding import EvidenceKeys, LineCode, PersonNumber, one, order
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Output, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.quality import actions
from guiju.line.quality.models import ChecklistItem
from guiju.line.quality.rules import ItemKind

# Eight digits before the point and four behind it, as the column holds them.
Limit = Annotated[Decimal, Field(max_digits=12, decimal_places=4)]


def item(key: int, _by: Actor) -> ChecklistItem:
    """An item of the final test's checklist."""
    return one(ChecklistItem.objects.all(), pk=key)


ITEM = Target("key", Key, item)


class Tested(Input):
    """Every value by the key of its checklist item: the number as measured, or "yes" / "no"."""

    values: dict[Key, Short] = Field(max_length=200)
    photos: EvidenceKeys = []
    note: Line = ""
    is_self_check: bool = False


class Passed(Tested):
    """And the shelf on which it waits for its owner."""

    shelf: Short = ""


class Failed(Tested):
    """And what is not in order."""

    defects: list[Line] = Field(max_length=50)


class SelfCheckIn(Input):
    """Who repaired it and may also test it, in a shop with fewer than three people."""

    technician: PersonNumber


class SelfCheckLeaveOut(Output):
    """That it was allowed."""

    at: datetime

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> SelfCheckLeaveOut:
        """Since when."""
        return cls(at=result.at)


class ChecklistItemIn(Input):
    """One thing that is measured or checked from now on; a limit is a number of the item's unit."""

    code: Short
    names: dict[Literal["en", "zh-hans", "zh-hant"], Name]
    kind: ItemKind
    line: LineCode | None = None
    unit: Annotated[Short, Field(max_length=12)] = ""
    limit_min: Limit | None = None
    limit_max: Limit | None = None
    is_safety: bool = False


class ItemKept(Output):
    """The item as it is kept."""

    id: int
    code: str
    version: int
    until: datetime | None

    @classmethod
    def of(cls, result: Any, target: Any = None) -> ItemKept:
        """Its key, by which values are given, and its version."""
        row = result or target
        return cls(id=row.pk, code=row.code, version=row.version, until=row.until)


class ChecklistItemOut(Schema):
    """One thing to measure or to check."""

    id: int
    code: str
    name: str
    kind: str
    unit: str
    limit_min: str | None
    limit_max: str | None
    is_safety: bool


class InspectionOut(Output):
    """One final test, and where the job stands after it."""

    result: str
    at: datetime
    order: OrderOut

    @classmethod
    def of(cls, result: Any, target: Any = None) -> InspectionOut:
        """The verdict."""
        return cls(result=str(result.result), at=result.at, order=OrderOut.of(None, target))


router = Router(tags=["quality"])
speak(
    router,
    [
        Verb("/checklist-items", actions.add_item, ChecklistItemIn, ItemKept),
        Verb("/checklist-items/{key}/end", actions.end_item, Nothing, ItemKept, ITEM),
        Verb("/orders/{number}/pass", actions.pass_order, Passed, InspectionOut, ORDER),
        Verb("/orders/{number}/allow-self-check", actions.allow_self_check, SelfCheckIn, SelfCheckLeaveOut, ORDER),
        Verb("/orders/{number}/fail", actions.fail_order, Failed, InspectionOut, ORDER),
    ],
)


@router.get(
    "/orders/{number}/checklist", response={200: list[ChecklistItemOut], **PROBLEMS}, operation_id="quality.checklist"
)
def checklist(request: HttpRequest, number: Short) -> Any:
    """What has to be measured and checked on this job."""
    actor = request.actor  # type: ignore[attr-defined]
    row = order(number, actor)
    if not actor.may("quality.see", on=row):
        raise NotAllowed
    kept = ("code", "name", "kind", "unit", "is_safety")
    return [
        {name: getattr(each, name) for name in kept}
        | {"id": each.pk, "limit_min": _written(each.limit_min), "limit_max": _written(each.limit_max)}
        for each in actions.checklist(row)
    ]


def _written(limit: Any) -> str | None:
    return None if limit is None else format(limit.normalize(), "f")
