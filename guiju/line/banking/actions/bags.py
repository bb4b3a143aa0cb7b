"""Takings leave the drawer in a numbered bag, for which two people sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F

from guiju.books.money import actions as money
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import coins, locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin, history
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.banking import events, queries
from guiju.line.banking.models import SafeBag
from guiju.line.banking.rules import BAG_ARROWS, BAG_LABELS, BagState, Batch
from guiju.line.cashier.models import TillSession
from guiju.line.cashier.rules import SessionState
from guiju.standing.people import actions as people


class SessionOver(Refusal):
    """What was in that drawer has left it."""

    sentence = N_("This till session is closed: its takings have left the drawer.")


class MoreThanTakings(Refusal):
    """The float stays in the drawer."""

    sentence = N_("There is not so much above the float in this drawer. Count it again.")
    field = "pieces"


class SealNumberTaken(Refusal):
    """Each bag has its own number."""

    sentence = N_("A bag with this number was used already.")
    field = "seal_number"


class AnotherBagWaits(Refusal):
    """One after another."""

    sentence = N_("Another bag of this till waits for its second signature.")


class SamePerson(Refusal):
    """Two people sign (EX-13)."""

    sentence = N_("The same person has signed already; the second must be somebody else.")
    status = 403


def seal_bag(session: TillSession, *, seal_number: str, pieces: Mapping[int, int], by: Actor, at: datetime) -> SafeBag:
    """Count takings into a bag and sign for it; it is sealed once a second person has counted and signed too.

    pieces   how many of each note and coin: {denomination in minor units: how many}
    raises   SessionOver, MoreThanTakings, SealNumberTaken, AnotherBagWaits, Invalid
    source   3.10, S6-32, FIN-7
    """
    with doing("banking.seal_bag", on=session, by=by, at=at, seal_number=seal_number) as deed:
        session = lock_session(session)
        unit = session.till.unit
        amount = coins.worth(pieces, session.currency)
        refuse_more_than_takings(session, amount)
        deadline = queries.day_deadline(unit, session.business_on)
        is_day = at <= deadline.due_at and queries.is_bank_day(unit, session.business_on)
        with refusing(
            a_bag_number_is_used_once_in_an_outlet=SealNumberTaken,
            one_bag_of_a_till_waits_for_its_second_signature=AnotherBagWaits,
            a_bag_holds_something=Invalid(Sentence(N_("Count at least something into the bag.")), field="pieces"),
            a_bag_has_its_number=Invalid(Sentence(N_("Type the number of the bag.")), field="seal_number"),
        ):
            bag = SafeBag.objects.create(
                number=next_number("BG", unit.code, unit.day(at)), unit=unit, session=session,
                seal_number=seal_number.strip().upper(), business_on=session.business_on,
                batch=Batch.DAY if is_day else Batch.EVENING, amount_minor=amount, currency=session.currency,
                pieces=coins.kept_pieces(pieces), due_at=queries.morning_deadline(unit, session.business_on).due_at,
                sealed_by_id=by.natural_person_id, sealed_at=at,
            )  # fmt: skip
        begin(bag, by=by, at=at, deed=deed)
        deed.about(bag)
    return bag


def countersign_bag(bag: SafeBag, *, password: str, by: Actor, at: datetime) -> SafeBag:
    """A second person has counted the bag too and signs with the own password: now it is sealed, and no longer in the till.

    raises   SamePerson, WrongPassword, WrongState, SessionOver, MoreThanTakings
    source   3.10, FIN-7, EX-13
    """
    is_right = people.knows_password(by, password)
    with doing("banking.countersign_bag", on=bag, by=by, at=at) as deed:
        session = lock_session(bag.session)
        bag = lock(bag)
        if bag.state != BagState.PACKED:
            raise _wrong(bag)
        if by.person_id == bag.sealed_by_id:
            raise SamePerson
        people.refuse_wrong_password(is_right=is_right, count=partial(count_wrong_password, bag, by=by, at=at))
        refuse_more_than_takings(session, bag.amount_minor)
        step(bag, BagState.SEALED, deed, countersigned_by_id=by.natural_person_id, countersigned_at=at)
        move(bag, Movement.DROP, (MoneyKind.TILL, session.till.reference), (MoneyKind.BAG, bag.reference), deed)
        deed.tell(events.BagSealed(bag.pk, bag.number, bag.amount_minor, bag.currency))
    return bag


def unpack_bag(bag: SafeBag, *, by: Actor, at: datetime) -> SafeBag:
    """The takings go back into the drawer: nobody has signed for them as the second.

    raises   WrongState
    """
    with doing("banking.unpack_bag", on=bag, by=by, at=at) as deed:
        bag = lock(bag)
        step(bag, BagState.EMPTIED, deed)
    return bag


def count_wrong_password(bag: SafeBag, *, by: Actor, at: datetime) -> SafeBag:
    """Count a wrong password: a deed of its own, for the signing is undone; after the third the bag has to be packed anew."""
    with doing("banking.count_wrong_password", on=bag, by=by, at=at) as deed:
        SafeBag.objects.filter(pk=bag.pk).update(wrong_passwords=F("wrong_passwords") + 1)
        bag = lock(bag)
        deed.note(wrong_passwords=bag.wrong_passwords)
        if bag.state == BagState.PACKED and bag.wrong_passwords >= people.WRONG_PASSWORDS_MAX:
            step(bag, BagState.EMPTIED, deed)
    return bag


# --- What the verbs of this context share


def lock_session(session: TillSession) -> TillSession:
    """The session, ours until the deed is done, while its drawer may still hold takings.

    raises   SessionOver
    """
    rows = TillSession.objects.select_for_update(of=("self",)).select_related("till__unit")
    locked = rows.get(pk=session.pk)
    if locked.state == SessionState.CLOSED:
        raise SessionOver
    return locked


def lock(bag: SafeBag) -> SafeBag:
    """The bag, ours until the deed is done."""
    return locking.lock(SafeBag.objects.select_related("unit", "session__till__unit", "safe__unit"), bag.pk)


def step(bag: SafeBag, to: BagState, deed: Deed, **also: Any) -> None:
    """One step in its life."""
    advance(bag, to=to, arrows=BAG_ARROWS, by=deed.by, at=deed.at, deed=deed, labels=BAG_LABELS, **also)


def move(
    bag: SafeBag,
    kind: Movement,
    source: tuple[str, str],
    target: tuple[str, str],
    deed: Deed,
    *,
    amount: int | None = None,
) -> None:
    """Book one step of a bag; each is a document of its own, named by the step in the bag's life."""
    # The number of steps in its life: a bag may be put into the safe, brought back and put in again.
    document = f"{bag.number}/{kind}/{history(bag).count()}"
    money.post(
        [money.Part(kind, bag.worth_minor if amount is None else amount, source, target)],
        unit=bag.unit, currency=bag.currency, document=document, by=deed.consequence(), at=deed.at,
    )  # fmt: skip


def refuse_more_than_takings(session: TillSession, amount_minor: int) -> None:
    """Refuse what would take of the float."""
    if amount_minor > queries.takings_of(session):
        raise MoreThanTakings


def _wrong(bag: SafeBag) -> WrongState:
    now = Sentence(BAG_LABELS[BagState(bag.state)])
    return WrongState(Sentence(N_("It is now: %(state)s."), {"state": now}), allowed=BAG_ARROWS[BagState(bag.state)])
