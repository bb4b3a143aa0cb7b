"""The bank's word: its statement is brought in, and finance confirms each deposit by a line of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from guiju.books.money import actions as money
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.banking.actions import alarms
from guiju.line.banking.actions import bags as packing
from guiju.line.banking.actions.deposits import lock
from guiju.line.banking.models import BankDeposit, BankLine, SafeBag
from guiju.line.banking.rules import DEPOSIT_ARROWS, DEPOSIT_LABELS, EXCEPTION_AFTER, Alarm, BagState, DepositState
from guiju.line.banking.rules import statements as rules
from guiju.standing.people.models import Unit


class Unreadable(Refusal):
    """One line that cannot be read, and nothing is taken: half a statement would look like the whole."""

    sentence = N_("This statement cannot be read.")
    field = "file"
    status = 422


class CarriedIt(Refusal):
    """Whoever carried the money does not say that it arrived (FIN-6)."""

    sentence = N_("You carried this deposit yourself. Somebody else confirms it.")
    status = 403


class NotItsLine(Refusal):
    """A deposit is confirmed by a line of its amount, and each line confirms one."""

    sentence = N_("This line of the statement is of another amount, or confirms another deposit.")
    field = "line"


# Said to whoever brought a statement: so many misread lines, and the first of them by number.
MISREAD_SHOWN = 10


def bring_statement(unit: Unit, *, content: bytes, by: Actor, at: datetime) -> list[BankLine]:
    """Bring in a statement of the bank, as a table or as camt.053; what is known already is not written twice.

    raises   Unreadable, with the lines that cannot be read
    source   2.13 BankStatementLine, FIN-10
    """
    with doing("banking.bring_statement", unit_id=unit.pk, by=by, at=at) as deed:
        try:
            booked, misread = rules.read(content, currency=unit.currency)
        except rules.NotAStatement as why:
            raise Unreadable(why.args[0]) from None
        if misread:
            raise Unreadable(
                *(
                    Sentence(N_("Line %(line)s: %(why)s"), {"line": each.line, "why": each.why})
                    for each in misread[:MISREAD_SHOWN]
                )
            )
        marks = _marks(booked)
        known = set(BankLine.objects.filter(unit=unit, mark__in=marks).values_list("mark", flat=True))
        rows = [
            BankLine(
                unit=unit, on=each.on, amount_minor=each.amount_minor, currency=each.currency, reference=each.reference,
                text=each.text, mark=mark, brought_by_id=by.natural_person_id, brought_at=at,
            )
            for each, mark in zip(booked, marks, strict=True)
            if mark not in known
        ]  # fmt: skip
        BankLine.objects.bulk_create(rows)
        deed.note(lines=len(rows), known=len(known))
    return rows


def reconcile(deposit: BankDeposit, *, line: BankLine, by: Actor, at: datetime) -> BankDeposit:
    """The bank's statement has it: the same amount, and finance says so.

    raises   CarriedIt, NotItsLine, WrongState
    source   3.10, FIN-6, FIN-10
    """
    with doing("banking.reconcile", on=deposit, by=by, at=at, line=line.reference) as deed:
        deposit = lock(deposit)
        if deposit.state == DepositState.EXCEPTION:
            raise WrongState(Sentence(N_("An exception is settled with a note.")))
        _show(deposit, line)
        _confirm(deposit, deed)
    return deposit


def except_deposit(deposit: BankDeposit, *, by: Actor, at: datetime) -> BankDeposit:
    """The bank's statement does not show it after two days: finance and the auditor see it.

    raises   WrongState while there is time
    source   3.10 "mismatch 2 days", FIN-10
    """
    with doing("banking.except_deposit", on=deposit, by=by, at=at) as deed:
        deposit = lock(deposit)
        if deposit.banked_at is None or at - deposit.banked_at < timedelta(days=EXCEPTION_AFTER):
            raise WrongState
        advance(
            deposit, to=DepositState.EXCEPTION, arrows=DEPOSIT_ARROWS, by=by, at=at, deed=deed, labels=DEPOSIT_LABELS
        )
        alarms.tell(deposit.unit, Alarm.EXCEPTION, on=deposit.last_on, subject=deposit.number, deed=deed)
    return deposit


def settle_exception(
    deposit: BankDeposit, *, credited_minor: int, note: str, line: BankLine | None = None, by: Actor, at: datetime
) -> BankDeposit:
    """Somebody who did not carry it has found out why the bank's statement differs; what the bank has not got is booked as short.

    credited_minor  what the bank has of it in the end; nothing where it never arrived
    line            the line of the statement by which it came, of just that amount; none where the statement does not show it
    raises          CarriedIt, NotItsLine, Invalid, WrongState
    source          FIN-6, FIN-10
    """
    with doing("banking.settle_exception", on=deposit, by=by, at=at, credited_minor=credited_minor) as deed:
        deposit = lock(deposit)
        if not note.strip():
            raise Invalid(Sentence(N_("Say what happened.")), field="note")
        if credited_minor < 0:
            raise Invalid(Sentence(N_("Say what the bank has.")), field="credited_minor")
        if deposit.state != DepositState.EXCEPTION:
            raise WrongState
        who = {"settled_by_id": by.natural_person_id, "settled_note": note.strip()}
        _confirm(deposit, deed, credited_minor=credited_minor, **who)
        if line is not None:
            _show(deposit, line)
        _book_difference(deposit, credited_minor - deposit.amount_minor, deed)
    return deposit


def _show(deposit: BankDeposit, line: BankLine) -> None:
    """The line by which the bank says that it has it; each confirms one deposit."""
    line = locking.lock(BankLine.objects.all(), line.pk)
    if line.deposit_id is not None:
        raise NotItsLine
    with refusing(
        what_a_provider_paid_confirms_no_deposit=NotItsLine, a_line_confirms_a_deposit_of_its_amount=NotItsLine,
        a_deposit_is_confirmed_by_one_line=NotItsLine,
    ):  # fmt: skip
        BankLine.objects.filter(pk=line.pk).update(deposit=deposit)


def _book_difference(deposit: BankDeposit, minor: int, deed: Deed) -> None:
    """What the bank has more or less than was carried there."""
    if not minor:
        return
    bank, beside = (MoneyKind.BANK, ""), (MoneyKind.OVER_SHORT, "")
    part = (
        money.Part(Movement.OVER, minor, beside, bank)
        if minor > 0
        else money.Part(Movement.SHORT, -minor, bank, beside)
    )
    money.post(
        [part], unit=deposit.unit, currency=deposit.currency, document=f"{deposit.number}/{part.kind}", by=deed.consequence(), at=deed.at,
    )  # fmt: skip
    deed.note(difference_minor=minor)


def _confirm(deposit: BankDeposit, deed: Deed, **also: Any) -> None:
    who: dict[str, Any] = {"reconciled_by_id": deed.by.natural_person_id, "reconciled_at": deed.at}
    with refusing(
        who_carried_a_deposit_does_not_confirm_it=CarriedIt, an_exception_is_settled_by_somebody_else=CarriedIt
    ):
        advance(
            deposit, to=DepositState.RECONCILED, arrows=DEPOSIT_ARROWS, by=deed.by, at=deed.at, deed=deed, labels=DEPOSIT_LABELS,
            **who, **also,
        )  # fmt: skip
    for bag in SafeBag.objects.filter(deposit=deposit).order_by("pk"):
        packing.step(bag, BagState.RECONCILED, deed)


def _marks(booked: Sequence[rules.Booked]) -> list[str]:
    """A mark of each line's content; two that are alike in one file are told apart by which of them it is."""
    seen: Counter[rules.Booked] = Counter()
    marks = []
    for each in booked:
        seen[each] += 1
        said = f"{each.on}|{each.amount_minor}|{each.currency}|{each.reference}|{each.text}|{seen[each]}"
        marks.append(hashlib.sha256(said.encode()).hexdigest())
    return marks
