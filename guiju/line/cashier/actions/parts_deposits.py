"""What a customer leaves before a part is ordered (C07): taken at the till, credited on the bill of what was agreed to, else given back.

Three ways out and no fourth: the bill of the accepted quote, the customer's hand, or, while the repair goes on, the customer's hand
with the approval of another person.
"""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Approval, Evidence
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.bills import ReferenceMissing, TillClosed, till_for
from guiju.line.cashier.actions.lying import hold, place, till_to_pay_from
from guiju.line.cashier.actions.numbers import receipt_number
from guiju.line.cashier.actions.refunds import OverTheLimit
from guiju.line.cashier.events import PartsDepositReturned, PartsDepositTaken
from guiju.line.cashier.models import Bill, PartsDeposit
from guiju.line.cashier.rules import LEFT_BY, Method, Way, deposit_way
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import queries as workshop
from guiju.standing.policy import queries as policy

RETURN_APPROVAL = "cashier.approve_deposit_back"


class NoneAsked(Refusal):
    """No deposit is agreed to, or all of it is here."""

    sentence = N_("No deposit has to be left for this job now.")


class PartsDepositTakenAlready(Refusal):
    """One acceptance, one deposit."""

    sentence = N_("The deposit for this quote is taken already.")


class MoreThanAgreed(Refusal):
    """No more than the customer agreed to."""

    sentence = N_("This is more than the deposit that the customer agreed to.")


class MethodUnfit(Refusal):
    """Money goes back the way it came, or by the bank."""

    sentence = N_("A deposit is left in cash, by card or by transfer, and goes back the way it came or by transfer.")
    field = "method"
    status = 422


class NothingHeld(Refusal):
    """It goes back once."""

    sentence = N_("Nothing of this deposit is left: it was credited on the bill, or given back.")


class BillFirst(Refusal):
    """What the bill takes is known when it is drawn."""

    sentence = N_("Draw the bill first: the deposit is credited on it, and what is over goes back.")


class CustomerSignature(Refusal):
    """Cash that goes out leaves a signature."""

    sentence = N_("The customer signs for the cash that goes back.")
    field = "signature"
    status = 422


class ReasonForReturn(Refusal):
    """Money goes back for a reason."""

    sentence = N_("Say why the deposit goes back.")
    field = "reason"
    status = 422


class NotNeeded(Refusal):
    """Nobody has to approve what is the customer's anyway."""

    sentence = N_("This deposit goes back without an approval: nothing is ordered for it any more.")


def take_parts_deposit(
    order: WorkOrder, *, method: Method, terminal_ref: str = "", by: Actor, at: datetime
) -> PartsDeposit:
    """Take what the customer agreed to leave before parts are ordered: it stays the customer's, and the part may be ordered.

    raises   NoneAsked, MethodUnfit, PartsDepositTakenAlready, TillClosed, ReferenceMissing
    source   C07, FIN-1; a deposit is a move to what is owed to the customer
    """
    with doing("cashier.take_parts_deposit", on=order, by=by, at=at, method=str(method)) as deed:
        order = workorder.lock(order)
        quote = workshop.approved_quote(order)
        amount = order.deposit_owed_minor
        if quote is None or not amount:
            raise NoneAsked
        if method not in LEFT_BY:
            raise MethodUnfit
        session = till_for(method, by, at)
        with refusing(
            a_quotes_deposit_is_held_once=PartsDepositTakenAlready,
            a_deposit_is_no_more_than_was_agreed=MoreThanAgreed,
            a_cash_parts_deposit_goes_into_an_open_till=TillClosed,
            a_parts_deposit_by_card_has_its_reference=ReferenceMissing,
        ):
            deposit = PartsDeposit.objects.create(
                order=order,
                quote=quote,
                amount_minor=amount,
                currency=order.currency,
                method=method,
                receipt_number=receipt_number("DP", unit=order.unit, session=session, at=at),
                session=session,
                terminal_ref=terminal_ref.strip(),
                taken_by_id=by.natural_person_id,
                at=at,
            )
        hold(deposit, unit=order.unit, deed=deed, at=at)
        workorder.hold_deposit(order, amount, agreed_minor=quote.deposit_minor, deed=deed)
        deed.tell(PartsDepositTaken(order.pk, order.number, quote.pk, deposit.receipt_number, amount, order.currency))
    return deposit


def ask_deposit_back(deposit: PartsDeposit, *, reason: str, by: Actor, at: datetime) -> Approval:
    """Ask that a deposit goes back although the repair goes on: it was taken wrongly, or the customer leaves it in another way.

    raises   NothingHeld, NotNeeded, ReasonForReturn
    source   5.2, as for any payment that is reversed
    """
    with doing("cashier.ask_deposit_back", on=deposit.order, by=by, at=at, reason=reason) as deed:
        deposit = _lock(deposit)
        if _way(deposit) != Way.APPROVED:
            raise NotNeeded
        if not reason.strip():
            raise ReasonForReturn
        return approval.ask(RETURN_APPROVAL, deposit, _content(deposit, reason), by=by, at=at, deed=deed)


def approve_deposit_back(deposit: PartsDeposit, *, by: Actor, at: datetime) -> Approval:
    """Allow that the deposit goes back while the repair goes on, as another person.

    raises   NotApproved, OverTheLimit, approval's refusal of the same person
    source   5.3
    """
    with doing("cashier.approve_deposit_back", on=deposit.order, by=by, at=at) as deed:
        deposit = _lock(deposit)
        asked = approval.waiting(RETURN_APPROVAL, deposit)
        order = deposit.order
        limit = policy.figure(f"limit.refund.{deed.role}", unit=order.unit, on=order.unit.day(at)).value
        if limit is not None and deposit.left_minor > limit:
            raise OverTheLimit(limit=workorder.money(order, limit))
        return approval.grant(asked, content=asked.content, by=by, at=at)


def return_parts_deposit(
    deposit: PartsDeposit,
    *,
    reason: str,
    method: Method | None = None,
    bank_ref: str = "",
    signature: Evidence | None = None,
    by: Actor,
    at: datetime,
) -> PartsDeposit:
    """Give the customer back what no bill took: all of it when nothing is repaired, and what is over after the bill.

    method      the way it came unless told otherwise; a transfer is always possible
    bank_ref    of the slip or of the transfer, for what goes back otherwise than in cash
    signature   the customer's, for cash
    raises      NothingHeld, BillFirst, NotApproved while the repair goes on, MethodUnfit, ReasonForReturn, TillClosed,
                CustomerSignature, ReferenceMissing
    source      C07, FIN-8
    """
    with doing("cashier.return_parts_deposit", on=deposit.order, by=by, at=at, reason=reason) as deed:
        deposit = _lock(deposit)
        order, back = deposit.order, deposit.left_minor
        way = _way(deposit)
        goes = method or Method(deposit.method)
        if goes not in {Method(deposit.method), Method.TRANSFER}:
            raise MethodUnfit
        if not reason.strip():
            raise ReasonForReturn
        granted = None
        if way == Way.APPROVED:
            granted = approval.require(RETURN_APPROVAL, deposit, _content(deposit, reason))
        deposit.back_reason, deposit.approval = reason.strip()[:300], granted
        deposit.back_method, deposit.back_ref = goes, bank_ref.strip()[:60]
        deposit.back_signature = signature if goes == Method.CASH else None
        _settle(deposit, deed, at)
        agreed = workshop.approved_quote(order)
        workorder.hold_deposit(order, -back, agreed_minor=agreed.deposit_minor if agreed else 0, deed=deed)
        deed.note(receipt=deposit.receipt_number, back=deposit.back_number, back_minor=back)
        deed.tell(
            PartsDepositReturned(
                order.pk, order.number, deposit.receipt_number, deposit.back_number, back, deposit.currency
            )
        )
    return deposit


def _settle(deposit: PartsDeposit, deed: Deed, at: datetime) -> None:
    """Write that what is left of it is the customer's again, and move the money out of where it lies.

    raises   TillClosed, CustomerSignature, ReferenceMissing
    """
    order, back = deposit.order, deposit.left_minor
    session = till_to_pay_from(deposit.back_method, deed.by, at)
    deposit.back_minor, deposit.back_session = back, session
    deposit.settled_at, deposit.settled_by_id = at, deed.by.natural_person_id
    deposit.back_number = receipt_number("DR", unit=order.unit, session=session, at=at)
    with refusing(
        cash_of_a_deposit_goes_back_against_a_signature=CustomerSignature,
        a_deposit_goes_back_by_card_under_a_number=ReferenceMissing,
    ):
        deposit.save(update_fields=[*SETTLING])
    owed = (MoneyKind.OWED_BY_CUSTOMER, deposit.reference)
    money.post(
        [
            Part(Movement.USE_DEPOSIT, back, owed, (MoneyKind.DEPOSIT_HELD, deposit.reference)),
            Part(Movement.GIVE_BACK, back, place(deposit.back_method, session), owed),
        ],
        unit=order.unit, currency=deposit.currency, document=deposit.back_number, by=deed.consequence(), at=at,
    )  # fmt: skip


SETTLING = (
    "back_minor", "settled_at", "settled_by", "back_method", "back_session", "back_ref", "back_reason", "back_signature",
    "back_number", "approval",
)  # fmt: skip


def deposit_held(order: WorkOrder) -> dict[str, Sentence]:
    """C07: why the job cannot end yet, if it cannot: money of the customer lies here for it."""
    if not order.deposit_held_minor:
        return {}
    words = {"amount": workorder.money(order, order.deposit_held_minor)}
    return {"deposit": Sentence(N_("Give the customer the deposit of %(amount)s back first, at the till."), words)}


def _lock(deposit: PartsDeposit) -> PartsDeposit:
    """Lock the job, then its deposit; it must still hold something.

    raises   NothingHeld
    """
    order = workorder.lock(deposit.order)
    locked = PartsDeposit.objects.select_for_update().get(pk=deposit.pk)
    if locked.settled_at is not None:
        raise NothingHeld
    locked.order = order
    return locked


def _way(deposit: PartsDeposit) -> Way:
    """How it may go back now.

    raises   BillFirst
    """
    way = deposit_way(deposit.order.state, is_billed=Bill.objects.filter(order=deposit.order_id).exists())
    if way == Way.BILL:
        raise BillFirst
    return way


def _content(deposit: PartsDeposit, reason: str) -> dict[str, object]:
    """What somebody else approves: that this deposit goes back, how much of it, and why."""
    return {"deposit": deposit.receipt_number, "amount_minor": deposit.left_minor, "reason": reason.strip()}
