"""Credit: who may owe us how much, and who allowed it."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.models import CreditAccount
from guiju.line.cashier.rules import CreditState
from guiju.standing.customers.models import Customer

CREDIT_APPROVAL = "cashier.approve_credit"


class CreditAlready(Refusal):
    """One account per customer."""

    sentence = N_("This customer has a credit account already.")


def open_credit(customer: Customer, *, limit_minor: int, days: int, by: Actor, at: datetime) -> CreditAccount:
    """Ask that a customer may pay later.

    limit_minor  the most that may be owed at once, in minor units
    days         1 to 180
    raises       CreditAlready, Invalid
    source       S6-29, 5.3: the manager asks, finance or head office approves
    """
    with doing("cashier.open_credit", on=customer, by=by, at=at, limit_minor=limit_minor, days=days) as deed:
        if limit_minor < 1:
            raise Invalid(Sentence(N_("A credit limit is more than nothing.")), field="limit_minor")
        if not 1 <= days <= 180:
            raise Invalid(Sentence(N_("Credit runs from 1 to 180 days.")), field="days")
        with refusing(cashier_creditaccount_customer_id=CreditAlready):
            account = CreditAccount.objects.create(
                customer=customer,
                unit=customer.unit,
                limit_minor=limit_minor,
                days=days,
                currency=customer.unit.currency,
                asked_at=at,
            )
        approval.ask(CREDIT_APPROVAL, account, _terms(account), by=by, at=at, deed=deed)
        deed.about(account)
    return account


def approve_credit(account: CreditAccount, *, by: Actor, at: datetime) -> CreditAccount:
    """Allow the credit, as another person than the one who asked.

    raises  NotApproved, approval's refusal of the same person
    """
    with doing("cashier.approve_credit", on=account, by=by, at=at):
        account = CreditAccount.objects.select_for_update().get(pk=account.pk)
        asked = approval.waiting(CREDIT_APPROVAL, account)
        approval.grant(asked, content=_terms(account), by=by, at=at)
        CreditAccount.objects.filter(pk=account.pk).update(state=CreditState.OPEN)
        account.state = CreditState.OPEN
    return account


def _terms(account: CreditAccount) -> dict[str, object]:
    return {
        "customer": account.customer_id,
        "limit_minor": account.limit_minor,
        "days": account.days,
        "currency": account.currency,
    }
