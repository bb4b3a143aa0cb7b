"""Suppliers, their prices and the opening stock by file: read, looked at and taken as the lists of the catalogue are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin, StockAccount
from guiju.books.stock.rules import PLACE_OF, Condition, Owner, Which
from guiju.kernel.amounts import MINOR_MAX
from guiju.kernel.deed import Deed
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply.actions.suppliers import propose_supplier, set_offer
from guiju.readiness.supply.models import Offer, Supplier
from guiju.readiness.supply.rules import files
from guiju.readiness.supply.rules.states import Category
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import ImportBatch, ImportRow, Part
from guiju.standing.catalogue.rules import Sheet
from guiju.standing.catalogue.rules.sheets import COST_CURRENCY, Misfit, Value
from guiju.standing.catalogue.rules.tables import Table

Rows = Mapping[str, Mapping[str, Value]]
Places = Mapping[str, int]


def keep_by_file() -> None:
    """Tell the catalogue how these three lists come in by file."""
    catalogue.keep_by_file(Sheet.SUPPLIERS, catalogue.ByFile(files.SUPPLIERS, _suppliers, _propose))
    catalogue.keep_by_file(Sheet.SUPPLIER_PRICES, catalogue.ByFile(files.PRICES, _prices, _set_prices))
    catalogue.keep_by_file(Sheet.OPENING_STOCK, catalogue.ByFile(files.OPENING, _opening, _receive))


def _said(msgid: str, **words: object) -> Sentence:
    return Sentence(msgid, words)


def _named(table: Table, places: Places, column: str) -> set[str]:
    """What the file names in that column, as it is compared."""
    return {cells[places[column]].strip().upper() for cells in table.rows} if column in places else set()


def _parts(table: Table, places: Places) -> dict[str, Part]:
    """The parts that the file names, by their numbers however they are written."""
    named = _named(table, places, "part")
    return {part.code.upper(): part for part in Part.objects.all() if part.code.upper() in named}


# --- Suppliers


def _suppliers(_table: Table, _places: Places) -> tuple[Rows, Misfit]:
    rows: dict[str, dict[str, Value]] = {
        each.code.upper(): {
            "code": each.code.upper(), "name": each.name, "categories": sorted(each.categories), "licence_no": each.licence_no,
            "contact": each.contact, "phone": each.phone,
        }
        for each in Supplier.objects.all()
    }  # fmt: skip

    def misfit(values: Mapping[str, Value], before: Mapping[str, Value] | None) -> tuple[str, Sentence] | None:
        # Whoever proposes is not whoever admits: a file never changes a supplier that somebody has admitted.
        differs = before is not None and any(before.get(name) != value for name, value in values.items())
        return ("code", _said(N_("This supplier is known already, and no file changes it."))) if differs else None

    return rows, misfit


def _propose(_batch: ImportBatch, rows: Sequence[ImportRow], deed: Deed) -> None:
    for row in rows:
        told = {name: str(row.values.get(name) or "") for name in ("licence_no", "contact", "phone")}
        sells = [Category(code) for code in row.values.get("categories") or [Category.PARTS]]
        code, name = row.values["code"], row.values["name"]
        propose_supplier(code=code, name=name, categories=sells, **told, by=deed.consequence(), at=deed.at)


# --- Their prices


def _prices(table: Table, places: Places) -> tuple[Rows, Misfit]:
    suppliers = {each.code.upper() for each in Supplier.objects.all()}
    parts = _parts(table, places)
    standing: dict[str, dict[str, Value]] = {}
    known = Offer.objects.filter(currency=COST_CURRENCY, ends_on__isnull=True).select_related("supplier", "part")
    for each in known:
        cells: dict[str, Value] = {
            "supplier": each.supplier.code.upper(), "part": each.part.code.upper(), "price": each.price_minor,
            "lead_days": each.lead_days, "starts_on": each.starts_on.isoformat(), "basis": each.basis,
        }  # fmt: skip
        standing[files.offer_key(cells)] = cells

    def misfit(values: Mapping[str, Value], before: Mapping[str, Value] | None) -> tuple[str, Sentence] | None:
        if str(values["supplier"]).upper() not in suppliers:
            return "supplier", _said(N_("There is no supplier %(supplier)s."), supplier=values["supplier"])
        if str(values["part"]).upper() not in parts:
            return "part", _said(N_("There is no part %(part)s in the catalogue."), part=values["part"])
        is_other = before is not None and any(before.get(name) != value for name, value in values.items())
        if before is not None and is_other and str(values["starts_on"]) <= str(before["starts_on"]):
            return "starts_on", _said(N_("A price from %(day)s on is known already."), day=before["starts_on"])
        return None

    return standing, misfit


def _set_prices(batch: ImportBatch, rows: Sequence[ImportRow], deed: Deed) -> None:
    suppliers = {each.code.upper(): each for each in Supplier.objects.all()}
    parts = {part.code.upper(): part for part in Part.objects.all()}
    for row in rows:
        values = row.values
        set_offer(
            suppliers[values["supplier"].upper()], part=parts[values["part"].upper()], price_minor=values["price"],
            currency=COST_CURRENCY, lead_days=values.get("lead_days") or 0, starts_on=date.fromisoformat(values["starts_on"]),
            basis=values.get("basis") or batch.file_name, by=deed.consequence(), at=deed.at,
        )  # fmt: skip


# --- What lies in the stores on the first day


def _bins(units: set[str]) -> dict[tuple[str, str, str], Bin]:
    rows = Bin.objects.select_related("store__unit")
    return {
        (bin.store.unit.code.upper(), bin.store.code.upper(), bin.code.upper()): bin
        for bin in rows
        if bin.store.unit.code.upper() in units
    }


def _bin_of(values: Mapping[str, Any], bins: Mapping[tuple[str, str, str], Bin]) -> Bin | None:
    return bins.get((values["unit"].upper(), values["store"].upper(), values["bin"].upper()))


def _opening(table: Table, places: Places) -> tuple[Rows, Misfit]:
    parts, bins = _parts(table, places), _bins(_named(table, places, "unit"))
    known = StockAccount.objects.filter(bin__in=[bin.pk for bin in bins.values()]).order_by()
    # A place in the book is made by its first move.
    moved = set(known.values_list("bin", "part", "kind", "owner", "lot"))

    def misfit(values: Mapping[str, Any], _before: Mapping[str, Value] | None) -> tuple[str, Sentence] | None:
        part, bin = parts.get(values["part"].upper()), _bin_of(values, bins)
        if bin is None:
            said = {name: values[name] for name in ("unit", "store", "bin")}
            return "bin", _said(N_("There is no bin %(bin)s in the store %(store)s of %(unit)s."), **said)
        if part is None:
            return "part", _said(N_("There is no part %(part)s in the catalogue."), part=values["part"])
        which = _which(values)
        if (bin.pk, part.pk, str(PLACE_OF[which.condition]), str(which.owner), which.lot) in moved:
            return "bin", _said(N_("Something has moved in this place already: count it instead."))
        return _untold(part, which, values)

    return {}, misfit


def _untold(part: Part, which: Which, values: Mapping[str, Any]) -> tuple[str, Sentence] | None:
    """What a part that is tracked lacks, or a worth that no book holds."""
    if part.tracks_lots and not which.lot:
        return "lot", _said(N_("This part is tracked by lots: name the lot."))
    if part.is_serialised and len(set(which.serials)) != values["quantity"]:
        said = {"part": part.code, "wanted": values["quantity"]}
        return "serials", _said(N_("%(part)s is tracked by its serials: name the %(wanted)s serials."), **said)
    if (values.get("unit_cost") or 0) * values["quantity"] > MINOR_MAX:
        return "unit_cost", _said(N_("This amount is too large."))
    return None


def _which(values: Mapping[str, Any]) -> Which:
    until = values.get("expires_on")
    return Which(
        Condition(values.get("condition") or Condition.GOOD),
        Owner(values.get("owner") or Owner.OWN),
        values.get("lot") or "",
        date.fromisoformat(until) if until else None,
        tuple(values.get("serials") or ()),
    )


def _receive(batch: ImportBatch, rows: Sequence[ImportRow], deed: Deed) -> None:
    parts = {part.code.upper(): part for part in Part.objects.all()}
    bins = _bins({row.values["unit"].upper() for row in rows})
    for row in rows:
        values, bin = row.values, _bin_of(row.values, bins)
        if bin is None:
            raise catalogue.DataMoved
        cost = values.get("unit_cost")
        stock.receive(
            parts[values["part"].upper()], bin, values["quantity"], document=f"OPENING/{batch.pk}/{row.row_number}",
            which=_which(values), cost_minor=None if cost is None else cost * values["quantity"],
            by=deed.consequence(), at=deed.at,
        )  # fmt: skip
