"""The counter: an order is registered, its appliance is received, or the customer stops."""

from __future__ import annotations

from typing import Any

from ninja import Router
from pydantic import Field

from guiju.api import orders
from guiju.api.answers import ORDER, OrderOut
from guiju.api.fields import Input, Key, Line, Minor, Name, Quantity, Short, Text
from guiju.api.finding import (
    ApplianceKey,
    CustomerKey,
    EvidenceKey,
    EvidenceKeys,
    OrderNumber,
    PersonNumber,
    Symptoms,
    UnitCode,
)
from guiju.api.verbs import Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.intake import actions
from guiju.line.workorder.rules import Channel, FeeCollection, Mode


class Register(Input):
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
speak(orders.router, [Verb("/orders", actions.register, Register, OrderOut)])
router = Router(tags=["intake"])
speak(
    router,
    [
        Verb("/orders/{number}/receive", actions.receive, Receive, OrderOut, ORDER),
        Verb("/orders/{number}/cancel", actions.cancel, Reason, OrderOut, ORDER),
        Verb("/orders/{number}/return-accessories", actions.return_accessories, Returned, OrderOut, ORDER),
    ],
)
