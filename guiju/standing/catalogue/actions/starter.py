"""The lists that a new installation starts from."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.standing.catalogue import rules
from guiju.standing.catalogue.models import FaultCode, ProductLine, ServiceItem


@cache
def starter(name: str) -> tuple[Mapping[str, Any], ...]:
    """The entries of one of the lists in `data`: line, code or item."""
    text = resources.files("guiju.standing.catalogue").joinpath("data", f"{name}s.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[name])


def load_starter(*, by: Actor, at: datetime) -> dict[str, int]:
    """Enter the product lines, codes and services that most shops have; what stands already stays as the shop has made it.

    returns  how many entries of each list were new
    source   B15
    """
    with doing("catalogue.load_starter", by=by, at=at) as deed:
        known = set(ProductLine.objects.values_list("code", flat=True))
        new_lines = [_line(each) for each in starter("line") if each["code"] not in known]
        ProductLine.objects.bulk_create(new_lines)
        lines = {line.code: line for line in ProductLine.objects.all()}
        codes = set(FaultCode.objects.values_list("kind", "code"))
        new_codes = [_code(each, lines) for each in starter("code") if (each["kind"], each["code"]) not in codes]
        FaultCode.objects.bulk_create(new_codes)
        items = set(ServiceItem.objects.values_list("code", flat=True))
        new_items = [_item(each, lines) for each in starter("item") if each["code"] not in items]
        ServiceItem.objects.bulk_create(new_items)
        counts = {"lines": len(new_lines), "codes": len(new_codes), "items": len(new_items)}
        deed.note(**counts)
    return counts


def _line(entry: Mapping[str, Any]) -> ProductLine:
    return ProductLine(code=entry["code"], names=entry["names"])


def _code(entry: Mapping[str, Any], lines: Mapping[str, ProductLine]) -> FaultCode:
    line = lines[entry["line"]] if "line" in entry else None
    return FaultCode(
        kind=entry["kind"],
        code=entry["code"],
        names=entry["names"],
        line=line,
        family=entry.get("family", ""),
        part_class=entry.get("part_class", ""),
        labour_level=entry.get("labour_level"),
    )


def _item(entry: Mapping[str, Any], lines: Mapping[str, ProductLine]) -> ServiceItem:
    line = lines[entry["line"]] if "line" in entry else None
    figures = {name: entry[name] for name in ("fault_level", "standard_minutes", "service_hours")}
    folded = rules.folded_names(entry["code"], entry["names"])
    return ServiceItem(
        code=entry["code"], names=entry["names"], kind=entry["kind"], line=line, folded=folded, **figures
    )
