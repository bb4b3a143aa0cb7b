"""What is put on credit is owed from then on, by a day; what is paid of it, or written off, is owed no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from guiju.kernel.amounts import Money
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_
from guiju.line.cashier.models import CreditAccount, Debt, Payment
from guiju.line.cashier.rules import CreditState


class NoCredit(Refusal):
    """The customer has no approved credit."""

    sentence = N_("This customer has no approved credit.")
    field = "method"


class CreditUsedUp(Refusal):
    """The limit would be passed (FIN-9)."""

    sentence = N_("This is more than the customer's credit allows.")
    field = "amount_minor"


class CreditStopped(Refusal):
    """Somebody has suspended the account."""

    sentence = N_("The credit of this customer is suspended.")
    field = "method"


class Overdue(Refusal):
    """Who pays late gets nothing more on credit (S6-29)."""

    sentence = N_("%(owed)s of this customer's credit is overdue since %(since)s. It has to be paid first.")
    field = "method"


def lock_account(account: CreditAccount) -> CreditAccount:
    """The account, locked until the deed is done."""
    rows = CreditAccount.objects.select_for_update(of=("self",)).select_related("customer", "unit")
    return rows.get(pk=account.pk)


def use_credit(payment: Payment, at: datetime) -> Debt:
    """Put a payment on the customer's account.

    raises   NoCredit, CreditStopped, Overdue, CreditUsedUp
    source   S6-29, FIN-9
    """
    order = payment.bill.order
    found = CreditAccount.objects.filter(customer_id=order.customer_id).first()
    if found is None or found.state not in {CreditState.OPEN, CreditState.STOPPED} or found.currency != order.currency:
        raise NoCredit
    account = lock_account(found)
    on = account.unit.day(at)
    if (refusal := stands_against(account, on)) is not None:
        raise refusal
    with refusing(credit_stays_within_its_limit=CreditUsedUp):
        CreditAccount.objects.filter(pk=account.pk).update(used_minor=account.used_minor + payment.amount_minor)
    amount = payment.amount_minor
    return Debt.objects.create(
        payment=payment, account=account, unit=order.unit, amount_minor=amount, left_minor=amount,
        taken_on=on, due_on=on + timedelta(days=account.days),
    )  # fmt: skip


def stands_against(account: CreditAccount, on: date) -> Refusal | None:
    """Why this customer gets nothing on credit on that day, if there is a reason."""
    if account.state == CreditState.STOPPED:
        return CreditStopped()
    if account.state != CreditState.OPEN:
        return NoCredit()
    late = list(Debt.objects.filter(account=account).overdue(on).order_by("due_on").values_list("left_minor", "due_on"))
    if not late:
        return None
    owed = Money(sum(left for left, _due in late), account.currency)
    return Overdue(owed=str(owed), since=late[0][1].isoformat())


def lower(account: CreditAccount, sums: Mapping[int, int]) -> None:
    """So much of each debt is owed no more.

    account  locked
    sums     minor units by the key of the debt; each above nothing
    """
    for debt in Debt.objects.select_for_update(of=("self",)).filter(pk__in=sums, account=account).order_by("pk"):
        Debt.objects.filter(pk=debt.pk).update(left_minor=debt.left_minor - sums[debt.pk])
    account.used_minor -= sum(sums.values())
    CreditAccount.objects.filter(pk=account.pk).update(used_minor=account.used_minor)
