"""The brand's lists: makers, lines, models, codes, parts and services; and the files by which they are filled."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from django.db.models import Q, QuerySet
from ninja import Router, Schema
from pydantic import Base64Bytes, Field

from guiju.api import finding
from guiju.api.fields import Day, Found, Input, Key, Line, Minor, Minutes, Name, Names, Nothing, Search, Short
from guiju.api.finding import LineCode, PartCode, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Output, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.kernel.search import fold
from guiju.standing.catalogue import actions, queries
from guiju.standing.catalogue.models import Brand, FaultCode, ImportBatch, Model, Part, ProductLine, ServiceItem
from guiju.standing.catalogue.rules import BaseUnit, BatchState, CodeKind, ItemKind, Sheet


def visible_imports(by: Actor) -> QuerySet[ImportBatch]:
    """The files that were looked at; whoever may not look at one does not see them."""
    return ImportBatch.objects.all() if by.may("catalogue.stage_import") else ImportBatch.objects.none()


def import_batch(key: int, by: Actor) -> ImportBatch:
    """A file that was looked at."""
    return finding.one(visible_imports(by), pk=key)


BATCH = Target("key", Key, import_batch)
PART = Target("code", Name, finding.part)
BrandCode = Annotated[Short, Found(finding.brand)]
LineCodes = Annotated[list[Short], Found(finding.line), Field(max_length=40)]
ModelKey = Annotated[Key, Found(finding.model)]
ModelKeys = Annotated[list[Key], Found(finding.model), Field(max_length=400)]
# A sheet of 10 MB is a third longer when it is written in letters.
Content = Annotated[Base64Bytes, Field(max_length=14_000_000, description="The file, in base64.")]


class BrandIn(Input):
    """A maker."""

    name: Name


class ProductLineIn(Input):
    """A kind of appliance."""

    code: Short
    names: Names


class ModelIn(Input):
    """A type of a maker; without a name it is called as its plate says."""

    brand: BrandCode
    line: LineCode
    code: Short
    names: Names | None = None


class FaultCodeIn(Input):
    """A symptom, a fault or a cause."""

    kind: CodeKind
    code: Short
    names: Names
    line: LineCode | None = None
    family: Short = ""


class PartIn(Input):
    """A spare part; the cost is for one base unit."""

    code: Annotated[Name, Field(max_length=60)]
    names: Names
    base_unit: BaseUnit = BaseUnit.PIECE
    is_serialised: bool = False
    tracks_lots: bool = False
    returns_old: bool = False
    lines: LineCodes = []
    models: ModelKeys = []
    cost_minor: Minor | None = None


class SuccessorIn(Input):
    """The part that is used in the place of this one."""

    successor: PartCode


class SupplyEndIn(Input):
    """The last day on which the maker takes an order."""

    ends_on: Day


class FitModelIn(Input):
    """A model, and why the part fits it or does not."""

    model: ModelKey
    reason: Line


class FitLineIn(Input):
    """A kind of appliance, and why the part is for it or is not."""

    line: LineCode
    reason: Line


class ServiceItemIn(Input):
    """A test, labour or another service."""

    code: Short
    names: Names
    kind: ItemKind
    line: LineCode | None = None
    fault_level: Annotated[int, Field(ge=0, le=4)] = 0
    standard_minutes: Minutes = 0
    service_hours: Annotated[int, Field(ge=0, le=8760)] = 0


class SheetIn(Input):
    """A file of one list; `chosen` puts its headings to our columns: {"Artikel": "code"}."""

    sheet: Sheet
    content: Content
    file_name: Annotated[Line, Field(max_length=200)]
    chosen: Annotated[dict[Name, Short], Field(max_length=100)] = {}


class OpenRepairIn(Input):
    """A file of the Open Repair Data Standard, and where its machines are registered."""

    unit: UnitCode
    content: Content
    file_name: Annotated[Line, Field(max_length=200)]
    provider: Name = ""


class ExportIn(Input):
    """Which list, and as what kind of file."""

    sheet: Sheet
    form: Literal["csv", "xlsx"] = "csv"


class ProviderIn(Input):
    """Only the rows of this provider, if one is named."""

    provider: Name = ""


class BrandOut(Mirror):
    """A maker."""

    code: str
    name: str


class NamedOut(Mirror):
    """An entry of a list, and its name in the reader's language."""

    code: str
    name: str
    is_active: bool


class ModelOut(Mirror):
    """A type of a maker; `id` names it where a machine is registered."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "brand": "brand.code", "line": "line.code"}

    id: int
    brand: str
    line: str
    code: str
    name: str


class FaultCodeOut(Mirror):
    """A code and its name in the reader's language."""

    paths: ClassVar[Mapping[str, str]] = {"line": "line.code"}

    kind: str
    code: str
    name: str
    line: str | None
    family: str


class FitOut(Schema):
    """A model that a part names."""

    id: int
    brand: str
    code: str


class PartOut(Output):
    """A spare part; one that names no model fits all of its lines, and one of no line fits every kind of appliance."""

    code: str
    name: str
    base_unit: str
    is_serialised: bool
    tracks_lots: bool
    returns_old: bool
    superseded_by: str | None
    supply_ends_on: date | None
    is_active: bool
    lines: list[str]
    models: list[FitOut]

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> PartOut:
        """The part as it is now."""
        return shown_parts([result])[0]


class ServiceItemOut(Mirror):
    """A service item."""

    paths: ClassVar[Mapping[str, str]] = {"line": "line.code"}

    code: str
    name: str
    kind: str
    line: str | None
    fault_level: int
    standard_minutes: int
    service_hours: int


class BatchOut(Mirror):
    """A file that was looked at, and how many of its rows would do what."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk"}

    id: int
    kind: str
    state: str
    file_name: str
    sha256: str
    counts: dict[str, int]
    staged_at: datetime


class FileOut(Output):
    """A file, in base64."""

    content: str

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> FileOut:
        """What was written."""
        return cls(content=base64.b64encode(result).decode("ascii"))


class Counts(Output):
    """How many entries of each list are new."""

    lines: int
    codes: int
    items: int

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> Counts:
        """As they were counted."""
        return cls(**result)


def _folded(text: str) -> Q:
    return Q(folded__contains=fold(text)) if fold(text) else Q(pk=None)


def _of_line(code: str) -> Q:
    """Those of the line, and those of all lines."""
    return Q(line__code=code) | Q(line__isnull=True)


def _fits_line(code: str) -> Q:
    known = Part.lines.through.objects
    fitting = known.filter(productline__code=code).values("part_id")
    return Q(pk__in=fitting) | ~Q(pk__in=known.values("part_id"))


def brands(by: Actor) -> QuerySet[Brand]:
    """The makers."""
    return Brand.objects.all()


def lines(by: Actor) -> QuerySet[ProductLine]:
    """The kinds of appliances."""
    return ProductLine.objects.all()


def models(by: Actor) -> QuerySet[Model]:
    """The types of all makers."""
    return Model.objects.select_related("brand", "line")


def codes(by: Actor) -> QuerySet[FaultCode]:
    """The codes by which symptoms, faults and causes are named."""
    return FaultCode.objects.filter(is_active=True).select_related("line")


def parts(by: Actor) -> QuerySet[Part]:
    """The spare parts."""
    return Part.objects.select_related("superseded_by")


def items(by: Actor) -> QuerySet[ServiceItem]:
    """The service items."""
    return ServiceItem.objects.filter(is_active=True).select_related("line")


def shown_parts(rows: Sequence[Part]) -> list[PartOut]:
    """Parts with what they fit, in as many statements for two hundred as for one."""
    keys = [row.pk for row in rows]
    kinds, types = queries.lines_named(keys), queries.models_named(keys)
    return [
        PartOut(
            code=row.code, name=row.name, base_unit=row.base_unit, is_serialised=row.is_serialised, tracks_lots=row.tracks_lots,
            returns_old=row.returns_old, supply_ends_on=row.supply_ends_on, is_active=row.is_active,
            superseded_by=row.superseded_by.code if row.superseded_by is not None else None,
            lines=[each.code for each in kinds.get(row.pk, ())],
            models=[FitOut(id=each.pk, brand=each.brand.code, code=each.code) for each in types.get(row.pk, ())],
        )
        for row in rows
    ]  # fmt: skip


router = Router(tags=["catalogue"])
speak(
    router,
    [
        Verb("/brands", actions.add_brand, BrandIn, BrandOut),
        Verb("/lines", actions.add_line, ProductLineIn, NamedOut),
        Verb("/models", actions.add_model, ModelIn, ModelOut),
        Verb("/codes", actions.add_fault_code, FaultCodeIn, FaultCodeOut),
        Verb("/parts", actions.add_part, PartIn, PartOut),
        Verb("/parts/{code}/supersede", actions.supersede_part, SuccessorIn, PartOut, PART),
        Verb("/parts/{code}/end-supply", actions.end_supply, SupplyEndIn, PartOut, PART),
        Verb("/parts/{code}/fit-model", actions.fit_model, FitModelIn, PartOut, PART),
        Verb("/parts/{code}/end-model", actions.end_model, FitModelIn, PartOut, PART),
        Verb("/parts/{code}/fit-line", actions.fit_line, FitLineIn, PartOut, PART),
        Verb("/parts/{code}/end-line", actions.end_line, FitLineIn, PartOut, PART),
        Verb("/service-items", actions.add_service_item, ServiceItemIn, ServiceItemOut),
        Verb("/starter", actions.load_starter, Nothing, Counts),
        Verb("/imports", actions.stage_import, SheetIn, BatchOut),
        Verb("/imports/{key}/commit", actions.commit_import, Nothing, BatchOut, BATCH),
        Verb("/imports/{key}/abandon", actions.abandon_import, Nothing, BatchOut, BATCH),
        Verb("/exports", actions.export, ExportIn, FileOut),
        Verb("/open-repair/import", actions.import_open_repair, OpenRepairIn, BatchOut),
        Verb("/open-repair/export", actions.export_open_repair, ProviderIn, FileOut),
    ],
)
BY_CODE = {"id": "pk", "code": "code"}
show(
    router,
    [
        Listing(
            "/brands", "brands", "catalogue.see", BrandOut, brands, sorts=BY_CODE, first="code",
            filters={"q": Filter(Search, _folded)},
        ),
        Listing("/lines", "lines", "catalogue.see", NamedOut, lines, sorts=BY_CODE, first="code"),
        Listing(
            "/models", "models", "catalogue.see", ModelOut, models, sorts=BY_CODE, first="code",
            filters={"brand": Filter(Short, "brand__code"), "line": Filter(Short, "line__code"), "q": Filter(Search, _folded)},
        ),
        Listing(
            "/codes", "codes", "catalogue.see", FaultCodeOut, codes, sorts=BY_CODE, first="code",
            filters={"kind": Filter(CodeKind, "kind"), "line": Filter(Short, _of_line), "family": Filter(Short, "family")},
        ),
        Listing(
            "/parts", "parts", "catalogue.see", PartOut, parts, shown_parts, sorts=BY_CODE, first="code",
            filters={"q": Filter(Search, _folded), "line": Filter(Short, _fits_line), "is_active": Filter(bool, "is_active")},
        ),
        Listing(
            "/service-items", "service_items", "catalogue.see", ServiceItemOut, items, sorts=BY_CODE, first="code",
            filters={"q": Filter(Search, _folded), "line": Filter(Short, _of_line), "kind": Filter(list[ItemKind], "kind")},
        ),
        Listing(
            "/imports", "imports", "catalogue.stage_import", BatchOut, visible_imports,
            sorts={"id": "pk", "staged_at": "staged_at"}, filters={"state": Filter(list[BatchState], "state")},
        ),
    ],
)  # fmt: skip
