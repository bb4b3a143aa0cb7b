"""Each rule of the house as a function from source files to sentences about what breaks it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.architecture.source import WRITES, File

FORBIDDEN_NAMES = frozenset({"services", "utils", "helpers", "managers", "signals", "views_utils"})
WEB_MODULES = ("django.http", "django.shortcuts", "django.forms", "django.template", "django.views", "django.urls")
ABOVE_THE_DOMAIN = frozenset({"desks", "api", "jobs", "conf"})
OPEN_TO_OTHERS = frozenset({"actions", "queries", "models", "events", "rules"})
CLOCKS = frozenset({"now", "today", "utcnow", "localtime", "localdate"})
LONGEST_FILE = 400
LONGEST_FUNCTION = 40

# What is known to be longer than the house allows, with the reason. This list may shrink, never grow:
# test_house.py counts it.
LONG_FOR_A_REASON: dict[str, str] = {}


def names_that_say_nothing(source: Iterable[File]) -> Iterator[str]:
    """No services.py, utils.py, helpers.py, managers.py, signals.py: they tell nobody what is inside."""
    for file in source:
        if file.path.stem in FORBIDDEN_NAMES:
            yield f"{file.place}: a file of this name says nothing"


def rules_that_know_django(source: Iterable[File]) -> Iterator[str]:
    """rules.py is arithmetic: no Django, no rows, no clock."""
    for file in source:
        if file.room != "rules":
            continue
        for module, _name, line in file.imports():
            if module.split(".")[0] == "django":
                yield f"{file.place}:{line}: rules import {module}"


def html_below_the_desks(source: Iterable[File]) -> Iterator[str]:
    """Screens live where people sit: nothing below the desks knows HTTP or HTML."""
    for file in source:
        if not file.context:
            continue
        for module, _name, line in file.imports():
            if module.startswith(WEB_MODULES):
                yield f"{file.place}:{line}: imports {module}"


def clocks_in_the_domain(source: Iterable[File]) -> Iterator[str]:
    """`at` is always given: the domain reads no clock (G-10: server time decides, and it comes from the edge)."""
    for file in source:
        if file.band in ABOVE_THE_DOMAIN or not file.band:
            continue
        for node in file.nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                owner = ast.unparse(node.func.value)
                told = (
                    node.func.attr.startswith("local") and node.args
                )  # a moment that is given is only shown in a zone
                if owner.split(".")[-1] in {"datetime", "date", "timezone", "dt"} and not told:
                    yield f"{file.place}:{node.lineno}: reads the clock ({owner}.{node.func.attr})"


def reactions_imported(source: Iterable[File]) -> Iterator[str]:
    """Reactions are connected in conf.wiring alone."""
    for file in source:
        if file.place == "guiju/conf/wiring.py" or file.room == "reactions":
            continue
        for module, _name, line in file.imports():
            if ".reactions" in module and module.startswith("guiju."):
                yield f"{file.place}:{line}: imports {module}"


def back_doors_between_contexts(source: Iterable[File]) -> Iterator[str]:
    """A context is entered by its actions, queries, models, events and (plain) rules only."""
    for file in source:
        if not file.context:
            continue
        for module, _name, line in file.imports():
            parts = module.split(".")
            if len(parts) < 4 or parts[0] != "guiju" or parts[1] in {"kernel", "conf"}:
                continue
            if ".".join(parts[:3]) != file.context and parts[3] not in OPEN_TO_OTHERS:
                yield f"{file.place}:{line}: enters {'.'.join(parts[:3])} through {parts[3]}"


def writes_outside_actions(source: Iterable[File]) -> Iterator[str]:
    """Only a context's actions write its tables; nobody writes another's."""
    for file in source:
        if file.band in {"", "kernel", "conf"}:
            continue
        foreign = {
            name: module
            for module, name, _line in file.imports()
            if ".models" in module and not (file.context and module.startswith(f"{file.context}."))
        }
        for node in file.nodes:
            written = _written(node)
            if written is None:
                continue
            if file.room != "actions":
                yield f"{file.place}:{node.lineno}: writes {written} outside actions"
            elif written.split(".")[0] in foreign:
                yield f"{file.place}:{node.lineno}: writes {written} of {foreign[written.split('.')[0]]}"


def _written(node: ast.AST) -> str | None:
    """`Order.objects` when the node writes through a manager; None for anything else."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
        return None
    owner = ast.unparse(node.func.value)
    return owner if ".objects" in owner or owner.endswith("objects") else None


def signals_and_late_models(source: Iterable[File]) -> Iterator[str]:
    """No Django signals, no apps.get_model. The kernel's post_migrate (constraints) is the one exception."""
    for file in source:
        if file.place == "guiju/kernel/apps.py":
            continue
        for module, _name, line in file.imports():
            if module.startswith(("django.db.models.signals", "django.dispatch")):
                yield f"{file.place}:{line}: uses signals"
        for node in file.nodes:
            if isinstance(node, ast.Attribute) and node.attr == "get_model" and "apps" in ast.unparse(node.value):
                yield f"{file.place}:{node.lineno}: uses apps.get_model"


# Statistics are no amounts: what is expected of a part, and how far it may be off. Levels, prices and what is kept are integers there too.
STATISTICS = "guiju/readiness/planning/rules/"


def floats_in_the_domain(source: Iterable[File]) -> Iterator[str]:
    """Amounts are integers: no float below the desks, but where it is statistics."""
    for file in source:
        if not file.context or file.place.startswith(STATISTICS):
            continue
        for node in file.nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
                yield f"{file.place}:{node.lineno}: makes a float"
            if isinstance(node, ast.Attribute) and node.attr == "FloatField":
                yield f"{file.place}:{node.lineno}: stores a float"


def too_long(source: Iterable[File]) -> Iterator[str]:
    """A function fits a screen, a file a sitting."""
    for file in source:
        length = len(file.path.read_text(encoding="utf-8").splitlines())
        if length > LONGEST_FILE and file.place not in LONG_FOR_A_REASON:
            yield f"{file.place}: {length} lines"
        for node in file.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = _body_lines(node)
                place = f"{file.place}:{node.name}"
                if lines > LONGEST_FUNCTION and place not in LONG_FOR_A_REASON:
                    yield f"{place}: {lines} lines"


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """What is done, without signature and docstring: naming every argument and saying units must cost nothing."""
    body = node.body
    if len(body) > 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return (node.end_lineno or node.lineno) - body[0].lineno + 1
