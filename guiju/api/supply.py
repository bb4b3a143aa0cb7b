"""Buying: suppliers and their prices, purchase requests, and how a supplier is found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from django.utils.timezone import now
from ninja import Router
from pydantic import Field

from guiju.api.fields import Because, Day, Input, Key, Line, Minor, Moment, Name, Nothing, Quantity, Short
from guiju.api.finding import PartCode, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.supplying import (
    ACCOUNT,
    LINE,
    LINES_MAX,
    PURCHASE,
    QUOTE,
    REVIEW,
    SOURCING,
    SUPPLIER,
    Days,
    PurchaseNumbers,
    SupplierCode,
    visible_offers,
    visible_requests,
    visible_sourcings,
    visible_suppliers,
)
from guiju.api.verbs import Mirror, Output, Verb, speak
from guiju.kernel.actor import Actor
from guiju.readiness.supply import actions
from guiju.readiness.supply.models import (
    CentralPart,
    PurchaseRequest,
)
from guiju.readiness.supply.rules import (
    Category,
    Purpose,
    RequestState,
    SourcingState,
    SupplierState,
)


class SupplierIn(Input):
    """A house to buy from."""

    code: Short
    name: Name
    categories: Annotated[list[Category], Field(min_length=1, max_length=10)]
    licence_no: Short = ""
    contact: Short = ""
    phone: Short = ""


class AccountIn(Input):
    """Another account, and what asked for the change."""

    holder: Name
    bank: Name
    account: Short
    basis: Line


class Verified(Input):
    """Whom one asked, and how."""

    verified: Line


class SupplierOfferIn(Input):
    """What one of a part costs from a day on."""

    part: PartCode
    price_minor: Minor
    currency: Short = "CNY"
    lead_days: Days
    starts_on: Day
    basis: Line


class CentralIn(Input):
    """A part, and why."""

    part: PartCode
    reason: Line


class WantedIn(Input):
    """One thing that is asked for: a part, or words with their category; `estimate_minor` is for one."""

    quantity: Quantity
    part: PartCode | None = None
    words: Line = ""
    category: Category = Category.OTHER
    estimate_minor: Minor | None = None


class PurchaseIn(Input):
    """What should be bought for a unit, and what for."""

    unit: UnitCode
    lines: Annotated[list[WantedIn], Field(min_length=1, max_length=LINES_MAX)]
    reason: Line
    purpose: Purpose = Purpose.STOCK
    need_by: Day | None = None
    reference: Short = ""
    is_emergency: bool = False

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The lines as the action takes them."""
        told = super().resolved(by)
        return told | {"lines": [actions.Wanted(**each) for each in told["lines"]]}


class EstimateIn(Input):
    """What one is thought to cost."""

    estimate_minor: Minor


class ApprovalIn(Input):
    """What it comes to, as the approver sees it; from a threshold on, the minutes of the body that decided."""

    total_minor: Minor
    decision: Name = ""


class FewIn(Input):
    """Why nobody else can, in a shop of one or two."""

    because: Line


class ReviewIn(Input):
    """What was found afterwards."""

    was_justified: bool
    note: Line


class SourceIn(Input):
    """What is bought together, by which unit's buyer; until when a tender takes offers."""

    unit: UnitCode
    requests: PurchaseNumbers
    closes_at: Moment | None = None


class PriceOf(Input):
    """What one of a requested line costs."""

    line: Key
    price_minor: Minor


class SupplierQuoteIn(Input):
    """What a supplier offers for all of it; without prices, its prices in force."""

    supplier: SupplierCode
    valid_until: Day
    basis: Line
    prices: Annotated[list[PriceOf], Field(max_length=LINES_MAX)] | None = None
    lead_days: Days | None = None
    terms: Line = ""

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The prices by their line."""
        told = super().resolved(by)
        prices = None if self.prices is None else {each.line: each.price_minor for each in self.prices}
        return told | {"prices": prices}


class AwardIn(Input):
    """Why this one, where there is a cheaper one."""

    reason: Line = ""


class SupplierOut(Mirror):
    """A house to buy from."""

    code: str
    name: str
    state: str
    categories: list[str]
    licence_no: str


class AccountOut(Mirror):
    """An account of a supplier; its number is shown by its end."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "supplier": "supplier.code", "account": "masked"}

    id: int
    supplier: str
    account: str
    state: str


class OfferOut(Mirror):
    """What one of a part costs, from when until when."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "supplier": "supplier.code", "part": "part.code"}

    id: int
    supplier: str
    part: str
    price_minor: int
    currency: str
    lead_days: int
    starts_on: date
    ends_on: date | None
    basis: str


class CentralOut(Output):
    """Whether only the central buyer buys it."""

    part: str
    is_central: bool

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> CentralOut:
        """As it is from now on."""
        if isinstance(result, CentralPart):
            return cls(part=result.part.code, is_central=True)
        return cls(part=result.code, is_central=False)


class PurchaseLineOut(Mirror):
    """One thing that is asked for."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "part": "part.code"}

    id: int
    part: str | None
    words: str
    category: str
    quantity: int
    estimate_minor: int | None
    withdrawn_at: datetime | None


class PurchaseOut(Output):
    """A purchase request; `joined` are others that were one purchase with it when it was approved."""

    number: str
    unit: str
    state: str
    purpose: str
    is_emergency: bool
    reference: str
    reason: str
    need_by: date | None
    currency: str
    total_minor: int
    weight_minor: int | None
    joined: list[str]
    sourcing: str | None
    lines: list[PurchaseLineOut]

    @classmethod
    def of(cls, result: Any, target: Any = None) -> PurchaseOut:
        """As it is now."""
        row = result if isinstance(result, PurchaseRequest) else target
        lines = list(row.lines.all())
        standing = [each for each in lines if each.withdrawn_at is None]
        kept = (
            "number",
            "state",
            "purpose",
            "is_emergency",
            "reference",
            "reason",
            "need_by",
            "currency",
            "weight_minor",
            "joined",
        )
        return cls(
            **{name: getattr(row, name) for name in kept}, unit=row.unit.code,
            sourcing=row.sourcing.number if row.sourcing else None, lines=[PurchaseLineOut.of(each) for each in lines],
            total_minor=sum(each.amount_minor for each in standing),
        )  # fmt: skip


class EmergencyOut(Mirror):
    """What was found of an emergency purchase afterwards."""

    paths: ClassVar[Mapping[str, str]] = {"request": "request.number"}

    request: str
    due_on: date
    was_justified: bool | None
    note: str


class SupplierQuoteOut(Mirror):
    """What a supplier offers for all of it."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "supplier": "supplier.code"}

    id: int
    supplier: str
    total_minor: int
    lead_days: int
    valid_until: date
    terms: str


class SourcingOut(Output):
    """A search for a supplier; the offers of a tender are shown when it has closed."""

    number: str
    unit: str
    state: str
    method: str
    weight_minor: int
    currency: str
    quotes_needed: int
    closes_at: datetime | None
    requests: list[str]
    quotes: list[SupplierQuoteOut]
    awarded_to: str | None
    reason: str
    is_excepted: bool

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> SourcingOut:
        """As it is now."""
        kept = ("number", "state", "method", "weight_minor", "currency", "quotes_needed", "closes_at", "reason")
        return cls(
            **{name: getattr(result, name) for name in kept}, unit=result.unit.code,
            requests=[each.number for each in result.requests.all()],
            quotes=[] if result.is_sealed(now()) else [SupplierQuoteOut.of(each) for each in result.quotes.all()],
            awarded_to=result.awarded_to.supplier.code if result.awarded_to else None,
            is_excepted=result.excepted_by_id is not None,
        )  # fmt: skip


router = Router(tags=["supply"])
speak(
    router,
    [
        Verb("/suppliers", actions.propose_supplier, SupplierIn, SupplierOut),
        Verb("/suppliers/{code}/admit", actions.admit_supplier, Nothing, SupplierOut, SUPPLIER),
        Verb("/suppliers/{code}/suspend", actions.suspend_supplier, Because, SupplierOut, SUPPLIER),
        Verb("/suppliers/{code}/ask-account", actions.ask_bank, AccountIn, AccountOut, SUPPLIER),
        Verb("/supplier-accounts/{key}/verify", actions.verify_bank, Verified, AccountOut, ACCOUNT),
        Verb("/supplier-accounts/{key}/refuse", actions.refuse_bank, Because, AccountOut, ACCOUNT),
        Verb("/suppliers/{code}/set-offer", actions.set_offer, SupplierOfferIn, OfferOut, SUPPLIER),
        Verb("/central-parts", actions.buy_centrally, CentralIn, CentralOut),
        Verb("/central-parts/stop", actions.stop_buying_centrally, CentralIn, CentralOut),
        Verb("/purchases", actions.draft_request, PurchaseIn, PurchaseOut),
        Verb("/purchase-lines/{key}/estimate", actions.estimate, EstimateIn, PurchaseLineOut, LINE),
        Verb("/purchases/{number}/submit", actions.submit_request, Nothing, PurchaseOut, PURCHASE),
        Verb("/purchases/{number}/approve", actions.approve_request, ApprovalIn, PurchaseOut, PURCHASE),
        Verb("/purchases/{number}/return", actions.return_request, Because, PurchaseOut, PURCHASE),
        Verb("/purchases/{number}/reject", actions.reject_request, Because, PurchaseOut, PURCHASE),
        Verb("/purchases/{number}/cancel", actions.cancel_request, Because, PurchaseOut, PURCHASE),
        Verb("/purchases/{number}/review", actions.review_emergency, ReviewIn, EmergencyOut, REVIEW),
        Verb("/purchases/{number}/buy-with-few", actions.buy_with_few, FewIn, PurchaseOut, PURCHASE),
        Verb("/purchases/{number}/review-few", actions.review_few, ReviewIn, EmergencyOut, REVIEW),
        Verb("/sourcings", actions.source, SourceIn, SourcingOut),
        Verb("/sourcings/{number}/take-quote", actions.take_quote, SupplierQuoteIn, SupplierQuoteOut, SOURCING),
        Verb("/sourcings/{number}/ask-exception", actions.ask_exception, Because, SourcingOut, SOURCING),
        Verb("/sourcings/{number}/grant-exception", actions.grant_exception, Nothing, SourcingOut, SOURCING),
        Verb("/supplier-quotes/{key}/award", actions.award, AwardIn, SourcingOut, QUOTE),
        Verb("/sourcings/{number}/abandon", actions.abandon_sourcing, Because, SourcingOut, SOURCING),
    ],
)  # fmt: skip
show(
    router,
    [
        Listing("/suppliers", "suppliers", "supply.see", SupplierOut, visible_suppliers,
                filters={"state": Filter(list[SupplierState], "state"), "code": Filter(Short, "code")}),
        Listing("/supplier-offers", "offers", "purchases.see", OfferOut, visible_offers,
                filters={"part": Filter(Name, "part__code"), "supplier": Filter(Short, "supplier__code")}),
        Listing("/purchases", "purchases", "supply.see", PurchaseOut, visible_requests,
                filters={"state": Filter(list[RequestState], "state"), "unit": Filter(Short, "unit__code")}),
        Listing("/sourcings", "sourcings", "purchases.see", SourcingOut, visible_sourcings,
                filters={"state": Filter(list[SourcingState], "state")}),
    ],
)  # fmt: skip
