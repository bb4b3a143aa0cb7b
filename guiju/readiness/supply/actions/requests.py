"""What is asked to be bought: written, submitted, approved by limit by somebody else, returned, rejected, given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.amounts import MINOR_MAX, Money
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply import queries
from guiju.readiness.supply.actions.few import refuse_too_few
from guiju.readiness.supply.actions.limits import refuse_no_emergency, refuse_over_limit
from guiju.readiness.supply.events import NotComing, PurchaseApproved, PurchaseRejected, PurchaseRequested
from guiju.readiness.supply.models import EmergencyReview, PurchaseRequest, RequestLine
from guiju.readiness.supply.rules import (
    HANDS,
    REQUEST_ARROWS,
    REQUEST_LABELS,
    Category,
    Purpose,
    RequestState,
    Weight,
    category_of,
)
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit

QUANTITY_MAX = 1_000_000


class YourOwnRequest(Refusal):
    """Whoever asks does not approve (5.4)."""

    sentence = N_("You asked for this yourself. Somebody else has to approve it.")


class ForTheAuditor(Refusal):
    """What fewer people bought is the auditor's to review (5.4)."""

    sentence = N_("This was bought by fewer people than five: the auditor reviews it.")


class NoEstimate(Refusal):
    """What nobody has priced cannot be judged by a limit."""

    sentence = N_("Nobody has said yet what %(name)s is thought to cost.")
    field = "estimate_minor"


class ChangedMeanwhile(Refusal):
    """The approver saw another sum than there is now."""

    sentence = N_("The request comes to %(total)s now. Look at it again before you approve it.")


class ReviewedByYourself(Refusal):
    """Whoever asked or approved does not review."""

    sentence = N_("You had a part in this purchase. Somebody else has to review it.")


@dataclass(frozen=True)
class Wanted:
    """One line as it is asked for: a part, or words with their category.

    quantity         in the part's base unit, at least 1
    estimate_minor   what one is thought to cost; None asks the house what it last cost
    """

    quantity: int
    part: Part | None = None
    words: str = ""
    category: Category = Category.OTHER
    estimate_minor: int | None = None


def draft_request(
    unit: Unit,
    *,
    lines: Sequence[Wanted],
    reason: str,
    purpose: Purpose = Purpose.STOCK,
    need_by: date | None = None,
    reference: str = "",
    is_emergency: bool = False,
    by: Actor,
    at: datetime,
) -> PurchaseRequest:
    """Write down what should be bought for a unit; it is yours until you submit it.

    reference      the job that waits for it; an emergency purchase always has one
    raises         Invalid
    source         3.8, S2-47
    """
    with doing("supply.draft_request", unit_id=unit.pk, by=by, at=at) as deed:
        if not lines:
            raise Invalid(Sentence(N_("Say what should be bought.")), field="lines")
        if is_emergency and not reference.strip():
            raise Invalid(Sentence(N_("An emergency purchase names the job that waits for it.")), field="reference")
        _day(unit, need_by, at)
        return _written(
            unit, lines, deed, reason=reason, purpose=purpose, need_by=need_by, reference=reference.strip(),
            is_emergency=is_emergency, requested_by_id=by.natural_person_id,
        )  # fmt: skip


def ask_for_job(
    unit: Unit,
    *,
    part: Part,
    quantity: int,
    origin: str,
    reference: str,
    asked_by_id: int,
    need_by: date | None,
    is_emergency: bool = False,
    by: Actor,
    at: datetime,
) -> RequestLine:
    """Ask at once to buy what a job waits for; it joins today's request of the unit for its jobs, if that still waits.

    origin        by which the line is found again: the number of the job's part request; the same again is once
    asked_by_id   the technician who asked for the part
    source        S6-19, D11
    """
    facts = {"part": part.code, "quantity": quantity, "origin": origin}
    with doing("supply.ask_for_job", unit_id=unit.pk, by=by, at=at, **facts) as deed:
        standing = (
            RequestLine.objects.filter(origin=origin, withdrawn_at__isnull=True).select_related("request").first()
        )
        if standing is not None:
            return standing
        request = None if is_emergency else _todays(unit, need_by, at)
        wanted = Wanted(quantity, part)
        if request is None:
            request = _written(
                unit, [wanted], deed, reason=reference, purpose=Purpose.JOB, need_by=need_by, reference=reference,
                is_emergency=is_emergency, requested_by_id=asked_by_id, origin=origin,
            )  # fmt: skip
            _submit(request, deed)
        else:
            _add(request, wanted, asked_by_id, origin)
        deed.note(purchase=request.number)
        return RequestLine.objects.select_related("request", "part").get(origin=origin, withdrawn_at__isnull=True)


def withdraw(origin: str, *, by: Actor, at: datetime) -> bool:
    """The job no longer needs it: what nobody has begun to buy is not bought; the rest goes on the shelf when it comes.

    True where a line was withdrawn. Repeatable.
    """
    line = RequestLine.objects.filter(origin=origin, withdrawn_at__isnull=True).select_related("request__unit").first()
    if line is None:
        return False
    with doing("supply.withdraw", on=line.request, by=by, at=at, origin=origin) as deed:
        request = lock(line.request)
        if request.state not in {RequestState.DRAFT, RequestState.SUBMITTED, RequestState.APPROVED}:
            return False
        RequestLine.objects.filter(pk=line.pk).update(withdrawn_at=at)
        if not request.lines.filter(withdrawn_at__isnull=True).exists():
            _step(request, RequestState.CANCELLED, deed, said="—")
    return True


def estimate(line: RequestLine, *, estimate_minor: int, by: Actor, at: datetime) -> RequestLine:
    """Say what one is thought to cost, while the request is not approved.

    raises   Invalid
    """
    with doing("supply.estimate", on=line.request, by=by, at=at, line=line.name, estimate=estimate_minor):
        request = lock(line.request)
        if request.state not in {RequestState.DRAFT, RequestState.SUBMITTED}:
            raise Invalid(Sentence(N_("What was approved is not estimated anew.")), field="estimate_minor")
        if not 0 < estimate_minor * line.quantity <= MINOR_MAX:
            raise Invalid(Sentence(N_("Give a price above nothing.")), field="estimate_minor")
        RequestLine.objects.filter(pk=line.pk).update(estimate_minor=estimate_minor)
        line.estimate_minor = estimate_minor
    return line


def submit_request(request: PurchaseRequest, *, by: Actor, at: datetime) -> PurchaseRequest:
    """Hand it in to be approved.

    raises   WrongState
    """
    with doing("supply.submit_request", on=request, by=by, at=at) as deed:
        request = lock(request)
        _submit(request, deed)
    return request


def approve_request(
    request: PurchaseRequest, *, total_minor: int, decision: str = "", by: Actor, at: datetime
) -> PurchaseRequest:
    """Allow that it is bought: within one's limit, and never what one asked for oneself.

    It is judged together with what the same unit asked for of the same kind within thirty days (PUR-6).

    total_minor   what the approver saw that it comes to
    decision      the minutes of the body that decided, from `decision.collective_threshold` on
    raises        WrongState, YourOwnRequest, NoEstimate, ChangedMeanwhile, PurchaseOverTheLimit, DecisionMissing,
                  TooDearForAnEmergency, TooManyEmergencies, TooFewPeople
    source        5.3, 5.4, 3.8
    """
    with doing("supply.approve_request", on=request, by=by, at=at, total_minor=total_minor) as deed:
        # One of a unit after the other: two halves of one purchase approved at once would each not see the other.
        Unit.objects.select_for_update().get(pk=request.unit_id)
        request = lock(request)
        weight = _judged(request, total_minor, decision, deed)
        refuse_too_few([request], by, left=3)
        with refusing(
            a_purchase_is_approved_by_another_person=YourOwnRequest, nobody_approves_a_line_of_their_own=YourOwnRequest
        ):
            _step(
                request, RequestState.APPROVED, deed, decided_by_id=by.natural_person_id, decided_at=at,
                weight_minor=weight.minor, joined=list(weight.joined), decision=decision.strip(),
            )  # fmt: skip
        if request.is_emergency:
            EmergencyReview.objects.get_or_create(
                request=request, defaults={"due_on": queries.review_day(request.unit, at)}
            )
        deed.note(weight_minor=weight.minor, joined=list(weight.joined))
        deed.tell(PurchaseApproved(request.pk, request.number))
    return request


def return_request(request: PurchaseRequest, *, reason: str, by: Actor, at: datetime) -> PurchaseRequest:
    """Give it back to whoever asked, to be written better.

    raises   WrongState, Invalid
    """
    with doing("supply.return_request", on=request, by=by, at=at, reason=reason) as deed:
        request = lock(request)
        _step(request, RequestState.DRAFT, deed, said=_why(reason))
    return request


def reject_request(request: PurchaseRequest, *, reason: str, by: Actor, at: datetime) -> PurchaseRequest:
    """Say that it is not bought, and why.

    raises   WrongState, Invalid
    """
    with doing("supply.reject_request", on=request, by=by, at=at, reason=reason) as deed:
        request = lock(request)
        _give_up_lines(request, deed)
        _step(request, RequestState.REJECTED, deed, said=_why(reason))
        deed.tell(PurchaseRejected(request.pk, request.number))
    return request


def cancel_request(request: PurchaseRequest, *, reason: str, by: Actor, at: datetime) -> PurchaseRequest:
    """Give it up before anybody has begun to buy.

    raises   WrongState, Invalid
    """
    with doing("supply.cancel_request", on=request, by=by, at=at, reason=reason) as deed:
        request = lock(request)
        _give_up_lines(request, deed)
        _step(request, RequestState.CANCELLED, deed, said=_why(reason))
    return request


def review_emergency(
    review: EmergencyReview, *, was_justified: bool, note: str, by: Actor, at: datetime
) -> EmergencyReview:
    """Look afterwards at what was bought at once, as somebody who neither asked nor approved.

    raises   ReviewedByYourself, Invalid
    source   3.8 "retro review within 3 working days"
    """
    with doing("supply.review_emergency", on=review.request, by=by, at=at, was_justified=was_justified):
        if not note.strip():
            raise Invalid(Sentence(N_("Say what you found.")), field="note")
        review = EmergencyReview.objects.select_for_update().select_related("request").get(pk=review.pk)
        if review.request.people_min < HANDS:
            raise ForTheAuditor
        if review.reviewed_at is not None:
            raise Invalid(Sentence(N_("This purchase was reviewed already.")), field="note")
        review.reviewed_by_id, review.reviewed_at = by.natural_person_id, at
        review.was_justified, review.note = was_justified, note.strip()
        with refusing(a_review_is_by_somebody_who_had_no_part=ReviewedByYourself):
            review.save()
    return review


def lock(request: PurchaseRequest) -> PurchaseRequest:
    """Lock a request, with its unit."""
    rows = PurchaseRequest.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=request.pk)


def _step(request: PurchaseRequest, to: RequestState, deed: Deed, **also: Any) -> None:
    advance(request, to=to, arrows=REQUEST_ARROWS, labels=REQUEST_LABELS, by=deed.by, at=deed.at, deed=deed, **also)


def _give_up_lines(request: PurchaseRequest, deed: Deed) -> None:
    """What was asked for here is free to be asked for again; whoever waits for it is told."""
    lines = request.lines.filter(withdrawn_at__isnull=True)
    for line in lines.exclude(origin=""):
        deed.tell(NotComing(request.number, line.pk, line.origin))
    lines.update(withdrawn_at=deed.at)


def _submit(request: PurchaseRequest, deed: Deed) -> None:
    _step(request, RequestState.SUBMITTED, deed, submitted_at=deed.at, said="")
    deed.tell(PurchaseRequested(request.pk, request.number, request.is_emergency))


def _written(
    unit: Unit, lines: Sequence[Wanted], deed: Deed, *, reason: str, requested_by_id: int, origin: str = "", **about: Any
) -> PurchaseRequest:  # fmt: skip
    """The request with its lines."""
    with refusing(a_purchase_says_what_for=Invalid(Sentence(N_("Say what it is for.")), field="reason")):
        request = PurchaseRequest(
            number=next_number("PR", unit.code, unit.day(deed.at)), unit=unit, currency=unit.currency, reason=reason.strip(),
            requested_by_id=requested_by_id, made_at=deed.at, **about,
        )  # fmt: skip
        request.save()
    begin(request, by=deed.by, at=deed.at, deed=deed)
    for each in lines:
        _add(request, each, requested_by_id, origin)
    deed.about(request)
    return request


def _add(request: PurchaseRequest, wanted: Wanted, asked_by_id: int, origin: str) -> None:
    part, words = wanted.part, wanted.words.strip()
    if (part is None) == (not words):
        raise Invalid(Sentence(N_("Name a part, or say in words what it is.")), field="lines")
    if not 0 < wanted.quantity <= QUANTITY_MAX:
        raise Invalid(Sentence(N_("Ask for at least one.")), field="quantity")
    known = wanted.estimate_minor
    if known is None and part is not None:
        known = queries.estimate_of(part, unit=request.unit, on=request.unit.day(request.made_at))
    if known is not None and not 0 < known * wanted.quantity <= MINOR_MAX:
        raise Invalid(Sentence(N_("Give a price above nothing.")), field="estimate_minor")
    RequestLine.objects.create(
        request=request, part=part, words=words, quantity=wanted.quantity, estimate_minor=known, asked_by_id=asked_by_id,
        category=category_of(part.part_class, part.code) if part is not None else str(wanted.category), origin=origin,
    )  # fmt: skip


def _todays(unit: Unit, need_by: date | None, at: datetime) -> PurchaseRequest | None:
    """The unit's request for its jobs that was begun today and nobody has approved yet, locked."""
    rows = PurchaseRequest.objects.select_for_update(of=("self",)).select_related("unit").filter(
        unit=unit, purpose=Purpose.JOB, state=RequestState.SUBMITTED, is_emergency=False, need_by=need_by
    )  # fmt: skip
    found = rows.order_by("-pk").first()
    return found if found is not None and unit.day(found.made_at) == unit.day(at) else None


def _judged(request: PurchaseRequest, total_minor: int, decision: str, deed: Deed) -> Weight:
    """What it counts for, if whoever acts may approve so much."""
    lines = list(request.lines.filter(withdrawn_at__isnull=True).select_related("part"))
    for line in lines:
        if not line.estimate_minor:
            raise NoEstimate(name=line.name)
    weight = queries.weight_of(request, lines, at=deed.at)
    if weight.own_minor != total_minor:
        raise ChangedMeanwhile(total=Money(weight.own_minor, request.currency))
    refuse_over_limit(request.unit, weight, request.currency, decision, deed)
    if request.is_emergency:
        refuse_no_emergency(request, weight, deed)
    return weight


def _day(unit: Unit, need_by: date | None, at: datetime) -> None:
    if need_by is not None and need_by < unit.day(at):
        raise Invalid(Sentence(N_("It cannot be needed in the past.")), field="need_by")


def _why(reason: str) -> str:
    if not reason.strip():
        raise Invalid(Sentence(N_("Say why.")), field="reason")
    return reason.strip()[:400]
