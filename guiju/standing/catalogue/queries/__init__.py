"""What is this machine, what happened to it, and what do the lists hold?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from guiju.kernel.actor import Actor
from guiju.kernel.paging import newest, newest_of, once_in_a_search
from guiju.kernel.search import fold
from guiju.kernel.verification import invariant
from guiju.kernel.words import Sentence
from guiju.standing.catalogue import rules
from guiju.standing.catalogue.models import (
    Appliance,
    Brand,
    FaultCode,
    Fit,
    ImportBatch,
    Model,
    Part,
    ProductLine,
    ServiceItem,
    ServiceRecord,
)
from guiju.standing.catalogue.queries.fitting import (
    fitting,
    fitting_instead,
    lines_named,
    models_named,
    models_of,
    naming_models,
    parts,
    parts_for,
    unfit,
    unfit_codes,
)
from guiju.standing.catalogue.rules import Sheet, open_repair, sheets
from guiju.standing.customers import queries as customers
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit
from guiju.standing.people.rules import UnitKind

__all__ = [
    "SHOWN_MOST", "FoundAll", "FoundAppliance", "Past", "PreviewRow", "appliance_cells", "appliance_key", "appliances_alike", "codes",
    "entries", "find", "fitting", "fitting_instead", "history", "known", "known_to_appliances", "lines_named", "meant", "models_named",
    "models_of", "naming_models", "open_repair_headings", "open_repair_rows", "open_repair_standing", "parts", "parts_for", "preview",
    "service_items", "shown", "standing", "unfit", "unfit_codes", "with_serial",
]  # fmt: skip

SHOWN_MOST = 50
# Numbers a statement: SQLite takes at most 32,766 values in one.
AT_ONCE = 500


@dataclass(frozen=True)
class FoundAppliance:
    """One machine as a list shows it."""

    appliance_id: int
    brand: str
    line: str
    line_code: str
    model: str
    serial: str
    unit_id: int
    customer_id: int | None
    customer_name: str
    purchased_on: date | None
    past_repairs: int


@dataclass(frozen=True)
class FoundAll:
    """What one box at the counter finds; whoever asks adds how many jobs are open on each."""

    customers: tuple[customers.Found, ...]
    appliances: tuple[FoundAppliance, ...]

    def __bool__(self) -> bool:
        return bool(self.customers or self.appliances)


@dataclass(frozen=True)
class Past:
    """One earlier repair, as it is shown while a new one is booked (A14)."""

    record_id: int
    source: str
    source_id: str
    event_on: date | None
    problem: str
    outcome: str
    outcome_label: Sentence
    barrier: str
    barrier_label: Sentence | None


@dataclass(frozen=True)
class PreviewRow:
    """One row of a file as the preview shows it: what it would change, or why not."""

    row_number: int
    verdict: str
    verdict_label: Sentence
    cells: tuple[str, ...]
    column: str
    because: tuple[Sentence, ...]
    before: Mapping[str, Any]
    values: Mapping[str, Any]


def find(text: str, *, by: Actor, most: int = SHOWN_MOST) -> FoundAll:
    """Find by a piece of a phone number, of a name or of a serial number, in either script: the customers and the machines."""
    folded = fold(text)
    if not folded:
        return FoundAll((), ())
    people = customers.find(text, by=by, most=most)
    keys = meant(text, by=by, owners=[each.customer_id for each in people], most=most)
    machines = shown(Appliance.objects.filter(pk__in=keys[:most]), most=most)
    # Whoever holds a serial number in the hand wants its owner's card too.
    met = {each.customer_id for each in people}
    owners = {each.customer_id for each in machines if each.customer_id and each.customer_id not in met}
    more = customers.shown(Customer.objects.visible_to(by).filter(pk__in=owners)) if owners else []
    return FoundAll((*people, *more), tuple(machines))


@once_in_a_search
def with_serial(text: str, *, by: Actor, most: int = SHOWN_MOST) -> list[int]:
    """The keys of the machines of which this is a piece of the serial."""
    folded = fold(text)
    return newest(Appliance.objects.visible_to(by), "folded_serial", folded, most=most) if folded else []


def meant(text: str, *, by: Actor, owners: Sequence[int], most: int = SHOWN_MOST) -> list[int]:
    """The keys of those machines, and of the newest that belong to one of these customers; the newest first."""
    theirs = newest_of(Appliance.objects.visible_to(by).filter(customer_id__in=owners), most=most)
    return sorted({*with_serial(text, by=by, most=most), *theirs}, reverse=True)


def shown(appliances: QuerySet[Appliance], *, most: int = SHOWN_MOST) -> list[FoundAppliance]:
    """These machines as a list shows them, newest first, in one statement."""
    rows = appliances.select_related("brand", "line", "model", "customer").annotate(past=Count("service_records"))
    return [
        FoundAppliance(
            appliance_id=row.pk,
            brand=row.brand.name,
            line=row.line.name,
            line_code=row.line.code,
            model=row.model.code if row.model else "",
            serial=row.serial,
            unit_id=row.unit_id,
            customer_id=row.customer_id,
            customer_name=row.customer.name if row.customer else "",
            purchased_on=row.purchased_on,
            past_repairs=row.past,
        )
        for row in rows.order_by("-pk")[:most]
    ]


def history(appliance: Appliance, *, by: Actor) -> list[Past]:
    """All that was done to this machine, the latest first, also under the card of another unit that the asker may see."""
    same = Appliance.objects.visible_to(by).filter(pk=appliance.pk)
    if appliance.folded_serial:
        same = Appliance.objects.visible_to(by).filter(
            brand_id=appliance.brand_id, folded_serial=appliance.folded_serial
        )
    records = ServiceRecord.objects.filter(appliance__in=same).order_by("-event_on", "-pk")
    return [
        Past(
            record_id=record.pk,
            source=record.source,
            source_id=record.source_id,
            event_on=record.event_on,
            problem=record.problem,
            outcome=record.outcome,
            outcome_label=Sentence(rules.LABELS[rules.Outcome(record.outcome)]),
            barrier=record.barrier,
            barrier_label=Sentence(rules.LABELS[rules.Barrier(record.barrier)]) if record.barrier else None,
        )
        for record in records
    ]


def codes(kind: str, *, line: ProductLine | None = None) -> QuerySet[FaultCode]:
    """The codes in use: those of this kind of appliance, and those for all."""
    rows = FaultCode.objects.filter(kind=kind, is_active=True)
    return rows.filter(Q(line=line) | Q(line__isnull=True)) if line else rows


def service_items(kind: str = "", *, line: ProductLine | None = None) -> QuerySet[ServiceItem]:
    """The services in use, of one section of the price sheet or of all."""
    rows = ServiceItem.objects.filter(is_active=True, **({"kind": kind} if kind else {}))
    return rows.filter(Q(line=line) | Q(line__isnull=True)) if line else rows


def preview(batch: ImportBatch, *, verdict: str = "") -> list[PreviewRow]:
    """The rows of a file in its own order, or those of one verdict."""
    rows = batch.rows.filter(verdict=verdict) if verdict else batch.rows.all()
    return [
        PreviewRow(
            row_number=row.row_number,
            verdict=row.verdict,
            verdict_label=Sentence(rules.LABELS[rules.RowVerdict(row.verdict)]),
            cells=tuple(row.raw.values() if isinstance(row.raw, dict) else row.raw),
            column=row.column,
            because=tuple(Sentence.from_json(reason) for reason in row.because),
            before=row.before,
            values=row.values,
        )
        for row in rows
    ]


def known(sheet: Sheet | None = None) -> sheets.Known:
    """What the rows of a file may point at; parts at models too."""
    types = Model.objects.values_list("brand__name", "code", "line__code") if sheet is Sheet.PARTS else ()
    return sheets.Known(
        lines=frozenset(ProductLine.objects.values_list("code", flat=True)),
        brands=dict(Brand.objects.values_list("folded", "name")),
        types=sheets.types_known(types),
    )


def appliances_alike(serials: Iterable[str]) -> list[Appliance]:
    """The cards whose serial number is one of these, however it is written; some statements for a whole file."""
    folded = sorted({fold(each) for each in serials} - {""})
    found: list[Appliance] = []
    for start in range(0, len(folded), AT_ONCE):
        rows = Appliance.objects.filter(folded_serial__in=folded[start : start + AT_ONCE])
        found += rows.select_related("unit", "brand", "line", "model").order_by("pk")
    return found


def known_to_appliances(alike: Iterable[Appliance], *, today: date) -> sheets.Known:
    """What the rows of a file of appliances may point at."""
    makers: dict[tuple[str, str], set[str]] = {}
    for each in alike:
        makers.setdefault((each.unit.code, each.folded_serial), set()).add(each.brand.name)
    types = Model.objects.values_list("brand__folded", "line__code", "code")
    return replace(
        known(), units=frozenset(Unit.objects.filter(kind=UnitKind.OUTLET).values_list("code", flat=True)), today=today,
        models=frozenset((brand, line, code.upper()) for brand, line, code in types),
        makers={key: frozenset(names) for key, names in makers.items()},
    )  # fmt: skip


def appliance_key(card: Appliance) -> str:
    """By which a row of a file means this card."""
    return f"{card.unit.code}|{card.brand.folded}|{card.folded_serial}"


def appliance_cells(card: Appliance) -> dict[str, sheets.Value]:
    """The card, cell by cell as its file would have it."""
    days = ("purchased_on", "delivered_on", "installed_on", "made_on")
    cells: dict[str, sheets.Value] = {
        name: day.isoformat() if (day := getattr(card, name)) is not None else None for name in days
    }
    return cells | {
        "unit": card.unit.code, "brand": card.brand.name, "line": card.line.code, "serial": card.serial,
        "model": card.model.code if card.model else "", "invoice_no": card.invoice_no, "cost": card.invoice_minor,
    }  # fmt: skip


def entries(sheet: Sheet) -> dict[str, Any]:
    """Every entry of a list by the key that its rows are known by."""
    if sheet is Sheet.PARTS:
        return {part.code: part for part in Part.objects.prefetch_related("lines")}
    if sheet is Sheet.MODELS:
        return {f"{each.brand.folded}|{each.code}": each for each in Model.objects.select_related("brand", "line")}
    if sheet is Sheet.SERVICE_ITEMS:
        return {item.code: item for item in ServiceItem.objects.select_related("line")}
    return {f"{code.kind}|{code.code}": code for code in FaultCode.objects.select_related("line")}


def standing(sheet: Sheet) -> dict[str, dict[str, sheets.Value]]:
    """What a list holds now, cell by cell as its file would."""
    fits = _written_fits() if sheet is Sheet.PARTS else {}
    return {key: _cells(sheet, entry, fits.get(entry.pk, [])) for key, entry in entries(sheet).items()}


def _written_fits() -> dict[int, list[str]]:
    """The models that each part names, as the files write them; by the part's key."""
    fits: dict[int, list[str]] = {}
    for part, brand, code in Fit.objects.values_list("part_id", "model__brand__name", "model__code"):
        fits.setdefault(part, []).append(sheets.type_written(brand, code))
    return fits


def _cells(sheet: Sheet, entry: Any, fits: list[str]) -> dict[str, sheets.Value]:
    cells: dict[str, sheets.Value] = {
        f"name_{language.replace('-', '_')}": entry.names.get(language, "") for language in rules.LANGUAGES
    }
    for column in sheets.COLUMNS[sheet]:
        if column.name in cells:
            continue
        if column.name == "line":
            cells["line"] = entry.line.code if entry.line else ""
        elif column.name == "lines":
            cells["lines"] = sorted(line.code for line in entry.lines.all())
        elif column.name == "models":
            cells["models"] = sorted(fits)
        elif column.name == "brand":
            cells["brand"] = entry.brand.name
        elif column.name == "cost":
            cells["cost"] = entry.cost_minor
        else:
            cells[column.name] = getattr(entry, column.name)
    return cells


def open_repair_standing(sources: set[str]) -> dict[tuple[str, str], tuple[int, dict[str, str]]]:
    """The repairs of these sources as they came: their key and cells, by who tells them and under what number."""
    rows = ServiceRecord.objects.filter(source__in=sources).values_list("source", "source_id", "pk", "raw")
    return {(source, source_id): (pk, raw) for source, source_id, pk, raw in rows.iterator(chunk_size=2000)}


def open_repair_rows(provider: str = "") -> list[dict[str, str]]:
    """The cells of every published repair, in the order in which they came."""
    rows = ServiceRecord.objects.filter(source__startswith=open_repair.SOURCE)
    if provider:
        rows = rows.filter(source=f"{open_repair.SOURCE}{provider}")
    return list(rows.order_by("pk").values_list("raw", flat=True))


def open_repair_headings(rows: list[dict[str, str]]) -> list[str]:
    """The headings of these rows, in the order of the files that brought them, the first file first."""
    used = {heading for row in rows for heading in row}
    files = ImportBatch.objects.filter(kind=Sheet.OPEN_REPAIR).order_by("pk").values_list("columns", flat=True)
    ordered = dict.fromkeys(heading for columns in files for heading in columns["headings"])
    return [heading for heading in ordered if heading in used] or list(open_repair.STANDARD)


@invariant("B01")
def machines_are_found_as_they_are_written() -> Iterator[str]:
    """The serial as it is searched agrees with the plate; a model is of its machine's brand and line; an owner is of its unit."""
    for appliance in Appliance.objects.exclude(serial="").only("pk", "serial", "folded_serial").iterator():
        if appliance.folded_serial != fold(appliance.serial):
            yield f"Appliance {appliance.pk} would not be found by its serial number."
    has_model = Appliance.objects.filter(model__isnull=False)
    for appliance in has_model.exclude(model__brand=F("brand"), model__line=F("line")):
        yield f"Appliance {appliance.pk} has a model of another brand or product line."
    for appliance in Appliance.objects.filter(customer__isnull=False).exclude(customer__unit=F("unit")):
        yield f"Appliance {appliance.pk} belongs to a customer of another unit (G-3)."
