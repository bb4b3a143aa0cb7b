"""What the demo company buys: two suppliers, belts that come tomorrow, pumps that two outlets ask for."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiju.conf.demo.company import Company
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.rules import Category

# Supplier: what a belt and a pump cost there, in fen, and in how many days they come.
SUPPLIERS = {"顺德配件": ("SDPJ", 1400, 3400, 3), "中山电机": ("ZSDJ", 1550, 3200, 6)}
BELT, PUMP = "BLT-020", "PMP-031"


def tell(company: Company, now: datetime) -> None:
    """Foshan asked for belts; the head office's buyer found the cheaper supplier, and they come tomorrow."""
    peng, xu, shen, ma = (company.actors[name] for name in ("peng", "xu", "shen", "ma"))
    unit, at = company.units["FS01"], now - timedelta(days=4)
    suppliers = []
    for name, (code, belt, pump, days) in SUPPLIERS.items():
        row = supply.propose_supplier(
            code=code, name=name, categories=[Category.PARTS], phone="0757 2233 0000", by=peng, at=at
        )
        supply.admit_supplier(row, by=xu, at=at)
        for part, price in ((BELT, belt), (PUMP, pump)):
            supply.set_offer(
                row, part=company.parts[part], price_minor=price, currency="CNY", lead_days=days, starts_on=unit.day(at),
                basis="今年价目表", by=peng, at=at,
            )  # fmt: skip
        suppliers.append(row)
    account = supply.ask_bank(
        suppliers[0], holder="顺德配件有限公司", bank="工商银行顺德支行", account="6222 0200 1234", basis="开户证明", by=peng, at=at
    )  # fmt: skip
    supply.verify_bank(account, verified="按合同上的电话向财务核实", by=xu, at=at)
    belts = supply.draft_request(
        unit, lines=[supply.Wanted(20, company.parts[BELT])], reason="皮带快用完了", by=shen, at=at
    )
    supply.submit_request(belts, by=shen, at=at)
    total = sum(line.amount_minor for line in belts.lines.all())
    supply.approve_request(belts, total_minor=total, by=ma, at=at + timedelta(hours=1))
    found = supply.source([belts], unit=company.units["HQ"], by=peng, at=at + timedelta(hours=2))
    for row in suppliers:
        supply.take_quote(
            found, supplier=row, valid_until=unit.day(now) + timedelta(days=30), basis="电话报价", by=peng, at=at + timedelta(hours=3)
        )  # fmt: skip
    supply.award(found.quotes.all()[0], by=peng, at=at + timedelta(hours=4))
    order = supply.draft_order(found, by=peng, at=at + timedelta(hours=4))
    supply.approve_order(order, by=company.actors["nie"], at=at + timedelta(hours=5))
    supply.send_order(order, by=peng, at=at + timedelta(hours=5))
    supply.confirm_order(
        order, expected_on=unit.day(now) + timedelta(days=1), total_minor=order.total_minor, by=peng, at=at + timedelta(hours=6)
    )  # fmt: skip
    _pumps(company, now)


def _pumps(company: Company, now: datetime) -> None:
    """Foshan's pumps wait for approval; Guangzhou's are approved, so that the head office's buyer orders both together."""
    shen, unit = company.actors["shen"], company.units["FS01"]
    pumps = supply.draft_request(
        unit, lines=[supply.Wanted(6, company.parts[PUMP])], reason="三张单在等排水泵", by=shen, at=now - timedelta(hours=3)
    )  # fmt: skip
    supply.submit_request(pumps, by=shen, at=now - timedelta(hours=3))
    tang, he, far = company.actors["tang"], company.actors["he"], company.units["GZ02"]
    theirs = supply.draft_request(
        far, lines=[supply.Wanted(4, company.parts[PUMP])], reason="排水泵只剩一个", by=tang, at=now - timedelta(hours=5)
    )  # fmt: skip
    supply.submit_request(theirs, by=tang, at=now - timedelta(hours=5))
    total = sum(line.amount_minor for line in theirs.lines.all())
    supply.approve_request(theirs, total_minor=total, by=he, at=now - timedelta(hours=4))
