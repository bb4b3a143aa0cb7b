"""Machines by their serial number, with what was done to them, and the codes by which faults are named."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from guiju.api import finding
from guiju.api.fields import Day, Found, Input, Key, Minor, Name, Search, Short
from guiju.api.finding import CustomerKey, LineCode, UnitCode
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Output, Target, Verb, speak
from guiju.kernel.refusing import NotAllowed
from guiju.standing.catalogue import actions, queries
from guiju.standing.catalogue.models import Appliance

APPLIANCE = Target("key", Key, finding.appliance)
ModelKey = Annotated[Key | None, Found(finding.model)]


class Register(Input):
    """A machine that is new to the unit; a maker that is new is entered."""

    unit: UnitCode
    brand: Name
    line: LineCode
    serial: Name = ""
    model: ModelKey = None
    customer: CustomerKey | None = None
    purchased_on: Day | None = None
    installed_on: Day | None = None
    invoice_no: Short = ""
    invoice_minor: Minor | None = None


class Change(Input):
    """What is put right; what is not given stays."""

    serial: Name | None = None
    model: ModelKey = None
    customer: CustomerKey | None = None
    purchased_on: Day | None = None
    installed_on: Day | None = None
    invoice_no: Short | None = None
    invoice_minor: Minor | None = None


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


class CodeOut(Schema):
    """A code and its name in the reader's language."""

    code: str
    name: str
    family: str


router = Router(tags=["catalogue"])
speak(
    router,
    [
        Verb("/appliances", actions.register_appliance, Register, ApplianceOut),
        Verb("/appliances/{key}/change", actions.change_appliance, Change, ApplianceOut, APPLIANCE),
    ],
)


@router.get("/appliances", response={200: list[ApplianceOut], **PROBLEMS}, operation_id="appliances")
def found(request: HttpRequest, q: Search) -> Any:
    """The machines of which the serial number, or the owner's name or number, holds this piece of text."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("catalogue.see"):
        raise NotAllowed
    return [card(each) for each in queries.find(q, by=actor).appliances]


@router.get("/appliances/{key}", response={200: ApplianceWhole, **PROBLEMS}, operation_id="appliance")
def one(request: HttpRequest, key: Key) -> Any:
    """One machine with all that was done to it."""
    actor = request.actor  # type: ignore[attr-defined]
    row = finding.appliance(key, actor)
    past = queries.history(row, by=actor)
    return ApplianceOut.of(row).model_dump() | {
        "history": [{name: getattr(each, name) for name in PastOut.model_fields} for each in past]
    }


@router.get("/codes", response={200: list[CodeOut], **PROBLEMS}, operation_id="codes")
def codes(request: HttpRequest, kind: Literal["SYMPTOM", "FAULT", "CAUSE"], line: Short = "") -> Any:
    """The codes of one kind, of one product line and of all."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("catalogue.see"):
        raise NotAllowed
    rows = queries.codes(kind, line=finding.line(line, actor) if line else None)
    return [{"code": row.code, "name": row.name, "family": row.family} for row in rows]


class ListedOut(Schema):
    """A part or a service item, and its name in the reader's language."""

    code: str
    name: str


@router.get("/parts", response={200: list[ListedOut], **PROBLEMS}, operation_id="parts")
def parts(request: HttpRequest, q: Search, line: Short = "") -> Any:
    """The parts of which the code or the name holds this piece of text; at most fifty."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("catalogue.see"):
        raise NotAllowed
    rows = queries.parts(q, line=finding.line(line, actor) if line else None)
    return [{"code": row.code, "name": row.name} for row in rows[: queries.SHOWN_MOST]]


@router.get("/service-items", response={200: list[ListedOut], **PROBLEMS}, operation_id="service_items")
def service_items(request: HttpRequest, line: Short) -> Any:
    """The service items of one product line, and of all."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("catalogue.see"):
        raise NotAllowed
    rows = queries.service_items(line=finding.line(line, actor))
    return [{"code": row.code, "name": row.name} for row in rows]
