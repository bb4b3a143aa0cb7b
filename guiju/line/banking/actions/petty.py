"""Petty cash: topped up by finance, spent by its keeper with a paper, counted by somebody else; takings never come near it (FIN-3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money import queries as book
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import coins, locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.banking import events
from guiju.line.banking.models import PettyBox, PettyEntry, PettyExpense
from guiju.line.banking.rules.petty import BoxState, Entry, Expense, SpendState
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy import queries as policy

OUTSIDE = (MoneyKind.FLOAT, "")


class BoxThere(Refusal):
    """Each box has its own code."""

    sentence = N_("There is a petty cash box with this code already.")
    field = "code"


class BoxClosed(Refusal):
    """Nothing lies in it any more."""

    sentence = N_("This petty cash box is closed.")


class MoreThanFloat(Refusal):
    """A box is topped up to its float and no further."""

    sentence = N_("That is more than its float. What was spent is topped up, and no more.")
    field = "amount_minor"


class NotEnough(Refusal):
    """Only what lies there is spent; takings never (FIN-3)."""

    sentence = N_("There is not so much in the box. Ask finance to top it up; takings are never spent.")
    field = "amount_minor"


class PaperUsed(Refusal):
    """A paper is paid once."""

    sentence = N_("This paper was paid out of this box already.")
    field = "voucher"


class OwnBox(Refusal):
    """Whoever spends out of a box neither fills nor counts it (FIN-6)."""

    sentence = N_("Whoever answers for a box neither tops it up nor counts it.")
    status = 403


class OwnExpense(Refusal):
    """Another approves."""

    sentence = N_("Somebody else approves what you have spent.")
    status = 403


class Answered(Refusal):
    """Once is once."""

    sentence = N_("This expense was answered already.")


def open_petty_box(unit: Unit, *, code: str, keeper: Person, float_minor: int, by: Actor, at: datetime) -> PettyBox:
    """Give an outlet a box with a float, and name who answers for it.

    raises   BoxThere, OwnBox, Invalid
    source   S6-36, FIN-3
    """
    with doing("banking.open_petty_box", unit_id=unit.pk, by=by, at=at, code=code, float_minor=float_minor) as deed:
        with refusing(
            a_petty_box_code_is_used_once_in_an_outlet=BoxThere,
            a_petty_box_has_a_float=Invalid(Sentence(N_("Give an amount above nothing.")), field="float_minor"),
        ):
            box = PettyBox.objects.create(
                unit=unit,
                code=code.strip().upper(),
                keeper=keeper,
                float_minor=float_minor,
                currency=unit.currency,
                opened_at=at,
            )
        _move(box, Entry.FLOAT, float_minor, deed)
        deed.about(box)
    return box


def top_up_petty(box: PettyBox, *, amount_minor: int, by: Actor, at: datetime) -> PettyEntry:
    """Finance puts back what was spent, up to the float.

    raises   BoxClosed, MoreThanFloat, OwnBox, Invalid
    """
    with doing("banking.top_up_petty", on=box, by=by, at=at, amount_minor=amount_minor) as deed:
        box = _lock(box)
        if amount_minor < 1:
            raise Invalid(Sentence(N_("Give an amount above nothing.")), field="amount_minor")
        if lies_in(box) + amount_minor > box.float_minor:
            raise MoreThanFloat
        return _move(box, Entry.FLOAT, amount_minor, deed)


def spend_petty(
    box: PettyBox, *, kind: Expense, amount_minor: int, reason: str, voucher: str, photo: Evidence | None = None,
    by: Actor, at: datetime,
) -> PettyExpense:  # fmt: skip
    """Pay something small out of the box, with its reason and its paper; above the limit another approves first.

    voucher  the number of the bill, or of the slip that was signed
    raises   BoxClosed, NotEnough, PaperUsed, Invalid
    source   S6-36, FIN-3
    """
    with doing("banking.spend_petty", on=box, by=by, at=at, kind=str(kind), amount_minor=amount_minor) as deed:
        box = _lock(box)
        if amount_minor > lies_in(box):
            raise NotEnough
        limit = int(policy.figure("cash.petty_limit", unit=box.unit, on=box.unit.day(at)).value)
        with refusing(
            a_petty_expense_is_of_something=Invalid(
                Sentence(N_("Give an amount above nothing.")), field="amount_minor"
            ),
            a_petty_expense_has_its_reason_and_its_paper=Invalid(
                Sentence(N_("Say what for, and name the paper.")), field="voucher"
            ),
            a_paper_is_paid_once_out_of_a_box=PaperUsed,
        ):
            expense = PettyExpense.objects.create(
                number=next_number("PE", box.unit.code, box.unit.day(at)), box=box, kind=kind, amount_minor=amount_minor,
                reason=reason.strip(), voucher=voucher.strip().upper(), photo=photo, limit_minor=limit,
                state=SpendState.PAID if amount_minor <= limit else SpendState.ASKED, spent_by_id=by.natural_person_id, at=at,
            )  # fmt: skip
        if expense.state == SpendState.PAID:
            _spend(expense, deed)
        deed.about(expense)
    return expense


def approve_petty(expense: PettyExpense, *, by: Actor, at: datetime) -> PettyExpense:
    """Allow an expense above the limit, as another person: now it is paid.

    raises   Answered, OwnExpense, BoxClosed, NotEnough
    """
    with doing("banking.approve_petty", on=expense, by=by, at=at) as deed:
        expense = _answer(expense, SpendState.PAID, "", deed)
        if expense.amount_minor > lies_in(expense.box):
            raise NotEnough
        _spend(expense, deed)
    return expense


def reject_petty(expense: PettyExpense, *, reason: str, by: Actor, at: datetime) -> PettyExpense:
    """Do not allow it, and say why.

    raises   Answered, OwnExpense, Invalid
    """
    with doing("banking.reject_petty", on=expense, by=by, at=at, reason=reason) as deed:
        return _answer(expense, SpendState.REJECTED, reason.strip(), deed)


def count_petty(box: PettyBox, *, pieces: Mapping[int, int], reason: str = "", by: Actor, at: datetime) -> PettyEntry:
    """Count the box, as somebody who does not spend out of it; what differs is booked with its reason.

    pieces   how many of each note and coin: {denomination in minor units: how many}
    raises   BoxClosed, OwnBox, Invalid
    """
    with doing("banking.count_petty", on=box, by=by, at=at) as deed:
        return _count(_lock(box), pieces, reason, deed)


def name_petty_keeper(
    box: PettyBox, *, keeper: Person, pieces: Mapping[int, int], reason: str = "", by: Actor, at: datetime
) -> PettyBox:
    """Another person answers for the box from now on: what lies in it is counted between the two.

    raises   BoxClosed, OwnBox, Invalid
    """
    with doing("banking.name_petty_keeper", on=box, by=by, at=at, keeper=keeper.number) as deed:
        box = _lock(box)
        _count(box, pieces, reason, deed)
        if keeper.pk == by.natural_person_id:
            raise OwnBox
        box.keeper = keeper
        box.save(update_fields=["keeper"])
    return box


def close_petty_box(box: PettyBox, *, pieces: Mapping[int, int], reason: str = "", by: Actor, at: datetime) -> PettyBox:
    """Count the box for the last time; what lies in it goes back to finance.

    raises   BoxClosed, OwnBox, Invalid
    """
    with doing("banking.close_petty_box", on=box, by=by, at=at) as deed:
        box = _lock(box)
        if box.expenses.filter(state=SpendState.ASKED).exists():
            raise Invalid(Sentence(N_("An expense still waits for approval.")))
        _count(box, pieces, reason, deed)
        if rest := lies_in(box):
            _move(box, Entry.BACK, rest, deed)
        box.state = BoxState.CLOSED
        box.save(update_fields=["state"])
    return box


def lies_in(box: PettyBox) -> int:
    """What lies in the box by the book, in minor units."""
    return book.balance(MoneyKind.PETTY, box.reference, unit=box.unit)


def _lock(box: PettyBox) -> PettyBox:
    locked = locking.lock(PettyBox.objects.select_related("unit"), box.pk)
    if not locked.is_open:
        raise BoxClosed
    return locked


def _answer(expense: PettyExpense, to: SpendState, answer: str, deed: Deed) -> PettyExpense:
    box = _lock(expense.box)
    row = locking.lock(PettyExpense.objects.all(), expense.pk)
    row.box = box
    if row.state != SpendState.ASKED:
        raise Answered
    row.state, row.answer, row.answered_at, row.answered_by_id = to, answer, deed.at, deed.by.natural_person_id
    with refusing(
        nobody_approves_their_own_petty_expense=OwnExpense,
        why_a_petty_expense_was_not_approved_is_said=Invalid(Sentence(N_("Say why.")), field="reason"),
    ):
        row.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    return row


def _spend(expense: PettyExpense, deed: Deed) -> None:
    box = expense.box
    spent = Part(Movement.SPEND, expense.amount_minor, (MoneyKind.PETTY, box.reference), (MoneyKind.SPENT, ""))
    _post(box, spent, expense.number, deed)
    deed.tell(events.PettySpent(expense.pk, expense.number, box.pk, expense.amount_minor, box.currency))


def _count(box: PettyBox, pieces: Mapping[int, int], reason: str, deed: Deed) -> PettyEntry:
    counted, expected = coins.worth(pieces, box.currency), lies_in(box)
    entry = _entry(
        box,
        Entry.COUNT,
        counted,
        deed,
        expected_minor=expected,
        pieces=coins.kept_pieces(pieces),
        reason=reason.strip(),
    )
    there, differs = (MoneyKind.PETTY, box.reference), (MoneyKind.OVER_SHORT, "")
    if counted > expected:
        _post(box, Part(Movement.OVER, counted - expected, differs, there), entry.number, deed)
    elif counted < expected:
        _post(box, Part(Movement.SHORT, expected - counted, there, differs), entry.number, deed)
    return entry


def _move(box: PettyBox, kind: Entry, amount_minor: int, deed: Deed) -> PettyEntry:
    entry = _entry(box, kind, amount_minor, deed)
    there = (MoneyKind.PETTY, box.reference)
    if kind == Entry.FLOAT:
        _post(box, Part(Movement.FLOAT_OUT, amount_minor, OUTSIDE, there), entry.number, deed)
    else:
        _post(box, Part(Movement.FLOAT_IN, amount_minor, there, OUTSIDE), entry.number, deed)
    return entry


def _entry(box: PettyBox, kind: Entry, amount_minor: int, deed: Deed, **also: object) -> PettyEntry:
    with refusing(
        nobody_fills_or_counts_their_own_petty_box=OwnBox,
        a_petty_count_that_differs_has_its_reason=Invalid(
            Sentence(N_("It differs from the book: say why.")), field="reason"
        ),
    ):
        entry: PettyEntry = PettyEntry.objects.create(
            number=next_number("PC", box.unit.code, box.unit.day(deed.at)), box=box, kind=kind, amount_minor=amount_minor,
            keeper_id=box.keeper_id, by_id=deed.by.natural_person_id, at=deed.at, **also,
        )  # fmt: skip
    deed.note(entry=entry.number)
    return entry


def _post(box: PettyBox, part: Part, document: str, deed: Deed) -> None:
    money.post([part], unit=box.unit, currency=box.currency, document=document, by=deed.consequence(), at=deed.at)
