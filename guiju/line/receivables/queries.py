"""What is owed, how late it is, what became of it, and whether all of it agrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Max, Q, QuerySet, Sum

from guiju.kernel.actor import Actor
from guiju.kernel.models import Approval
from guiju.kernel.verification import invariant
from guiju.line.cashier.models import CreditAccount, Debt, TillSession
from guiju.line.cashier.queries.printings import gaps
from guiju.line.receivables import rules
from guiju.line.receivables.models import Collection, CollectionLine, Letter, LetterLine, Pause, WriteOff
from guiju.standing.policy import queries as policy

# No zone is further from UTC than this: what is late somewhere is late by then.
FARTHEST_ZONE = timedelta(hours=14)


@dataclass(frozen=True)
class Entry:
    """One line of a statement of account.

    owed_minor      what was put on credit, or nothing
    paid_minor      what was paid or written off, or nothing
    balance_minor   what was owed after it
    kind            CREDIT, COLLECTED or WRITTEN_OFF
    """

    at: datetime
    kind: str
    number: str
    order: str
    owed_minor: int
    paid_minor: int
    balance_minor: int


@dataclass(frozen=True)
class Statement:
    """What a customer owed before a time, what happened in it, and what was owed at its end."""

    opening_minor: int
    entries: tuple[Entry, ...]
    closing_minor: int


def debts(*, by: Actor) -> QuerySet[Debt]:
    """What is owed to the outlets whose till this person may see, and what was."""
    return Debt.objects.visible_to(by).select_related("payment__bill__order", "account__customer", "unit")


def debts_of(account: CreditAccount) -> list[Debt]:
    """What a customer owes, the first to be paid first."""
    rows = Debt.objects.filter(account=account).open().select_related("payment__bill__order", "unit")
    return list(rows.order_by("due_on", "pk"))


def collections(*, by: Actor) -> QuerySet[Collection]:
    """What was paid on accounts in the outlets whose till this person may see."""
    rows = Collection.objects.filter(by.scope("cashier.see").q())
    return rows.select_related("account__customer", "taken_by", "unit")


def taken_in(session: TillSession) -> QuerySet[Collection]:
    """What was paid on accounts at a till, for its report and its count."""
    return Collection.objects.filter(session=session)


def aged(found: list[Debt], on: date) -> Mapping[rules.Age, int]:
    """What of it is not due, and how late the rest is; in minor units."""
    return rules.aged([(debt.left_minor, debt.days_overdue(on)) for debt in found])


def statement(account: CreditAccount, *, starts_at: datetime, ends_at: datetime) -> Statement:
    """What was put on the account, paid and written off, from an instant to before another."""
    rows = sorted(_entries(account), key=lambda each: each[0])
    balance = sum(owed - paid for at, _kind, _number, _order, owed, paid in rows if at < starts_at)
    opening, entries = balance, []
    for at, kind, number, order, owed, paid in rows:
        if starts_at <= at < ends_at:
            balance += owed - paid
            entries.append(Entry(at, kind, number, order, owed, paid, balance))
    return Statement(opening, tuple(entries), balance)


def _entries(account: CreditAccount) -> Iterator[tuple[datetime, str, str, str, int, int]]:
    taken = Debt.objects.filter(account=account).select_related("payment__bill__order")
    for debt in taken:
        order = debt.payment.bill.order.number
        yield debt.payment.at, "CREDIT", debt.payment.receipt_number, order, debt.amount_minor, 0
    for paid in Collection.objects.filter(account=account):
        yield paid.at, "COLLECTED", paid.number, "", 0, paid.amount_minor
    lost = WriteOff.objects.filter(debt__account=account).select_related("debt__payment__bill__order")
    for each in lost:
        yield each.at, "WRITTEN_OFF", each.number, each.debt.payment.bill.order.number, 0, each.amount_minor


def letters_of(account: CreditAccount) -> QuerySet[Letter]:
    """How a customer was reminded, the last letter first."""
    return Letter.objects.filter(account=account).order_by("-pk")


def pause_of(account: CreditAccount, on: date) -> Pause | None:
    """Why no letters go out on that day, if none do."""
    pause = Pause.objects.filter(account=account, ended_at=None).first()
    return pause if pause is not None and pause.holds(on) else None


def to_remind_of(account: CreditAccount, on: date) -> dict[Debt, int]:
    """The debts that are due for a letter that was not written, each with the level of it."""
    late = Debt.objects.filter(account=account).overdue(on).select_related("payment__bill__order")
    found = list(late.order_by("due_on", "pk"))
    if not found:
        return {}
    figures = policy.figures(rules.LEVELS, unit=account.unit, on=on)
    levels = [int(figures[key].value) for key in rules.LEVELS]
    told = dict(
        LetterLine.objects.filter(debt__in=found).values("debt").annotate(m=Max("level")).values_list("debt", "m")
    )
    due = {debt: rules.level(debt.days_overdue(on), levels) for debt in found}
    return {debt: level for debt, level in due.items() if level > told.get(debt.pk, 0)}


def overdue_accounts(at: datetime) -> Iterator[CreditAccount]:
    """The accounts whose customers are to be written to now."""
    late = Debt.objects.overdue((at + FARTHEST_ZONE).date()).values("account")
    for account in CreditAccount.objects.filter(pk__in=late).select_related("unit").order_by("pk"):
        on = account.unit.day(at)
        if pause_of(account, on) is None and to_remind_of(account, on):
            yield account


def write_offs_asked(found: list[Debt]) -> dict[int, Approval]:
    """The requests to give up part of a debt that wait for somebody, by the key of the debt."""
    rows = Approval.objects.filter(
        purpose="receivables.approve_write_off", subject_type="cashier.debt", subject_id__in=[debt.pk for debt in found],
        state=Approval.State.ASKED,
    )  # fmt: skip
    return {each.subject_id: each for each in rows}


@invariant("FIN-9")
def debts_are_what_was_not_paid() -> Iterator[str]:
    """What a debt was less what is left of it is what was paid of it and what was written off."""
    paid = dict(CollectionLine.objects.values("debt").annotate(s=Sum("amount_minor")).values_list("debt", "s"))
    lost = dict(WriteOff.objects.values("debt").annotate(s=Sum("amount_minor")).values_list("debt", "s"))
    for debt in Debt.objects.select_related("payment").filter(
        Q(pk__in=[*paid, *lost]) | ~Q(left_minor=F("amount_minor"))
    ):
        gone = paid.get(debt.pk, 0) + lost.get(debt.pk, 0)
        if debt.amount_minor - debt.left_minor != gone:
            yield f"{debt}: {debt.left_minor} of {debt.amount_minor} is left, and {gone} was paid or written off"


@invariant("G-7")
def collections_are_the_sum_of_their_lines() -> Iterator[str]:
    """What was paid on an account is what its debts got of it, to the cent."""
    for made in Collection.objects.annotate(lines_minor=Sum("lines__amount_minor")):
        if made.lines_minor != made.amount_minor:
            yield f"{made.number}: {made.amount_minor} was paid, its lines say {made.lines_minor}"


@invariant("FIN-4")
def receipts_of_accounts_have_no_gaps() -> Iterator[str]:
    """Of a till's day, and of an outlet's year without a till, the receipts of accounts are numbered one after another."""
    yield from gaps("AR", Collection.objects.values_list("number", flat=True))
