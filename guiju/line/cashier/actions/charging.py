"""What is charged for a job: the approved quote, the published test fee, the difference for a dearer unit, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from guiju.line.cashier.models import BillLine
from guiju.line.exchange.models import ExchangeCase, UnitOffer
from guiju.line.exchange.rules import CaseState, Ground
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.models import Diagnosis, FreeCancellation, PartsCommitment, Quote, ReturnCheck
from guiju.line.workshop.rules import CommitmentState, LineKind
from guiju.standing.catalogue.models import ServiceItem
from guiju.standing.catalogue.rules import ItemKind
from guiju.standing.pricing import queries as pricing
from guiju.standing.warranty.rules import FREE


def charged_lines(order: WorkOrder, quote: Quote | None, at: datetime) -> Sequence[BillLine]:
    """What is charged: the approved quote's lines but the declined; where nothing was repaired the test fee; covered or broken nothing."""
    if (agreed := _dearer_unit(order)) is not None:
        # Of another unit that costs more, the difference for which the customer has signed, and nothing else.
        more = agreed.difference_minor
        priced = dict.fromkeys(("unit_minor", "list_min_minor", "list_max_minor", "amount_minor"), more)
        return [BillLine(kind=LineKind.UNIT, offer=agreed, quantity=1, **priced)]
    is_waived, goes_back = _ending(order)
    if order.coverage in FREE or is_waived:
        return []
    if quote is not None and not goes_back:
        return [
            BillLine(
                kind=line.kind,
                item=line.item,
                part=line.part,
                quote_line=line,
                quantity=line.quantity,
                unit_minor=line.unit_minor,
                list_min_minor=line.list_min_minor,
                list_max_minor=line.list_max_minor,
                amount_minor=line.amount_minor,
            )
            for line in quote.lines_of()
            if not line.is_declined
        ]
    if order.test_fee_minor and Diagnosis.objects.filter(order=order).exists():
        return _test_fee(order, at)
    return []


def _dearer_unit(order: WorkOrder) -> UnitOffer | None:
    """The unit given in exchange, where the customer has signed that it costs more than the old one did (3.5)."""
    kept = ExchangeCase.objects.filter(order=order, state=CaseState.ALLOCATED, difference_minor__gt=0)
    case = kept.select_related("offer__other__brand", "offer__other__line", "offer__other__model").first()
    return case.offer if case is not None else None


def _ending(order: WorkOrder) -> tuple[bool, bool]:
    """Whether nothing is charged, and whether the appliance goes back as it was, so that no repair is (3.2, Civil Code 787).

    A broken commitment makes the way out free; and so does another unit, unless it is what the customer pays for.
    """
    broken = PartsCommitment.objects.filter(order=OuterRef("pk"), state=CommitmentState.BREACHED)
    gone = FreeCancellation.objects.filter(order=OuterRef("pk"))
    given = ExchangeCase.objects.filter(order=OuterRef("pk"), state=CaseState.ALLOCATED).exclude(ground=Ground.PAID)
    returned = ReturnCheck.objects.filter(order=OuterRef("pk"))
    ways = (Exists(broken), Exists(gone), Exists(given), Exists(returned))
    ((*free, goes_back),) = WorkOrder.objects.filter(pk=order.pk).order_by().values_list(*ways)
    return any(free), goes_back


def taken_off(quote: Quote | None, lines: Sequence[BillLine]) -> dict[str, int | str]:
    """What was taken off the quote, where it is the quote that is charged."""
    if quote is None or not lines or not lines[0].quote_line_id:
        return {}
    return {"discount_minor": quote.discount_minor, "discount_reason": quote.discount_reason}


def _test_fee(order: WorkOrder, at: datetime) -> Sequence[BillLine]:
    """The published fee for the test, as it was shown and accepted at the counter (S6-37)."""
    items = ServiceItem.objects.filter(kind=ItemKind.TEST, is_active=True)
    # The line's own test first, then the one for all lines: as the counter chose it.
    for item in [*items.filter(line_id=order.appliance.line_id), *items.filter(line__isnull=True)]:
        on = order.unit.day(order.registered_at or at)
        line = pricing.line_for(item=item, unit=order.unit, on=on, place=orders.place_of(order))
        if line is not None and line.min_minor <= order.test_fee_minor <= line.max_minor:
            return [
                BillLine(
                    kind=LineKind.TEST,
                    item=item,
                    quantity=1,
                    unit_minor=order.test_fee_minor,
                    list_min_minor=line.min_minor,
                    list_max_minor=line.max_minor,
                    amount_minor=order.test_fee_minor,
                )
            ]
    return []
