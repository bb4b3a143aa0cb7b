"""Repairs that others have done and published: into the history of appliances, and out again as they came."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.search import fold
from guiju.standing.catalogue import queries, rules
from guiju.standing.catalogue.actions.lists import free_code
from guiju.standing.catalogue.actions.sheets import FileUnreadable, rewrite
from guiju.standing.catalogue.actions.starter import starter
from guiju.standing.catalogue.models import (
    Appliance,
    Brand,
    ImportBatch,
    ImportRow,
    ProductLine,
    ServiceRecord,
)
from guiju.standing.catalogue.rules import RowVerdict, Sheet, open_repair, tables
from guiju.standing.catalogue.rules.open_repair import Rejected, Repair
from guiju.standing.people.models import Unit

# Rows a statement: SQLite takes at most 32,766 values in one, and a machine has seventeen.
AT_ONCE = 1000


@dataclass
class Sorted:
    """The rows of a file by what is to be done with them."""

    new: list[Repair] = field(default_factory=list)
    changed: list[tuple[int, Repair]] = field(default_factory=list)
    same: int = 0
    rejected: list[tuple[int, list[str], Rejected]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each verdict."""
        return {
            RowVerdict.NEW: len(self.new),
            RowVerdict.CHANGED: len(self.changed),
            RowVerdict.SAME: self.same,
            RowVerdict.REJECTED: len(self.rejected),
        }


def import_open_repair(
    *, unit: Unit, content: bytes, file_name: str, provider: str = "", by: Actor, at: datetime
) -> ImportBatch:
    """Load a file of the Open Repair Data Standard: each row becomes a machine with one repair in its history, or is kept
    beside its reason. The same file again changes nothing; a later edition changes the rows that it corrects.

    unit       where the machines are registered
    provider   who gives the data, for a file that has no such column
    returns    the batch: its `counts` are of this reading, its rows are those that were rejected
    raises     FileUnreadable
    """
    with doing("catalogue.import_open_repair", unit_id=unit.pk, by=by, at=at) as deed:
        try:
            headings, rows = open_repair.read(content, provider=provider)
        except tables.Unreadable as unreadable:
            raise FileUnreadable(unreadable.because) from unreadable
        found = _sort(rows, headings, provider)
        brands = _brands(repair.brand for repair in _written(found))
        lines = _lines(repair.category for repair in _written(found))
        _add(found.new, unit, brands, lines, at)
        _correct(found.changed, brands, lines)
        sha256 = hashlib.sha256(content).hexdigest()
        batch = _batch(found, headings, sha256=sha256, file_name=file_name, by=by, at=at)
        deed.about(batch)
        deed.note(sha256=batch.sha256, **found.counts)
    batch.counts = found.counts
    return batch


def export_open_repair(*, provider: str = "", by: Actor, at: datetime) -> bytes:
    """Give the repairs out as a file of the standard, every cell as it came and in the order in which it came.

    provider   only the rows of this one
    """
    with doing("catalogue.export_open_repair", by=by, at=at) as deed:
        rows = queries.open_repair_rows(provider)
        deed.note(rows=len(rows), provider=provider)
        return open_repair.write(queries.open_repair_headings(rows), rows)


def _sort(rows: Iterable[tuple[int, list[str]]], headings: open_repair.Headings, provider: str) -> Sorted:
    found = Sorted()
    repairs: dict[tuple[str, str], tuple[int, Repair]] = {}
    for number, cells in rows:
        repair = open_repair.judge(cells, headings, provider=provider)
        if isinstance(repair, Rejected):
            found.rejected.append((number, cells, repair))
            continue
        earlier = repairs.setdefault(repair.identity, (number, repair))
        if earlier[0] == number:
            continue
        if earlier[1].raw == repair.raw:
            found.same += 1
        else:
            found.rejected.append((number, cells, open_repair.contradicts(earlier[0])))
    standing = queries.open_repair_standing({repair.source for _number, repair in repairs.values()})
    for identity, (_number, repair) in repairs.items():
        record = standing.get(identity)
        if record is None:
            found.new.append(repair)
        elif record[1] != repair.raw:
            found.changed.append((record[0], repair))
        else:
            found.same += 1
    return found


def _written(found: Sorted) -> Iterable[Repair]:
    return (*found.new, *(repair for _pk, repair in found.changed))


def _brands(names: Iterable[str]) -> dict[str, Brand]:
    """The brand of each name by how the search reads it; a new one is entered as it is first written."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(fold(name), name)
    standing = set(Brand.objects.values_list("folded", flat=True))
    taken = set(Brand.objects.values_list("code", flat=True))
    new = [
        Brand(name=name, folded=folded, code=free_code(name, taken))
        for folded, name in wanted.items()
        if folded not in standing
    ]
    Brand.objects.bulk_create(new, batch_size=AT_ONCE)
    return {brand.folded: brand for brand in Brand.objects.all()}


def _lines(categories: Iterable[str]) -> dict[str, ProductLine]:
    """The product line of each category: one of the starter's, one that has that name, or a new one."""
    known = {fold(category): entry for entry in starter("line") for category in entry.get("open_repair", ())}
    standing: dict[str, ProductLine] = {}
    taken: set[str] = set()
    for each in ProductLine.objects.all():
        taken.add(each.code)
        for name in (each.code, *each.names.values()):
            standing.setdefault(fold(name), each)
    lines: dict[str, ProductLine] = {}
    for category in sorted(set(categories)):
        entry = known.get(fold(category))
        line: ProductLine | None = standing.get(fold(entry["code"] if entry else category))
        if line is None:
            code = entry["code"] if entry else free_code(category, taken)
            line = ProductLine.objects.create(code=code, names=entry["names"] if entry else {"en": category})
            standing.setdefault(fold(code), line)
            standing.setdefault(fold(category), line)
        lines[category] = line
    return lines


def _add(
    repairs: list[Repair], unit: Unit, brands: Mapping[str, Brand], lines: Mapping[str, ProductLine], at: datetime
) -> None:
    for start in range(0, len(repairs), AT_ONCE):
        some = repairs[start : start + AT_ONCE]
        machines = [
            Appliance(
                unit=unit,
                brand=brands[fold(repair.brand)],
                line=lines[repair.category],
                made_in_year=repair.made_in_year,
                registered_at=at,
            )
            for repair in some
        ]
        Appliance.objects.bulk_create(machines)
        ServiceRecord.objects.bulk_create(
            ServiceRecord(appliance=machine, source=repair.source, source_id=repair.source_id, **_columns(repair))
            for machine, repair in zip(machines, some, strict=True)
        )


def _correct(changed: list[tuple[int, Repair]], brands: Mapping[str, Brand], lines: Mapping[str, ProductLine]) -> None:
    """A later edition of the file knows better."""
    corrected = dict(changed)
    records: list[ServiceRecord] = []
    for start in range(0, len(changed), AT_ONCE):
        keys = [pk for pk, _repair in changed[start : start + AT_ONCE]]
        records += ServiceRecord.objects.select_related("appliance").filter(pk__in=keys)
    for record in records:
        repair, machine = corrected[record.pk], record.appliance
        machine.brand, machine.line = brands[fold(repair.brand)], lines[repair.category]
        machine.made_in_year = repair.made_in_year
        for name, value in _columns(repair).items():
            setattr(record, name, value)
    # Only what the file tells: the machine may have found an owner meanwhile.
    rewrite(Appliance, [record.appliance for record in records], ["brand", "line", "made_in_year"])
    rewrite(ServiceRecord, records, ["event_on", "problem", "outcome", "barrier", "raw"])


def _columns(repair: Repair) -> dict[str, object]:
    return {
        "event_on": repair.event_on,
        "problem": repair.problem,
        "outcome": repair.outcome,
        "barrier": repair.barrier or "",
        "raw": dict(repair.raw),
    }


def _batch(
    found: Sorted, headings: open_repair.Headings, *, sha256: str, file_name: str, by: Actor, at: datetime
) -> ImportBatch:
    """The record of this reading; a file that changed nothing again keeps the one that it has, with its rejected rows."""
    earlier = ImportBatch.objects.filter(kind=Sheet.OPEN_REPAIR, sha256=sha256).first()
    if earlier is not None and not found.new and not found.changed:
        return earlier
    batch = ImportBatch.objects.create(
        kind=Sheet.OPEN_REPAIR,
        state=rules.BatchState.COMMITTED,
        file_name=file_name[:200],
        sha256=sha256,
        columns={"headings": headings.given, "places": headings.places},
        counts=found.counts,
        staged_at=at,
        committed_at=at,
        person_id=by.person_id,
        actor_name=by.name,
    )
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                batch=batch,
                row_number=number,
                raw=cells,
                verdict=RowVerdict.REJECTED,
                because=[rejected.because.to_json()],
                column=rejected.column[:120],
            )
            for number, cells, rejected in found.rejected
        ),
        batch_size=AT_ONCE,
    )
    return batch
