"""The cage for dear parts in the demo's store: two people, two locks, and one opening that is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guiju.books.stock import actions as stock
from guiju.conf.demo.company import Company, names
from guiju.conf.demo.people import PASSWORD
from guiju.line.storeroom import actions as storeroom
from guiju.readiness.academy import actions as academy
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody.models import ControlledStore
from guiju.readiness.custody.rules import Authority, LockGroup, LockKind, Protection, StoreKind

DEAR, INSIDE = "CMP-380", "G-01"


def tell(company: Company, now: datetime) -> None:
    """Shen and Ma hold the two groups; yesterday they put three compressors into the bin in the cage and took one out."""
    cage = _cage(company, now - timedelta(days=40))
    at = now - timedelta(days=1)
    dear, inside, outside = company.parts[DEAR], company.bins[INSIDE], company.bins["A-01"]
    shen: dict[str, Any] = {"by": company.actors["shen"]}
    ma: dict[str, Any] = {"by": company.actors["ma"]}
    session = custody.open_session(
        cage, authority_kind=Authority.RECEIPT, authority="DN-CMP-0117", purpose="贵重配件入库，领用一件", at=at, **shen
    )
    custody.sign_first(session, password=PASSWORD, at=at + timedelta(minutes=1), **shen)
    custody.sign_second(session, password=PASSWORD, at=at + timedelta(minutes=3), **ma)
    # What passes the door is written down by the stock book itself.
    later = at + timedelta(minutes=6)
    storeroom.receive_stock(part=dear, bin=inside, quantity=3, document="DN-CMP-0117", at=later, **shen)
    stock.move(dear, inside, 1, to_bin=outside, document="CMP-0118", at=later, **shen)
    custody.recount(session, counted={2: 2}, at=at + timedelta(minutes=9), **ma)
    for who in (shen, ma):
        custody.sign_out(session, password=PASSWORD, at=at + timedelta(minutes=11), **who)


def _cage(company: Company, at: datetime) -> ControlledStore:
    unit, store = company.units["FS01"], company.bins["A-01"].store
    nie: dict[str, Any] = {"by": company.actors["nie"], "at": at}
    today = unit.day(at)
    company.bins[INSIDE] = stock.add_bin(store, code=INSIDE, by=company.actors["ma"], at=at)
    cage = custody.set_up_store(
        unit, code="CAGE", names=names(("Cage for dear parts", "贵重配件笼", "貴重配件籠")), kind=StoreKind.HIGH_VALUE_PARTS,
        cameras="C3", guards=company.bins[INSIDE], **nie,
    )  # fmt: skip
    for group, holder, kind in ((LockGroup.ONE, "shen", LockKind.KEY), (LockGroup.TWO, "ma", LockKind.PIN)):
        custody.add_lock(cage, number=f"L{group}", kind=kind, lock_group=group, **nie)
        custody.grant(cage, person=company.people[holder], lock_group=group, starts_on=today, **nie)
        academy.certify(
            company.people[holder], task="CUSTODY", starts_on=today, ends_on=today + timedelta(days=730),
            basis="双人双锁考试合格", by=company.actors["tao"], at=at,
        )  # fmt: skip
    for item in (Protection.DOOR, Protection.ALARM):
        custody.check_protection(
            cage, item=item, is_ok=True, next_on=today + timedelta(days=180), by=company.actors["ma"], at=at
        )
    return cage
