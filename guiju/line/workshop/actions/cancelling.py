"""The way out that costs nothing: the signed date was broken, or the customer did not want to wait."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_
from guiju.line.intake import actions as intake
from guiju.line.storeroom import actions as storeroom
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import queries
from guiju.line.workshop.actions.commitments import resolve_commitment
from guiju.line.workshop.events import CancelledFree
from guiju.line.workshop.models import FreeCancellation
from guiju.line.workshop.rules import CommitmentState


class NothingBroken(Refusal):
    """No signed date was missed and no new one refused."""

    sentence = N_(
        "Cancelling is free of charge when a signed date was missed, or when the customer refused to wait for a part."
    )


def cancel_free(order: WorkOrder, *, reason: str, by: Actor, at: datetime) -> FreeCancellation:
    """Let the customer stop because we did not keep the signed date, or because a part is missing and the customer does not wait.

    Nothing is charged, whatever was agreed for the test. Parts that were kept or ordered for the job are free at once; what was issued
    and not fitted must be back on its shelf before the appliance goes home.

    raises   NothingBroken, WrongState, Invalid without a reason
    source   3.3 "remedy: free cancel", "customer refuses: cancel free"; S6-44; 3.2 "fee per quote or ¥0"
    """
    with doing("workshop.cancel_free", on=order, by=by, at=at, reason=reason) as deed:
        order = workorder.lock(order)
        commitment = queries.broken_commitment(order)
        if commitment is None:
            raise NothingBroken
        intake.cancel(order, reason=reason, by=deed.consequence(), at=at)
        with refusing(a_job_is_cancelled_free_once=NothingBroken):
            free = FreeCancellation.objects.create(
                order=order, commitment=commitment, reason=reason.strip()[:400], at=at, actor_name=by.name
            )
        if commitment.state == CommitmentState.BREACHED:
            said = "The customer cancelled free of charge."
            resolve_commitment(commitment, note=said, by=deed.consequence(), at=at)
        freed = storeroom.release_all(order, by=deed.consequence(), at=at)
        deed.note(commitment=commitment.pk, parts_freed=freed)
        deed.tell(CancelledFree(order.pk, order.number, commitment.pk))
    return free
