"""The storerooms of the demo company: another outlet's store, and parts on the way between the two."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiju.books.stock import actions as stock
from guiju.books.stock.actions.picking import Pick, Wish
from guiju.books.stock.rules import Condition, Owner, Which
from guiju.conf.demo.company import Company, names
from guiju.readiness.requisitions import actions as requisitions
from guiju.readiness.transfers import actions as transfers

DISPLAY, BATTERY, PUMP = "DSP-900", "BAT-014", "PMP-031"


def tell(company: Company, now: datetime) -> None:
    """Guangzhou has a store of its own; one transfer is late and one piece short, another is only asked for."""
    he, tang, shen, at = *(company.actors[name] for name in ("he", "tang", "shen")), now - timedelta(days=20)
    far = stock.open_store(
        company.units["GZ02"], code="S1", names=names(("Spare parts", "配件库", "備件庫")), kind="OUTLET", by=he, at=at
    )
    bin = stock.add_bin(far, code="A-01", by=he, at=at)
    for code, pieces in ((DISPLAY, 3), (BATTERY, 2), (PUMP, 4)):
        stock.receive(company.parts[code], bin, pieces, document=f"GZ-DN-{code}", by=tang, at=at)
    _at_home(company, at)
    near = company.bins["A-01"].store
    late = transfers.request(
        source=near, target=far, wishes=[Wish(company.parts[PUMP], 2)], reason="天河有两张单等水泵",
        by=tang, at=now - timedelta(days=11),
    )  # fmt: skip
    out = next(each for each in company.bins.values() if each.code == "B-01")
    stock.receive(company.parts[PUMP], out, 2, document="FS-DN-PUMPS", by=shen, at=at)
    picks = [Pick(company.parts[PUMP], out, 2)]
    transfers.send(late, picks=picks, carrier="顺丰 SF1380", by=shen, at=now - timedelta(days=9))
    transfers.receive(late, part=company.parts[PUMP], bin=bin, quantity=1, by=tang, at=now - timedelta(days=8))
    transfers.request(
        source=far, target=near, wishes=[Wish(company.parts[DISPLAY], 1)], reason="禅城缺显示屏",
        by=shen, at=now - timedelta(hours=5),
    )  # fmt: skip


def for_ourselves(company: Company, now: datetime) -> None:
    """A brush that the bench uses is handed out; a display for the window waits to be signed."""
    chen, ma, shen, lin = (company.actors[name] for name in ("chen", "ma", "shen", "lin"))
    bin, at = company.bins["A-02"], now - timedelta(days=1)
    used = requisitions.ask(
        store=bin.store, wishes=[Wish(company.parts[BATTERY], 1)], purpose="工作台测试用", by=chen, at=at,
    )  # fmt: skip
    requisitions.sign(used, by=ma, at=at + timedelta(minutes=20))
    pick = Pick(company.parts[BATTERY], bin, 1)
    requisitions.issue(used, picks=[pick], by=shen, at=at + timedelta(minutes=40))
    requisitions.ask(
        store=bin.store, wishes=[Wish(company.parts[DISPLAY], 1)], purpose="橱窗陈列", by=lin, at=now - timedelta(hours=3),
    )  # fmt: skip


def _at_home(company: Company, at: datetime) -> None:
    """Foshan keeps a consigned battery, and one that came crushed."""
    shen, battery, bin = company.actors["shen"], company.parts[BATTERY], company.bins["A-02"]
    stock.receive(battery, bin, 1, document="HQ-CN-1", which=Which(owner=Owner.HQ_CONSIGNED), by=shen, at=at)
    stock.receive(battery, bin, 1, document="FS-DN-BAT", by=shen, at=at)
    stock.set_apart(
        battery, bin, 1, condition=Condition.DEFECTIVE, reason="外壳压坏", document="FS-SA-1", by=shen, at=at
    )
