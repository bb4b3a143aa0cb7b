"""Orders as they are read: the list, and one of them with what hangs on it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from guiju.api.answers import CommitmentOut, OrderOut, QuoteOut, RequestOut, allowed_from, request_shown, shown
from guiju.api.fields import Short
from guiju.api.finding import order, visible_orders
from guiju.api.problems import PROBLEMS
from guiju.line.cashier import queries as cashier
from guiju.line.intake import queries as intake
from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import queries as workshop

PAGE = 50


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


class OrderPage(Schema):
    """One page of a list."""

    orders: list[OrderOut]
    page: int
    count: int


router = Router(tags=["order"])


@router.get("/orders", response={200: OrderPage, **PROBLEMS}, operation_id="orders")
def listed(
    request: HttpRequest,
    state: Annotated[list[State], Query()] = [],  # noqa: B006  (ninja reads the default and never gives it away)
    page: Annotated[int, Field(ge=1, le=100000)] = 1,
) -> Any:
    """The jobs that the asker may see, the newest first, fifty on a page."""
    rows = visible_orders(request.actor).order_by("-pk")  # type: ignore[attr-defined]
    if state:
        rows = rows.filter(state__in=[each.value for each in state])
    start = (page - 1) * PAGE
    return {"orders": [shown(row) for row in rows[start : start + PAGE]], "page": page, "count": rows.count()}


@router.get("/orders/{number}", response={200: OrderWhole, **PROBLEMS}, operation_id="order")
def one_order(request: HttpRequest, number: Short) -> Any:
    """One job with what hangs on it."""
    actor = request.actor  # type: ignore[attr-defined]
    return _whole(order(number, actor), actor)


def _whole(row: WorkOrder, actor: Any) -> dict[str, Any]:
    sees_bench = actor.may("workshop.see", on=row)
    quote = workshop.current_quote(row) if sees_bench else None
    commitment = workshop.living_commitment(row) if sees_bench else None
    bill = cashier.bill_of(row) if actor.may("cashier.see", on=row) else None
    asked = PartRequest.objects.visible_to(actor).filter(pk__in=[each.pk for each in storeroom.requests_of(row)])
    return shown(row) | {
        "problem": row.problem,
        "allowed": allowed_from(row),
        "accessories": [
            {name: getattr(each, name) for name in ("name", "quantity", "returned_quantity")} | {"id": each.pk}
            for each in intake.accessories_of(row)
        ],
        "quote": QuoteOut.of(quote).model_dump() if quote else None,
        "commitment": CommitmentOut.of(commitment).model_dump() if commitment else None,
        "requests": [request_shown(each) for each in asked.select_related("order", "part").order_by("pk")],
        "bill": bill.number if bill else None,
    }
