"""What a customer leaves for a loaner: taken at the till, held as the customer's own money, given back or kept with its reason."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_
from guiju.line.cashier.actions.bills import ReferenceMissing, TillClosed, till_for
from guiju.line.cashier.actions.lying import hold, place, till_to_pay_from
from guiju.line.cashier.actions.numbers import receipt_number
from guiju.line.cashier.events import DepositSettled, DepositTaken
from guiju.line.cashier.models import LoanDeposit, TillSession
from guiju.line.cashier.rules import Method
from guiju.line.intake.models import Loan
from guiju.line.workorder import actions as workorder


class DepositTakenAlready(Refusal):
    """One loan, one deposit."""

    sentence = N_("The deposit for this loaner is taken already.")


class NoDeposit(Refusal):
    """Nothing is asked, or nothing was left."""

    sentence = N_("There is no deposit for this loaner.")


class LoanerBack(Refusal):
    """Nothing more is left for what came back."""

    sentence = N_("This loaner has come back already.")


class LoanerStillOut(Refusal):
    """The deposit answers for the loaner until it is here."""

    sentence = N_("The deposit goes back when the loaner is here. Take the loaner back first.")


class DepositSettledAlready(Refusal):
    """It goes back once."""

    sentence = N_("The deposit of this loaner is settled already.")


def take_deposit(loan: Loan, *, method: Method, terminal_ref: str = "", by: Actor, at: datetime) -> LoanDeposit:
    """Take the deposit for a loaner: money that stays the customer's.

    raises   NoDeposit, LoanerBack, DepositTakenAlready, TillClosed, ReferenceMissing
    source   A17; a deposit is a move to what is owed to the customer
    """
    with doing("cashier.take_deposit", on=loan.order, by=by, at=at, method=str(method)) as deed:
        order = workorder.lock(loan.order)
        loan = Loan.objects.get(pk=loan.pk)
        if loan.returned_at is not None:
            raise LoanerBack
        if not loan.deposit_minor or method == Method.CREDIT:
            raise NoDeposit
        session = till_for(method, by, at)
        with refusing(
            cashier_loandeposit_loan_id=DepositTakenAlready,
            a_cash_deposit_goes_into_an_open_till=TillClosed,
            a_deposit_by_card_has_its_reference=ReferenceMissing,
        ):
            deposit = LoanDeposit.objects.create(
                loan=loan,
                amount_minor=loan.deposit_minor,
                currency=order.currency,
                method=method,
                receipt_number=receipt_number("DP", unit=order.unit, session=session, at=at),
                session=session,
                terminal_ref=terminal_ref.strip(),
                taken_by_id=by.natural_person_id,
                at=at,
            )
        hold(deposit, unit=order.unit, deed=deed, at=at)
        deed.tell(
            DepositTaken(
                order.pk, order.number, loan.pk, deposit.receipt_number, deposit.amount_minor, deposit.currency
            )
        )
    return deposit


def return_deposit(loan: Loan, *, by: Actor, at: datetime) -> LoanDeposit:
    """Give back what was said when the loaner came back, the way it came; the rest is ours, for the reason that was written then.

    raises   NoDeposit, LoanerStillOut, DepositSettledAlready, TillClosed
    source   A17, FIN-8
    """
    with doing("cashier.return_deposit", on=loan.order, by=by, at=at) as deed:
        order = workorder.lock(loan.order)
        deposit = LoanDeposit.objects.select_for_update(of=("self",)).select_related("loan").filter(loan=loan).first()
        if deposit is None:
            raise NoDeposit
        if deposit.loan.returned_at is None:
            raise LoanerStillOut
        if deposit.settled_at is not None:
            raise DepositSettledAlready
        back = deposit.loan.deposit_back_minor or 0
        session = till_to_pay_from(deposit.method, by, at) if back else None
        deposit.back_minor, deposit.settled_at, deposit.settled_by_id = back, at, by.natural_person_id
        deposit.back_session = session
        deposit.save(update_fields=["back_minor", "settled_at", "settled_by", "back_session"])
        money.post(
            _parts(deposit, session),
            unit=order.unit, currency=deposit.currency, document=f"{deposit.receipt_number}/BACK", by=deed.consequence(), at=at,
        )  # fmt: skip
        deed.note(receipt=deposit.receipt_number, back_minor=back, kept_minor=deposit.kept_minor)
        deed.tell(DepositSettled(order.pk, order.number, loan.pk, back, deposit.kept_minor, deposit.currency))
    return deposit


def _parts(deposit: LoanDeposit, session: TillSession | None) -> list[Part]:
    """What goes back leaves the till; what is kept is earned; both are no longer the customer's."""
    owed = (MoneyKind.OWED_BY_CUSTOMER, deposit.reference)
    parts = [Part(Movement.USE_DEPOSIT, deposit.amount_minor, owed, (MoneyKind.DEPOSIT_HELD, deposit.reference))]
    if deposit.back_minor:
        parts.append(Part(Movement.GIVE_BACK, deposit.back_minor, place(deposit.method, session), owed))
    if deposit.kept_minor:
        parts.append(Part(Movement.CHARGE, deposit.kept_minor, (MoneyKind.REVENUE, ""), owed))
    return parts
