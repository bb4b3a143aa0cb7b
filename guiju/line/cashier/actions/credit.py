"""Credit: who may owe us how much, who allowed it, and who stopped it."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.amounts import Money
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Approval
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.owing import lock_account
from guiju.line.cashier.models import CreditAccount
from guiju.line.cashier.rules import CreditState
from guiju.standing.customers.models import Customer
from guiju.standing.policy import queries as policy

CREDIT_APPROVAL = "cashier.approve_credit"


class CreditAlready(Refusal):
    """One account per customer."""

    sentence = N_("This customer has a credit account already.")


class CreditStands(Refusal):
    """The account is not in the state for this."""

    sentence = N_("The credit account stands otherwise: look at it again.")
    status = 409


class OwedAlready(Refusal):
    """What is owed stands in the way."""

    sentence = N_("%(owed)s is owed on this account.")
    field = "limit_minor"
    status = 422


class OverCreditLimit(Refusal):
    """The one who approves may not allow so much (5.3)."""

    sentence = N_("You may allow credit up to %(limit)s. Somebody with a higher limit has to approve this one.")


def open_credit(customer: Customer, *, limit_minor: int, days: int, by: Actor, at: datetime) -> CreditAccount:
    """Ask that a customer may pay later.

    limit_minor  the most that may be owed at once, in minor units
    days         1 to 180
    raises       CreditAlready, Invalid
    source       S6-29, 5.3: the manager asks, finance or head office approves
    """
    with doing("cashier.open_credit", on=customer, by=by, at=at, limit_minor=limit_minor, days=days) as deed:
        _check(limit_minor, days)
        with refusing(cashier_creditaccount_customer_id=CreditAlready):
            account = CreditAccount.objects.create(
                customer=customer,
                unit=customer.unit,
                limit_minor=limit_minor,
                days=days,
                currency=customer.unit.currency,
                asked_at=at,
            )
        approval.ask(CREDIT_APPROVAL, account, _terms(account, limit_minor, days), by=by, at=at, deed=deed)
        deed.about(account)
    return account


def change_credit(
    account: CreditAccount, *, limit_minor: int, days: int, reason: str, by: Actor, at: datetime
) -> Approval:
    """Ask for another limit, other days, or that a closed account is opened again; until it is approved the old terms hold.

    An earlier request that waits is void from now on.

    raises  OwedAlready, Invalid
    source  S6-29, 5.3; what was promised for a debt before stays as it was
    """
    with doing(
        "cashier.change_credit", on=account, by=by, at=at, limit_minor=limit_minor, days=days, reason=reason
    ) as deed:
        account = lock_account(account)
        _check(limit_minor, days)
        _reasoned(reason)
        if limit_minor < account.used_minor:
            raise OwedAlready(owed=str(Money(account.used_minor, account.currency)))
        asked = _terms(account, limit_minor, days) | {"reason": reason.strip()}
        return approval.ask(CREDIT_APPROVAL, account, asked, by=by, at=at, deed=deed)


def approve_credit(account: CreditAccount, *, by: Actor, at: datetime) -> CreditAccount:
    """Allow what was asked for, as another person than the one who asked.

    raises  NotApproved, OverCreditLimit, OwedAlready, approval's refusal of the same person
    source  5.3
    """
    with doing("cashier.approve_credit", on=account, by=by, at=at) as deed:
        account = lock_account(account)
        asked = approval.waiting(CREDIT_APPROVAL, account)
        wanted = asked.content
        limit = policy.figure(f"limit.credit.{deed.role}", unit=account.unit, on=account.unit.day(at)).value
        if limit is not None and wanted["limit_minor"] > limit:
            raise OverCreditLimit(limit=str(Money(limit, account.currency)))
        approval.grant(asked, content=wanted, by=by, at=at)
        deed.note(limit_minor=[account.limit_minor, wanted["limit_minor"]], days=[account.days, wanted["days"]])
        # A suspended account stays suspended under its new terms, until somebody says why no longer.
        state = CreditState.STOPPED if account.state == CreditState.STOPPED else CreditState.OPEN
        owed = OwedAlready(owed=str(Money(account.used_minor, account.currency)))
        with refusing(credit_stays_within_its_limit=owed):
            _write(account, state=state, limit_minor=wanted["limit_minor"], days=wanted["days"])
    return account


def reject_credit(account: CreditAccount, *, reason: str, by: Actor, at: datetime) -> CreditAccount:
    """Refuse what was asked for, and say why; who never had credit has a closed account now.

    raises  NotApproved, Invalid
    """
    with doing("cashier.reject_credit", on=account, by=by, at=at, reason=reason):
        account = lock_account(account)
        _reasoned(reason)
        approval.reject(approval.waiting(CREDIT_APPROVAL, account), reason=reason.strip(), by=by, at=at)
        if account.state == CreditState.ASKED:
            _write(account, state=CreditState.CLOSED)
    return account


def suspend_credit(account: CreditAccount, *, reason: str, by: Actor, at: datetime) -> CreditAccount:
    """Take nothing more on this credit for now; what is owed stays owed.

    raises  CreditStands, Invalid
    """
    with doing("cashier.suspend_credit", on=account, by=by, at=at, reason=reason) as deed:
        return _turn(account, deed, reason, CreditState.OPEN, to=CreditState.STOPPED)


def resume_credit(account: CreditAccount, *, reason: str, by: Actor, at: datetime) -> CreditAccount:
    """The customer may buy on credit again.

    raises  CreditStands, Invalid
    """
    with doing("cashier.resume_credit", on=account, by=by, at=at, reason=reason) as deed:
        return _turn(account, deed, reason, CreditState.STOPPED, to=CreditState.OPEN)


def close_credit(account: CreditAccount, *, reason: str, by: Actor, at: datetime) -> CreditAccount:
    """End the account of a customer who owes nothing; it is opened again only by approval.

    raises  CreditStands, OwedAlready, Invalid
    """
    with doing("cashier.close_credit", on=account, by=by, at=at, reason=reason) as deed:
        owed = lock_account(account).used_minor
        if owed:
            raise OwedAlready(owed=str(Money(owed, account.currency)))
        return _turn(account, deed, reason, CreditState.OPEN, CreditState.STOPPED, to=CreditState.CLOSED)


def _turn(account: CreditAccount, deed: Deed, reason: str, *of: CreditState, to: CreditState) -> CreditAccount:
    account = lock_account(account)
    _reasoned(reason)
    if account.state not in of:
        raise CreditStands
    deed.note(state=[account.state, str(to)])
    _write(account, state=to)
    return account


def _write(account: CreditAccount, **values: int | str) -> None:
    CreditAccount.objects.filter(pk=account.pk).update(**values)
    for name, value in values.items():
        setattr(account, name, value)


def _check(limit_minor: int, days: int) -> None:
    if limit_minor < 1:
        raise Invalid(Sentence(N_("A credit limit is more than nothing.")), field="limit_minor")
    if not 1 <= days <= 180:
        raise Invalid(Sentence(N_("Credit runs from 1 to 180 days.")), field="days")


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise Invalid(Sentence(N_("Say why.")), field="reason")


def _terms(account: CreditAccount, limit_minor: int, days: int) -> dict[str, object]:
    return {
        "customer": account.customer_id,
        "limit_minor": limit_minor,
        "days": days,
        "currency": account.currency,
    }
