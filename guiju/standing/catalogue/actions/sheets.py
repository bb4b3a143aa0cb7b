"""Whole lists by file: looked at first, then taken whole, and given back the same."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.search import fold
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue import queries, rules
from guiju.standing.catalogue.actions.lists import add_brand
from guiju.standing.catalogue.actions.register import DataMoved, lock_appliances, write_appliances
from guiju.standing.catalogue.models import (
    Brand,
    FaultCode,
    Fit,
    ImportBatch,
    ImportRow,
    Model,
    Part,
    ProductLine,
    ServiceItem,
)
from guiju.standing.catalogue.rules import RowVerdict, Sheet, judging, sheets, tables

LISTS: Mapping[Sheet, type[Any]] = {
    Sheet.PARTS: Part,
    Sheet.MODELS: Model,
    Sheet.SERVICE_ITEMS: ServiceItem,
    Sheet.FAULT_CODES: FaultCode,
}
FORMS = {"csv": tables.to_csv, "xlsx": tables.to_xlsx}
# Rows a statement: SQLite takes at most 32,766 values in one.
AT_ONCE = 500


@dataclass(frozen=True)
class ByFile:
    """How a list that a context above keeps stands now, and how the accepted rows of a file are written there.

    standing   of a file and the places of its columns: the entries by key, cell by cell, and what else is asked of a row
    write      one verb of that context a row, as a consequence of the deed
    """

    kept: sheets.Kept
    standing: Callable[
        [tables.Table, Mapping[str, int]], tuple[Mapping[str, Mapping[str, sheets.Value]], sheets.Misfit]
    ]
    write: Callable[[ImportBatch, Sequence[ImportRow], Deed], None]


_by_file: dict[Sheet, ByFile] = {}


def keep_by_file(sheet: Sheet, how: ByFile) -> None:
    """Let a list of a context above come in by file, looked at and taken as ours are. Called by `conf.wiring` alone; twice is once."""
    _by_file[sheet] = how
    sheets.COLUMNS[sheet] = how.kept.columns


class FileUnreadable(Refusal):
    """The file is no table that we can read."""

    sentence = N_("This file can't be read.")
    field = "file"
    status = 422


class ColumnsMissing(Refusal):
    """Without these columns no row means anything."""

    sentence = N_("The file lacks these columns: %(columns)s.")
    field = "file"
    status = 422


def stage_import(
    *,
    sheet: str,
    content: bytes,
    file_name: str,
    chosen: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> ImportBatch:
    """Read a file and say of each row what it would do; nothing is changed.

    content   CSV (UTF-8 or GB 18030) or XLSX, at most 10 MB and 20,000 rows
    chosen    headings that a person has put to our columns: {"Artikel": "code"}
    raises    FileUnreadable, ColumnsMissing
    source    M07
    """
    sheet = Sheet(sheet)
    with doing("catalogue.stage_import", by=by, at=at) as deed:
        try:
            table = tables.read(content)
        except tables.Unreadable as unreadable:
            raise FileUnreadable(unreadable.because) from unreadable
        places = sheets.columns_of(table.headings, sheet, chosen)
        if missing := sheets.missing_columns(places, sheet):
            raise ColumnsMissing(columns=", ".join(missing))
        judged = _judge(sheet, table, places, at)
        batch = ImportBatch.objects.create(
            kind=sheet,
            file_name=file_name[:200],
            sha256=hashlib.sha256(content).hexdigest(),
            columns={"headings": table.headings, "places": places},
            counts={verdict: sum(each.verdict is verdict for each in judged) for verdict in RowVerdict},
            staged_at=at,
            person_id=by.person_id,
            actor_name=by.name,
        )
        rows = zip(table.numbers, table.rows, judged, strict=True)
        ImportRow.objects.bulk_create((_row(batch, *each) for each in rows), batch_size=AT_ONCE)
        deed.about(batch)
        deed.note(sheet=sheet, sha256=batch.sha256, **batch.counts)
    return batch


def commit_import(batch: ImportBatch, *, by: Actor, at: datetime) -> ImportBatch:
    """Do what the preview showed: all accepted rows, or none of them. Once done, doing it again changes nothing.

    raises   DataMoved, WrongState
    source   M07
    """
    with doing("catalogue.commit_import", by=by, at=at) as deed:
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        deed.about(batch)
        if batch.state == rules.BatchState.COMMITTED:
            return batch
        advance(
            batch,
            to=rules.BatchState.COMMITTED,
            arrows=rules.BATCH_ARROWS,
            labels=rules.LABELS,
            by=by,
            at=at,
            deed=deed,
            committed_at=at,
        )
        sheet = Sheet(batch.kind)
        rows = list(batch.rows.all())
        _lock(sheet, rows)
        _refuse_moved(sheet, batch, rows, at)
        accepted = [row for row in rows if row.verdict in (RowVerdict.NEW, RowVerdict.CHANGED)]
        if sheet in _by_file:
            _by_file[sheet].write(batch, accepted, deed)
        elif sheet is Sheet.APPLIANCES:
            write_appliances(accepted, _brands(accepted, deed), at)
        else:
            _write(sheet, accepted, deed)
        deed.note(sheet=sheet, sha256=batch.sha256, **batch.counts)
    return batch


def abandon_import(batch: ImportBatch, *, by: Actor, at: datetime) -> ImportBatch:
    """Put a file aside that was only looked at.

    raises   WrongState
    """
    with doing("catalogue.abandon_import", by=by, at=at) as deed:
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        deed.about(batch)
        to = rules.BatchState.ABANDONED
        advance(batch, to=to, arrows=rules.BATCH_ARROWS, labels=rules.LABELS, by=by, at=at, deed=deed)
    return batch


def export(*, sheet: str, form: str = "csv", by: Actor, at: datetime) -> bytes:
    """Give a list out as a file that `stage_import` finds unchanged.

    form     csv or xlsx
    source   M07
    """
    sheet = Sheet(sheet)
    # Read in the name of the asker's own unit: managers and keepers of an outlet take the list too.
    with doing("catalogue.export", unit_id=by.unit_id, by=by, at=at) as deed:
        if sheet not in sheets.GIVEN_OUT:
            said = {"cell": str(sheet), "words": ", ".join(sorted(sheets.GIVEN_OUT))}
            raise Invalid(Sentence(N_("%(cell)s is not one of %(words)s."), said), field="sheet")
        columns = sheets.COLUMNS[sheet]
        standing = queries.standing(sheet)
        deed.note(sheet=sheet, form=form, rows=len(standing))
        rows = ([column.write(values[column.name]) for column in columns] for _key, values in sorted(standing.items()))
        return FORMS[form]([column.name for column in columns], rows)


def _judge(sheet: Sheet, table: tables.Table, places: Mapping[str, int], at: datetime) -> list[judging.Judged]:
    other: tuple[sheets.Kept, sheets.Misfit] | None = None
    standing: Mapping[str, Mapping[str, sheets.Value]]
    if sheet in _by_file:
        known = sheets.Known()
        standing, misfit = _by_file[sheet].standing(table, places)
        other = _by_file[sheet].kept, misfit
    elif sheet is Sheet.APPLIANCES:
        # Of a million cards only those that the file may mean.
        alike = queries.appliances_alike(cells[places["serial"]] for cells in table.rows)
        known = queries.known_to_appliances(alike, today=at.date())
        standing = {queries.appliance_key(card): queries.appliance_cells(card) for card in alike}
    else:
        known, standing = queries.known(sheet), queries.standing(sheet)
    seen: dict[str, int] = {}
    judged = []
    for number, cells in zip(table.numbers, table.rows, strict=True):
        width = len(table.headings)
        each = judging.judge(sheet, cells, places, known=known, standing=standing, width=width, other=other)
        if each.key and each.key in seen:
            each = judging.repeated(each, seen[each.key])
        elif each.key:
            seen[each.key] = number
        judged.append(each)
    return judged


def _row(batch: ImportBatch, number: int, cells: Iterable[str], judged: judging.Judged) -> ImportRow:
    return ImportRow(
        batch=batch,
        row_number=number,
        raw=list(cells),
        verdict=judged.verdict,
        because=[reason.to_json() for reason in judged.because],
        column=judged.column,
        key=judged.key[:200],
        values=dict(judged.values),
        before=dict(judged.before),
    )


def _lock(sheet: Sheet, rows: Iterable[ImportRow]) -> None:
    """Hold the entries that the file touches, in the order in which everybody locks them."""
    if sheet is Sheet.APPLIANCES:
        lock_appliances(row.values["serial"] for row in rows if row.verdict == RowVerdict.CHANGED)
        return
    if sheet in _by_file:
        # Each verb of the context locks what it writes.
        return
    codes = {row.values["code"] for row in rows if row.verdict == RowVerdict.CHANGED}
    if codes:
        list(LISTS[sheet].objects.select_for_update().filter(code__in=codes).order_by("pk").values_list("pk"))


def _refuse_moved(sheet: Sheet, batch: ImportBatch, rows: list[ImportRow], at: datetime) -> None:
    headings, places = tuple(batch.columns["headings"]), batch.columns["places"]
    table = tables.Table(headings, tuple(tuple(row.raw) for row in rows), tuple(row.row_number for row in rows))
    for row, now in zip(rows, _judge(sheet, table, places, at), strict=True):
        if (row.verdict, row.values, row.before) != (now.verdict, dict(now.values), dict(now.before)):
            raise DataMoved


def _write(sheet: Sheet, rows: list[ImportRow], deed: Deed) -> None:
    model = LISTS[sheet]
    lines = {line.code: line for line in ProductLine.objects.all()}
    brands = _brands(rows, deed) if sheet is Sheet.MODELS else {}
    standing = queries.entries(sheet)
    new: list[Any] = []
    changed: list[Any] = []
    for row in rows:
        entry = standing.get(row.key) or model()
        for name, value in _attributes(entry, row.values, lines, brands).items():
            setattr(entry, name, value)
        (new if row.verdict == RowVerdict.NEW else changed).append(entry)
    with refusing(
        catalogue_part_code=DataMoved,
        catalogue_serviceitem_code=DataMoved,
        model_stands_once_in_its_brand=DataMoved,
        fault_code_stands_once_in_its_kind=DataMoved,
    ):
        model.objects.bulk_create(new, batch_size=AT_ONCE)
        fields = [each.name for each in model._meta.concrete_fields if not each.primary_key]  # noqa: SLF001 - documented
        rewrite(model, changed, fields)
    if sheet is Sheet.PARTS:
        _fit_to_lines(rows, lines)
        _fit_to_models(rows)


def rewrite(model: type[Any], entries: list[Any], fields: list[str]) -> None:
    """Write these fields of rows that stand already. An INSERT that meets them takes a fraction of `bulk_update`'s time."""
    model.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["id"], update_fields=fields, batch_size=AT_ONCE
    )


def _brands(rows: Iterable[ImportRow], deed: Deed) -> dict[str, Brand]:
    """The brands that the rows name, entering those that are new."""
    for name in sorted({row.values["brand"] for row in rows}):
        add_brand(name=name, by=deed.consequence(), at=deed.at)
    return {brand.folded: brand for brand in Brand.objects.all()}


def _attributes(
    entry: Any, values: Mapping[str, Any], lines: Mapping[str, ProductLine], brands: Mapping[str, Brand]
) -> dict[str, Any]:
    """The entry's columns that the row fills; names in languages that the file has no column for stay."""
    given = {name: value for name, value in values.items() if not name.startswith("name_")}
    for elsewhere in ("lines", "models"):
        given.pop(elsewhere, None)
    if "cost" in given:
        given["cost_minor"] = given.pop("cost")
    if "line" in given:
        given["line"] = lines.get(given["line"])
    if "brand" in given:
        given["brand"] = brands[fold(given["brand"])]
    columns = {language: f"name_{language.replace('-', '_')}" for language in rules.LANGUAGES}
    spoken = {language: values.get(column, entry.names.get(language, "")) for language, column in columns.items()}
    given["names"] = rules.named(spoken)
    if hasattr(entry, "folded"):
        given["folded"] = rules.folded_names(given["code"], given["names"])
    return given


def _fit_to_lines(rows: Iterable[ImportRow], lines: Mapping[str, ProductLine]) -> None:
    """Say which kinds of appliance each part fits, where the file says so."""
    wanted = {row.key: row.values["lines"] for row in rows if "lines" in row.values}
    parts = dict(Part.objects.filter(code__in=wanted).values_list("code", "pk"))
    through = Part.lines.through
    through.objects.filter(part_id__in=parts.values()).delete()
    pairs = (
        through(part_id=parts[code], productline_id=lines[line].pk) for code, codes in wanted.items() for line in codes
    )
    through.objects.bulk_create(pairs, batch_size=AT_ONCE)


def _fit_to_models(rows: Iterable[ImportRow]) -> None:
    """Say which models each part fits, where the file says so."""
    wanted = {row.key: row.values["models"] for row in rows if "models" in row.values}
    parts = dict(Part.objects.filter(code__in=wanted).values_list("code", "pk"))
    types = {sheets.type_written(each.brand.name, each.code): each.pk for each in Model.objects.select_related("brand")}
    Fit.objects.filter(part_id__in=parts.values()).delete()
    fits = (Fit(part_id=parts[code], model_id=types[each]) for code, models in wanted.items() for each in models)
    Fit.objects.bulk_create(fits, batch_size=AT_ONCE)
