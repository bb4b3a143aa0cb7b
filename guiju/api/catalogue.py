"""Machines by their serial number, with what was done to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Router, Schema

from guiju.api import finding
from guiju.api.fields import Day, Found, Input, Key, Minor, Name, Search, Short
from guiju.api.finding import CustomerKey, EvidenceKey, LineCode, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Output, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.kernel.search import fold
from guiju.standing.catalogue import actions, queries
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers import queries as customers
from guiju.standing.customers.models import Customer

APPLIANCE = Target("key", Key, finding.appliance)
ModelKey = Annotated[Key | None, Found(finding.model)]


class RegisterAppliance(Input):
    """A machine that is new to the unit; a maker that is new is entered."""

    unit: UnitCode
    brand: Name
    line: LineCode
    serial: Name = ""
    model: ModelKey = None
    customer: CustomerKey | None = None
    made_on: Day | None = None
    purchased_on: Day | None = None
    delivered_on: Day | None = None
    installed_on: Day | None = None
    invoice_no: Short = ""
    invoice_minor: Minor | None = None
    proof: EvidenceKey | None = None


class ChangeAppliance(Input):
    """What is put right; what is not given stays."""

    serial: Name | None = None
    model: ModelKey = None
    customer: CustomerKey | None = None
    made_on: Day | None = None
    purchased_on: Day | None = None
    delivered_on: Day | None = None
    installed_on: Day | None = None
    invoice_no: Short | None = None
    invoice_minor: Minor | None = None
    proof: EvidenceKey | None = None


class ReplaceAppliance(Input):
    """The unit that the owner is given in the place of this one; without a model the same as before."""

    serial: Name
    model: ModelKey = None


class ApplianceOut(Output):
    """A machine as a list shows it."""

    id: int
    brand: str
    line: str
    model: str
    serial: str
    customer_id: int | None
    customer_name: str
    purchased_on: date | None
    past_repairs: int

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> ApplianceOut:
        """The card as it is now."""
        return cls(**card(queries.shown(Appliance.objects.filter(pk=result.pk))[0]))


def card(found: queries.FoundAppliance) -> dict[str, Any]:
    """A machine as a list shows it."""
    kept = ("brand", "model", "serial", "customer_id", "customer_name", "purchased_on", "past_repairs")
    return {name: getattr(found, name) for name in kept} | {"id": found.appliance_id, "line": found.line_code}


class PastOut(Schema):
    """One earlier repair."""

    source: str
    source_id: str
    event_on: date | None
    problem: str
    outcome: str
    barrier: str


class ApplianceWhole(ApplianceOut):
    """A machine with all that was done to it."""

    history: list[PastOut]


def _by_text(text: str) -> Q:
    """A piece of the serial number, or of the owner's name or number."""
    folded = fold(text)
    owners = customers.matching(text)
    machine = Q(folded_serial__holds=folded) if folded else Q(pk=None)
    return machine | Q(customer__in=Customer.objects.filter(owners).values("pk")) if owners is not None else machine


def visible(by: Actor) -> QuerySet[Appliance]:
    """The machines whose cards the asker may see, the newest first unless asked otherwise."""
    return Appliance.objects.visible_to(by)


def cards(rows: Sequence[Appliance]) -> list[dict[str, Any]]:
    """Machines as a list shows them, in the order in which they came."""
    found = queries.shown(Appliance.objects.filter(pk__in=[row.pk for row in rows]), most=len(rows))
    by_key = {each.appliance_id: each for each in found}
    return [card(by_key[row.pk]) for row in rows]


router = Router(tags=["catalogue"])
speak(
    router,
    [
        Verb("/appliances", actions.register_appliance, RegisterAppliance, ApplianceOut),
        Verb("/appliances/{key}/change", actions.change_appliance, ChangeAppliance, ApplianceOut, APPLIANCE),
        Verb("/appliances/{key}/replace", actions.replace_appliance, ReplaceAppliance, ApplianceOut, APPLIANCE),
    ],
)


show(
    router,
    [
        Listing(
            "/appliances", "appliances", "catalogue.see", ApplianceOut, visible, cards,
            filters={
                "q": Filter(Search, _by_text), "customer": Filter(Key, "customer"), "line": Filter(Short, "line__code"),
                "brand": Filter(Short, "brand__code"), "unit": Filter(Short, "unit__code"), "serial": Filter(Name, "serial"),
            },
            sorts={"id": "pk", "registered_at": "registered_at"},
        ),
    ],
)  # fmt: skip


@router.get("/appliances/{key}", response={200: ApplianceWhole, **PROBLEMS}, operation_id="catalogue.appliance")
def one(request: HttpRequest, key: Key) -> Any:
    """One machine with all that was done to it."""
    actor = request.actor  # type: ignore[attr-defined]
    row = finding.appliance(key, actor)
    past = queries.history(row, by=actor)
    return ApplianceOut.of(row).model_dump() | {
        "history": [{name: getattr(each, name) for name in PastOut.model_fields} for each in past]
    }
