"""The claim code at the hand-over: six digits can be guessed, so wrong ones are counted, and too many lock the code."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.events import ClaimCodeLocked
from guiju.line.cashier.models import ClaimGuard
from guiju.line.cashier.rules import CLAIM_TRIES_MAX
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder

REASON_LENGTH_MIN = 5


class NotLocked(Refusal):
    """There is nothing to release."""

    sentence = N_("The claim code of this job is not locked.")


def count_wrong_code(order: WorkOrder, *, by: Actor, at: datetime) -> ClaimGuard:
    """Count a wrong claim code: a deed of its own, because the hand-over that it was tried for is undone.

    source  T34: five tries leave a guesser one chance in two hundred thousand
    """
    with doing("cashier.count_wrong_code", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        guard, _new = ClaimGuard.objects.get_or_create(order=order)
        ClaimGuard.objects.filter(pk=guard.pk).update(wrong_tries=F("wrong_tries") + 1)
        guard.refresh_from_db(fields=["wrong_tries"])
        deed.note(wrong_tries=guard.wrong_tries)
        if guard.wrong_tries == CLAIM_TRIES_MAX:
            deed.tell(ClaimCodeLocked(order.pk, order.number, guard.wrong_tries))
    return guard


def release_claim_code(order: WorkOrder, *, reason: str, by: Actor, at: datetime) -> ClaimGuard:
    """Let the claim code be tried again, as the manager who has looked into it.

    raises  NotLocked, Invalid
    """
    with doing("cashier.release_claim_code", on=order, by=by, at=at, reason=reason):
        order = workorder.lock(order)
        guard = ClaimGuard.objects.filter(order=order).first()
        if guard is None or not guard.is_locked:
            raise NotLocked
        if len(reason.strip()) < REASON_LENGTH_MIN:
            raise Invalid(Sentence(N_("Give a reason of at least five letters.")), field="reason")
        ClaimGuard.objects.filter(pk=guard.pk).update(wrong_tries=0)
        guard.wrong_tries = 0
    return guard


def refuse_wrong_code(order: WorkOrder, given: str, *, is_right: bool) -> Sentence | None:
    """Why the appliance does not go out on this code, if it does not."""
    guard = _GUARDS.first(order=order.pk)
    if guard is not None and guard.is_locked:
        return Sentence(N_("The claim code was wrong too often. Look at the customer's paper, or ask the manager."))
    if is_right:
        return None
    if not given.strip():
        return Sentence(N_("Enter the claim code."))
    return Sentence(N_("The claim code is not the one on this appliance's tag."))


_GUARDS: Prepared[ClaimGuard] = Prepared(lambda *, order: ClaimGuard.objects.filter(order_id=order).order_by("pk")[:1])
