"""Takings between the drawer and the bank: bags, deposits, who is on duty at night. What two sign for, people do at a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Day, FileText, Found, Input, Key, Line, Minor, Nothing, Short
from guiju.api.finding import EvidenceKey, PersonNumber, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Output, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.banking import actions
from guiju.line.banking.models import BankDeposit, BankLine, CashAlarm, DutyRoster, SafeBag
from guiju.line.banking.rules import Alarm, BagState, Batch, DepositState


def visible_bags(by: Actor) -> QuerySet[SafeBag]:
    """The bags that the asker may see."""
    return SafeBag.objects.visible_to(by).with_names()


def visible_deposits(by: Actor) -> QuerySet[BankDeposit]:
    """The deposits that the asker may see."""
    return BankDeposit.objects.visible_to(by).with_names()


def visible_nights(by: Actor) -> QuerySet[DutyRoster]:
    """The nights that the asker may see, and the own ones."""
    return DutyRoster.objects.visible_to(by).select_related("unit", "officer")


def visible_alarms(by: Actor) -> QuerySet[CashAlarm]:
    """What somebody has to look at."""
    return CashAlarm.objects.visible_to(by).select_related("unit", "seen_by")


def visible_lines(by: Actor) -> QuerySet[BankLine]:
    """What the bank says came in."""
    return BankLine.objects.visible_to(by).select_related("unit", "deposit")


def _line(key: int, by: Actor) -> BankLine:
    return finding.one(visible_lines(by), pk=key)


def _bag(number: str, by: Actor) -> SafeBag:
    return finding.one(visible_bags(by), number=number.strip().upper())


def _deposit(number: str, by: Actor) -> BankDeposit:
    return finding.one(visible_deposits(by), number=number.strip().upper())


def _night(key: int, by: Actor) -> DutyRoster:
    return finding.one(visible_nights(by), pk=key)


def _alarm(key: int, by: Actor) -> CashAlarm:
    return finding.one(visible_alarms(by), pk=key)


BAG = Target("number", Short, _bag)
DEPOSIT = Target("number", Short, _deposit)
LINE = Target("key", Key, _line)
NIGHT = Target("key", Key, _night)
ALARM = Target("key", Key, _alarm)
SESSION = Target("key", Key, finding.till_session)
# How many of each note and coin, by its worth in minor units.
Pieces = Annotated[
    dict[Annotated[int, Field(ge=1, le=10**9)], Annotated[int, Field(ge=0, le=10**6)]], Field(max_length=20)
]
BagNumber = Annotated[Short, Found(_bag)]


class Packed(Input):
    """The number on the bag, and what was counted into it."""

    seal_number: Short
    pieces: Pieces


class Carried(Input):
    """What is brought to the bank, and who goes along."""

    pieces: Pieces
    escort: PersonNumber | None = None


class BagsCarried(Input):
    """Which bags, and who goes along."""

    bags: Annotated[list[BagNumber], Field(min_length=1, max_length=50)]
    escort: PersonNumber | None = None


class Slip(Input):
    """What the bank gave for it."""

    slip_number: Short
    photo: EvidenceKey
    account_tail: Annotated[Short, Field(max_length=4)] = ""


class Told(Input):
    """What happened."""

    note: Line


class Settled(Input):
    """What the bank has in the end, by which line of its statement if any, and what happened."""

    credited_minor: Annotated[int, Field(ge=0, le=10**12)]
    line: Annotated[Key, Found(_line)] | None = None
    note: Line


class FoundInIt(Input):
    """What a third person counted, and what happened."""

    pieces: Pieces
    note: Line


class SettleTender(Input):
    """Which tender a provider has paid out by a line, and the fee that it kept back."""

    tender: Short
    fee_minor: Minor = 0


class SettlementOut(Mirror):
    """What a provider paid to the bank."""

    paths: ClassVar[Mapping[str, str]] = {"line": "line_id"}

    line: int
    tender: str
    gross_minor: int
    fee_minor: int


class Statement(Input):
    """The bank's statement of an outlet's account: a table of date, amount, reference and text, or camt.053."""

    unit: UnitCode
    statement: FileText

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The file as it would lie on a disk."""
        told = super().resolved(by)
        return told | {"content": told.pop("statement").encode()}


class ByLine(Input):
    """The line of the bank's statement that shows the deposit."""

    line: Annotated[Key, Found(_line)]


class OnDuty(Input):
    """Who watches over the safe of an outlet in which night."""

    unit: UnitCode
    night: Day
    officer: PersonNumber


class Seals(Input):
    """The numbers that were read off the bags, and whether the camera runs."""

    seen: Annotated[list[Short], Field(max_length=200)]
    camera_ok: bool
    note: Line = ""


class BagOut(Mirror):
    """A bag and where it is."""

    paths: ClassVar[Mapping[str, str]] = {
        "unit": "unit.code", "sealed_by": "sealed_by.number", "countersigned_by": "countersigned_by.number",
        "carried_by": "carried_by.number", "deposit": "deposit.number", "duty_officer": "duty.officer.number",
    }  # fmt: skip

    number: str
    unit: str
    seal_number: str
    business_on: date
    batch: str
    amount_minor: int
    currency: str
    state: str
    sealed_by: str
    countersigned_by: str | None
    put_in_at: datetime | None
    duty_officer: str | None
    taken_out_at: datetime | None
    carried_by: str | None
    deposit: str | None
    due_at: datetime


class BankDepositOut(Mirror):
    """A deposit, and whether the bank has it."""

    paths: ClassVar[Mapping[str, str]] = {
        "unit": "unit.code", "carried_by": "carried_by.number", "escort": "escort.number",
    }  # fmt: skip

    number: str
    unit: str
    batch: str
    first_on: date
    last_on: date
    amount_minor: int
    currency: str
    state: str
    carried_by: str
    escort: str | None
    due_at: datetime
    late_after: datetime
    banked_at: datetime | None
    is_late: bool | None
    slip_number: str
    credited_minor: int | None


class BankLineOut(Mirror):
    """What the bank has booked, and which deposit it confirms."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "unit": "unit.code", "deposit": "deposit.number"}

    id: int
    unit: str
    on: date
    amount_minor: int
    currency: str
    reference: str
    text: str
    deposit: str | None


class BroughtOut(Output):
    """How many lines were new."""

    lines: int

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> BroughtOut:
        """Of those that were written."""
        return cls(lines=len(result))


class NightOut(Mirror):
    """Who watches over a safe in a night."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "unit": "unit.code", "officer": "officer.number"}

    id: int
    unit: str
    night: date
    officer: str


class SealsOut(Mirror):
    """What the person on duty found."""

    at: datetime
    seals_ok: bool
    camera_ok: bool
    note: str


class CashAlarmOut(Mirror):
    """What somebody has to look at."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "unit": "unit.code", "seen_by": "seen_by.number"}

    id: int
    unit: str
    kind: str
    on: date
    subject: str
    at: datetime
    seen_by: str | None
    seen_at: datetime | None


router = Router(tags=["banking"])
speak(
    router,
    [
        Verb("/till-sessions/{key}/seal-bag", actions.seal_bag, Packed, BagOut, SESSION),
        Verb("/till-sessions/{key}/prepare-deposit", actions.prepare, Carried, BankDepositOut, SESSION),
        Verb("/till-sessions/{key}/record-nil", actions.record_nil, Nothing, BankDepositOut, SESSION),
        Verb("/bags/{number}/unpack", actions.unpack_bag, Nothing, BagOut, BAG),
        Verb("/bags/{number}/report-incident", actions.report_incident, Told, BagOut, BAG),
        Verb("/bags/{number}/settle-incident", actions.settle_incident, FoundInIt, BagOut, BAG),
        Verb("/bank-deposits", actions.prepare_bags, BagsCarried, BankDepositOut),
        Verb("/bank-deposits/{number}/bank", actions.bank_it, Slip, BankDepositOut, DEPOSIT),
        Verb("/bank-deposits/{number}/take-back", actions.take_back, Told, BankDepositOut, DEPOSIT),
        Verb("/bank-deposits/{number}/reconcile", actions.reconcile, ByLine, BankDepositOut, DEPOSIT),
        Verb("/bank-deposits/{number}/settle-exception", actions.settle_exception, Settled, BankDepositOut, DEPOSIT),
        Verb("/bank-lines", actions.bring_statement, Statement, BroughtOut),
        Verb("/bank-lines/{key}/settle-tender", actions.settle_tender, SettleTender, SettlementOut, LINE),
        Verb("/duty-nights", actions.name_officer, OnDuty, NightOut),
        Verb("/duty-nights/{key}/check-seals", actions.check_seals, Seals, SealsOut, NIGHT),
        Verb("/cash-alarms/{key}/acknowledge", actions.acknowledge, Nothing, CashAlarmOut, ALARM),
    ],
)


def mirrored(kind: type[Mirror]) -> Any:
    """The rows of a list as they are told."""
    return lambda rows: [kind.of(row).model_dump() for row in rows]


show(
    router,
    [
        Listing(
            "/bags", "bags", "banking.see", BagOut, visible_bags, mirrored(BagOut),
            filters={
                "state": Filter(list[BagState], "state"), "unit": Filter(Short, "unit__code"),
                "seal_number": Filter(Short, "seal_number"), "business_on": Filter(Day, "business_on"),
            },
        ),
        Listing(
            "/bank-deposits", "bank_deposits", "banking.see", BankDepositOut, visible_deposits, mirrored(BankDepositOut),
            filters={
                "state": Filter(list[DepositState], "state"), "unit": Filter(Short, "unit__code"),
                "batch": Filter(Batch, "batch"),
            },
        ),
        Listing(
            "/bank-lines", "bank_lines", "banking.see", BankLineOut, visible_lines, mirrored(BankLineOut),
            filters={"unit": Filter(Short, "unit__code"), "on": Filter(Day, "on")},
        ),
        Listing(
            "/duty-nights", "duty_nights", "banking.see", NightOut, visible_nights, mirrored(NightOut),
            filters={"unit": Filter(Short, "unit__code"), "night": Filter(Day, "night")},
        ),
        Listing(
            "/cash-alarms", "cash_alarms", "banking.see", CashAlarmOut, visible_alarms, mirrored(CashAlarmOut),
            filters={"kind": Filter(list[Alarm], "kind"), "unit": Filter(Short, "unit__code")},
        ),
    ],
)  # fmt: skip
