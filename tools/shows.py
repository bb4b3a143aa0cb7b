"""Which test shows which requirement: `./run shows` lists them, `./run shows ID…` runs just those.

A test says what breaking would be noticed by it: `@pytest.mark.shows("S6-40", "WO-5", "EX-10", "D04")`.
Ids are those of the domain's requirements and invariants, its worked examples, its numbered parts (a state machine, a paper),
the peers' capability rows, the fault model and the reliability invariants.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict

import pytest

ID = re.compile(
    r"^(S[1-6]-\d{2,3}|(G|PLT|PPL|CRM|WO|WTY|PRC|INV|FIN|PUR|EX|GRC|CTL|TG|PT|Q)-\d{1,2}|[1-6]\.\d{1,2}|[A-MT]\d{2})$"
)


class Gatherer:
    """A pytest plugin that notes what each collected test shows, and keeps only the wanted tests."""

    def __init__(self, wanted: frozenset[str] = frozenset()) -> None:
        self.wanted = wanted
        self.shown: dict[str, list[str]] = defaultdict(list)
        self.failed: list[str] = []
        self.skipped: list[str] = []

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        kept = []
        for item in items:
            ids = {name for mark in item.iter_markers("shows") for name in mark.args}
            for name in ids:
                if not ID.match(name):
                    raise pytest.UsageError(f"{item.nodeid} shows {name!r}, which is no id that the domain knows")
                self.shown[name].append(item.nodeid)
            if self.wanted & ids:
                kept.append(item)
        if self.wanted:
            items[:] = kept

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)
        if report.skipped:
            self.skipped.append(report.nodeid)


def listing() -> int:
    """Print each id with its tests."""
    gatherer = Gatherer()
    code = pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "--no-header", "--no-summary"], [gatherer])
    if code not in (0, 5):
        return int(code)
    print()
    for name in sorted(gatherer.shown, key=_order):
        print(name)
        for test in sorted({test.split("[")[0] for test in gatherer.shown[name]}):
            print(f"    {test}")
    print(f"\n{len(gatherer.shown)} ids are shown.")
    return 0


def running(wanted: list[str]) -> int:
    """Run the tests of the wanted ids; not 0 where an id has no test, or one fails or is skipped."""
    gatherer = Gatherer(frozenset(wanted))
    code = int(pytest.main(["-q", "-p", "no:cacheprovider"], [gatherer]))
    missing = [name for name in wanted if name not in gatherer.shown]
    for name in missing:
        print(f"{name}: no test shows it")
    for test in gatherer.skipped:
        print(f"{test}: skipped, so it shows nothing here")
    return 1 if missing or gatherer.skipped else code


def _order(name: str) -> tuple[str, int]:
    letters, digits = re.match(r"(S\d-|[A-Z]+-?|\d\.)(\d+)", name).groups()  # type: ignore[union-attr]
    return letters, int(digits)


if __name__ == "__main__":
    sys.exit(running(sys.argv[1:]) if sys.argv[1:] else listing())
