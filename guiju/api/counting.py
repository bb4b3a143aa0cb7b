"""Counts of the stores. What the book expects is answered only once the sheets are handed in, and never by a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Because, Day, Found, Input, Key, Line, Moment, Name, Nothing, Quantity, Short
from guiju.api.finding import PartCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Mirror, Output, Target, Verb, speak
from guiju.books.stock.models import Bin, Store
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.readiness.counting import actions, queries
from guiju.readiness.counting.models import CountedBin, StockCount
from guiju.readiness.counting.rules import Cause, CountKind, CountState, UnknownOutcome
from guiju.standing.people.models import Person


def visible_counts(by: Actor) -> QuerySet[StockCount]:
    """The counts that the asker may see."""
    people = ("keeper", "successor", "first_counter", "second_counter", "recounter")
    return StockCount.objects.visible_to(by).select_related("unit", "store", *people)


def count(number: str, by: Actor) -> StockCount:
    """A count by its number."""
    return finding.seen(visible_counts, by, number=number.strip().upper())


def counted_bin(key: int, by: Actor) -> Bin:
    """A bin of a count that the asker may see, whoever else may not see the stock."""
    mine = CountedBin.objects.filter(count__in=StockCount.objects.visible_to(by))
    return finding.one(Bin.objects.select_related("store").filter(pk__in=mine.values("bin")), pk=key)


def colleague(number: str, by: Actor) -> Person:
    """Somebody of the units in which the asker plans counts, whoever else's records the asker may read."""
    return finding.one(Person.objects.filter(by.scope("counting.plan").q()), number=number)


COUNT = Target("number", Short, count)
Colleague = Annotated[Short, Found(colleague)]
Bins = Annotated[list[Key], Field(max_length=500), Found(finding.bin_)]


class CountIn(Input):
    """Which store or bins, by whom, and who answers for them."""

    store: Annotated[Key, Found(finding.store)]
    kind: CountKind
    bins: Bins = Field(default_factory=list)
    keeper: Colleague
    first_counter: Colleague
    second_counter: Colleague
    successor: Colleague | None = None
    planned_on: Day | None = None
    reason: Line = ""


class OpenBin(Input):
    """Before which bin the counter stands."""

    bin: Annotated[Key, Found(counted_bin)]


class ScanIn(Input):
    """What was read, as it was read."""

    text: Name


class TallyIn(Input):
    """How many there are."""

    part: PartCode
    quantity: Quantity


class RecountIn(Input):
    """Who counts again; left out where the two exchange their bins."""

    counter: Colleague | None = None


class CauseIn(Input):
    """Why one line differs."""

    line: Key
    cause: Cause
    note: Line = ""
    accountable: Colleague | None = None
    serials: Annotated[list[Short], Field(max_length=100)] = Field(default_factory=list)


class UnknownIn(Input):
    """What an unknown scan was."""

    unknown: Key
    outcome: UnknownOutcome
    note: Line = ""


class ExplainIn(Input):
    """Every difference and every unknown scan."""

    causes: Annotated[list[CauseIn], Field(max_length=2000)] = Field(default_factory=list)
    answers: Annotated[list[UnknownIn], Field(max_length=2000)] = Field(default_factory=list)

    def resolved(self, by: Actor) -> dict[str, Any]:
        """As the action takes them."""
        return {
            "causes": [
                actions.Explained(**{**each.resolved(by), "serials": tuple(each.serials)}) for each in self.causes
            ],
            "answers": [actions.Answered(**each.resolved(by)) for each in self.answers],
        }


class CountOut(Mirror):
    """A count."""

    paths: ClassVar[Mapping[str, str]] = {
        "unit": "unit.code", "store": "store.code", "keeper": "keeper.number", "successor": "successor.number",
        "first_counter": "first_counter.number", "second_counter": "second_counter.number", "recounter": "recounter.number",
    }  # fmt: skip

    number: str
    unit: str
    store: str
    kind: str
    state: str
    round: int
    reason: str
    planned_on: date
    keeper: str
    successor: str | None
    first_counter: str
    second_counter: str
    recounter: str | None
    frozen_at: datetime | None
    handed_in_at: datetime | None
    approved_at: datetime | None
    closed_at: datetime | None

    @classmethod
    def of(cls, result: Any, target: Any = None) -> CountOut:
        """The count as it is now, with the names of its people."""
        row = result if isinstance(result, StockCount) else target
        people = ("keeper", "successor", "first_counter", "second_counter", "recounter")
        return super().of(StockCount.objects.select_related("unit", "store", *people).get(pk=row.pk))


class SheetOut(Output):
    """The bin before which the counter stands."""

    bin: str
    state: str
    opened_at: datetime

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> SheetOut:
        """The place, and nothing of what lies there."""
        return cls(bin=str(result.counted_bin.bin), state=str(result.state), opened_at=result.opened_at)


class ScannedOut(Output):
    """What a scan did."""

    bin: str
    opened: bool
    part: str | None
    quantity: int | None
    unknown: str | None

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> ScannedOut:
        """The bin, and the part with what was found of it so far."""
        return cls(
            bin=str(result.sheet.counted_bin.bin),
            opened=result.opened,
            part=result.part.code if result.part else None,
            quantity=result.quantity,
            unknown=result.unknown.text if result.unknown else None,
        )


class TalliedOut(Output):
    """What was entered."""

    part: str
    quantity: int

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> TalliedOut:
        """The part, and how many."""
        return cls(part=result.part.code, quantity=result.quantity)


class CountLineOut(Schema):
    """A part in a bin; its figures are empty while the count is blind."""

    id: int
    bin: str
    part: str
    to_recount: bool
    counted: int | None
    frozen: int | None
    expected: int | None
    difference: int | None
    worth_minor: int | None
    cause: str
    note: str
    accountable: str


class UnknownOut(Schema):
    """What was scanned and names no part."""

    id: int
    bin: str
    text: str
    times: int
    outcome: str
    note: str


class ToCountOut(Schema):
    """A part that is to be counted in the open bin; how many were found so far."""

    part: str
    name: str
    base_unit: str
    quantity: int | None


class LinesOut(Schema):
    """All that a count says so far."""

    is_blind: bool
    lines: list[CountLineOut]
    unknown: list[UnknownOut]


class DueOut(Schema):
    """A count that should be planned; `bins` are those of a cycle count."""

    kind: str
    bins: list[str]
    last_on: date | None


class AccuracyOut(Schema):
    """How well book and shelves agreed; percentages as text with one place."""

    counts: int
    lines: int
    right: int
    percent: str | None
    value_percent: str | None


router = Router(tags=["counting"])
speak(
    router,
    [
        Verb("/counts", actions.plan, CountIn, CountOut),
        Verb("/counts/{number}/freeze", actions.freeze, Nothing, CountOut, COUNT),
        Verb("/counts/{number}/cancel", actions.cancel, Because, CountOut, COUNT),
        Verb("/counts/{number}/open-bin", actions.open_bin, OpenBin, SheetOut, COUNT),
        Verb("/counts/{number}/scan", actions.scan, ScanIn, ScannedOut, COUNT),
        Verb("/counts/{number}/tally", actions.tally, TallyIn, TalliedOut, COUNT),
        Verb("/counts/{number}/finish-bin", actions.finish_bin, Nothing, SheetOut, COUNT),
        Verb("/counts/{number}/leave-bin", actions.leave_bin, Nothing, SheetOut, COUNT),
        Verb("/counts/{number}/hand-in", actions.hand_in, Nothing, CountOut, COUNT),
        Verb("/counts/{number}/recount", actions.recount, RecountIn, CountOut, COUNT),
        Verb("/counts/{number}/explain", actions.explain, ExplainIn, CountOut, COUNT),
        Verb("/counts/{number}/approve", actions.approve, Nothing, CountOut, COUNT),
        Verb("/counts/{number}/reject", actions.reject, Because, CountOut, COUNT),
    ],
)


def _asker(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("counting.see"):
        raise NotAllowed
    return actor


@router.get("/counts/accuracy", response={200: AccuracyOut, **PROBLEMS}, operation_id="counting.accuracy")
def accuracy(request: HttpRequest, since: Moment, until: Moment) -> Any:
    """How well the book and the shelves agreed in the counts that were closed in [since, until)."""
    found = queries.accuracy(by=_asker(request), since=since, until=until)
    return {
        "counts": found.counts, "lines": found.lines, "right": found.right,
        "percent": None if found.percent is None else str(found.percent),
        "value_percent": None if found.value_percent is None else str(found.value_percent),
    }  # fmt: skip


@router.get("/counts/{number}/lines", response={200: LinesOut, **PROBLEMS}, operation_id="counting.lines")
def lines(request: HttpRequest, number: Short) -> Any:
    """Every part in the bins of a count; its figures stay empty until the sheets are handed in and recounted."""
    row = count(number, _asker(request))
    return {
        "is_blind": queries.is_blind(row),
        "lines": [
            {
                "id": each.pk, "bin": str(each.bin), "part": each.part.code, "to_recount": each.to_recount,
                "counted": each.counted, "frozen": each.frozen, "expected": each.expected, "difference": each.difference,
                "worth_minor": each.worth_minor, "cause": each.cause, "note": each.note, "accountable": each.accountable,
            }
            for each in queries.lines_of(row)
        ],
        "unknown": [
            {
                "id": each.pk, "bin": str(each.sheet.counted_bin.bin), "text": each.text, "times": each.times,
                "outcome": each.outcome, "note": each.note,
            }
            for each in queries.unknown_of(row)
        ],
    }  # fmt: skip


@router.get("/counts/{number}/sheet", response={200: list[ToCountOut], **PROBLEMS}, operation_id="counting.sheet")
def sheet(request: HttpRequest, number: Short) -> Any:
    """What is to be counted in the bin before which the asker stands; nothing where no bin is open."""
    actor = _asker(request)
    mine = queries.open_sheet(count(number, actor), by=actor)
    return [
        {"part": each.part.code, "name": each.part.name, "base_unit": each.part.base_unit, "quantity": each.quantity}
        for each in (queries.asked(mine) if mine else ())
    ]


@router.get("/stores/{key}/due-counts", response={200: list[DueOut], **PROBLEMS}, operation_id="counting.due")
def due(request: HttpRequest, key: Key) -> Any:
    """What should be counted in a store now, the most urgent bins first."""
    actor = _asker(request)
    store: Store = finding.store(key, actor)
    if not actor.may("counting.plan", on=store):
        raise NotAllowed
    return [
        {"kind": str(each.kind), "bins": [str(bin) for bin, _due in each.bins], "last_on": each.last_on}
        for each in queries.proposals(store, at=now())
    ]


show(
    router,
    [
        Listing(
            "/counts", "counts", "counting.see", CountOut, visible_counts,
            lambda rows: [_count(row) for row in rows],
            filters={
                "state": Filter(list[CountState], "state"), "kind": Filter(list[CountKind], "kind"),
                "unit": Filter(Short, "unit__code"), "store": Filter(Key, "store"),
                "planned_before": Filter(Day, "planned_on__lt"),
            },
            sorts={"id": "pk"},
        ),
    ],
)  # fmt: skip


def _count(row: StockCount) -> dict[str, Any]:
    return super(CountOut, CountOut).of(row).model_dump()
