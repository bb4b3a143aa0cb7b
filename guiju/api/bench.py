"""The bench's own records: the clock on a job and its labour, and what was ticked off and measured."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from guiju.api.answers import ORDER, OrderOut
from guiju.api.fields import Input, Key, Line, Name, Nothing, Short
from guiju.api.finding import LineCode, one, order
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Done, Mirror, Output, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ItemKind
from guiju.line.workshop import actions, queries
from guiju.line.workshop.models import LabourEntry, WorkCheckItem
from guiju.line.workshop.rules import LABOUR_MINUTES_MAX, WorkKind

# Eight digits before the point and four behind it, as the column holds them.
Measured = Annotated[Decimal, Field(max_digits=12, decimal_places=4)]


def labour(key: int, by: Actor) -> LabourEntry:
    """An entry of labour, on a job that the asker may see."""
    rows = LabourEntry.objects.filter(order__in=WorkOrder.objects.visible_to(by).values("pk"))
    return one(rows.select_related("order"), pk=key)


def work_check(key: int, _by: Actor) -> WorkCheckItem:
    """An item of the bench's checklists."""
    return one(WorkCheckItem.objects.all(), pk=key)


LABOUR = Target("key", Key, labour)
WORK_CHECK = Target("key", Key, work_check)


class StartTimer(Input):
    """Whether the clock of another job is stopped first."""

    stop_other: bool = False


class StopTimer(Input):
    """What the time was for."""

    task: Line = ""


class CorrectLabour(Input):
    """What the minutes should have been, and why; 0 where nothing was worked."""

    minutes: Annotated[int, Field(ge=0, le=LABOUR_MINUTES_MAX)]
    reason: Line


class Checks(Input):
    """What was found, by the key of its item: the number as measured, or "yes" / "no"."""

    values: dict[Key, Short] = Field(max_length=200)


class WorkCheckIn(Input):
    """One thing that is ticked off or measured at the bench from now on; a limit is a number of the item's unit."""

    code: Short
    names: dict[Literal["en", "zh-hans", "zh-hant"], Name]
    work: WorkKind
    kind: ItemKind
    line: LineCode | None = None
    unit: Annotated[Short, Field(max_length=12)] = ""
    limit_min: Measured | None = None
    limit_max: Measured | None = None
    is_required: bool = True


class WorkCheckKept(Output):
    """The item as it is kept."""

    id: int
    code: str
    version: int
    until: datetime | None

    @classmethod
    def of(cls, result: Any, target: Any = None) -> WorkCheckKept:
        """Its key, by which values are given, and its version."""
        row = result or target
        return cls(id=row.pk, code=row.code, version=row.version, until=row.until)


class LabourOut(Mirror):
    """One entry of labour; with `undoes`, what takes another one back."""

    paths: ClassVar = {"id": "pk", "technician": "technician.number", "undoes": "undoes_id"}

    id: int
    technician: str
    minutes: int
    task: str
    at: datetime
    undoes: int | None
    reason: str


class WorkCheckSeen(Schema):
    """One item of a job's checklist, and what was found last."""

    id: int
    code: str
    version: int
    name: str
    work: str
    kind: str
    unit: str
    is_required: bool
    text: str
    passed: bool | None


router = Router(tags=["bench"])
speak(
    router,
    [
        Verb("/orders/{number}/start-timer", actions.start_timer, StartTimer, OrderOut, ORDER),
        Verb("/orders/{number}/stop-timer", actions.stop_timer, StopTimer, OrderOut, ORDER),
        Verb("/labour/{key}/correct", actions.correct_labour, CorrectLabour, Done, LABOUR),
        Verb("/orders/{number}/check", actions.check, Checks, OrderOut, ORDER),
        Verb("/work-checks", actions.set_check, WorkCheckIn, WorkCheckKept),
        Verb("/work-checks/{key}/end", actions.end_check, Nothing, WorkCheckKept, WORK_CHECK),
    ],
)


@router.get("/orders/{number}/labour", response={200: list[LabourOut], **PROBLEMS}, operation_id="workshop.labour")
def labour_of(request: HttpRequest, number: Short) -> Any:
    """All labour of a job, also what was taken back."""
    row = _seen(request, number)
    entries = LabourEntry.objects.filter(order=row).select_related("technician").order_by("pk")
    return [LabourOut.of(each) for each in entries]


@router.get(
    "/orders/{number}/work-checks",
    response={200: list[WorkCheckSeen], **PROBLEMS},
    operation_id="workshop.work_checks",
)
def work_checks(request: HttpRequest, number: Short) -> Any:
    """The checklist of a job at the bench, as far as it is done."""
    kept = ("code", "version", "name", "work", "kind", "unit", "is_required")
    return [
        {name: getattr(each.item, name) for name in kept}
        | {"id": each.item.pk, "text": each.text, "passed": each.passed}
        for each in queries.work_checklist(_seen(request, number))
    ]


def _seen(request: HttpRequest, number: str) -> WorkOrder:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = order(number, actor)
    if not actor.may("workshop.see", on=row):
        raise NotAllowed
    return row
