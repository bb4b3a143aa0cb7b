"""Orders as they are read: the list, and one of them with what hangs on it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Router, Schema

from guiju.api.answers import (
    CommitmentOut,
    OrderOut,
    QuoteOut,
    RequestOut,
    allowed_from,
    quote_shown,
    request_shown,
    shown,
)
from guiju.api.fields import Key, Moment, Search, Short
from guiju.api.finding import order, visible_orders
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.kernel.actor import Actor
from guiju.kernel.paging import Order
from guiju.kernel.search import either, fold
from guiju.line.cashier import queries as cashier
from guiju.line.intake import queries as intake
from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder.models import IS_OPEN, WorkOrder
from guiju.line.workorder.rules import Billing, Held, State
from guiju.line.workshop import queries as workshop
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers import queries as customers
from guiju.standing.customers.models import Customer
from guiju.standing.warranty.rules import Coverage


class AccessoryOut(Schema):
    """What came with the appliance."""

    id: int
    name: str
    quantity: int
    returned_quantity: int | None


class OrderWhole(OrderOut):
    """A job with what hangs on it, as far as the asker may see it."""

    problem: str
    allowed: list[str]
    accessories: list[AccessoryOut]
    quote: QuoteOut | None
    commitment: CommitmentOut | None
    requests: list[RequestOut]
    bill: str | None


def visible(by: Actor) -> QuerySet[WorkOrder]:
    """The jobs that the asker may see, the newest first unless asked otherwise."""
    return visible_orders(by)


def _is_open(wanted: bool) -> Q:  # noqa: FBT001  (a filter has one value)
    return IS_OPEN if wanted else ~IS_OPEN


def _by_text(text: str) -> Q:
    """A piece of the order's number, of the owner's name or number, or of the serial number."""
    found, folded, owners = WorkOrder.objects.values("pk"), fold(text), customers.matching(text)
    parts = [found.filter(Q(number__holds=text.upper()))]
    if folded:
        machines = Appliance.objects.filter(Q(folded_serial__holds=folded))
        parts.append(found.filter(appliance__in=machines.values("pk")))
    if owners is not None:
        parts.append(found.filter(customer__in=Customer.objects.filter(owners).values("pk")))
    return either(*parts)


router = Router(tags=["workorder"])
show(
    router,
    [
        Listing(
            "/orders", "orders", "workorder.see", OrderOut, visible, lambda rows: [shown(row) for row in rows],
            filters={
                "state": Filter(list[State], "state"), "held": Filter(list[Held], "held"), "unit": Filter(Short, "unit__code"),
                "coverage": Filter(list[Coverage], "coverage"), "billing": Filter(list[Billing], "billing"),
                "technician": Filter(Short, "technician__number"), "customer": Filter(Key, "customer"),
                "appliance": Filter(Key, "appliance"), "is_open": Filter(bool, _is_open), "q": Filter(Search, _by_text),
                "opened_from": Filter(Moment, "opened_at__gte"), "opened_before": Filter(Moment, "opened_at__lt"),
                "promised_before": Filter(Moment, "promised_at__lt"),
            },
            sorts={
                "id": "pk", "number": "number", "opened_at": "opened_at",
                "promised_at": Order("promised_at", may_be_empty=True),
            },
        ),
    ],
)  # fmt: skip


@router.get("/orders/{number}", response={200: OrderWhole, **PROBLEMS}, operation_id="workorder.order")
def one_order(request: HttpRequest, number: Short) -> Any:
    """One job with what hangs on it."""
    actor = request.actor  # type: ignore[attr-defined]
    return _whole(order(number, actor), actor)


def _whole(row: WorkOrder, actor: Any) -> dict[str, Any]:
    sees_bench = actor.may("workshop.see", on=row)
    quote = workshop.current_quote(row) if sees_bench else None
    if quote is not None:
        quote.order = row
    commitment = workshop.living_commitment(row) if sees_bench else None
    asked = PartRequest.objects.visible_to(actor).filter(pk__in=[each.pk for each in storeroom.requests_of(row)])
    return shown(row) | {
        "problem": row.problem,
        "allowed": allowed_from(row),
        "accessories": [
            {name: getattr(each, name) for name in ("name", "quantity", "returned_quantity")} | {"id": each.pk}
            for each in intake.accessories_of(row)
        ],
        "quote": quote_shown(quote) if quote else None,
        "commitment": CommitmentOut.of(commitment).model_dump() if commitment else None,
        "requests": [request_shown(each) for each in asked.select_related("order", "part").order_by("pk")],
        "bill": cashier.bill_number(row) if actor.may("cashier.see", on=row) else None,
    }
