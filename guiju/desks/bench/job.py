"""What the bench shows: the technician's jobs in the order of their promise, and one job with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiju.books.stock import queries as stock
from guiju.desks.common import blind
from guiju.desks.common.options import Shown, shown_options
from guiju.kernel.actor import Actor
from guiju.kernel.models import Approval
from guiju.line.dispatch import queries as dispatch
from guiju.line.dispatch.models import Assignment
from guiju.line.quality import queries as quality
from guiju.line.quality.models import Inspection
from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.models import OldPart, PartRequest
from guiju.line.storeroom.rules import MISSING, RequestState
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder, WorkOrders
from guiju.line.workorder.rules import PRIORITY_RANKS, Clock, Priority, State
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import Diagnosis, LabourEntry, LabourTimer, PartsCommitment, Quote
from guiju.line.workshop.queries import Checked
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Part
from guiju.standing.warranty.rules import FREE

TO_ANSWER = frozenset({State.DISPATCHED})
IN_HAND = frozenset({
    State.ACCEPTED, State.DIAGNOSING, State.APPROVED, State.REPAIRING, State.NO_FAULT, State.DECLINED, State.UNREPAIRABLE,
})  # fmt: skip
WITH_OTHERS = frozenset({State.QUOTED, State.WAITING_PARTS, State.QC_PENDING})
PARTS_SHOWN = 10


@dataclass(frozen=True)
class Mine:
    """One of the technician's jobs, with how far its promise has run."""

    order: WorkOrder
    clock: Clock | None
    is_late: bool


@dataclass(frozen=True)
class Pile:
    """Some of the technician's jobs, the most urgent promise first."""

    name: str | Promise
    jobs: list[Mine]


@dataclass(frozen=True)
class Found:
    """A part that was searched for, with how many lie in the own store.

    fits   it is for the model that stands on the bench, or nobody knows that model
    made   of one that does not fit, the models that it is for
    """

    part: Part
    available: int
    fits: bool
    made: tuple[str, ...] = ()


@dataclass
class Work:
    """One job as its technician needs it; each thing is asked for once, when it is first needed."""

    order: WorkOrder
    actor: Actor
    at: datetime = field(repr=False)

    @cached_property
    def assignment(self) -> Assignment | None:
        """Who was asked, and until when to answer."""
        return dispatch.assignment_of(self.order)

    @cached_property
    def diagnoses(self) -> list[Diagnosis]:
        """What was found, newest first."""
        return workshop.diagnoses_of(self.order) if self._has("diagnosis") else []

    @cached_property
    def quote(self) -> Quote | None:
        """The quote that stands."""
        return workshop.quote_at_once(self.order) if self._has("quote") else None

    @property
    def quote_options(self) -> list[Shown]:
        """What it offers."""
        return shown_options(self.quote) if self.quote is not None else []

    @cached_property
    def commitment(self) -> PartsCommitment | None:
        """The date for the missing part that still counts."""
        return workshop.living_commitment(self.order) if self._has("commitment") else None

    @cached_property
    def requests(self) -> list[PartRequest]:
        """All that the job asked for."""
        return storeroom.requests_of(self.order) if self._has("requests") else []

    @cached_property
    def labour(self) -> list[LabourEntry]:
        """The time that was worked."""
        return workshop.labour_of(self.order) if self._has("labour") else []

    @cached_property
    def timer(self) -> LabourTimer | None:
        """The technician's time, while it runs on this job."""
        return workshop.running_timer(self.order.technician_id) if self._has("timer") else None

    @cached_property
    def checks(self) -> list[Checked]:
        """The checklist of this job, as far as it is done."""
        return workshop.work_checklist(self.order) if self._has("checks") else []

    @property
    def open_checks(self) -> list[Checked]:
        """What holds the work: required, and open or not in order."""
        return [each for each in self.checks if each.item.is_required and not each.passed]

    @property
    def elsewhere(self) -> str:
        """The job where the technician's time runs instead."""
        return str(getattr(self.order, "timer_elsewhere", None) or "")

    @cached_property
    def old_parts(self) -> list[OldPart]:
        """What came out; only what was fitted leaves an old part."""
        return storeroom.old_parts_of(self.order) if any(each.fitted_quantity for each in self.requests) else []

    @cached_property
    def failed_tests(self) -> list[Inspection]:
        """The final tests that sent the job back, newest first."""
        return quality.failed_tests(self.order) if self._has("failed") else []

    @cached_property
    def clock(self) -> Clock | None:
        """How far the promise has run."""
        return workorder.clock_of(self.order, at=self.at, stood_still=self._has("stood_still"))

    def _has(self, mark: str) -> bool:
        # `orders.open_order` has counted already; an order that came another way is asked.
        return bool(getattr(self.order, f"has_{mark}", True))

    @cached_property
    def unrepairable(self) -> Approval | None:
        """What was last said about that it cannot be repaired."""
        return workshop.unrepairable_approvals([self.order.pk]).first() if self._has("ruling") else None

    @property
    def approval(self) -> Approval | None:
        """That it cannot be repaired, waiting for the outlet manager."""
        last = self.unrepairable
        return last if last is not None and last.state == Approval.State.ASKED else None

    @property
    def sent_back(self) -> Approval | None:
        """The manager's refusal, as long as the technician can do something about it."""
        last = self.unrepairable
        is_at_work = self.order.state in {State.DIAGNOSING, State.QUOTED, State.APPROVED, State.REPAIRING}
        return last if last is not None and last.state == Approval.State.REJECTED and is_at_work else None

    @property
    def is_free(self) -> bool:
        """Whether somebody else than the customer pays."""
        return self.order.coverage in FREE

    @property
    def is_diagnosed(self) -> bool:
        """Whether the fault is known."""
        return any(not each.is_no_fault for each in self.diagnoses)

    @property
    def missing(self) -> list[PartRequest]:
        """What the job waits for."""
        return [each for each in self.requests if each.state in MISSING]

    @property
    def loose(self) -> list[PartRequest]:
        """What is in the technician's hands and not fitted."""
        return [each for each in self.requests if each.state == RequestState.ISSUED and each.unused_quantity]


def my_piles(actor: Actor, *, at: datetime) -> list[Pile]:
    """The technician's jobs: those to answer, those in hand, those that wait for somebody else."""
    orders = list(_mine(actor).with_names().filter(state__in=sorted(TO_ANSWER | IN_HAND | WITH_OTHERS)))
    clocks = workorder.clocks(orders, at=at)
    jobs = [Mine(order, clocks.get(order.pk), _is_late(clocks.get(order.pk), at)) for order in orders]
    jobs.sort(
        key=lambda job: (
            PRIORITY_RANKS[Priority(job.order.priority)],
            job.clock.due_at if job.clock else job.order.promised_at or at,
            job.order.pk,
        )
    )
    named = ((_("Answer these"), TO_ANSWER), (_("On the bench"), IN_HAND), (_("Waiting for others"), WITH_OTHERS))
    return [Pile(name, [job for job in jobs if job.order.state in states]) for name, states in named]


def _is_late(clock: Clock | None, at: datetime) -> bool:
    return clock is not None and at >= clock.due_at


def _mine(actor: Actor) -> WorkOrders:
    return WorkOrder.objects.visible_to(actor).filter(technician_id=actor.person_id)


def unanswered(actor: Actor) -> WorkOrders:
    """The jobs that wait for this technician's answer."""
    return _mine(actor).filter(state__in=sorted(TO_ANSWER))


def at_the_bench(actor: Actor, order: WorkOrder) -> str:
    """The job on the bench of the technician who has it."""
    has_it = order.technician_id is not None and order.technician_id == actor.person_id
    return reverse("bench:job", args=[order.number]) if has_it else ""


def find_parts(work: Work, text: str) -> list[Found]:
    """The parts for this kind of appliance that hold the text, with what lies in the own store; what fits the model first."""
    if not text.strip():
        return []
    found = catalogue.parts_for(text, work.order.appliance, most=PARTS_SHOWN)
    others = [part.pk for part, fits in found if not fits]
    made = catalogue.models_named(others) if others else {}
    return [
        Found(part, _available(work, part), fits, tuple(each.code for each in made.get(part.pk, ())))
        for part, fits in found
    ]


def _available(work: Work, part: Part) -> int:
    lying = blind.shown(stock.where_is(part, by=work.actor), by=work.actor)
    return sum(each.available for each in lying if each.bin.store.unit_id == work.order.unit_id)
