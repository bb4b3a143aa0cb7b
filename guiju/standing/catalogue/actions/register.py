"""Cards of appliances from a file: those of a brand's sales, or of a shop that is taken over (B01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.search import fold
from guiju.kernel.words import N_
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import Appliance, Brand, ImportRow, Model, ProductLine
from guiju.standing.catalogue.rules import RowVerdict
from guiju.standing.people.models import Unit

AT_ONCE = 500
DAYS = ("purchased_on", "delivered_on", "installed_on", "made_on")


class DataMoved(Refusal):
    """What the preview showed is no longer what would happen."""

    sentence = N_(
        "The catalogue has changed since this file was looked at. Bring the file in again and look once more."
    )


def lock_appliances(serials: Iterable[str]) -> None:
    """Hold the cards that the file touches, in the order in which everybody locks them."""
    held = [card.pk for card in queries.appliances_alike(serials)]
    for start in range(0, len(held), AT_ONCE):
        list(Appliance.objects.select_for_update().filter(pk__in=held[start : start + AT_ONCE]).order_by("pk"))


def write_appliances(rows: list[ImportRow], brands: Mapping[str, Brand], at: datetime) -> None:
    """Make the new cards, and write on the others what the file says; what it has no column for stays.

    raises   DataMoved
    """
    units = {unit.code: unit for unit in Unit.objects.all()}
    lines = {line.code: line for line in ProductLine.objects.all()}
    types = {(each.brand_id, each.line_id, each.code.upper()): each for each in Model.objects.all()}
    standing = {
        queries.appliance_key(card): card for card in queries.appliances_alike(row.values["serial"] for row in rows)
    }
    new: list[Appliance] = []
    changed: dict[str, list[Appliance]] = {}
    for row in rows:
        told = row.values
        unit, brand, line = units[told["unit"]], brands[fold(told["brand"])], lines[told["line"]]
        given = _given(told, unit, types.get((brand.pk, line.pk, str(told.get("model") or "").upper())))
        if row.verdict == RowVerdict.NEW:
            serial = {"serial": told["serial"], "folded_serial": fold(told["serial"])}
            new.append(Appliance(unit=unit, brand=brand, line=line, registered_at=at, **serial, **given))
            continue
        card = standing[row.key]
        for name, value in given.items():
            setattr(card, name, value)
        changed.setdefault(" ".join(sorted(given)), []).append(card)
    with refusing(appliance_serial_stands_once_in_a_unit=DataMoved):
        Appliance.objects.bulk_create(new, batch_size=AT_ONCE)
    for names, cards in changed.items():
        Appliance.objects.bulk_update(cards, names.split(), batch_size=AT_ONCE)


def _given(told: Mapping[str, Any], unit: Unit, model: Model | None) -> dict[str, Any]:
    given: dict[str, Any] = {
        name: date.fromisoformat(told[name]) if told[name] else None for name in DAYS if name in told
    }
    if "model" in told:
        given["model"] = model
    if "invoice_no" in told:
        given["invoice_no"] = told["invoice_no"]
    if "cost" in told:
        given["invoice_minor"] = told["cost"]
        given["invoice_currency"] = unit.currency if told["cost"] is not None else ""
    return given
