"""The signed deadline: a part is missing, so the customer gets a new date in writing, and a remedy if it is missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Agreed, Hold, PromiseCause, State
from guiju.line.workshop import queries
from guiju.line.workshop.events import (
    CommitmentBreached,
    CommitmentMet,
    CommitmentProposed,
    CommitmentRefused,
    CommitmentSigned,
)
from guiju.line.workshop.models import CommitmentRevision, PartsCommitment
from guiju.line.workshop.rules import (
    COMMITMENT_ARROWS,
    CommitmentState,
    DelayCause,
    Remedy,
    cap_date,
)
from guiju.standing.people.models import Person
from guiju.standing.policy import queries as policy
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import FREE


class OneAlready(Refusal):
    """There is a commitment that still counts."""

    sentence = N_("There is already a commitment for this job. Renegotiate it, or wait for the customer's answer.")


class OverTheCap(Refusal):
    """The date is later than the law or the house allows."""

    sentence = N_("The part must be promised by %(cap)s at the latest.")
    field = "promised_part_on"
    status = 422


class SoonerThanExpected(Refusal):
    """Nobody promises what the supplier does not."""

    sentence = N_("The supplier names %(day)s for the part. Promise that day or a later one.")
    field = "promised_part_on"
    status = 422


class SoonerThanReckoned(Refusal):
    """With the part on that day it cannot be ready so soon."""

    sentence = N_(
        "Reckoned from the supplier's day it is ready on %(day)s at the earliest. Promise that day or a later one."
    )
    field = "promised_ready_at"
    status = 422


class SignatureMissing(Refusal):
    """A date that nobody signed binds nobody."""

    sentence = N_("The customer has to sign the new date.")
    field = "signature"
    status = 422


class TooLateToMove(Refusal):
    """Only a signed date that lies ahead can be moved."""

    sentence = N_("Only a signed date that has not passed can be renegotiated.")


class NotBroken(Refusal):
    """The date has not passed."""

    sentence = N_("The promised date has not passed yet.")


class TooManyRevisions(Refusal):
    """The customer was put off often enough."""

    sentence = N_("This date was already moved %(times)s times. Only the outlet manager may move it again.")


def propose_commitment(
    order: WorkOrder,
    *,
    cause: DelayCause,
    basis: str,
    promised_part_on: date,
    promised_ready_at: datetime,
    remedy: Remedy,
    by: Actor,
    at: datetime,
) -> PartsCommitment:
    """Draft the new date for the missing parts, for the customer to sign.

    basis   what the date rests on: the supplier's word, or an estimate and why
    raises  WrongState, workorder.DepositMissing, OneAlready, OverTheCap, SoonerThanExpected, SoonerThanReckoned, Invalid
    source  S6-44, 3.3
    """
    with doing("workshop.propose_commitment", on=order, by=by, at=at, cause=str(cause)) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.APPROVED, State.REPAIRING, State.WAITING_PARTS)
        workorder.refuse_without_deposit(order)
        _plausible(order, basis, promised_part_on, promised_ready_at, at)
        cap = _cap(order, at)
        if cap is not None and promised_part_on > cap:
            raise OverTheCap(cap=cap)
        grace = int(policy.figure("wo.parts_sign_grace", unit=order.unit, on=order.unit.day(at)).value)
        with refusing(one_living_commitment_per_order=OneAlready, a_commitment_stays_under_its_cap=OverTheCap(cap=cap)):
            commitment = PartsCommitment.objects.create(
                order=order,
                cause=cause,
                basis=basis.strip(),
                remedy=remedy,
                promised_part_on=promised_part_on,
                promised_ready_at=promised_ready_at,
                cap_on=cap,
                proposed_by=Person.objects.get(pk=by.natural_person_id),
                proposed_at=at,
                grace_until=at + timedelta(hours=grace),
            )
        deed.tell(CommitmentProposed(order.pk, order.number, commitment.pk, promised_part_on, promised_ready_at))
    return commitment


def sign_commitment(commitment: PartsCommitment, *, signature: Evidence, by: Actor, at: datetime) -> PartsCommitment:
    """The customer signs the new date; it becomes the job's promise.

    raises  WrongState, SignatureMissing
    source  S6-44, WO-5, WO-10, D04
    """
    with doing("workshop.sign_commitment", on=commitment.order, by=by, at=at) as deed:
        commitment = _lock(commitment)
        with refusing(a_signed_commitment_has_its_signature=SignatureMissing):
            advance(
                commitment,
                to=CommitmentState.SIGNED,
                arrows=COMMITMENT_ARROWS,
                by=by,
                at=at,
                deed=deed,
                signed_at=at,
                signature=signature,
            )
        CommitmentRevision.objects.create(
            commitment=commitment,
            revision=commitment.revision,
            promised_part_on=commitment.promised_part_on,
            promised_ready_at=commitment.promised_ready_at,
            signature=signature,
            signed_at=at,
        )
        _promise(commitment, signature, deed, at)
    return commitment


def refuse_commitment(commitment: PartsCommitment, *, note: str = "", by: Actor, at: datetime) -> PartsCommitment:
    """The customer does not sign: the job stands still until one of the options is chosen.

    raises  WrongState
    source  3.3: cancel free, loaner, transfer, exchange if entitled
    """
    with doing("workshop.refuse_commitment", on=commitment.order, by=by, at=at, note=note) as deed:
        commitment = _lock(commitment)
        advance(
            commitment,
            to=CommitmentState.REFUSED,
            arrows=COMMITMENT_ARROWS,
            by=by,
            at=at,
            deed=deed,
            ended_at=at,
            ended_note=note.strip(),
        )
        if not commitment.order.hold:
            workorder.hold(
                commitment.order,
                hold=Hold.DISPUTE,
                reason="The customer refused the new date for the missing part.",
                by=deed.consequence(),
                at=at,
            )
        deed.tell(CommitmentRefused(commitment.order_id, commitment.order.number, commitment.pk))
    return commitment


def renegotiate_commitment(
    commitment: PartsCommitment,
    *,
    promised_part_on: date,
    promised_ready_at: datetime,
    basis: str,
    signature: Evidence,
    by: Actor,
    at: datetime,
) -> PartsCommitment:
    """Agree on another date before the first one passes, signed again.

    raises  TooLateToMove, OverTheCap, TooManyRevisions, SoonerThanExpected, SoonerThanReckoned, Invalid
    source  3.3: before breach, under the cap, two revisions without the outlet manager
    """
    with doing("workshop.renegotiate_commitment", on=commitment.order, by=by, at=at) as deed:
        commitment = _lock(commitment)
        if commitment.state != CommitmentState.SIGNED or commitment.promised_part_on < commitment.order.unit.day(at):
            raise TooLateToMove
        if commitment.needs_manager and not by.may("workshop.extend_commitment", on=commitment.order):
            raise TooManyRevisions(times=commitment.times_moved)
        _plausible(commitment.order, basis, promised_part_on, promised_ready_at, at)
        if commitment.cap_on is not None and promised_part_on > commitment.cap_on:
            raise OverTheCap(cap=commitment.cap_on)
        revision = commitment.revision + 1
        PartsCommitment.objects.filter(pk=commitment.pk).update(
            revision=revision,
            promised_part_on=promised_part_on,
            promised_ready_at=promised_ready_at,
            basis=basis.strip(),
            signature=signature,
            signed_at=at,
        )
        CommitmentRevision.objects.create(
            commitment=commitment,
            revision=revision,
            promised_part_on=promised_part_on,
            promised_ready_at=promised_ready_at,
            signature=signature,
            signed_at=at,
        )
        commitment.refresh_from_db(fields=["revision", "promised_part_on", "promised_ready_at", "basis"])
        _promise(commitment, signature, deed, at)
    return commitment


def meet_commitment(commitment: PartsCommitment, *, by: Actor, at: datetime) -> PartsCommitment:
    """The part was issued before the signed date.

    raises  WrongState
    """
    with doing("workshop.meet_commitment", on=commitment.order, by=by, at=at) as deed:
        commitment = _lock(commitment)
        advance(commitment, to=CommitmentState.MET, arrows=COMMITMENT_ARROWS, by=by, at=at, deed=deed, ended_at=at)
        deed.tell(CommitmentMet(commitment.order_id, commitment.order.number, commitment.pk))
    return commitment


def breach_commitment(commitment: PartsCommitment, *, by: Actor, at: datetime) -> PartsCommitment:
    """The signed date has passed without the part: the remedy is due, and cancelling is free.

    raises  WrongState
    source  3.3, S6-44
    """
    with doing("workshop.breach_commitment", on=commitment.order, by=by, at=at) as deed:
        commitment = _lock(commitment)
        if commitment.promised_part_on >= commitment.order.unit.day(at):
            raise NotBroken
        advance(commitment, to=CommitmentState.BREACHED, arrows=COMMITMENT_ARROWS, by=by, at=at, deed=deed)
        deed.tell(CommitmentBreached(commitment.order_id, commitment.order.number, commitment.pk, commitment.remedy))
    return commitment


def resolve_commitment(commitment: PartsCommitment, *, note: str, by: Actor, at: datetime) -> PartsCommitment:
    """The remedy was given and the customer knows it.

    raises  WrongState, Invalid
    """
    with doing("workshop.resolve_commitment", on=commitment.order, by=by, at=at, note=note) as deed:
        commitment = _lock(commitment)
        if not note.strip():
            raise Invalid(Sentence(N_("Write down which remedy the customer got.")), field="note")
        advance(
            commitment,
            to=CommitmentState.RESOLVED,
            arrows=COMMITMENT_ARROWS,
            by=by,
            at=at,
            deed=deed,
            ended_at=at,
            ended_note=note.strip(),
        )
    return commitment


def void_commitment(commitment: PartsCommitment, *, by: Actor, at: datetime) -> PartsCommitment:
    """The job will not wait any more: it was cancelled or exchanged.

    raises  WrongState
    """
    with doing("workshop.void_commitment", on=commitment.order, by=by, at=at) as deed:
        commitment = _lock(commitment)
        advance(commitment, to=CommitmentState.VOID, arrows=COMMITMENT_ARROWS, by=by, at=at, deed=deed, ended_at=at)
    return commitment


def _lock(commitment: PartsCommitment) -> PartsCommitment:
    """Lock the job, then its commitment."""
    order = workorder.lock(commitment.order)
    locked = PartsCommitment.objects.select_for_update().get(pk=commitment.pk)
    locked.order = order
    return locked


def _plausible(order: WorkOrder, basis: str, part_on: date, ready_at: datetime, at: datetime) -> None:
    if not basis.strip():
        raise Invalid(Sentence(N_("Say what the date rests on.")), field="basis")
    if part_on < order.unit.day(at):
        raise Invalid(Sentence(N_("The date lies in the past.")), field="promised_part_on")
    if order.unit.day(ready_at) < part_on:
        raise Invalid(Sentence(N_("It cannot be ready before its part is here.")), field="promised_ready_at")
    expected = queries.expected(order, at=at)
    if expected is not None and part_on < expected.part_on:
        raise SoonerThanExpected(day=expected.part_on)
    # By days: the hour moves on while the form is filled in.
    if expected is not None and order.unit.day(ready_at) < order.unit.day(expected.ready.at):
        raise SoonerThanReckoned(day=order.unit.day(expected.ready.at))


def _cap(order: WorkOrder, at: datetime) -> date | None:
    """Under guarantee the law caps the wait; otherwise what the customer signs counts (4.1)."""
    if order.coverage not in FREE or order.received_at is None:
        return None
    days = warranty.figure("max_parts_days", unit=order.unit, on=order.unit.day(at)).value
    return cap_date(received_on=order.unit.day(order.received_at), cap_days=days) if days is not None else None


def _promise(commitment: PartsCommitment, signature: Evidence, deed: Deed, at: datetime) -> None:
    """The signed date is the promise now, and the news says so."""
    if commitment.promised_ready_at != commitment.order.promised_at:
        workorder.revise_promise(
            commitment.order,
            to=commitment.promised_ready_at,
            cause=PromiseCause.PART,
            reason=Sentence(N_("The customer signed a new date because a part is missing.")),
            agreed=Agreed.SIGNATURE,
            signature=signature,
            basis=commitment.basis,
            by=deed.consequence(),
            at=at,
        )
    deed.tell(
        CommitmentSigned(
            commitment.order_id,
            commitment.order.number,
            commitment.pk,
            commitment.revision,
            commitment.promised_part_on,
        )
    )
