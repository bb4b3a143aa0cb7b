"""Requests of whoever asks, before there is an order; and the units that the outlet lends."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from ninja import Router

from guiju.api import intake
from guiju.api.answers import ORDER, OrderOut
from guiju.api.fields import Found, Input, Key, Line, Minor, Name, Nothing, Short, Text
from guiju.api.finding import (
    ApplianceKey,
    CustomerKey,
    EvidenceKey,
    EvidenceKeys,
    LineCode,
    OrderNumber,
    Symptoms,
    UnitCode,
    one,
)
from guiju.api.intake import visible_requests
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Output, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.intake import actions
from guiju.line.intake.models import Loan, LoanerUnit, ServiceRequest
from guiju.line.intake.rules import RejectReason
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Channel, FeeCollection, Mode, Priority


def request(number: str, by: Actor) -> ServiceRequest:
    """A request by its number."""
    return one(visible_requests(by), number=number.strip().upper())


def loaner(key: int, by: Actor) -> LoanerUnit:
    """A unit that the outlet lends."""
    return one(LoanerUnit.objects.visible_to(by).select_related("unit"), pk=key)


def loan(key: int, by: Actor) -> Loan:
    """A loaner with a customer, on a job that the asker may see."""
    rows = Loan.objects.filter(order__in=WorkOrder.objects.visible_to(by).values("pk"))
    return one(rows.select_related("order", "loaner"), pk=key)


REQUEST = Target("number", Short, request)
LOANER = Target("id", Key, loaner)
LOAN = Target("id", Key, loan)
RequestNumber = Annotated[Short, Found(request)]
LoanerKey = Annotated[Key, Found(loaner)]


class Submit(Input):
    """What somebody asks for, and whom to answer."""

    unit: UnitCode
    channel: Channel = Channel.API
    contact_name: Name
    phone: Short = ""
    email: Line = ""
    language: Short = "zh-hans"
    product_line: LineCode | None = None
    brand: Name = ""
    model: Name = ""
    serial: Name = ""
    appliance: ApplianceKey | None = None
    symptoms: Symptoms = []
    description: Text
    mode: Mode | None = None
    photos: EvidenceKeys = []
    consent: bool

    def resolved(self, by: Actor) -> dict[str, Any]:
        """A mode that nobody named is talked about at triage."""
        return super().resolved(by) | {"mode": self.mode or ""}


class Triage(Input):
    """What it is about, and how it comes."""

    product_line: LineCode
    mode: Mode = Mode.CARRY_IN
    symptoms: Symptoms = []
    customer: CustomerKey | None = None
    appliance: ApplianceKey | None = None


class Pressing(Input):
    """How pressing it is."""

    priority: Priority
    reason: Line


class Advice(Input):
    """What helped, and that the customer says so."""

    advice: Text
    confirmed: bool


class Repeats(Input):
    """The request or the order that it repeats: exactly one of them."""

    original: RequestNumber | None = None
    order: OrderNumber | None = None


class Refuse(Input):
    """Why it is not ours, and whom to ask instead."""

    reason: RejectReason
    referral: Line = ""


class WhyAsked(Input):
    """Why."""

    reason: Line


class Convert(Input):
    """Whose, which machine, and what was agreed."""

    customer: CustomerKey
    appliance: ApplianceKey
    terms_accepted: bool
    problem: Text = ""
    symptoms: Symptoms | None = None
    mode: Mode | None = None
    fee_collection: FeeCollection = FeeCollection.ON_COLLECTION
    language: Short | None = None

    def resolved(self, by: Actor) -> dict[str, Any]:
        """A mode that nobody named is the request's."""
        return super().resolved(by) | {"mode": self.mode or ""}


class AddLoaner(Input):
    """A unit for the list."""

    unit: UnitCode
    description: Line
    serial: Name
    deposit_minor: Minor = 0
    product_line: LineCode | None = None


class Lend(Input):
    """Which unit goes out, how it looks, and who signed for it."""

    loaner: LoanerKey
    condition: Line
    signature: EvidenceKey
    deposit_minor: Minor | None = None


class TakeBack(Input):
    """How it came back."""

    condition: Line
    deposit_back_minor: Minor | None = None


class AskedOut(Output):
    """A request as it is now."""

    number: str
    state: str
    priority: str
    due_at: datetime | None
    order: str | None

    @classmethod
    def of(cls, result: Any, target: Any = None) -> AskedOut:
        """The one that was made, else the one that it was done to."""
        key = (result if isinstance(result, ServiceRequest) else target).pk
        row = ServiceRequest.objects.select_related("order").get(pk=key)
        order = row.order.number if row.order else None
        return cls(number=row.number, state=row.state, priority=row.priority, due_at=row.due_at, order=order)


class ContactOut(Output):
    """The whole number and address, which somebody asked for by name."""

    contact: list[str]

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> ContactOut:
        """The telephone first."""
        return cls(contact=result)


class LoanerSeen(Mirror):
    """A unit that the outlet lends."""

    paths: ClassVar = {"id": "pk", "unit": "unit.code"}

    id: int
    unit: str
    description: str
    serial: str
    deposit_minor: int
    retired_at: datetime | None


class LoanSeen(Mirror):
    """A loaner with a customer, or back."""

    paths: ClassVar = {"id": "pk", "order": "order.number", "loaner": "loaner_id", "serial": "loaner.serial"}

    id: int
    order: str
    loaner: int
    serial: str
    deposit_minor: int
    lent_at: datetime
    returned_at: datetime | None
    excepted_at: datetime | None


def visible_loaners(by: Actor) -> QuerySet[LoanerUnit]:
    """The units that the asker's outlets lend."""
    return LoanerUnit.objects.visible_to(by).select_related("unit")


# The list of requests answers at the same address, so both stand in one router.
speak(intake.router, [Verb("/requests", actions.submit, Submit, AskedOut)])
router = Router(tags=["intake"])
_ON = "/requests/{number}"
speak(
    router,
    [
        Verb(f"{_ON}/triage", actions.triage, Triage, AskedOut, REQUEST),
        Verb(f"{_ON}/prioritise", actions.prioritise_request, Pressing, AskedOut, REQUEST),
        Verb(f"{_ON}/solve-by-advice", actions.solve_by_advice, Advice, AskedOut, REQUEST),
        Verb(f"{_ON}/link-duplicate", actions.link_duplicate, Repeats, AskedOut, REQUEST),
        Verb(f"{_ON}/reject", actions.reject, Refuse, AskedOut, REQUEST),
        Verb(f"{_ON}/cancel", actions.cancel_request, WhyAsked, AskedOut, REQUEST),
        Verb(f"{_ON}/reopen", actions.reopen, WhyAsked, AskedOut, REQUEST),
        Verb(f"{_ON}/convert", actions.convert, Convert, OrderOut, REQUEST),
        Verb(f"{_ON}/read-contact", actions.read_contact, Nothing, ContactOut, REQUEST),
        Verb("/loaners", actions.add_loaner, AddLoaner, LoanerSeen),
        Verb("/loaners/{id}/retire", actions.retire_loaner, WhyAsked, LoanerSeen, LOANER),
        Verb("/orders/{number}/lend", actions.lend, Lend, LoanSeen, ORDER),
        Verb("/loans/{id}/take-back", actions.take_loaner_back, TakeBack, LoanSeen, LOAN),
        Verb("/loans/{id}/except", actions.except_loaner, WhyAsked, LoanSeen, LOAN),
    ],
)
show(
    router,
    [
        Listing(
            "/loaners", "loaners", "intake.see", LoanerSeen, visible_loaners,
            filters={"unit": Filter(Short, "unit__code"), "serial": Filter(Short, "serial")}, sorts={"id": "pk"},
        ),
    ],
)  # fmt: skip
