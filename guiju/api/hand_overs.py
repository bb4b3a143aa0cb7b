"""Cash from hand to hand, and petty cash. What is signed with a password, people do at a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar

from django.db.models import QuerySet
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.banking import DEPOSIT, Pieces, Told, mirrored
from guiju.api.fields import Found, Input, Key, Line, Nothing, Short
from guiju.api.finding import EvidenceKey, PersonNumber, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.banking import actions
from guiju.line.banking.models import CashHandOver, PettyBox, PettyExpense
from guiju.line.banking.rules.handing import Hand, HandState
from guiju.line.banking.rules.petty import BoxState, Expense, SpendState
from guiju.standing.people.models import Person
from guiju.standing.people.rules import Status


def visible_hand_overs(by: Actor) -> QuerySet[CashHandOver]:
    """What the asker may see of what goes from hand to hand."""
    return CashHandOver.objects.visible_to(by).with_names()


def visible_boxes(by: Actor) -> QuerySet[PettyBox]:
    """The boxes that the asker may see."""
    return PettyBox.objects.visible_to(by).select_related("unit", "keeper")


def visible_expenses(by: Actor) -> QuerySet[PettyExpense]:
    """What was spent out of them."""
    rows = PettyExpense.objects.filter(box__in=PettyBox.objects.visible_to(by))
    return rows.select_related("box__unit", "spent_by", "answered_by")


def _hand_over(number: str, by: Actor) -> CashHandOver:
    return finding.one(visible_hand_overs(by), number=number.strip().upper())


def _box(key: int, by: Actor) -> PettyBox:
    return finding.one(visible_boxes(by), pk=key)


def _expense(number: str, by: Actor) -> PettyExpense:
    return finding.one(visible_expenses(by), number=number.strip().upper())


def _colleague(number: str, by: Actor) -> Person:
    """Whoever works at the asker's own outlet, by the number on the badge: no right is needed to hand something to a colleague."""
    rows = Person.objects.select_related("unit").filter(unit_id=by.unit_id or 0, status=Status.ACTIVE)
    return finding.one(rows, number=number.strip())


HAND_OVER = Target("number", Short, _hand_over)
BOX = Target("key", Key, _box)
EXPENSE = Target("number", Short, _expense)
Colleague = Annotated[Short, Found(_colleague)]
Amount = Annotated[int, Field(ge=1, le=10**12)]


class Offered(Input):
    """All that the asker has in the pouch of an outlet's cash: to a colleague, or to the till where nobody is named."""

    unit: UnitCode
    to: Colleague | None = None


class ToCarrier(Input):
    """Who carries it from now on."""

    to: Colleague


class NewBox(Input):
    """A box of petty cash: its float, and who answers for it."""

    unit: UnitCode
    code: Annotated[Short, Field(max_length=12)]
    keeper: PersonNumber
    float_minor: Amount


class ToppedUp(Input):
    """How much finance puts in."""

    amount_minor: Amount


class Spent(Input):
    """What was paid, what for, and the number of its paper."""

    kind: Expense
    amount_minor: Amount
    reason: Line
    voucher: Annotated[Short, Field(max_length=60)]
    photo: EvidenceKey | None = None


class NotApproved(Input):
    """Why it is not approved."""

    reason: Line


class Counted(Input):
    """What was counted, and why it differs from the book."""

    pieces: Pieces
    reason: Line = ""


class NewKeeper(Counted):
    """Who answers for the box from now on."""

    keeper: PersonNumber


class HandOverOut(Mirror):
    """What goes from hand to hand; of what somebody has still to count blind, the amount is not told."""

    paths: ClassVar[Mapping[str, str]] = {
        "unit": "unit.code", "giver": "giver.number", "receiver": "receiver.number", "deposit": "deposit.number",
        "amount_minor": "shown_minor",
    }  # fmt: skip

    number: str
    unit: str
    hand: str
    state: str
    giver: str
    receiver: str | None
    deposit: str | None
    amount_minor: int | None
    counted_minor: int | None
    currency: str
    cause: str
    note: str
    offered_at: datetime
    answered_at: datetime | None


class BoxOut(Mirror):
    """A box, its float, and who answers for it."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "unit": "unit.code", "keeper": "keeper.number"}

    id: int
    unit: str
    code: str
    keeper: str
    float_minor: int
    currency: str
    state: str


class PettyEntryOut(Mirror):
    """What was put into a box or counted in it."""

    number: str
    kind: str
    amount_minor: int
    expected_minor: int | None
    reason: str
    at: datetime


class ExpenseOut(Mirror):
    """What was spent."""

    paths: ClassVar[Mapping[str, str]] = {
        "unit": "box.unit.code", "box": "box.code", "spent_by": "spent_by.number", "answered_by": "answered_by.number",
    }  # fmt: skip

    number: str
    unit: str
    box: str
    kind: str
    amount_minor: int
    reason: str
    voucher: str
    state: str
    spent_by: str
    at: datetime
    answered_by: str | None
    answered_at: datetime | None
    answer: str


router = Router(tags=["banking"])
speak(
    router,
    [
        Verb("/cash-hand-overs", actions.offer_pouch, Offered, HandOverOut),
        Verb("/bank-deposits/{number}/offer", actions.offer_deposit, ToCarrier, HandOverOut, DEPOSIT),
        Verb("/cash-hand-overs/{number}/refuse", actions.refuse_cash, Told, HandOverOut, HAND_OVER),
        Verb("/cash-hand-overs/{number}/withdraw", actions.withdraw_cash, Nothing, HandOverOut, HAND_OVER),
        Verb("/petty-boxes", actions.open_petty_box, NewBox, BoxOut),
        Verb("/petty-boxes/{key}/top-up", actions.top_up_petty, ToppedUp, PettyEntryOut, BOX),
        Verb("/petty-boxes/{key}/spend", actions.spend_petty, Spent, ExpenseOut, BOX),
        Verb("/petty-boxes/{key}/count", actions.count_petty, Counted, PettyEntryOut, BOX),
        Verb("/petty-boxes/{key}/name-keeper", actions.name_petty_keeper, NewKeeper, BoxOut, BOX),
        Verb("/petty-boxes/{key}/close", actions.close_petty_box, Counted, BoxOut, BOX),
        Verb("/petty-expenses/{number}/approve", actions.approve_petty, Nothing, ExpenseOut, EXPENSE),
        Verb("/petty-expenses/{number}/reject", actions.reject_petty, NotApproved, ExpenseOut, EXPENSE),
    ],
)
show(
    router,
    [
        Listing(
            "/cash-hand-overs", "cash_hand_overs", "banking.see", HandOverOut, visible_hand_overs, mirrored(HandOverOut),
            filters={
                "state": Filter(list[HandState], "state"), "hand": Filter(Hand, "hand"), "unit": Filter(Short, "unit__code"),
                "giver": Filter(Short, "giver__number"),
            },
        ),
        Listing(
            "/petty-boxes", "petty_boxes", "banking.see", BoxOut, visible_boxes, mirrored(BoxOut),
            filters={"unit": Filter(Short, "unit__code"), "state": Filter(BoxState, "state")},
        ),
        Listing(
            "/petty-expenses", "petty_expenses", "banking.see", ExpenseOut, visible_expenses, mirrored(ExpenseOut),
            filters={
                "state": Filter(list[SpendState], "state"), "kind": Filter(list[Expense], "kind"), "unit": Filter(Short, "box__unit__code"),
                "box": Filter(Key, "box"),
            },
        ),
    ],
)  # fmt: skip
