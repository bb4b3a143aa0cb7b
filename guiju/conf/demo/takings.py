"""The demo's safe, who is on duty at it tonight, and a bag of this morning's takings that lies in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guiju.conf.demo.company import Company, names
from guiju.conf.demo.people import PASSWORD
from guiju.kernel.coins import fewest
from guiju.line.banking import actions as banking
from guiju.line.banking import queries, rules
from guiju.line.cashier.models import TillSession
from guiju.readiness.academy import actions as academy
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody.models import ControlledStore
from guiju.readiness.custody.rules import Authority, LockGroup, LockKind, Protection, StoreKind

YUAN = 100


def tell(company: Company, session: TillSession, now: datetime) -> None:
    """Cai and Lin have sealed half of what was taken so far; Cai and Ma have put it into the safe, and Qin watches tonight."""
    unit, safe = session.till.unit, _safe(company, now - timedelta(days=40))
    at = now - timedelta(hours=2)
    cai: dict[str, Any] = {"by": company.actors["cai"], "at": at}
    ma: dict[str, Any] = {"by": company.actors["ma"], "at": at}
    half = queries.takings_of(session) // (2 * YUAN) * YUAN
    banking.name_officer(
        unit, night=rules.night_of(at, unit.time_zone), officer=company.people["qin"], by=company.actors["ma"], at=at
    )
    if half < YUAN:
        return
    bag = banking.seal_bag(session, seal_number="B-20417", pieces=fewest(half, session.currency), **cai)
    bag = banking.countersign_bag(bag, password=PASSWORD, by=company.actors["lin"], at=at)
    opening = custody.open_session(
        safe, authority_kind=Authority.DEPOSIT, authority=bag.number, purpose="营业款入保险柜", **cai
    )
    custody.sign_first(opening, password=PASSWORD, **cai)
    custody.sign_second(opening, password=PASSWORD, **ma)
    banking.lock_up(bag, safe=safe, **cai)
    custody.recount(opening, counted={1: 1}, **ma)
    for who in (cai, ma):
        custody.sign_out(opening, password=PASSWORD, **who)


def _safe(company: Company, at: datetime) -> ControlledStore:
    unit, today = company.units["FS01"], company.units["FS01"].day(at)
    nie: dict[str, Any] = {"by": company.actors["nie"], "at": at}
    safe = custody.set_up_store(
        unit, code="SAFE", names=names(("Safe", "保险柜", "保險櫃")), kind=StoreKind.SAFE, cameras="C1", **nie
    )
    for group, holder in ((LockGroup.ONE, "cai"), (LockGroup.TWO, "ma")):
        custody.add_lock(safe, number=f"S{group}", kind=LockKind.KEY, lock_group=group, **nie)
        custody.grant(safe, person=company.people[holder], lock_group=group, starts_on=today, **nie)
    academy.certify(
        company.people["cai"], task="CUSTODY", starts_on=today, ends_on=today + timedelta(days=730), basis="双人双锁考试合格",
        by=company.actors["tao"], at=at,
    )  # fmt: skip
    custody.check_protection(
        safe, item=Protection.DOOR, is_ok=True, next_on=today + timedelta(days=180), by=company.actors["ma"], at=at
    )
    return safe
