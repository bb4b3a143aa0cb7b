"""What will not be paid is given up: asked by one, approved by another within the limit, and booked as a loss."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.amounts import Money
from guiju.kernel.deed import doing
from guiju.kernel.models import Approval
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.owing import lock_account, lower
from guiju.line.cashier.models import Debt
from guiju.line.receivables.events import WrittenOff
from guiju.line.receivables.models import WriteOff
from guiju.standing.policy import queries as policy

WRITE_OFF_APPROVAL = "receivables.approve_write_off"


class MoreThanLeft(Refusal):
    """Nothing is given up that is not owed."""

    sentence = N_("Only %(owed)s of this is still owed.")
    field = "amount_minor"
    status = 422


class OverWriteOffLimit(Refusal):
    """The one who approves may not give up so much (5.3)."""

    sentence = N_("You may write off up to %(limit)s. Somebody with a higher limit has to approve this one.")


def ask_write_off(debt: Debt, *, amount_minor: int, reason: str, by: Actor, at: datetime) -> Approval:
    """Ask that part or all of a debt is given up.

    raises  MoreThanLeft, Invalid
    source  5.4
    """
    with doing(
        "receivables.ask_write_off", on=debt.account, by=by, at=at, amount_minor=amount_minor, reason=reason
    ) as deed:
        debt = _lock(debt)
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        if amount_minor < 1:
            raise Invalid(Sentence(N_("Write off at least something.")), field="amount_minor")
        if amount_minor > debt.left_minor:
            raise MoreThanLeft(owed=str(Money(debt.left_minor, debt.account.currency)))
        content = {"debt": debt.payment.receipt_number, "amount_minor": amount_minor, "reason": reason.strip()}
        return approval.ask(WRITE_OFF_APPROVAL, debt, content, by=by, at=at, deed=deed)


def approve_write_off(debt: Debt, *, by: Actor, at: datetime) -> WriteOff:
    """Give up what was asked for, as another person; at once it is owed no more.

    raises  NotApproved, MoreThanLeft where it was paid meanwhile, OverWriteOffLimit, approval's refusal of the same person
    source  5.3, 5.4
    """
    with doing("receivables.approve_write_off", on=debt.account, by=by, at=at) as deed:
        debt = _lock(debt)
        asked = approval.waiting(WRITE_OFF_APPROVAL, debt)
        amount, account, unit = asked.content["amount_minor"], debt.account, debt.unit
        limit = policy.figure(f"limit.write_off.{deed.role}", unit=unit, on=unit.day(at)).value
        if limit is not None and amount > limit:
            raise OverWriteOffLimit(limit=str(Money(limit, account.currency)))
        if amount > debt.left_minor:
            raise MoreThanLeft(owed=str(Money(debt.left_minor, account.currency)))
        granted = approval.grant(asked, content=asked.content, by=by, at=at)
        made = WriteOff.objects.create(
            number=next_number("WF", unit.code, unit.day(at)), debt=debt, amount_minor=amount,
            reason=asked.content["reason"], approval=granted, at=at,
        )  # fmt: skip
        lower(account, {debt.pk: amount})
        credit = (MoneyKind.CREDIT, f"CUSTOMER-{account.customer_id}")
        money.post(
            [Part(Movement.WRITE_OFF, amount, credit, (MoneyKind.WRITTEN_OFF, ""))],
            unit=unit, currency=account.currency, document=made.number, by=deed.consequence(), at=at,
        )  # fmt: skip
        deed.note(write_off=made.number, amount_minor=amount)
        receipt = debt.payment.receipt_number
        deed.tell(WrittenOff(account.customer_id, made.number, receipt, amount, account.currency))
    return made


def reject_write_off(debt: Debt, *, reason: str, by: Actor, at: datetime) -> Approval:
    """Refuse to give it up, and say why.

    raises  NotApproved, Invalid
    """
    with doing("receivables.reject_write_off", on=debt.account, by=by, at=at, reason=reason):
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        return approval.reject(approval.waiting(WRITE_OFF_APPROVAL, debt), reason=reason.strip(), by=by, at=at)


def _lock(debt: Debt) -> Debt:
    """Lock the account, then its debt."""
    account = lock_account(debt.account)
    found = Debt.objects.select_for_update(of=("self",)).select_related("payment", "unit").get(pk=debt.pk)
    found.account = account
    return found
