"""Who pays late is written to, a letter a level; somebody may say why not for a while."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier.actions.owing import lock_account
from guiju.line.cashier.models import CreditAccount, Debt
from guiju.line.receivables import queries
from guiju.line.receivables.events import Dunned
from guiju.line.receivables.models import Letter, LetterLine, Pause


class NothingLate(Refusal):
    """There is nothing to remind of that was not reminded of."""

    sentence = N_("Nothing new is overdue: the customer was reminded of what is, or still has time.")


class Paused(Refusal):
    """Somebody has said that no letters go out."""

    sentence = N_("No letters are written to this customer until %(until)s: %(reason)s")


class NotPaused(Refusal):
    """Letters go out already."""

    sentence = N_("Letters to this customer are not paused.")


def remind(account: CreditAccount, *, by: Actor, at: datetime) -> Letter:
    """Write to a customer of what is overdue: once for each debt and level, at most one letter a day.

    raises  NothingLate, Paused
    source  the figures `dunning.…_days`; by the clock, or by hand
    """
    with doing("receivables.remind", on=account, by=by, at=at) as deed:
        account = lock_account(account)
        on = account.unit.day(at)
        if (pause := queries.pause_of(account, on)) is not None:
            raise Paused(until=pause.until_on.isoformat(), reason=pause.reason)
        due = queries.to_remind_of(account, on)
        if not due:
            raise NothingLate
        overdue = sum(debt.left_minor for debt in due)
        with refusing(a_customer_is_written_to_once_a_day=NothingLate):
            letter = Letter.objects.create(
                number=next_number("DN", account.unit.code, on), account=account, level=max(due.values()),
                overdue_minor=overdue, written_on=on, at=at,
            )  # fmt: skip
        LetterLine.objects.bulk_create(_lines(letter, due, on))
        oldest = min(due, key=lambda debt: (debt.due_on, debt.pk))
        order = oldest.payment.bill.order
        deed.note(letter=letter.number, level=letter.level, overdue_minor=overdue)
        deed.tell(
            Dunned(
                account.customer_id, order.pk, order.number, letter.number, letter.level, overdue,
                oldest.due_on.isoformat(), account.currency,
            )
        )  # fmt: skip
    return letter


def _lines(letter: Letter, due: Mapping[Debt, int], on: date) -> list[LetterLine]:
    return [
        LetterLine(letter=letter, debt=debt, level=level, left_minor=debt.left_minor, days_overdue=debt.days_overdue(on))
        for debt, level in due.items()
    ]  # fmt: skip


def pause_letters(account: CreditAccount, *, until_on: date, reason: str, by: Actor, at: datetime) -> Pause:
    """Write no letters until the end of a day, for a reason; a pause that holds gives way to the new one.

    raises  Invalid
    """
    with doing("receivables.pause_letters", on=account, by=by, at=at, until_on=until_on, reason=reason) as deed:
        account = lock_account(account)
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        if until_on < account.unit.day(at):
            raise Invalid(Sentence(N_("This day has passed.")), field="until_on")
        Pause.objects.filter(account=account, ended_at=None).update(ended_at=at)
        pause = Pause.objects.create(
            account=account, reason=reason.strip(), until_on=until_on, paused_by_id=by.natural_person_id, at=at
        )
        deed.note(pause=pause.pk)
    return pause


def resume_letters(account: CreditAccount, *, by: Actor, at: datetime) -> Pause:
    """Write again, before the pause is over.

    raises  NotPaused
    """
    with doing("receivables.resume_letters", on=account, by=by, at=at):
        account = lock_account(account)
        pause = queries.pause_of(account, account.unit.day(at))
        if pause is None:
            raise NotPaused
        Pause.objects.filter(pk=pause.pk).update(ended_at=at)
        pause.ended_at = at
    return pause
