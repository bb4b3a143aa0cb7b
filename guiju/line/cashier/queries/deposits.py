"""What customers left with us: what is still to be taken, what is held, what goes back; and whether the book agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
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
    held = {
        each.loan_id: each
        for each in LoanDeposit.objects.filter(
            by.scope("cashier.see").q(unit="loan__order__unit_id"), settled_at__isnull=True
        )
    }
    settled = LoanDeposit.objects.filter(loan=OuterRef("pk"), settled_at__isnull=False)
    loans = (
        Loan.objects.filter(by.scope("cashier.see").q(unit="order__unit_id"), deposit_minor__gt=0)
        .filter(Q(returned_at__isnull=True) | Q(pk__in=held))
        .exclude(Exists(settled))
        .select_related("loaner", "order__customer", "order__unit")
    )
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


def parts_deposit(receipt: str, *, by: Actor) -> PartsDeposit | None:
    """A deposit by the number of its receipt, where its till is seen."""
    rows = parts_deposits(by=by).filter(receipt_number=receipt.strip().upper())
    return rows.first()


def parts_deposits(*, by: Actor) -> QuerySet[PartsDeposit]:
    """The deposits before parts of the outlets whose till this person may see."""
    rows = PartsDeposit.objects.filter(by.scope("cashier.see").q(unit="order__unit_id"))
    return rows.select_related("order__unit", "order__customer", "taken_by", "settled_by", "session__till", "quote")


def deposits_to_take(*, by: Actor) -> QuerySet[WorkOrder]:
    """The jobs whose customer agreed to a deposit that is not left yet, the longest waiting first."""
    rows = WorkOrder.objects.filter(by.scope("cashier.see").q(), deposit_owed_minor__gt=0)
    return rows.select_related("customer", "unit", "appliance__line", "appliance__brand").order_by("pk")


def deposits_to_return(*, by: Actor) -> list[PartsDeposit]:
    """The deposits of which something goes back now: nothing is repaired, or the bill did not take all of it."""
    held = parts_deposits(by=by).filter(settled_at__isnull=True).order_by("pk")
    billed = Exists(Bill.objects.filter(order=OuterRef("order_id")))
    return [
        each
        for each in held.annotate(is_billed=billed)
        if deposit_way(each.order.state, is_billed=each.is_billed) == Way.FREELY
    ]


def deposit_state_of(deposit: PartsDeposit, *, is_billed: bool, of: WorkOrder) -> PartsDepositState:
    """How a deposit before parts of this job stands now."""
    way = deposit_way(of.state, is_billed=is_billed)
    return parts_deposit_state(left_minor=deposit.left_minor, back_minor=deposit.back_minor or 0, way=way)


def return_approval(deposit: PartsDeposit) -> Approval | None:
    """What was asked, and said, last of giving it back while the repair goes on."""
    asked = Approval.objects.filter(
        purpose="cashier.approve_deposit_back", subject_type="cashier.partsdeposit", subject_id=deposit.pk
    )
    return asked.order_by("-pk").first()


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
