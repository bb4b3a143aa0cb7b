"""The stores are planned by night, once a month, each network together, and nobody's news waits for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from guiju.books.stock import actions as stock
from guiju.jobs import planning as job
from guiju.jobs import worker
from guiju.kernel.actor import Actor
from guiju.readiness.planning import actions as planning
from guiju.readiness.planning import queries
from guiju.readiness.planning.models import PlanRun
from tests.cast import FOUNDED, Cast

pytestmark = [pytest.mark.shows("S1-13"), pytest.mark.books_of("guiju.readiness.planning")]

# Three in the morning in Foshan, and noon of the same day.
NIGHT = datetime(2026, 11, 2, 19, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)


def test_a_store_is_planned_once_a_month_by_night(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lu = cast.actors["lu"]
    opened = [
        stock.open_store(cast.units[unit], code=code, names={"en": code}, kind=kind, by=lu, at=FOUNDED)
        for unit, code, kind in (
            ("SD", "RDC", "REGION"),
            ("FS01", "MAIN", "OUTLET"),
            ("HQ", "CDC", "HQ"),
            ("FS01", "V1", "VAN"),
        )
    ]
    centre, outlet, head, _van = opened
    clock = [NOON]
    # The pages' connection is the test's own.
    monkeypatch.setattr(job.connections, "close_all", lambda: None)
    planner = job.Planner(lambda: clock[0])
    assert planner.turn() is False
    assert not PlanRun.objects.exists()
    # By day nothing; what was looked at is looked at again after a while.
    clock[0] = NOON + timedelta(minutes=5)
    assert planner.turn() is False
    clock[0] = NIGHT + timedelta(days=1)
    assert [sorted(store.code for store in group) for group in job.due(clock[0])] == [["MAIN", "RDC"], ["CDC"]]
    # One network, then what stands alone; a store is no reason for another to wait.
    refused = iter([True, False])

    def sometimes(stores: list[object], **said: object) -> list[PlanRun]:
        if next(refused, False):
            raise planning.NoStoreToPlan
        return real(stores, **said)  # type: ignore[arg-type]

    real = planning.plan_stores
    monkeypatch.setattr(job.planning, "plan_stores", sometimes)
    assert planner.turn() is True
    assert "could not be planned: SD RDC, FS01 MAIN" in caplog.text
    assert planner.turn() is True
    assert [run.store for run in PlanRun.objects.all()] == [head]
    assert planner.turn() is False
    # Another worker, which has not failed, does the rest; then the month is done.
    other = job.Planner(lambda: clock[0])
    assert (other.turn(), other.turn()) == (True, False)
    assert {run.store for run in PlanRun.objects.all()} == {head, centre, outlet}
    assert queries.progress(opened[:3], at=clock[0]) == queries.Progress(3, 3)
    clock[0] = NIGHT + timedelta(days=9)
    assert job.Planner(lambda: clock[0]).turn() is False
    clock[0] = NIGHT + timedelta(days=31)
    assert queries.progress(opened[:3], at=clock[0]) == queries.Progress(0, 3)
    assert job.Planner(lambda: clock[0]).turn() is True
    assert PlanRun.objects.filter(store=centre).count() == 2
    assert Actor.system("clock").may("planning.plan", unit_id=head.unit_id)


def test_the_worker_plans_in_a_lane_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[str] = []
    monkeypatch.setattr(worker.Worker, "outward", lambda _self: [])
    monkeypatch.setattr(worker.Worker, "_lane", lambda _self, turn: began.append(type(turn.__self__).__name__))
    monkeypatch.setattr(worker.Worker, "keep_at", lambda _self, _turn: None)
    worker.Worker().run()
    assert began == ["Planner"]
