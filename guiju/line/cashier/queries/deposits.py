"""What customers left with us: what is still to be taken, what is held, what goes back; and whether the book agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.models import Approval
from guiju.kernel.verification import invariant
from guiju.line.cashier.models import Bill, LoanDeposit, PartsDeposit, Payment
from guiju.line.cashier.rules import (
    DepositState,
    PartsDepositState,
    Way,
    deposit_state,
    deposit_way,
    parts_deposit_state,
)
from guiju.line.intake.models import Loan
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import DEPOSIT_ASKED
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import QuoteState


def deposits_of(order: WorkOrder) -> dict[int, LoanDeposit]:
    """What was left for the loaners of this job, by the loan's key."""
    rows = LoanDeposit.objects.filter(loan__order=order).select_related("loan__loaner", "taken_by")
    return {each.loan_id: each for each in rows}


@dataclass(frozen=True, slots=True)
class OpenDeposit:
    """A loaner for which something is to be taken, is held, or is to be given back."""

    loan: Loan
    deposit: LoanDeposit | None
    state: DepositState

    @property
    def amount_minor(self) -> int:
        """What was left, or is to be."""
        return self.deposit.amount_minor if self.deposit else self.loan.deposit_minor


def open_deposits(*, by: Actor) -> list[OpenDeposit]:
    """The deposits that are not settled in the outlets whose money is seen: those that wait for the till first, then the oldest."""
    deposits = LoanDeposit.objects.filter(loan=OuterRef("pk"))
    loans = list(
        Loan.objects.filter(by.scope("cashier.see").q(unit="order__unit_id"), deposit_minor__gt=0)
        .filter(Q(returned_at__isnull=True) | Exists(deposits.filter(settled_at__isnull=True)))
        .exclude(Exists(deposits.filter(settled_at__isnull=False)))
        .select_related("loaner", "order__customer", "order__unit")
    )
    # Asked for only where something is lent: most days nothing is.
    held = {each.loan_id: each for each in LoanDeposit.objects.filter(loan__in=loans)} if loans else {}
    found = [
        OpenDeposit(
            loan, held.get(loan.pk), deposit_state(is_taken=loan.pk in held, is_back=loan.returned_at is not None)
        )
        for loan in loans
    ]
    return sorted(found, key=lambda each: (each.state == DepositState.HELD, each.loan.lent_at, each.loan.pk))


def parts_deposits_of(order: WorkOrder) -> list[PartsDeposit]:
    """What was left for a job before its parts were ordered, the first one first."""
    rows = PartsDeposit.objects.filter(order=order).select_related("quote", "taken_by", "settled_by", "session__till")
    return list(rows.order_by("pk"))


@dataclass(frozen=True, slots=True)
class PartsDue:
    """A job whose deposit before parts waits for the till: to be left, or to be given back; in minor units."""

    order: WorkOrder
    state: PartsDepositState
    amount_minor: int


def parts_deposits_due(*, by: Actor) -> list[PartsDue]:
    """Where the till has something to take or to give back before or after parts, the longest waiting first; one statement."""
    waiting = Q(deposit_owed_minor__gt=0) | Q(deposit_held_minor__gt=0)
    rows = WorkOrder.objects.filter(waiting, by.scope("cashier.see").q()).select_related("customer", "unit")
    billed = Exists(Bill.objects.filter(order=OuterRef("pk")))
    return [due for order in rows.annotate(is_billed=billed).order_by("pk") for due in _due(order)]


def _due(order: WorkOrder) -> Iterator[PartsDue]:
    if order.deposit_owed_minor:
        yield PartsDue(order, PartsDepositState.OWED, order.deposit_owed_minor)
    is_free = deposit_way(order.state, is_billed=order.is_billed) == Way.FREELY  # type: ignore[attr-defined]
    if order.deposit_held_minor and is_free:
        yield PartsDue(order, PartsDepositState.TO_RETURN, order.deposit_held_minor)


def deposit_state_of(deposit: PartsDeposit, *, is_billed: bool, of: WorkOrder) -> PartsDepositState:
    """How a deposit before parts of this job stands now."""
    way = deposit_way(of.state, is_billed=is_billed)
    return parts_deposit_state(left_minor=deposit.left_minor, back_minor=deposit.back_minor or 0, way=way)


def return_approval(deposit: PartsDeposit) -> Approval | None:
    """What was asked, and said, last of giving it back while the repair goes on."""
    return approval.last("cashier.approve_deposit_back", deposit)


@invariant("A17")
def deposits_are_held_until_they_are_settled() -> Iterator[str]:
    """What a customer left for a loaner lies in the money book as the customer's, until it is settled."""
    for deposit in LoanDeposit.objects.select_related("loan__order__unit"):
        held = -book.balance(MoneyKind.DEPOSIT_HELD, deposit.reference, unit=deposit.loan.order.unit)
        due = deposit.amount_minor if deposit.settled_at is None else 0
        if held != due:
            yield f"{deposit.receipt_number}: {due} is the customer's, the book holds {held}"


@invariant("C07")
def deposits_before_parts_are_the_customers_until_credited_or_given_back() -> Iterator[str]:
    """What is left of each lies in the money book, stands on its job, and what was credited is what its payment says."""
    on_jobs: dict[int, int] = {}
    paid = dict(Payment.objects.filter(deposit__isnull=False).values_list("deposit", "amount_minor"))
    for deposit in PartsDeposit.objects.select_related("order__unit"):
        on_jobs[deposit.order_id] = on_jobs.get(deposit.order_id, 0) + deposit.left_minor
        held = -book.balance(MoneyKind.DEPOSIT_HELD, deposit.reference, unit=deposit.order.unit)
        if held != deposit.left_minor:
            yield f"{deposit.receipt_number}: {deposit.left_minor} is the customer's, the book holds {held}"
        if deposit.used_minor != paid.get(deposit.pk, 0):
            yield f"{deposit.receipt_number}: {deposit.used_minor} is credited, its payment says {paid.get(deposit.pk, 0)}"
    said = WorkOrder.objects.filter(Q(deposit_held_minor__gt=0) | Q(pk__in=on_jobs))
    for pk, number, minor in said.values_list("pk", "number", "deposit_held_minor"):
        if minor != on_jobs.get(pk, 0):
            yield f"{number} says {minor} of a deposit is here, its deposits say {on_jobs.get(pk, 0)}"


@invariant("C07")
def what_is_asked_before_parts_was_agreed_to() -> Iterator[str]:
    """What a job still asks to be left is what its accepted quote says, less what is here; only what may order parts asks."""
    agreed = dict(
        Quote.objects.filter(state=QuoteState.APPROVED, deposit_minor__gt=0).values_list("order", "deposit_minor")
    )
    asking = WorkOrder.objects.filter(state__in=DEPOSIT_ASKED).filter(Q(deposit_owed_minor__gt=0) | Q(pk__in=agreed))
    for pk, number, owed, held in asking.values_list("pk", "number", "deposit_owed_minor", "deposit_held_minor"):
        due = max(agreed.get(pk, 0) - held, 0)
        if owed != due:
            yield f"{number} asks for {owed} before parts, by its quote {due} is still to be left"
