"""The ledger of promises: give a date, move it, and let the customer agree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import rules
from guiju.line.workorder.actions.life import amend, lock, reasoned, wrong
from guiju.line.workorder.events import PromiseAgreed, PromiseRevised
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.rules import BY_HAND, ENDED, Agreed, Promise, PromiseCause, Step


class PromiseInThePast(Refusal):
    """Nobody can keep it."""

    sentence = N_("A promise lies in the future.")
    field = "to"
    status = 422


class CauseUnfit(Refusal):
    """The cause does not fit the date, or may not be said by hand."""

    sentence = N_("This is no cause for moving the date so.")
    field = "cause"
    status = 422


class PartNeedsItsOwn(Refusal):
    """A missing part: 3.3."""

    sentence = N_("For a missing part the customer signs a time limit of its own. Promise a date for the part.")
    field = "cause"
    status = 422


class AgreementUnproved(Refusal):
    """An agreement that nobody can show."""

    sentence = N_("Have it signed, or write down when and how the customer agreed.")
    field = "agreed"
    status = 422


class MovedMeanwhile(Refusal):
    """Somebody else was quicker."""

    sentence = N_("Somebody else has just moved this date. Look at it again.")


class NothingToAgree(Refusal):
    """The customer agreed already, or never had to."""

    sentence = N_("There is no new date that waits for the customer's word.")


def promise_first(order: WorkOrder, promise: Promise, *, deed: Deed) -> PromiseRevision:
    """Open the ledger with the date that the customer hears first, and how it was reckoned; inside the station's deed."""
    return PromiseRevision.objects.create(
        order=order,
        number=0,
        new_at=promise.at,
        cause=PromiseCause.FIRST,
        reason=Sentence(rules.CAUSE_LABELS[PromiseCause.FIRST]).to_json(),
        steps=[step.to_json() for step in promise.steps],
        agreed=Agreed.TERMS,
        agreed_at=deed.at,
        at=deed.at,
        actor_name=deed.by.name,
    )


def revise_promise(
    order: WorkOrder,
    *,
    to: datetime,
    cause: PromiseCause,
    reason: Sentence | str,
    agreed: Agreed | None = None,
    signature: Evidence | None = None,
    agreed_note: str = "",
    basis: str = "",
    proof: Evidence | None = None,
    steps: Iterable[Step] = (),
    by: Actor,
    at: datetime,
) -> PromiseRevision | None:
    """Give the customer another date, and keep the old one beside it; the same date again changes nothing.

    agreed      how the customer agreed to it, with the signature or the note that shows it; None where nobody has asked yet
    basis       what the date rests on, in words; `proof` is a picture of it
    steps       how it was reckoned, where it was
    raises      PromiseInThePast, ReasonMissing, WrongState, CauseUnfit, PartNeedsItsOwn, AgreementUnproved, MovedMeanwhile, Invalid
    source      WO-10, D03, D04
    """
    with doing("workorder.revise_promise", on=order, by=by, at=at, cause=str(cause)) as deed:
        order = lock(order)
        if order.promised_at is None or order.state in ENDED:
            raise wrong(order)
        if order.promised_at == to:
            return None
        if to <= at:
            raise PromiseInThePast
        _fits(order, PromiseCause(cause), to, is_agreed=agreed is not None, by=by)
        _of_this_unit(order, proof, signature)
        said = reason if isinstance(reason, Sentence) else Sentence("%(reason)s", {"reason": reasoned(reason)})
        last = order.promise_revisions.order_by("-number").first()
        with refusing(
            promise_revision_has_its_number_once=MovedMeanwhile,
            promise_revision_takes_the_place_of_what_stands=MovedMeanwhile,
            promise_revision_follows_the_one_before=MovedMeanwhile,
        ):
            revision = PromiseRevision.objects.create(
                order=order,
                number=last.number + 1 if last else 0,
                old_at=order.promised_at,
                new_at=to,
                cause=PromiseCause(cause),
                reason=said.to_json(),
                steps=[step.to_json() for step in steps],
                basis=basis.strip(),
                proof=proof,
                at=at,
                actor_name=by.name,
                **_agreed(agreed, signature, agreed_note, by, at),
            )
        deed.note(promised_at=[order.promised_at, to], agreed=revision.agreed)
        deed.tell(PromiseRevised(order.pk, order.number, order.promised_at, to, bool(revision.agreed)))
        amend(order, promised_at=to)
    return revision


def agree_to_promise(
    order: WorkOrder,
    *,
    agreed: Agreed,
    signature: Evidence | None = None,
    agreed_note: str = "",
    by: Actor,
    at: datetime,
) -> PromiseRevision:
    """The customer agrees to the date that stands: from now on it is the one by which we are measured beside the first.

    raises   NothingToAgree, AgreementUnproved, Invalid, WrongState
    source   2.6 PromiseRevision "accepted by customer"
    """
    with doing("workorder.agree_to_promise", on=order, by=by, at=at, how=str(agreed)) as deed:
        order = lock(order)
        if order.state in ENDED:
            raise wrong(order)
        last = order.promise_revisions.order_by("-number").first()
        if last is None or last.agreed:
            raise NothingToAgree
        _of_this_unit(order, signature)
        said = _agreed(agreed, signature, agreed_note, by, at)
        with refusing(promise_revision_is_agreed_once=NothingToAgree):
            PromiseRevision.objects.filter(pk=last.pk).update(**said)
        for name, value in said.items():
            setattr(last, name, value)
        deed.note(promised_at=last.new_at)
        deed.tell(PromiseAgreed(order.pk, order.number, last.new_at, str(agreed)))
    return last


def _fits(order: WorkOrder, cause: PromiseCause, to: datetime, *, is_agreed: bool, by: Actor) -> None:
    # By itself nobody says that a part is missing or a quote approved: those dates follow from their own verbs.
    if by.because is None and cause is PromiseCause.PART:
        raise PartNeedsItsOwn
    if by.because is None and cause not in BY_HAND:
        raise CauseUnfit
    if order.promised_at is not None:
        said = rules.unfit(cause, was=order.promised_at, to=to, agreed=is_agreed)
        if said is not None:
            raise CauseUnfit(said)


def _agreed(agreed: Agreed | None, signature: Evidence | None, note: str, by: Actor, at: datetime) -> dict[str, Any]:
    """The columns of an agreement, if it can be shown."""
    if agreed is None:
        return {}
    shown = {
        Agreed.SIGNATURE: signature is not None,
        Agreed.RECORDED: len(note.strip()) >= REASON_LENGTH_MIN,
        # The quote that was approved by code is the proof; nobody says so by hand.
        Agreed.CODE: by.because is not None,
        Agreed.TERMS: False,
    }
    if not shown[Agreed(agreed)]:
        raise AgreementUnproved
    return {"agreed": Agreed(agreed), "agreed_at": at, "agreed_note": note.strip()[:300], "signature": signature}


# Letters; less than this tells nobody anything (2.2 Reason).
REASON_LENGTH_MIN = 5


def _of_this_unit(order: WorkOrder, *pictures: Evidence | None) -> None:
    if any(picture is not None and picture.unit_id != order.unit_id for picture in pictures):
        raise Invalid(Sentence(N_("This picture belongs to another outlet.")), field="signature")
