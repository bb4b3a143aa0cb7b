"""The hand-over: the appliance and all that came with it, to its owner, when nothing is owed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions import claims
from guiju.line.cashier.actions.owing import stands_against
from guiju.line.cashier.actions.parts_deposits import deposit_held
from guiju.line.cashier.events import Delivered
from guiju.line.cashier.models import Bill, CreditAccount, Debt, HandOver, LoanDeposit
from guiju.line.cashier.rules import BillState, ClaimProof, OldParts
from guiju.line.exchange import actions as exchange
from guiju.line.exchange import queries as exchanges
from guiju.line.exchange.models import ExchangeCase
from guiju.line.exchange.rules import CaseState
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as front_desk
from guiju.line.quality.models import Inspection
from guiju.line.quality.rules import Result
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries as store
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Billing, Held, Outcome, State
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import ReturnCheck
from guiju.standing.warranty import actions as warranty
from guiju.standing.warranty.rules import Coverage

# What the customer is shown before it goes.
WORKS = frozenset({Outcome.REPAIRED, Outcome.EXCHANGED})
SETTLED = frozenset({BillState.PAID, BillState.ON_CREDIT})


class NotReleased(Refusal):
    """The appliance goes out only when all is settled and proved (WO-8, G12)."""

    sentence = N_("The appliance cannot be handed over yet.")


def hand_over(
    order: WorkOrder,
    *,
    proof: ClaimProof,
    claim_code: str = "",
    proof_note: str = "",
    accessories_returned: Mapping[int, int],
    exception_note: str = "",
    demonstrated: bool,
    old_parts_settled: bool = True,
    old_parts: OldParts | None = None,
    signature: Evidence | None = None,
    by: Actor,
    at: datetime,
) -> HandOver:
    """Give the appliance back: paid or on credit, proved, complete, demonstrated.

    proof              the claim code, or the identity that was shown (`proof_note` says which paper)
    old_parts_settled  old parts were handed over, or the customer waived them
    old_parts          which of it: given back, shown and left here, or not wanted; what stays here needs the signature (C10)
    raises             WrongState, NotReleased with each reason, AccessoriesMissing
    source             WO-8, WO-13, 3.2 "collect at counter"; the repair warranty starts here (S6-42)
    """
    with doing("cashier.hand_over", on=order, by=by, at=at, proof=str(proof)) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.READY)
        reasons = _unsettled(order) | _unproved(order, proof, claim_code, proof_note)
        ends_as = _outcome(order)
        if not demonstrated and ends_as in WORKS:
            reasons["demonstrated"] = Sentence(N_("Show the customer that it works first."))
        if ends_as == Outcome.EXCHANGED and signature is None:
            reasons["signature"] = Sentence(N_("The customer signs for the other unit."))
        reasons |= lent(order) | deposit_held(order) | _on_credit(order, at)
        answer, against = _old_parts(order, old_parts, is_settled=old_parts_settled, is_signed=signature is not None)
        reasons |= against
        if reasons:
            # One reason stands at its field; several stand together on top.
            refusal = NotReleased(*reasons.values(), field=next(iter(reasons)) if len(reasons) == 1 else None)
            if proof == ClaimProof.CLAIM_CODE and _is_guess(order, claim_code):
                refusal.afterwards = partial(claims.count_wrong_code, order, by=by, at=at)
            raise refusal
        intake.return_accessories(
            order, returned=accessories_returned, exception_note=exception_note, by=deed.consequence(), at=at
        )
        with refusing(a_hand_over_has_its_proof=NotReleased(Sentence(N_("Write down which paper was shown.")))):
            done = HandOver.objects.create(
                order=order,
                proof=proof,
                proof_note=proof_note.strip(),
                demonstrated=demonstrated,
                old_parts_settled=old_parts_settled,
                old_parts=answer,
                signature=signature,
                handed_by_id=by.natural_person_id,
                at=at,
            )
        if answer in {OldParts.SHOWN, OldParts.WAIVED}:
            storeroom.keep_old_parts(order, by=deed.consequence(), at=at)
        _let_go(order, ends_as, deed, at)
    return done


def _let_go(order: WorkOrder, outcome: Outcome, deed: Deed, at: datetime) -> None:
    """The order ends, the guarantee runs on, the repair warranty begins."""
    if order.hold:
        workorder.release_hold(order, by=deed.consequence(), at=at)
        order.hold = ""
    step = partial(
        workorder.advance, order, to=State.DELIVERED, by=deed.by, at=at, deed=deed, outcome=outcome, delivered_at=at
    )
    because = deed.consequence()
    # Of two units the old one stays here: it is the customer's no more.
    holder, to = (order.customer.name, Held.RETURNED)
    if outcome == Outcome.EXCHANGED:
        holder, to = (order.unit.name, Held.GIVEN_UP)
    workorder.move_custody(
        order, to=to, holder=holder, place=order.shelf if to == Held.GIVEN_UP else "", step=step, by=because, at=at
    )
    warranty.close_pauses(order.appliance, order_number=order.number, ends_on=order.unit.day(at), by=because, at=at)
    if outcome == Outcome.REPAIRED:
        _promise_and_count(order, deed, at)
    if outcome == Outcome.EXCHANGED and (case := exchanges.case_of(order)) is not None:
        exchange.hand_over_unit(case, deed=deed, at=at)
    deed.tell(Delivered(order.pk, order.number, str(outcome)))


def _promise_and_count(order: WorkOrder, deed: Deed, at: datetime) -> None:
    """Labour and each fitted part are guaranteed from today (S6-42, EX-7), and the repair counts for the buyer's rights (WTY-3)."""
    on = order.unit.day(at)
    days = workshop.days_promised(order)
    family, cause = workshop.fault_found(order)
    # A rework keeps the promise of the first repair; it begins none of its own.
    rework = order.parent if order.coverage == Coverage.REPAIR_WARRANTY else None
    parts = {usage.request.part_id: usage.request.part for usage in workshop.usages_of(order)}
    because = deed.consequence()
    warranty.start_repair_warranties(
        order.appliance,
        order_number=order.number,
        parts=(None, *parts.values()),
        fault_family=family,
        handed_over_on=on,
        days=days,
        continues=rework.number if rework is not None else "",
        by=because,
        at=at,
    )
    warranty.record_repair(
        order.appliance,
        order_number=order.number,
        fault_family=family,
        cause=cause,
        received_on=order.unit.day(order.received_at or order.opened_at),
        handed_over_on=on,
        by=because,
        at=at,
    )


def _outcome(order: WorkOrder) -> Outcome:
    """Another unit; repaired when it passed its test; nothing found; or back as it was."""
    ((was_returned, has_passed, is_exchanged),) = _ENDED(order=order.pk)
    if is_exchanged:
        return Outcome.EXCHANGED
    if was_returned:
        no_fault = any(each.is_no_fault for each in workshop.diagnoses_of(order))
        return Outcome.NO_FAULT if no_fault else Outcome.RETURNED_UNREPAIRED
    return Outcome.REPAIRED if has_passed else Outcome.RETURNED_UNREPAIRED


def _ended(*, order: Any) -> QuerySet[WorkOrder, Any]:
    returned = Exists(ReturnCheck.objects.filter(order=OuterRef("pk")))
    passed = Exists(Inspection.objects.filter(order=OuterRef("pk"), result=Result.PASS))
    exchanged = Exists(ExchangeCase.objects.filter(order=OuterRef("pk"), state=CaseState.ALLOCATED))
    return WorkOrder.objects.filter(pk=order).order_by().values_list(returned, passed, exchanged)


_ENDED: Prepared[tuple[bool, bool, bool]] = Prepared(_ended)
_BILLS: Prepared[Bill] = Prepared(lambda *, order: Bill.objects.filter(order_id=order).order_by("pk")[:1])


def _unsettled(order: WorkOrder) -> dict[str, Sentence]:
    bill = _BILLS.first(order=order.pk)
    if bill is None:
        return {"bill": Sentence(N_("The bill is not drawn yet."))}
    if bill.state not in SETTLED:
        owed = workorder.money(order, bill.owed_minor)
        return {"bill": Sentence(N_("%(owed)s is still to be paid."), {"owed": owed})}
    return {}


def _unproved(order: WorkOrder, proof: ClaimProof, claim_code: str, proof_note: str) -> dict[str, Sentence]:
    if proof == ClaimProof.CLAIM_CODE:
        is_right = front_desk.claim_matches(order, claim_code)
        against = claims.refuse_wrong_code(order, claim_code, is_right=is_right)
        return {"claim_code": against} if against is not None else {}
    if proof == ClaimProof.IDENTITY and not proof_note.strip():
        return {"proof_note": Sentence(N_("Write down which paper was shown."))}
    return {}


def lent(order: WorkOrder) -> dict[str, Sentence]:
    """A17: what we lent comes back first, unless the manager excepted it."""
    loans = front_desk.loans_of(order)
    out = ", ".join(loan.loaner.serial for loan in loans if loan.returned_at is None and loan.excepted_at is None)
    said = N_("Take the loaner back first: %(serial)s. Only the manager may except it.")
    if out:
        return {"loaner": Sentence(said, {"serial": out})}
    # Asked only where something was lent at all.
    back = [loan for loan in loans if loan.deposit_minor and loan.returned_at is not None]
    held = LoanDeposit.objects.filter(loan__in=back, settled_at=None).first() if back else None
    if held is None:
        return {}
    words = {"amount": workorder.money(order, held.amount_minor)}
    return {"loaner": Sentence(N_("Settle the loaner's deposit of %(amount)s first."), words)}


def _on_credit(order: WorkOrder, at: datetime) -> dict[str, Sentence]:
    """Why nothing goes out on this customer's credit (S6-29: late or suspended); asked only where it would."""
    if order.billing != Billing.ON_CREDIT:
        return {}
    account = CreditAccount.objects.filter(customer_id=order.customer_id).select_related("unit").first()
    against = stands_against(account, account.unit.day(at)) if account is not None else None
    owed = account is not None and Debt.objects.filter(account=account, payment__bill__order=order).open().exists()
    return {"credit": Sentence(against.sentence, against.params)} if against is not None and owed else {}


def _is_guess(order: WorkOrder, claim_code: str) -> bool:
    return bool(claim_code.strip()) and not front_desk.claim_matches(order, claim_code)


def _old_parts(
    order: WorkOrder, said: OldParts | None, *, is_settled: bool, is_signed: bool
) -> tuple[str, dict[str, Sentence]]:
    """What becomes of the customer's old parts, and why the appliance cannot go out yet, if it cannot."""
    if said in {OldParts.SHOWN, OldParts.WAIVED} and not is_signed:
        return "", {"signature": Sentence(N_("The customer signs that the old parts stay here."))}
    # Only then is anything asked of the store.
    if said is None and not is_settled and _customers_old_parts(order):
        return "", {"old_parts": Sentence(N_("Hand over the old parts, or have the customer waive them."))}
    return str(said or ""), {}


def _customers_old_parts(order: WorkOrder) -> bool:
    return any(old.outcome == OldPartOutcome.RETURN_TO_CUSTOMER for old in store.old_parts_of(order))
