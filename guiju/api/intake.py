"""The counter: an order is registered, its appliance is received, or the customer stops."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from ninja import Router
from pydantic import Field

from guiju.api import finding, orders
from guiju.api.answers import ORDER, OrderOut
from guiju.api.fields import Day, Found, Input, Key, Line, Minor, Moment, Name, Nothing, Quantity, Short, Text
from guiju.api.finding import (
    ApplianceKey,
    CustomerKey,
    EvidenceKey,
    EvidenceKeys,
    LineCode,
    OrderNumber,
    PersonNumber,
    Symptoms,
    UnitCode,
)
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.intake import actions
from guiju.line.intake.models import ServiceRequest
from guiju.line.intake.rules import RequestState
from guiju.line.workorder.rules import Channel, FeeCollection, Mode
from guiju.standing.customers.rules import Kind

ModelKey = Annotated[Key | None, Found(finding.model)]


class RegisterOrder(Input):
    """What the receptionist types to register."""

    unit: UnitCode
    customer: CustomerKey
    appliance: ApplianceKey
    problem: Text
    symptoms: Symptoms = []
    channel: Channel = Channel.API
    mode: Mode = Mode.CARRY_IN
    fee_collection: FeeCollection = FeeCollection.ON_COLLECTION
    terms_accepted: bool
    language: Short | None = None
    contact: Name = ""
    parent: OrderNumber | None = None


class NewCustomer(Input):
    """Who is new to the unit."""

    name: Name
    phones: list[Short] = Field(max_length=10)
    kind: Kind = Kind.PERSON
    language: Annotated[str, Field(max_length=7)] = "zh-hans"
    consent_service: bool = False
    consent_marketing: bool = False


class NewAppliance(Input):
    """A machine that is new to the unit; a maker that is new is entered."""

    brand: Name
    line: LineCode
    serial: Name = ""
    model: ModelKey = None
    purchased_on: Day | None = None
    installed_on: Day | None = None
    invoice_no: Short = ""
    invoice_minor: Minor | None = None


class TakeIn(RegisterOrder):
    """What the receptionist types for whoever stands at the counter: a card by its key, or what makes one."""

    customer: CustomerKey | NewCustomer  # type: ignore[assignment]
    appliance: ApplianceKey | NewAppliance  # type: ignore[assignment]


class AccessoryIn(Input):
    """Something that came with the appliance."""

    name: Name
    quantity: Quantity = 1


class Receive(Input):
    """How the appliance came, with its pictures and the customer's signature."""

    condition: Text
    reproduced: bool
    photos: EvidenceKeys
    signature: EvidenceKey
    shelf: Short
    accessories: list[AccessoryIn] = []
    serial_matches: bool = True
    discrepancy_note: Line = ""
    declared_value_minor: Minor = 0
    data_statement: Line = ""
    person: PersonNumber | None = None

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The accessories by name and quantity, as the counter counts them."""
        return super().resolved(by) | {"accessories": [(each.name, each.quantity) for each in self.accessories]}


class Reason(Input):
    """Why."""

    reason: Line


class Returned(Input):
    """What goes back, by the accessory's key; what is missing needs a word."""

    returned: dict[Key, Quantity] = Field(max_length=100)
    exception_note: Line = ""


# The list of orders answers at the same address, so both stand in one router.
speak(
    orders.router,
    [
        Verb("/orders", actions.register, RegisterOrder, OrderOut),
        Verb("/take-in", actions.take_in, TakeIn, OrderOut),
    ],
)
router = Router(tags=["intake"])
speak(
    router,
    [
        Verb("/orders/{number}/receive", actions.receive, Receive, OrderOut, ORDER),
        Verb("/orders/{number}/renew-claim-code", actions.renew_claim_code, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/cancel", actions.cancel, Reason, OrderOut, ORDER),
        Verb("/orders/{number}/return-accessories", actions.return_accessories, Returned, OrderOut, ORDER),
    ],
)


class RequestSeen(Mirror):
    """What a customer asked for, and the order that came of it."""

    paths: ClassVar[Mapping[str, str]] = {"unit": "unit.code", "customer": "customer_id", "order": "order.number"}

    number: str
    unit: str
    customer: int | None
    channel: str
    state: str
    contact: str
    contact_name: str
    order: str | None
    at: datetime
    due_at: datetime | None
    answered_at: datetime | None


def visible_requests(by: Actor) -> QuerySet[ServiceRequest]:
    """What customers asked for, as far as the asker may see it."""
    return ServiceRequest.objects.visible_to(by).select_related("unit", "order")


show(
    router,
    [
        Listing(
            "/requests", "requests", "requests.see", RequestSeen, visible_requests,
            filters={
                "state": Filter(list[RequestState], "state"), "channel": Filter(list[Channel], "channel"),
                "unit": Filter(Short, "unit__code"), "customer": Filter(Key, "customer"),
                "order": Filter(Short, "order__number"), "at_from": Filter(Moment, "at__gte"), "at_before": Filter(Moment, "at__lt"),
            },
            sorts={"id": "pk", "at": "at"},
        ),
    ],
)  # fmt: skip
