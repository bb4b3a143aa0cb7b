"""Price lists: drafted by one person, published by another, and what is in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Day, Input, Key, Line, Minor, Name, Nothing, Short
from guiju.api.finding import EvidenceKey, ItemCode, PartCode, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Done, Mirror, Output, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.catalogue.models import Model
from guiju.standing.people.models import Unit
from guiju.standing.pricing import actions, queries
from guiju.standing.pricing.models import PriceList
from guiju.standing.pricing.queries import displays
from guiju.standing.pricing.rules import State, travel

LIST = Target("number", Short, finding.price_list)
LINE = Target("key", Key, finding.price_line)


class PriceListIn(Input):
    """From when on it shall hold; without a unit it is the whole brand's."""

    unit: UnitCode | None = None
    starts_on: Day
    ends_on: Day | None = None
    currency: Annotated[Short, Field(max_length=3)] = ""


class PriceLineIn(Input):
    """What a service item or a part costs, at least and at most; without a most the price is fixed."""

    item: ItemCode | None = None
    part: PartCode | None = None
    min_minor: Minor
    max_minor: Minor | None = None
    unit: Short
    place: Literal["", "HOME", "SHOP"] = ""
    conditions: Annotated[Line, Field(max_length=200)] = ""


class Retire(Input):
    """The first day on which it no longer holds."""

    ends_on: Day


class Reopen(Input):
    """Why its author shall look at it again."""

    reason: Line


class LeafletIn(Input):
    """For which model and machines, by serial numbers or by the maker's batch, and in which languages."""

    model: Short
    languages: Annotated[list[Literal["en", "zh-hans", "zh-hant"]], Field(min_length=1, max_length=3)]
    serial_from: Annotated[str, Field(max_length=60)] = ""
    serial_to: Annotated[str, Field(max_length=60)] = ""
    batch: Annotated[str, Field(max_length=60)] = ""

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The model instead of its code."""
        models = Model.objects.filter(is_active=True).select_related("brand", "line")
        return self.model_dump() | {"model": finding.one(models, code=self.model)}


class LeafletOut(Mirror):
    """A leaflet for the product box; `token` ends the address of its page, /p/box/{token}."""

    paths: ClassVar[Mapping[str, str]] = {"price_list": "price_list.number", "model": "model.code"}

    number: str
    token: str
    price_list: str
    model: str
    languages: str
    serial_from: str
    serial_to: str
    batch: str


class DisplayProofIn(Input):
    """Of which outlet, and the photograph of its wall: `POST /photos` of today with the kind "DISPLAY"."""

    unit: UnitCode
    photo: EvidenceKey


class DisplayProofOut(Mirror):
    """A proof that a price list hung on an outlet's wall."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "unit": "unit.code", "price_list": "price_list.number", "photo": "photo_id", "photo_sha256": "photo.sha256",
        "proved_by": "proved_by.number",
    }  # fmt: skip

    id: int
    unit: str
    price_list: str
    photo: int
    photo_sha256: str
    proved_by: str
    proved_on: date
    proved_at: datetime


class PriceListOut(Mirror):
    """A price list."""

    paths: ClassVar[Mapping[str, str]] = {"unit": "unit.code"}

    number: str
    unit: str | None
    state: str
    currency: str
    starts_on: date
    ends_on: date | None


class PriceLineOut(Mirror):
    """A line of a price list."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "price_list": "price_list.number", "item": "item.code", "part": "part.code",
        "currency": "price_list.currency",
    }  # fmt: skip

    id: int
    price_list: str
    item: str | None
    part: str | None
    min_minor: int
    max_minor: int
    currency: str
    unit: str
    place: str
    conditions: str


def visible_lists(by: Actor) -> QuerySet[PriceList]:
    """The price lists that the asker may see."""
    return PriceList.objects.visible_to(by).select_related("unit")


class VisitChargeOut(Output):
    """One charge of a visit, with how it came about."""

    charge: str
    amount_minor: int
    because: str


class VisitOut(Output):
    """What a visit costs beside the work, each charge once however many appliances are seen."""

    charges: list[VisitChargeOut]
    total_minor: int
    currency: str
    version: str


router = Router(tags=["pricing"])


@router.get("/visit-fee", response={200: VisitOut, **PROBLEMS}, operation_id="pricing.visit")
def visit_fee(
    request: HttpRequest,
    unit: Annotated[str, Field(max_length=40)] = "",
    zone: travel.Zone = travel.Zone.CITY,
    metres: Annotated[int, Field(ge=0, le=travel.METRES_MAX)] = 0,
    appliances: Annotated[int, Field(ge=1, le=100)] = 1,
) -> Any:
    """The call-out and the remote fee of a visit at that distance, computed by the rules in force; without a unit, one's own."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("pricing.see"):
        raise NotAllowed
    named: dict[str, Any] = {"code": unit} if unit else {"pk": actor.unit_id}
    found = finding.one(Unit.objects.all(), **named)
    asked = queries.visit(found, found.day(now()), zone=zone, metres=metres, appliances=appliances)
    return {
        "charges": [
            {"charge": str(each.charge), "amount_minor": each.amount_minor, "because": str(each.because)}
            for each in asked.charges
        ],
        "total_minor": asked.total_minor,
        "currency": asked.currency,
        "version": asked.rule.version,
    }


speak(
    router,
    [
        Verb("/price-lists", actions.draft_list, PriceListIn, PriceListOut),
        Verb("/price-lists/{number}/add-line", actions.add_line, PriceLineIn, PriceLineOut, LIST),
        Verb("/price-lists/{number}/check", actions.check, Nothing, PriceListOut, LIST),
        Verb("/price-lists/{number}/approve", actions.approve, Nothing, PriceListOut, LIST),
        Verb("/price-lists/{number}/reopen", actions.reopen, Reopen, PriceListOut, LIST),
        Verb("/price-lists/{number}/publish", actions.publish, Nothing, PriceListOut, LIST),
        Verb("/price-lists/{number}/make-leaflet", actions.make_leaflet, LeafletIn, LeafletOut, LIST),
        Verb("/price-lists/{number}/retire", actions.retire, Retire, PriceListOut, LIST),
        Verb("/price-lines/{key}/remove", actions.remove_line, Nothing, Done, LINE),
        Verb("/display-proofs", actions.prove_display, DisplayProofIn, DisplayProofOut),
    ],
)
show(
    router,
    [
        Listing(
            "/price-lists", "price_lists", "pricing.see", PriceListOut, visible_lists,
            filters={
                "state": Filter(list[State], "state"), "unit": Filter(Short, "unit__code"),
                "starts_before": Filter(Day, "starts_on__lt"),
            },
            sorts={"id": "pk", "starts_on": "starts_on"},
        ),
        Listing(
            "/price-lines", "price_lines", "pricing.see", PriceLineOut, finding.visible_price_lines,
            filters={
                "price_list": Filter(Short, "price_list__number"), "item": Filter(Short, "item__code"),
                "part": Filter(Name, "part__code"),
            },
            sorts={"id": "pk", "min_minor": "min_minor"}, first="id",
        ),
        Listing(
            "/display-proofs", "display_proofs", "pricing.see", DisplayProofOut, displays.display_proofs,
            filters={
                "unit": Filter(Short, "unit__code"), "price_list": Filter(Short, "price_list__number"),
                "proved_before": Filter(Day, "proved_on__lt"),
            },
        ),
    ],
)  # fmt: skip
