"""Another unit or the money in the place of a repair, and the units that are given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar

from django.db.models import QuerySet
from ninja import Router

from guiju.api import finding
from guiju.api.answers import ORDER
from guiju.api.fields import Found, Input, Key, Line, Minor, Name, Nothing, Short, Text
from guiju.api.finding import EvidenceKey, LineCode, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.registers import BrandCode
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.cashier import actions as cashier
from guiju.line.exchange import actions
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit
from guiju.line.exchange.rules import CaseState, Choice, Disposition, Ground


def visible_cases(by: Actor) -> QuerySet[ExchangeCase]:
    """The cases that the asker may see."""
    return ExchangeCase.objects.visible_to(by).select_related("order__unit", "order__appliance", "other", "replacement")


def exchange_case(number: str, by: Actor) -> ExchangeCase:
    """An exchange or a refund, by its own number."""
    return finding.one(visible_cases(by), number=number.strip().upper())


def visible_units(by: Actor) -> QuerySet[ExchangeUnit]:
    """The units that are given in exchange, in the outlets whose exchanges the asker may see."""
    return ExchangeUnit.objects.filter(by.scope("exchange.see").q()).select_related("unit", "brand", "line", "model")


def exchange_unit(key: int, by: Actor) -> ExchangeUnit:
    """One of them."""
    return finding.one(visible_units(by), pk=key)


CASE = Target("number", Short, exchange_case)
OTHER = Target("id", Key, exchange_unit)


class OpenCase(Input):
    """On which ground, and what was paid where the appliance's card does not say it."""

    ground: Ground
    reason: Line = ""
    price_minor: Minor | None = None


class Appraise(Input):
    """What the technician found."""

    fault_confirmed: bool
    serial_verified: bool
    proof_verified: bool
    findings: Text


class GrantExchange(Input):
    """What the customer chose."""

    choice: Choice
    note: Line = ""


class Why(Input):
    """Why."""

    reason: Line


class Allocate(Input):
    """Which unit is kept for the customer; a used one or another model only if the customer has signed for it."""

    other: Annotated[Key, Found(exchange_unit)]


class OfferUnit(Input):
    """A used unit or another model, and what it costs where the list of units does not say it."""

    other: Annotated[Key, Found(exchange_unit)]
    price_minor: Minor | None = None


class AgreeToUnit(Input):
    """The customer's signature."""

    consent: EvidenceKey


class DeclineUnit(Input):
    """What the customer would like instead, if they say."""

    note: Line = ""


class DisposeOld(Input):
    """What became of the old unit."""

    disposition: Disposition
    note: Line = ""


class PayBack(Input):
    """Under which number the money left."""

    bank_ref: Short


class AddUnit(Input):
    """A unit to be given in exchange."""

    unit: UnitCode
    brand: BrandCode
    line: LineCode
    serial: Name
    model: Annotated[Key | None, Found(finding.model)] = None
    is_new: bool = True
    price_minor: Minor | None = None


class CaseSeen(Mirror):
    """An exchange or a refund, and how far it has gone."""

    paths: ClassVar[Mapping[str, str]] = {
        "order": "order.number", "old_serial": "order.appliance.serial", "new_serial": "other.serial",
    }  # fmt: skip

    number: str
    order: str
    state: str
    ground: str
    choice: str
    version: str
    price_minor: int
    currency: str
    old_serial: str
    new_serial: str | None
    refund_number: str
    refund_minor: int | None
    deduction_minor: int | None
    days_used: int | None
    difference_minor: int
    difference_number: str
    outlet_fee_minor: int | None
    disposition: str
    requested_at: datetime
    ended_at: datetime | None


class UnitSeen(Mirror):
    """A unit that is given in exchange."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk",
        "unit": "unit.code",
        "brand": "brand.code",
        "line": "line.code",
        "model": "model.code",
    }

    id: int
    unit: str
    brand: str
    line: str
    model: str | None
    serial: str
    is_new: bool
    price_minor: int | None
    added_at: datetime
    retired_at: datetime | None


router = Router(tags=["exchange"])
_ON = "/exchange-cases/{number}"
speak(
    router,
    [
        Verb("/orders/{number}/open-exchange", actions.open_case, OpenCase, CaseSeen, ORDER),
        Verb(f"{_ON}/appraise", actions.appraise, Appraise, CaseSeen, CASE),
        Verb(f"{_ON}/confirm", actions.confirm_appraisal, Nothing, CaseSeen, CASE),
        Verb(f"{_ON}/approve", actions.approve, GrantExchange, CaseSeen, CASE),
        Verb(f"{_ON}/reject", actions.reject, Why, CaseSeen, CASE),
        Verb(f"{_ON}/withdraw", actions.withdraw, Nothing, CaseSeen, CASE),
        Verb(f"{_ON}/offer-option", actions.offer_option, Nothing, CaseSeen, CASE),
        Verb(f"{_ON}/offer-unit", actions.offer_unit, OfferUnit, CaseSeen, CASE),
        Verb(f"{_ON}/agree-to-unit", actions.agree_to_unit, AgreeToUnit, CaseSeen, CASE),
        Verb(f"{_ON}/decline-unit", actions.decline_unit, DeclineUnit, CaseSeen, CASE),
        Verb(f"{_ON}/allocate", actions.allocate, Allocate, CaseSeen, CASE),
        Verb(f"{_ON}/refund", cashier.refund_unit, PayBack, CaseSeen, CASE),
        Verb(f"{_ON}/pay-difference", cashier.refund_difference, PayBack, CaseSeen, CASE),
        Verb(f"{_ON}/dispose-old", actions.dispose_old, DisposeOld, CaseSeen, CASE),
        Verb("/exchange-units", actions.add_unit, AddUnit, UnitSeen),
        Verb("/exchange-units/{id}/retire", actions.retire_unit, Why, UnitSeen, OTHER),
    ],
)
show(
    router,
    [
        Listing(
            "/exchange-cases", "exchange_cases", "exchange.see", CaseSeen, visible_cases,
            filters={
                "state": Filter(list[CaseState], "state"), "ground": Filter(list[Ground], "ground"),
                "order": Filter(Short, "order__number"), "unit": Filter(Short, "order__unit__code"),
            },
            sorts={"id": "pk"},
        ),
        Listing(
            "/exchange-units", "exchange_units", "exchange.see", UnitSeen, visible_units,
            filters={"unit": Filter(Short, "unit__code"), "serial": Filter(Short, "serial"), "line": Filter(Short, "line__code")},
            sorts={"id": "pk"},
        ),
    ],
)  # fmt: skip
