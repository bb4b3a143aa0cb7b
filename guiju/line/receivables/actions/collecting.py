"""A customer pays on the account: the oldest debt first, or the jobs that the customer names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel.actor import Actor
from guiju.kernel.amounts import Money
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier import queries as till
from guiju.line.cashier.actions.bills import ReferenceMissing, TillClosed, TooLittleTendered, TooMuch
from guiju.line.cashier.actions.lying import place, till_to_pay_from
from guiju.line.cashier.actions.numbers import receipt_number
from guiju.line.cashier.actions.owing import lock_account, lower
from guiju.line.cashier.models import CreditAccount, Debt, TillSession
from guiju.line.cashier.rules import Method
from guiju.line.receivables import rules
from guiju.line.receivables.events import Collected
from guiju.line.receivables.models import Collection, CollectionLine
from guiju.standing.people.models import Unit

SERIES = "AR"


class NothingOwed(Refusal):
    """There is nothing to pay."""

    sentence = N_("Nothing is owed here on this account.")
    field = "amount_minor"


class OwedElsewhere(Refusal):
    """Each outlet keeps its own books."""

    sentence = N_(
        "This is owed to %(outlet)s: it is paid there, or by transfer, and apart from what is owed elsewhere."
    )
    field = "receipts"


def collect(
    account: CreditAccount,
    *,
    method: Method,
    amount_minor: int,
    receipts: Sequence[str] = (),
    tendered_minor: int | None = None,
    terminal_ref: str = "",
    by: Actor,
    at: datetime,
) -> Collection:
    """Take money for what a customer owes, and give a receipt; what it pays may be bought on credit again.

    receipts   the receipts on credit that are paid, in this order; none for the oldest first of this outlet
    raises     NothingOwed, OwedElsewhere, TooMuch, TillClosed, TooLittleTendered, ReferenceMissing, Invalid
    source     S6-29, 6.11 "receivables collected", FIN-4
    """
    unit = _where(account, method, receipts, by)
    facts = {"method": str(method), "amount_minor": amount_minor}
    with doing("receivables.collect", on=account, unit_id=unit.pk, by=by, at=at, **facts) as deed:
        if method not in rules.PAID_BY:
            raise Invalid(Sentence(N_("An account is paid in cash, by card or by transfer.")), field="method")
        if amount_minor < 1:
            raise Invalid(Sentence(N_("Take at least something.")), field="amount_minor")
        account = lock_account(account)
        lines = _lines(account, unit, receipts, amount_minor)
        session = _till(method, unit, by, at)
        with refusing(
            cash_is_collected_in_an_open_till_of_the_outlet=TillClosed,
            what_is_tendered_covers_what_is_collected=TooLittleTendered,
            what_is_collected_lies_in_a_till_or_has_its_reference=ReferenceMissing,
        ):
            made = Collection.objects.create(
                number=receipt_number(SERIES, unit=unit, session=session, at=at), account=account, unit=unit, method=method,
                amount_minor=amount_minor, tendered_minor=tendered_minor if method == Method.CASH else None,
                terminal_ref=terminal_ref.strip(), session=session, taken_by_id=by.natural_person_id, at=at,
            )  # fmt: skip
        CollectionLine.objects.bulk_create(
            CollectionLine(collection=made, debt_id=debt, amount_minor=part) for debt, part in lines.items()
        )
        lower(account, lines)
        _book(made, session, deed, at)
        deed.note(receipt=made.number)
        deed.tell(Collected(account.customer_id, made.number, amount_minor, account.used_minor, account.currency))
    return made


def _where(account: CreditAccount, method: Method, receipts: Sequence[str], by: Actor) -> Unit:
    """The outlet to which it is owed: of the receipts that are named, of one's own till, or of the oldest debt."""
    debts = Debt.objects.filter(account=account).open().select_related("unit").order_by("due_on", "pk")
    named = debts.filter(payment__receipt_number__in=receipts).first() if receipts else None
    if named is not None:
        return named.unit
    session = till.session_of(by) if method == Method.CASH else None
    if session is not None:
        return session.till.unit
    oldest = debts.first()
    return oldest.unit if oldest is not None else account.unit


def _till(method: Method, unit: Unit, by: Actor, at: datetime) -> TillSession | None:
    """The till at which it is taken: cash lies in it, a slip is counted with it; none of another outlet.

    raises   TillClosed
    """
    session = till_to_pay_from(method, by, at)
    is_elsewhere = session is not None and session.till.unit_id != unit.pk
    return None if is_elsewhere and method != Method.CASH else session


def _lines(account: CreditAccount, unit: Unit, receipts: Sequence[str], amount_minor: int) -> dict[int, int]:
    """Which debt is paid how much.

    raises   NothingOwed, OwedElsewhere, TooMuch
    """
    rows = Debt.objects.filter(account=account).open().select_related("payment", "unit").order_by("due_on", "pk")
    found = {debt.payment.receipt_number: debt for debt in rows}
    wanted = [found[each] for each in dict.fromkeys(receipts) if each in found]
    if len(wanted) < len(set(receipts)):
        raise NothingOwed
    elsewhere = next((debt for debt in wanted if debt.unit_id != unit.pk), None)
    if elsewhere is not None:
        raise OwedElsewhere(outlet=elsewhere.unit.name)
    debts = wanted or [debt for debt in found.values() if debt.unit_id == unit.pk]
    if not debts:
        raise NothingOwed
    try:
        return dict(rules.spread(amount_minor, [(debt.pk, debt.left_minor) for debt in debts]))
    except ValueError:
        raise TooMuch(owed=str(Money(sum(debt.left_minor for debt in debts), account.currency))) from None


def _book(made: Collection, session: TillSession | None, deed: Deed, at: datetime) -> None:
    credit = (MoneyKind.CREDIT, f"CUSTOMER-{made.account.customer_id}")
    money.post(
        [Part(Movement.COLLECT, made.amount_minor, credit, place(made.method, session))],
        unit=made.unit, currency=made.account.currency, document=made.number, by=deed.consequence(), at=at,
    )  # fmt: skip
