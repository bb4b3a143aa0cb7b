"""How much the demo company keeps: head office fills the outlets, two stores are planned, and some suggestions are answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiju.books.stock import actions as stock
from guiju.conf.demo.company import Company, names
from guiju.kernel.actor import Actor
from guiju.readiness.planning import actions as planning
from guiju.readiness.planning import queries
from guiju.readiness.planning.models import PlanRun

IN_THE_CENTRE = (("PMP-031", 12), ("SWT-007", 60), ("PCB-210", 3), ("BAT-014", 4))


def tell(company: Company, now: datetime) -> None:
    """One suggestion of each store is accepted, one answered otherwise; what lacks in Foshan is asked of the centre."""
    nie, kuang, at = company.actors["nie"], company.actors["kuang"], now - timedelta(days=90)
    centre = stock.open_store(
        company.units["HQ"], code="CDC", names=names(("Central store", "中心仓", "中央倉")), kind="HQ", by=nie, at=at
    )
    shelf = stock.add_bin(centre, code="C-01", by=nie, at=at)
    for code, pieces in IN_THE_CENTRE:
        stock.receive(company.parts[code], shelf, pieces, document=f"CDC-DN-{code}", by=kuang, at=at)
    store = company.bins["A-01"].store
    _answer(planning.plan(store, by=company.actors["ma"], at=now), company.actors["ma"], now)
    _answer(planning.plan(centre, by=nie, at=now), nie, now)
    shen = company.actors["shen"]
    lacking = [each.level.part for each in queries.reorder([store], by=shen)]
    if lacking:
        planning.fetch(store, parts=lacking[:1], by=shen, at=now)


def _answer(run: PlanRun, by: Actor, now: datetime) -> None:
    rows = list(run.suggestions.filter(changes=True).select_related("run__store", "part").order_by("-level", "pk"))
    if rows:
        planning.accept(rows[0], by=by, at=now)
    for row in rows[1:3]:
        planning.change(row, level=row.level + 20, reason="清洗活动将至", by=by, at=now)
