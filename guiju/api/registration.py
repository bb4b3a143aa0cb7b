"""Appliances that their owners registered, with the proof of the purchase."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from django.db.models import QuerySet
from ninja import Router

from guiju.api import finding
from guiju.api.fields import Day, Input, Line, Name, Nothing, Short
from guiju.api.finding import EvidenceKeys, LineCode, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Done, Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.registration import actions
from guiju.line.registration.models import Registration
from guiju.line.registration.rules import RegistrationState
from guiju.line.workorder.rules import Channel


def visible(by: Actor) -> QuerySet[Registration]:
    """What owners registered, as far as the asker may see it."""
    return Registration.objects.visible_to(by).select_related("unit", "line")


def registration(number: str, by: Actor) -> Registration:
    """One of them, by its number."""
    return finding.one(visible(by), number=number.strip().upper())


ON = Target("number", Short, registration)


class TellOfAppliance(Input):
    """What the owner tells, and the pictures that prove it."""

    unit: UnitCode
    product_line: LineCode
    brand: Name
    serial: Name
    purchased_on: Day
    contact_name: Name
    phone: Short
    proofs: EvidenceKeys
    model: Short = ""
    invoice_no: Short = ""
    channel: Channel = Channel.API
    consent: bool


class WhyNot(Input):
    """Why it is not taken over."""

    reason: Line


class RegistrationSeen(Mirror):
    """A registration, and what became of it."""

    paths: ClassVar[Mapping[str, str]] = {"unit": "unit.code", "line": "line.code"}

    number: str
    unit: str
    state: str
    channel: str
    line: str
    brand: str
    model: str
    serial: str
    purchased_on: date
    appliance_id: int | None
    customer_id: int | None
    at: datetime
    decided_at: datetime | None


router = Router(tags=["registration"])
speak(
    router,
    [
        Verb("/registrations", actions.register, TellOfAppliance, RegistrationSeen),
        Verb("/registrations/{number}/confirm", actions.confirm, Nothing, Done, ON),
        Verb("/registrations/{number}/refuse", actions.refuse, WhyNot, RegistrationSeen, ON),
    ],
)
show(
    router,
    [
        Listing(
            "/registrations", "registrations", "registration.see", RegistrationSeen, visible,
            filters={
                "state": Filter(list[RegistrationState], "state"), "unit": Filter(Short, "unit__code"), "serial": Filter(Short, "serial"),
            },
            sorts={"id": "pk"},
        ),
    ],
)  # fmt: skip
