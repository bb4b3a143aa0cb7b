"""What the bench and the customer's page need to know of a job, and whether the workshop's promises hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from guiju.kernel.models import Approval
from guiju.kernel.prepared import Prepared, brought
from guiju.kernel.verification import invariant
from guiju.line.workorder.models import WorkOrder, WorkOrders
from guiju.line.workorder.queries import ORDER
from guiju.line.workorder.rules import State
from guiju.line.workshop.models import (
    Diagnosis,
    FreeCancellation,
    LabourEntry,
    LabourTimer,
    LineSignature,
    PartsCommitment,
    PartUsage,
    Quote,
    QuoteLine,
    RepairSummary,
)
from guiju.line.workshop.models.quotes import Covered
from guiju.line.workshop.queries.checks import Checked, attempt_of, checks_of, open_checks, work_checklist
from guiju.line.workshop.queries.exceptions import (
    EXCEPTION,
    EXCEPTION_APPROVAL,
    exceptions_of,
    exceptions_to_decide,
    fault_levels,
    granted_exceptions,
    labour_fits,
    signed_at,
    unsigned_lines,
)
from guiju.line.workshop.queries.expected import Expected, expected
from guiju.line.workshop.reading import approval_code, is_as_accepted, reading
from guiju.line.workshop.rules import CommitmentState, QuoteState

# What others come by from here.
__all__ = [
    "EXCEPTION", "EXCEPTION_APPROVAL", "Checked", "Expected", "approval_code", "attempt_of", "checks_of", "exceptions_of",
    "exceptions_to_decide", "expected", "fault_levels", "granted_exceptions", "is_as_accepted", "labour_fits", "open_checks", "reading",
    "signed_at", "unsigned_lines", "work_checklist",
]  # fmt: skip

DISCOUNT_APPROVAL = "workshop.approve_discount"
UNREPAIRABLE_APPROVAL = "workshop.confirm_unrepairable"
QUOTE = Quote._meta.label_lower  # noqa: SLF001  # Django documents _meta
# A deadline in one of these states still binds somebody.
LIVING = (CommitmentState.PROPOSED, CommitmentState.SIGNED, CommitmentState.BREACHED)
LINES = Prefetch("lines", QuoteLine.objects.select_related("item", "part"))
_LINES: Prepared[QuoteLine] = Prepared(
    lambda *, keys: QuoteLine.objects.select_related("item", "part").filter(quote__pk__in=keys).order_by("pk")
)
# The same for a question that is asked prepared.
WITH_LINES = ("lines", _LINES, "quote_id")
# Ours until the deed is done; the verbs lock the job first.
LOCKED: Prepared[Quote] = Prepared(
    lambda **key: Quote.objects.select_for_update().order_by().filter(**key), bringing=WITH_LINES
)


def current_quote(order: WorkOrder) -> Quote | None:
    """The newest quote that counts: a draft, one that waits for an answer, or the one that was answered."""
    return _CURRENT.first(order=order.pk)


_CURRENT: Prepared[Quote] = Prepared(
    lambda *, order: Quote.objects.filter(order_id=order).exclude(state=QuoteState.SUPERSEDED).order_by("-version")[:1],
    bringing=WITH_LINES,
)


def current_lines(order: WorkOrder) -> list[QuoteLine]:
    """The lines of the option that counts of the quote that counts, each with its quote, in one question; each has lines."""
    counting = Quote.objects.filter(order=order).exclude(state=QuoteState.SUPERSEDED).order_by("-version")
    lines = QuoteLine.objects.filter(quote=Subquery(counting.values("pk")[:1]), place=F("quote__place"))
    return list(lines.select_related("quote", "item", "part").order_by("pk"))


def quote_at_once(order: WorkOrder) -> Quote | None:
    """The newest quote that counts with the lines of all its options, in one question; one that costs nothing is asked for by itself."""
    lines = list(_AT_ONCE(order=order.pk))
    if not lines:
        return current_quote(order)
    quote = lines[0].quote
    for line in lines:
        line.quote = quote
    return brought(quote, "lines", lines)


_AT_ONCE: Prepared[QuoteLine] = Prepared(
    lambda *, order: (
        QuoteLine.objects.filter(
            quote=Subquery(
                Quote.objects.filter(order_id=order)
                .exclude(state=QuoteState.SUPERSEDED)
                .order_by("-version")
                .values("pk")[:1]
            )
        )
        .select_related("quote", "item", "part")
        .order_by("pk")
    )
)


def approved_quote(order: WorkOrder) -> Quote | None:
    """The version that the customer agreed to: the ceiling of what may be billed (WO-3)."""
    return _APPROVED.first(order=order.pk)


def covered_lines(order: WorkOrder) -> list[Covered]:
    """What somebody else pays of what the customer agreed to."""
    offer = _AGREED.first(order=order.pk)
    return offer.covered_lines if offer is not None else []


_AGREED: Prepared[Quote] = Prepared(
    lambda *, order: Quote.objects.filter(order_id=order, state=QuoteState.APPROVED).order_by("pk")[:1]
)


def days_promised(order: WorkOrder) -> int | None:
    """For how many days the repair is guaranteed by the quote that the customer agreed to; nothing where there was none to agree to."""
    return next((days for (days,) in _DAYS(order=order.pk)), None)


_DAYS: Prepared[tuple[int]] = Prepared(
    lambda *, order: (
        Quote.objects.filter(order_id=order, state=QuoteState.APPROVED).order_by().values_list("repair_warranty_days")
    )
)


_APPROVED: Prepared[Quote] = Prepared(
    lambda *, order: Quote.objects.filter(order_id=order, state=QuoteState.APPROVED).order_by("pk")[:1],
    bringing=WITH_LINES,
)


def discount_approval(quote: Quote) -> Approval | None:
    """What the manager said, or is asked, of the discount on a quote, last."""
    asked = Approval.objects.filter(purpose=DISCOUNT_APPROVAL, subject_type=QUOTE, subject_id=quote.pk)
    return asked.order_by("-pk").first()


def discounts_to_decide(orders: QuerySet[WorkOrder]) -> list[tuple[Quote, Approval]]:
    """The discounts on these jobs that wait for the manager's word."""
    waiting = Approval.objects.filter(purpose=DISCOUNT_APPROVAL, subject_type=QUOTE, state=Approval.State.ASKED)
    asked = {each.subject_id: each for each in waiting}
    quotes = Quote.objects.filter(pk__in=asked, state=QuoteState.DRAFT, order__in=orders.values("pk"))
    return [(quote, asked[quote.pk]) for quote in quotes.select_related("order__customer").order_by("pk")]


def count_to_decide(orders: WorkOrders) -> int:
    """How many discounts, unrepairable appliances and broken dates of these jobs wait for the manager: one statement."""
    asked = Approval.objects.filter(state=Approval.State.ASKED).order_by()
    dear = asked.filter(purpose=DISCOUNT_APPROVAL, subject_type=QUOTE).values("subject_id")
    discounts = Quote.objects.filter(pk__in=dear, state=QuoteState.DRAFT, order__in=orders.values("pk"))
    given_up = asked.filter(purpose=UNREPAIRABLE_APPROVAL, subject_type=ORDER).values("subject_id")
    broken = PartsCommitment.objects.filter(state=CommitmentState.BREACHED, order__in=orders.values("pk"))
    rows = (discounts, orders.open().filter(pk__in=given_up), broken)
    first, *others = (each.order_by().values("pk") for each in rows)
    return int(first.union(*others, all=True).count())


def unrepairable_approvals(order_ids: Any) -> QuerySet[Approval]:
    """All that was asked and said of whether these jobs can be repaired, the last first.

    order_ids   keys, a query for them, or expressions
    """
    asked = Approval.objects.filter(purpose=UNREPAIRABLE_APPROVAL, subject_type=ORDER, subject_id__in=order_ids)
    return asked.order_by("-pk")


def diagnoses_of(order: WorkOrder) -> list[Diagnosis]:
    """What was found, newest first; the pictures of the damage come with it, unless it is known that there are none."""
    found = Diagnosis.objects.filter(order=order).select_related("fault", "cause", "technician")
    pictured = found.prefetch_related("photos__photo") if getattr(order, "has_damage", True) else found
    return list(pictured.order_by("-pk"))


def fault_family(order: WorkOrder) -> str:
    """The family of the fault that was found last; empty where none was."""
    return fault_found(order)[0]


def fault_found(order: WorkOrder) -> tuple[str, str]:
    """The family of the fault that was found last, and its cause by the catalogue's code; empty where none was."""
    return _FOUND.first(order=order.pk) or ("", "")


_FOUND: Prepared[tuple[str, str]] = Prepared(
    lambda *, order: (
        Diagnosis.objects.filter(order_id=order, fault__isnull=False)
        .order_by("-pk")
        .values_list("fault__family", "cause__code")[:1]
    )
)


def living_commitment(order: WorkOrder) -> PartsCommitment | None:
    """The signed, proposed or broken deadline that still counts."""
    return PartsCommitment.objects.filter(order=order, state__in=LIVING).first()


def broken_commitment(order: WorkOrder) -> PartsCommitment | None:
    """The last date for a part, where it was missed or the customer refused it: the way out is free (3.3)."""
    last = PartsCommitment.objects.filter(order=order).order_by("-pk").first()
    return last if last is not None and last.state in {CommitmentState.BREACHED, CommitmentState.REFUSED} else None


def commitments_of(order: WorkOrder) -> list[PartsCommitment]:
    """Every date for a missing part that this job ever had, each with what was signed for it."""
    return list(PartsCommitment.objects.filter(order=order).prefetch_related("revisions__signature").order_by("pk"))


def free_cancellation(order: WorkOrder) -> FreeCancellation | None:
    """That the customer went free of charge, and because of which date."""
    return FreeCancellation.objects.filter(order=order).first()


def labour_of(order: WorkOrder) -> list[LabourEntry]:
    """Who worked how long on what."""
    return list(LabourEntry.objects.filter(order=order).standing().select_related("technician").order_by("pk"))


def minutes_left(orders: Collection[WorkOrder]) -> dict[int, int]:
    """The work that is left on each job that has a quote: the standard minutes of its services, less what was worked."""
    newest = Quote.objects.filter(order=OuterRef("quote__order")).exclude(state=QuoteState.SUPERSEDED)
    lines = QuoteLine.objects.filter(
        quote__order__in=[order.pk for order in orders],
        quote=Subquery(newest.order_by("-version").values("pk")[:1]),
        place=F("quote__place"),
        is_declined=False,
        item__standard_minutes__gt=0,
    )
    entries = LabourEntry.objects.filter(order=OuterRef("quote__order")).standing().order_by()
    worked = Coalesce(Subquery(entries.values("order").annotate(all=Sum("minutes")).values("all")), 0)
    standard = lines.values_list("quote__order").annotate(minutes=Sum(F("quantity") * F("item__standard_minutes")))
    return {pk: max(minutes - done, 0) for pk, minutes, done in standard.annotate(worked=worked)}


def running_timer(technician_id: int | None) -> LabourTimer | None:
    """Where a technician's time runs now; it is one job at most."""
    running = LabourTimer.objects.filter(technician_id=technician_id, stopped_at__isnull=True)
    return running.select_related("order").first()


def usages_of(order: WorkOrder) -> list[PartUsage]:
    """The parts that are now in the appliance."""
    return _USAGES(order=order.pk)


_USAGES: Prepared[PartUsage] = Prepared(
    lambda *, order: (
        PartUsage.objects.filter(order_id=order).select_related("request__part", "technician").order_by("pk")
    )
)


def summary_of(order: WorkOrder) -> RepairSummary | None:
    """What was done, as last summed up."""
    return RepairSummary.objects.filter(order=order).select_related("technician").order_by("-attempt").first()


@invariant("I29")
def approved_quotes_are_what_was_approved() -> Iterator[str]:
    """The lines of an approved quote still hash to what the customer read and approved, and sum to its total (G-7)."""
    for quote in Quote.objects.filter(state=QuoteState.APPROVED).prefetch_related("lines", "options"):
        declined = [line.pk for line in quote.lines_of() if line.is_declined]
        if not is_as_accepted(quote):
            yield f"{quote.number} is not what the customer approved"
        if quote.declined_minor != quote.choice(declined).declined_minor:
            yield f"{quote.number} counts other lines as declined than the customer left out"
    totals = Quote.objects.annotate(lines_sum=Sum("lines__amount_minor", filter=Q(lines__place=F("place"))))
    agreed = Q(lines_sum=F("total_minor") + F("discount_minor") + F("declined_minor"))
    for quote in totals.exclude(agreed).filter(Q(lines_sum__isnull=False) | ~Q(total_minor=0)):
        yield f"{quote.number}: lines sum to {quote.lines_sum}, total and discount say {quote.lines_minor}"


@invariant("PRC-1")
def charges_are_listed_or_granted_and_signed() -> Iterator[str]:
    """Each line of an approved quote is within the published list, or was granted by the network manager and signed by itself."""
    kept = QuoteLine.objects.filter(quote__state=QuoteState.APPROVED, is_declined=False)
    outside = ~Q(unit_minor__gte=F("list_min_minor"), unit_minor__lte=F("list_max_minor")) | Q(price_line__isnull=True)
    for line in kept.filter(outside, exception__isnull=True):
        yield f"Line {line.pk} of quote {line.quote_id} is outside the list and nobody granted it"
    signed = LineSignature.objects.values("line_id")
    for line in kept.filter(exception__isnull=False).exclude(pk__in=signed):
        yield f"Line {line.pk} of quote {line.quote_id} is outside the list and the customer did not sign it"


@invariant("WO-2")
def chargeable_work_was_approved() -> Iterator[str]:
    """A job that the customer pays for is being repaired only with an approved quote."""
    working = WorkOrder.objects.filter(
        coverage="OUT_OF_WARRANTY", state__in=[State.APPROVED, State.WAITING_PARTS, State.REPAIRING, State.QC_PENDING]
    )
    approved = Quote.objects.filter(state=QuoteState.APPROVED).values("order_id")
    for order in working.exclude(pk__in=approved):
        yield f"{order.number} is {order.state} and the customer approved nothing"


@invariant("WO-5")
def who_waits_has_a_signed_date() -> Iterator[str]:
    """A job that waits for parts has a commitment: signed, within its grace, or broken and not yet resolved."""
    answered = PartsCommitment.objects.exclude(state=CommitmentState.VOID).values("order_id")
    for order in WorkOrder.objects.filter(state=State.WAITING_PARTS).exclude(pk__in=answered):
        yield f"{order.number} waits for parts without a commitment"
