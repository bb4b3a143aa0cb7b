"""Foreign keys point down and leave no way back: what the import linter cannot see."""

from __future__ import annotations

import configparser
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from tests.architecture.source import ROOT


def depths() -> dict[str, int]:
    """Each context (`guiju.line.dispatch`) with its depth, read from the import contracts; the kernel is 0."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")

    def order(contract: str) -> list[list[str]]:
        lines = contracts[f"importlinter:contract:{contract}"]["layers"].split("\n")
        return [[name.strip("() ") for name in line.split("|")] for line in reversed(lines) if line]

    found: dict[str, int] = {"guiju.kernel": 0}
    depth = 1
    for band in order("bands"):
        for name in band:
            if name in {"standing", "readiness", "books", "line", "oversight"}:
                for layer in order(name):
                    for context in layer:
                        found[f"guiju.{name}.{context}"] = depth
                    depth += 1
    return found


def pointing_up(candidates: Iterable[type[models.Model]]) -> Iterator[str]:
    """Foreign keys to a context that stands higher, or beside."""
    depth = depths()
    for model in candidates:
        home = _context(model)
        for field in model._meta.local_fields:
            target = field.remote_field.model if field.remote_field else None
            if target is None or isinstance(target, str):
                continue
            away = _context(target)
            if away != home and depth.get(away, 99) >= depth.get(home, 0):
                yield f"{model._meta.label}.{field.name} points up to {target._meta.label}"


def leaving_a_way_back(candidates: Iterable[type[models.Model]]) -> Iterator[str]:
    """Foreign keys across contexts without related_name="+": the deeper one would know the later one."""
    for model in candidates:
        for field in model._meta.local_fields:
            target = field.remote_field.model if field.remote_field else None
            if target is None or isinstance(target, str) or _context(target) == _context(model):
                continue
            if field.remote_field.related_name != "+":
                yield f"{model._meta.label}.{field.name} leaves a way back from {target._meta.label}"


def too_long_for_their_column(candidates: Iterable[type[models.Model]]) -> Iterator[str]:
    """Words that a constraint knows and the column cannot hold: SQLite takes them all the same, PostgreSQL refuses each such row."""
    for model in candidates:
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                for lookup, values in _said_in(constraint.condition):
                    name, _, way = lookup.rpartition("__")
                    field = model._meta.get_field(name) if way == "in" and "__" not in name else None
                    if isinstance(field, models.CharField):
                        most = field.max_length or 0
                        yield from (
                            f"{model._meta.label}.{name} is too short for {word}" for word in values if len(word) > most
                        )


def _said_in(condition: Any) -> Iterator[tuple[str, Any]]:
    for each in condition.children if isinstance(condition, models.Q) else ():
        if isinstance(each, tuple):
            yield each
        else:
            yield from _said_in(each)


def _context(model: type[models.Model]) -> str:
    return ".".join(model.__module__.split(".")[:3]) if "kernel" not in model.__module__ else "guiju.kernel"


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("guiju.")]


def test_there_are_models_to_look_at() -> None:
    assert len(ours()) > 40


def test_foreign_keys_point_down() -> None:
    assert list(pointing_up(ours())) == []


def test_foreign_keys_leave_no_way_back() -> None:
    assert list(leaving_a_way_back(ours())) == []


def test_both_rules_bite() -> None:
    class Upward(models.Model):
        order = models.ForeignKey("workorder.WorkOrder", on_delete=models.PROTECT, related_name="ways_back")

        class Meta:
            app_label = "people"

    Upward.__module__ = "guiju.standing.people.models"
    try:
        assert len(list(pointing_up([Upward]))) == 1
        assert len(list(leaving_a_way_back([Upward]))) == 1
    finally:
        del apps.all_models["people"]["upward"]
        apps.clear_cache()


def test_every_word_that_a_column_may_hold_fits_into_it() -> None:
    assert list(too_long_for_their_column(ours())) == []
