"""What the house does once a day or once an hour: it forgets answers that nobody asks for again and webhooks that are long over,
sweeps up files of deeds that never were, says what is due to customers because days have passed, and warns of promises and of price
boards that are to be proved.

None touches the books: `guiju verify` says the same before and after, but for the files that no evidence knows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from guiju.kernel import evidence, once, trail
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.kernel.repeating import breathe
from guiju.line.receivables import actions as receivables
from guiju.line.receivables import queries as owed
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries as stored
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import PROMISE_RUNS
from guiju.oversight.notices import actions as notices
from guiju.oversight.notices import queries as noticed
from guiju.oversight.notices.rules import Alarm
from guiju.oversight.reports import actions as reports
from guiju.oversight.reports import queries as reported
from guiju.oversight.reports.queries import cash as cashed
from guiju.oversight.webhooks import actions as webhooks
from guiju.readiness.upkeep import queries as kept
from guiju.standing.policy import queries as policy
from guiju.standing.pricing.queries import displays
from guiju.standing.warranty.rules import FREE, Coverage

log = logging.getLogger(__name__)
EVERY = timedelta(days=1)
HOURLY = timedelta(hours=1)
# A warning is told in hours before the date: some minutes are no matter, and every open job is looked at.
TEN_MINUTES = timedelta(minutes=10)
# One round of orders whose rights are looked at again; a brand has some hundreds of them under guarantee at once.
ORDERS_AT_ONCE = 2000


@dataclass(frozen=True)
class Swept:
    """What one round took away."""

    keys: int
    files: int
    webhooks: int = 0


def night(at: datetime) -> Swept:
    """Do the day's housekeeping; any number of workers may, one after another or at once."""
    figures = policy.figures(("house.once_key_days", "house.orphan_file_days"), unit=None, on=at.date())
    keys = once.forget(before=at - timedelta(days=int(figures["house.once_key_days"].value)))
    files = evidence.sweep(before=at - timedelta(days=int(figures["house.orphan_file_days"].value)))
    messages = webhooks.forget(at=at)
    # What somebody typed and never came back for lies in one (desks/common/typed.py).
    SessionStore.clear_expired()
    if settings.GUIJU_TRAIL_HEADS:
        trail.seal_pending()
        trail.write_head(settings.GUIJU_TRAIL_HEADS, at=at)
    if keys or files or messages:
        said = "Forgot %s old request keys and %s old webhooks, swept up %s files that nothing knows."
        log.info(said, keys, messages, files)
    return Swept(keys, files, messages)


def rights_that_arise(at: datetime) -> int:
    """Say of every repair under guarantee that has lasted for some days what its owner may have instead; how many had more.

    source   TG-9, TG-10, 4.2; EX-5, EX-6
    """
    by, raised = Actor.system("clock"), 0
    waiting = WorkOrder.objects.filter(
        state__in=PROMISE_RUNS, received_at__lt=at - EVERY, coverage__in=FREE | {Coverage.UNDETERMINED}
    )
    for order in waiting.order_by("received_at").select_related("unit", "appliance")[:ORDERS_AT_ONCE]:
        try:
            raised += workorder.raise_rights(order, by=by, at=at) is not None
        except Refusal as refusal:
            log.debug("rights of %s: %s", order.number, refusal)
        breathe()
    return raised


def promises_in_danger(at: datetime) -> int:
    """Warn those whom it concerns of each promise that will break or is broken; how many jobs there was something to say of.

    What was said once is in the table, and not in the worker's head: whoever begins anew says nothing again.
    source   S6-10, S6-44, 3.3
    """
    by, warned = Actor.system("clock"), 0
    for order in noticed.untold(at):
        try:
            notices.warn(order, by=by, at=at)
        except Refusal as refusal:
            log.debug("warnings of %s: %s", order.number, refusal)
        else:
            warned += 1
        breathe()
    return warned


def walls_due(at: datetime) -> int:
    """Tell each outlet whose price board needs a new proof; how many were told something. What was told is in the table.

    source   PRC-5
    """
    by, warned = Actor.system("clock"), 0
    for wall in displays.awaited_walls(at=at):
        if not noticed.whom_to_tell(wall, at=at):
            continue
        try:
            notices.warn_wall(wall.unit, by=by, at=at)
        except Refusal as refusal:
            log.debug("the wall of %s: %s", wall.unit.code, refusal)
        else:
            warned += 1
        breathe()
    return warned


def old_parts_overdue(at: datetime) -> int:
    """Mark what an outlet should have sent back by now as charged; how many old parts.

    source   settlement "old part not returned", `oldpart.return_days`
    """
    by, charged = Actor.system("clock"), 0
    for old in stored.overdue(at):
        try:
            storeroom.charge_overdue(old, by=by, at=at)
        except Refusal as refusal:
            log.debug("the old part %s: %s", old.tag, refusal)
        else:
            charged += 1
        breathe()
    return charged


def late_debts(at: datetime) -> int:
    """Write to every customer on credit who is late; how many letters. What was written is in the table."""
    by, written = Actor.system("clock"), 0
    for account in owed.overdue_accounts(at):
        try:
            receivables.remind(account, by=by, at=at)
        except Refusal as refusal:
            log.debug("the letter to customer %s: %s", account.customer_id, refusal)
        else:
            written += 1
        breathe()
    return written


def store_reports(at: datetime) -> int:
    """Make every store's report of the day, the week and the month that are over; how many were made.

    source   S6-22…24, 6.9
    """
    by, made = Actor.system("clock"), 0
    for store, kind, begin in reported.due(at):
        try:
            reports.make_report(store, kind=kind, starts_on=begin, by=by, at=at)
        except Refusal as refusal:
            log.debug("the %s of %s: %s", kind, store, refusal)
        else:
            made += 1
        breathe()
    return made


def cash_days(at: datetime) -> int:
    """Make the report of every outlet's cash of each day that is over; how many were made.

    source   S6-30, 6.11
    """
    by, made = Actor.system("clock"), 0
    for unit, on in cashed.due_days(at):
        try:
            reports.make_cash_day(unit, on=on, by=by, at=at)
        except Refusal as refusal:
            log.debug("the cash of %s on %s: %s", unit, on, refusal)
        else:
            made += 1
        breathe()
    return made


def rooms_neglected(at: datetime) -> int:
    """Remind each store's keeper of fire equipment that is due and of a climate that nobody read; how many were told something.

    source   S2-88, S6-28
    """
    by, warned = Actor.system("clock"), 0
    for each in kept.neglected(at=at):
        kind, detail = (Alarm.FIRE, each.fire.number) if each.fire is not None else (Alarm.UNREAD, "")
        if noticed.is_told(each.store, kind, on=each.on, detail=detail):
            continue
        try:
            notices.warn_of_room(each.store, kind=kind, on=each.on, detail=detail, by=by, at=at)
        except Refusal as refusal:
            log.debug("the upkeep of %s: %s", each.store, refusal)
        else:
            warned += 1
        breathe()
    return warned


class Watchman:
    """Remembers when the next round is due."""

    def __init__(self, work: Callable[[datetime], object] = night, every: timedelta = EVERY) -> None:
        self.work, self.every = work, every
        self._next: datetime | None = None

    def look(self, at: datetime) -> bool:
        """Do the round if it is due; the first look is when the worker begins."""
        if self._next is not None and at < self._next:
            return False
        self._next = at + self.every
        try:
            self.work(at)
        except OSError:
            # News must go on being delivered, whatever is the matter with a disk.
            log.exception("The day's housekeeping could not be done.")
        return True
