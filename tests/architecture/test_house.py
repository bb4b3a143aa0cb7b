"""The house stands: each rule holds for the whole source, and each is broken once to show that it bites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.source import File, files

Rule = Callable[[Iterable[File]], Iterator[str]]

# The rule, the file that breaks it, and the line that does.
BROKEN: list[tuple[Rule, str, str]] = [
    (rules.names_that_say_nothing, "guiju/line/dispatch/services.py", ""),
    (rules.rules_that_know_django, "guiju/line/dispatch/rules.py", "from django.db import models"),
    (rules.html_below_the_desks, "guiju/line/dispatch/actions.py", "from django.http import HttpResponse"),
    (rules.clocks_in_the_domain, "guiju/line/dispatch/actions.py", "x = timezone.now()"),
    (rules.clocks_in_the_domain, "guiju/books/stock/actions.py", "x = datetime.datetime.now()"),
    (rules.reactions_imported, "guiju/jobs/clock.py", "from guiju.line.workshop import reactions"),
    (rules.back_doors_between_contexts, "guiju/line/dispatch/actions.py", "from guiju.line.workorder import reactions"),
    (
        rules.writes_outside_actions,
        "guiju/line/dispatch/queries.py",
        "from guiju.line.dispatch.models import Assignment\nAssignment.objects.create()",
    ),
    (
        rules.writes_outside_actions,
        "guiju/line/dispatch/actions.py",
        "from guiju.line.workorder.models import WorkOrder\nWorkOrder.objects.filter(pk=1).update(state='X')",
    ),
    (
        rules.writes_outside_actions,
        "guiju/desks/bench/views.py",
        "from guiju.line.workorder.models import WorkOrder\nWorkOrder.objects.create()",
    ),
    (rules.signals_and_late_models, "guiju/line/dispatch/apps.py", "from django.db.models.signals import post_save"),
    (rules.signals_and_late_models, "guiju/line/dispatch/actions.py", "apps.get_model('a.b')"),
    (rules.floats_in_the_domain, "guiju/line/cashier/rules.py", "x = float('1.1')"),
    (rules.too_long, "guiju/line/dispatch/queries.py", "x = 1\n" * 401),
    (rules.too_long, "guiju/line/dispatch/queries.py", "def f():\n" + "    x = 1\n" * 41),
]


@pytest.mark.parametrize("rule", sorted({rule for rule, _place, _text in BROKEN}, key=lambda r: r.__name__))
def test_the_house_keeps_its_rule(rule: Rule) -> None:
    assert list(rule(files())) == []


@pytest.mark.parametrize(("rule", "place", "text"), BROKEN, ids=[f"{r.__name__}-{p}" for r, p, _t in BROKEN])
def test_the_rule_bites(rule: Rule, place: str, text: str, tmp_path: Path) -> None:
    clean = _tree(tmp_path / "clean", place, "VALUE = 1\n") if rule is not rules.names_that_say_nothing else []
    assert list(rule(clean)) == []
    assert list(rule(_tree(tmp_path / "broken", place, text)))


def test_the_list_of_exceptions_does_not_grow() -> None:
    assert len(rules.LONG_FOR_A_REASON) == 0


def _tree(root: Path, place: str, text: str) -> list[File]:
    path = root / place
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return files(root)
