"""What happens because time has passed. Each chore is one verb of the line, done by the house itself, and repeatable.

A chore finds rows that look due and lets the verb decide: the verb locks, looks again, and refuses what is not due after all. So two
workers may do the same chore at once, and a chore that was cut off is simply done again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.kernel.repeating import breathe
from guiju.line.banking import actions as banking
from guiju.line.banking import queries as banked
from guiju.line.banking.models import BankDeposit
from guiju.line.banking.rules import EXCEPTION_AFTER, DepositState
from guiju.line.dispatch import actions as dispatch
from guiju.line.dispatch.models import Assignment
from guiju.line.followup import actions as followup
from guiju.line.intake import actions as intake
from guiju.line.intake.models import Knock
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import LabourTimer, PartsCommitment, Quote
from guiju.line.workshop.rules import CommitmentState, QuoteState
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody.models import AccessSession
from guiju.readiness.custody.rules import State as Access
from guiju.readiness.upkeep import actions as upkeep
from guiju.readiness.upkeep.models import Inspection
from guiju.readiness.upkeep.queries import ROOMS
from guiju.readiness.upkeep.rules import State as Looked

log = logging.getLogger(__name__)

# No zone is further from UTC than this, so a date that has passed here has passed everywhere.
FARTHEST_ZONE = timedelta(hours=14)
# One round of a chore: the next round comes soon, and news must not wait for a long list.
AT_ONCE = 200

Deed = Callable[[], object]


@dataclass(frozen=True)
class Round:
    """What one round of the clock did, and what was refused."""

    done: int
    refused: int


def by_the_clock() -> Actor:
    """The house, acting because it is time."""
    return Actor.system("clock")


def unaccepted(at: datetime) -> Iterator[Deed]:
    """Jobs that their technician did not accept in time go back to the dispatcher (S6-14)."""
    for late in Assignment.objects.filter(ended_at=None, accepted_at=None, accept_by__lt=at).select_related("order")[
        :AT_ONCE
    ]:
        yield lambda order=late.order: dispatch.time_out(order, by=by_the_clock(), at=at)  # type: ignore[misc]


def lapsed_quotes(at: datetime) -> Iterator[Deed]:
    """Quotes whose validity is over and whose customer could not be reached (3.2)."""
    for quote in Quote.objects.filter(state=QuoteState.ISSUED, valid_until__lt=at).select_related("order")[:AT_ONCE]:
        yield lambda quote=quote: workshop.expire_quote(quote, by=by_the_clock(), at=at)  # type: ignore[misc]


def forgotten_timers(at: datetime) -> Iterator[Deed]:
    """Clocks of technicians that nobody stopped: the job has left the bench, or the working day is long over (S6-15)."""
    running = LabourTimer.objects.filter(stopped_at__isnull=True).select_related("order")
    long = Q(started_at__lt=at - timedelta(hours=1))
    elsewhere = ~Q(order__state__in=[State.DIAGNOSING, State.REPAIRING]) | ~Q(order__technician=F("technician"))
    for timer in running.filter(long | elsewhere)[:AT_ONCE]:
        yield lambda each=timer: workshop.end_timer(each, by=by_the_clock(), at=at)  # type: ignore[misc]


def broken_commitments(at: datetime) -> Iterator[Deed]:
    """Signed dates that have passed without the part (3.3)."""
    passed = PartsCommitment.objects.filter(
        state=CommitmentState.SIGNED, promised_part_on__lt=(at + FARTHEST_ZONE).date()
    )
    for commitment in passed.select_related("order")[:AT_ONCE]:
        yield lambda each=commitment: workshop.breach_commitment(each, by=by_the_clock(), at=at)  # type: ignore[misc]


def uncollected(at: datetime) -> Iterator[Deed]:
    """Appliances that are ready and that nobody collects (3.6)."""
    # The verb knows the outlet's own figure; no outlet reminds on the first day.
    ready = WorkOrder.objects.filter(state=State.READY, ready_at__lt=at - timedelta(days=1)).order_by("ready_at")
    for order in ready[:AT_ONCE]:
        yield lambda order=order: followup.remind(order, by=by_the_clock(), at=at)  # type: ignore[misc]


def to_close(at: datetime) -> Iterator[Deed]:
    """Jobs handed over long enough ago (3.2 "close")."""
    delivered = WorkOrder.objects.filter(state=State.DELIVERED, delivered_at__lt=at).order_by("delivered_at")
    for order in delivered[:AT_ONCE]:
        yield lambda order=order: followup.close(order, by=by_the_clock(), at=at)  # type: ignore[misc]


def old_knocks(at: datetime) -> Iterator[Deed]:
    """How often strangers knocked is forgotten when its hour or day is over."""
    if Knock.objects.filter(until__lt=at).exists():
        yield lambda: intake.forget_knocks(at=at)


def lapsed_openings(at: datetime) -> Iterator[Deed]:
    """Controlled stores whose second custodian did not come in time (CTL-1)."""
    late = AccessSession.objects.filter(state=Access.FIRST_AUTH, window_until__lt=at)
    for session in late.select_related("store")[:AT_ONCE]:
        yield lambda each=session: custody.expire(each, by=by_the_clock(), at=at)  # type: ignore[misc]


def overlong_openings(at: datetime) -> Iterator[Deed]:
    """Controlled stores that are open for too long (CTL-6)."""
    long = AccessSession.objects.filter(state__in=[Access.OPEN, Access.RECOUNTED], until__lt=at)
    for session in long.select_related("store")[:AT_ONCE]:
        yield lambda each=session: custody.raise_alarm(each, by=by_the_clock(), at=at)  # type: ignore[misc]


def unreviewed_emergencies(at: datetime) -> Iterator[Deed]:
    """Controlled stores that one person alone has opened, and that nobody has looked into."""
    rows = AccessSession.objects.filter(is_emergency=True, reviewed_at=None, review_missed_at=None, review_by__lt=at)
    for session in rows.select_related("store")[:AT_ONCE]:
        yield lambda each=session: custody.miss_review(each, by=by_the_clock(), at=at)  # type: ignore[misc]


def store_inspections(at: datetime) -> Iterator[Deed]:
    """Every store with walls is due to be looked at once a week, and is missed after its Sunday (S2-87)."""
    late = Inspection.objects.filter(state=Looked.DUE, due_at__lte=at).select_related("store__unit")
    for inspection in late[:AT_ONCE]:
        yield lambda each=inspection: upkeep.miss_inspection(each, by=by_the_clock(), at=at)  # type: ignore[misc]
    # Of a week that has begun somewhere; the verb knows the store's own Monday, and makes one a week.
    known = Inspection.objects.filter(due_at__gt=at).values("store")
    for store in Store.objects.filter(kind__in=ROOMS).exclude(pk__in=known).select_related("unit")[:AT_ONCE]:
        yield lambda each=store: upkeep.make_due(each, by=by_the_clock(), at=at)  # type: ignore[misc]


def cash_out_of_place(at: datetime) -> Iterator[Deed]:
    """Takings that are not where they should be by now: to be prepared, overdue, not at the bank on the next bank day (S6-31, S6-35)."""
    for each in banked.due(at)[:AT_ONCE]:
        yield lambda due=each: banking.raise_alarm(  # type: ignore[misc]
            due.unit, kind=due.kind, on=due.on, subject=due.subject, by=by_the_clock(), at=at
        )


def unconfirmed_deposits(at: datetime) -> Iterator[Deed]:
    """Deposits that no line of the bank's statement has confirmed in time (FIN-10)."""
    late = BankDeposit.objects.filter(state=DepositState.DEPOSITED, banked_at__lte=at - timedelta(days=EXCEPTION_AFTER))
    for deposit in late.select_related("unit").order_by("pk")[:AT_ONCE]:
        yield lambda each=deposit: banking.except_deposit(each, by=by_the_clock(), at=at)  # type: ignore[misc]


CHORES: tuple[Callable[[datetime], Iterator[Deed]], ...] = (
    unaccepted,
    lapsed_quotes,
    forgotten_timers,
    broken_commitments,
    uncollected,
    to_close,
    old_knocks,
    lapsed_openings,
    overlong_openings,
    unreviewed_emergencies,
    store_inspections,
    cash_out_of_place,
    unconfirmed_deposits,
)


def tick(at: datetime) -> Round:
    """Do every chore that is due once. What a verb refuses is not due, or waits for a person; the others go on."""
    done = refused = 0
    for chore in CHORES:
        for deed in list(chore(at)):
            try:
                deed()
            except Refusal as refusal:
                refused += 1
                log.debug("%s: %s", chore.__name__, refusal)
            else:
                done += 1
            breathe()
    return Round(done, refused)
