"""What a program is shown of the line's rows: short, and never a whole telephone number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from guiju.api.fields import Short
from guiju.api.finding import order_to_change, part_request, quote
from guiju.api.verbs import Output, Target
from guiju.kernel import turn
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ARROWS, State
from guiju.line.workshop.models import PartsCommitment, Quote
from guiju.line.workshop.queries import LINES

ORDER = Target("number", Short, order_to_change)
REQUEST = Target("number", Short, part_request)
QUOTE = Target("number", Short, quote)


class OrderOut(Output):
    """A job as a list shows it."""

    number: str
    state: str
    held: str
    shelf: str
    coverage: str
    billing: str
    hold: str
    outcome: str
    priority: str
    unit: str
    customer_id: int
    customer_name: str
    appliance_id: int
    appliance_serial: str
    technician: str | None
    promised_at: datetime | None
    first_promised_at: datetime | None
    opened_at: datetime
    deposit_owed_minor: int
    deposit_held_minor: int

    @classmethod
    def of(cls, result: Any, target: Any = None) -> OrderOut:
        """The job that was made, else the one that it was done to, as it is now."""
        row = result if isinstance(result, WorkOrder) else target
        # What the verb has locked is as the verb has left it.
        return cls(**shown(turn.kept(row) or WorkOrder.objects.with_names().get(pk=row.pk)))


def shown(order: WorkOrder) -> dict[str, Any]:
    """A job as a list shows it; it has its names with it."""
    kept = (
        "number", "state", "held", "shelf", "coverage", "billing", "hold", "outcome", "priority", "customer_id",
        "appliance_id", "promised_at", "first_promised_at", "opened_at",
        "deposit_owed_minor", "deposit_held_minor",
    )  # fmt: skip
    return {name: getattr(order, name) for name in kept} | {
        "unit": order.unit.code,
        "customer_name": order.customer.name,
        "appliance_serial": order.appliance.serial,
        "technician": order.technician.number if order.technician else None,
    }


def allowed_from(order: WorkOrder) -> list[str]:
    """The states that the job may go to from where it stands."""
    return [str(state) for state in ARROWS.get(State(order.state), {})]


class QuoteLineOut(Output):
    """One line of a quote; an optional one may be declined by its id when the rest is approved."""

    id: int
    option: int
    code: str
    mark: str
    quantity: int
    unit_minor: int
    amount_minor: int
    list_min_minor: int
    list_max_minor: int
    is_listed: bool
    is_optional: bool
    is_declined: bool


class CoveredOut(Output):
    """What somebody else pays for, and by which clause; it costs the customer nothing."""

    code: str
    quantity: int
    payer: str
    coverage: str
    because: str
    source: str


class QuoteOptionOut(Output):
    """One way to help; `place` is what its lines call `option`, and what an approval chooses."""

    place: int
    kind: str
    note: str
    service_hours: int
    repair_warranty_days: int
    total_minor: int
    discount_minor: int
    deposit_minor: int


class QuoteOut(Output):
    """A quote; `option` is the place of the option that counts, and the sums are its."""

    number: str
    version: int
    state: str
    order: str
    currency: str
    total_minor: int
    discount_minor: int
    declined_minor: int
    deposit_minor: int
    option: int
    valid_until: datetime | None
    options: list[QuoteOptionOut]
    lines: list[QuoteLineOut]
    covered: list[CoveredOut]

    @classmethod
    def of(cls, result: Any, target: Any = None) -> QuoteOut:
        """The quote as it is now."""
        row = result if isinstance(result, Quote) else target
        kept = turn.kept(row)
        return cls(
            **quote_shown(
                kept or Quote.objects.select_related("order").prefetch_related(LINES, "options").get(pk=row.pk)
            )
        )


_LINE_FIELDS = (
    "code", "quantity", "unit_minor", "amount_minor", "list_min_minor", "list_max_minor", "is_listed", "is_optional", "is_declined",
)  # fmt: skip


def quote_shown(row: Quote) -> dict[str, Any]:
    """A quote as a list shows it."""
    kept = (
        "number",
        "version",
        "state",
        "currency",
        "total_minor",
        "discount_minor",
        "declined_minor",
        "deposit_minor",
        "valid_until",
    )
    of_line = (
        "code", "mark", "quantity", "unit_minor", "amount_minor", "list_min_minor", "list_max_minor", "is_listed", "is_optional",
        "is_declined",
    )  # fmt: skip
    of_option = (
        "place", "kind", "note", "service_hours", "repair_warranty_days", "total_minor", "discount_minor", "deposit_minor",
    )  # fmt: skip
    lines = [
        {"id": line.pk, "option": line.place} | {name: getattr(line, name) for name in of_line}
        for line in row.lines.all()
    ]
    options = [{name: getattr(option, name) for name in of_option} for option in row.options.all()]
    return {name: getattr(row, name) for name in kept} | {
        "option": row.place, "order": row.order.number, "options": options, "lines": lines, "covered": _covered(row),
    }  # fmt: skip


def _covered(row: Quote) -> list[dict[str, Any]]:
    return [
        {
            "code": each.code, "quantity": each.quantity, "payer": str(each.paid.payer), "coverage": str(each.paid.coverage),
            "because": str(each.paid.proof.said), "source": each.paid.proof.source,
        }
        for each in row.covered_lines
    ]  # fmt: skip


class CommitmentOut(Output):
    """A promised date for missing parts."""

    id: int
    state: str
    order: str
    revision: int
    promised_part_on: date
    promised_ready_at: datetime

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> CommitmentOut:
        """The commitment as it is now."""
        return cls(**commitment_shown(PartsCommitment.objects.select_related("order").get(pk=result.pk)))


def commitment_shown(row: PartsCommitment) -> dict[str, Any]:
    """A promised date as a list shows it."""
    kept = ("state", "revision", "promised_part_on", "promised_ready_at")
    return {name: getattr(row, name) for name in kept} | {"id": row.pk, "order": row.order.number}


class RequestOut(Output):
    """What a job asked the store for."""

    number: str
    state: str
    order: str
    part: str
    quantity: int
    fitted_quantity: int
    returned_quantity: int
    answer_by: datetime

    @classmethod
    def of(cls, result: Any, target: Any = None) -> RequestOut:
        """The request as it is now."""
        row = result if isinstance(result, PartRequest) else target
        return cls(
            **request_shown(turn.kept(row) or PartRequest.objects.select_related("order", "part").get(pk=row.pk))
        )


def request_shown(row: PartRequest) -> dict[str, Any]:
    """A request as the store's queue shows it."""
    kept = ("number", "state", "quantity", "fitted_quantity", "returned_quantity", "answer_by")
    return {name: getattr(row, name) for name in kept} | {"order": row.order.number, "part": row.part.code}
