"""What is asked for, what it counts for, how suppliers do, and whether the papers of a purchase agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum

from guiju.books.stock.models import StockMove
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.readiness.supply.models import (
    EmergencyReview,
    Offer,
    OrderLine,
    PurchaseOrder,
    PurchaseRequest,
    ReceiptLine,
    RequestLine,
    Sourcing,
    Supplier,
    SupplierBank,
    SupplierInvoice,
)
from guiju.readiness.supply.rules import (
    HANDS,
    STANDING,
    TOGETHER_DAYS,
    WHOLE,
    Asked,
    BankState,
    Delivered,
    OrderState,
    RequestState,
    Score,
    SourcingState,
    Split,
    SupplierState,
    Weight,
    score,
    splits,
    weigh,
)
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy
from guiju.standing.policy.rules import calendar_of

# Two windows of thirty days before the last one: who splits does it again.
SPLIT_DAYS = 90
# So many pairs of unit and category are looked at; a page shows no more.
SPLIT_GROUPS_MAX = 500
# The limits that a purchase may be split to stay under, and by how much less than the figure one still keeps to it.
SPLIT_LIMITS = {
    "limit.purchase.OM": 0, "limit.purchase.LM": 0, "limit.purchase.NM": 0, "limit.purchase.FI": 0,
    "pur.three_quotes_from": 1, "pur.tender_above": 0, "decision.collective_threshold": 1,
}  # fmt: skip
_SOUGHT = (RequestState.SOURCING, RequestState.AWARDED)


def price_of(supplier: Supplier, part: Part, *, currency: str, on: date) -> Offer | None:
    """What one of the part costs there on that day."""
    rows = Offer.objects.filter(supplier=supplier, part=part, currency=currency, starts_on__lte=on)
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).first()


def prices_of(part: Part) -> list[Offer]:
    """Every price that any supplier ever asked for the part, the latest first (S2-48)."""
    return list(Offer.objects.filter(part=part).select_related("supplier").order_by("-starts_on", "-pk"))


def cheapest(part: Part, *, currency: str, on: date) -> Offer | None:
    """The lowest price in force that day among the suppliers in use."""
    rows = Offer.objects.filter(part=part, currency=currency, starts_on__lte=on, supplier__state=SupplierState.ACTIVE)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).select_related("supplier")
    return rows.order_by("price_minor", "pk").first()


def estimate_of(part: Part, *, unit: Unit, on: date) -> int | None:
    """What one is thought to cost: the cheapest price in force of a supplier in use, else what the catalogue says, if it does."""
    offer = cheapest(part, currency=unit.currency, on=on)
    return offer.price_minor if offer is not None else part.cost_minor or None


def lines_of(sourcing: Sourcing) -> list[RequestLine]:
    """What is sought for: the lines of its requests that somebody still needs."""
    rows = RequestLine.objects.filter(request__sourcing=sourcing, request__state__in=_SOUGHT, withdrawn_at__isnull=True)
    return list(rows.select_related("part", "request__unit").order_by("pk"))


def score_of(supplier: Supplier, *, since: date) -> Score:
    """How a supplier does with what has come since that day (S2-49)."""
    rows = OrderLine.objects.filter(order__supplier=supplier, order__made_at__date__gte=since, delivered__gt=0)
    lines = list(rows.select_related("order__unit").prefetch_related("receipts__receipt").order_by("pk"))
    return score([
        Delivered(each.delivered, each.accepted, _was_late(each), each.price_minor, _before(each)) for each in lines
    ])  # fmt: skip


def _was_late(line: OrderLine) -> bool:
    last = max((each.receipt.received_at for each in line.receipts.all()), default=None)
    due = line.order.expected_on
    return last is not None and due is not None and line.order.unit.day(last) > due


def _before(line: OrderLine) -> int | None:
    """What the same part cost the time before, from anybody."""
    if line.part_id is None:
        return None
    rows = OrderLine.objects.filter(part_id=line.part_id, pk__lt=line.pk, order__currency=line.order.currency)
    rows = rows.exclude(order__state=OrderState.CANCELLED)
    return rows.order_by("-pk").values_list("price_minor", flat=True).first()


def weight_of(request: PurchaseRequest, lines: Sequence[RequestLine], *, at: datetime) -> Weight:
    """What the request counts for on that day, with the others of its unit that are one purchase with it (PUR-6)."""
    today = request.unit.day(at)
    others = RequestLine.objects.filter(
        request__unit_id=request.unit_id, request__state__in=sorted(STANDING), withdrawn_at__isnull=True,
        category__in={each.category for each in lines}, request__submitted_at__gte=at - timedelta(days=TOGETHER_DAYS + 1),
    ).exclude(request_id=request.pk)  # fmt: skip
    own = [Asked(request.number, each.category, each.amount_minor, today) for each in lines]
    theirs = [
        Asked(each.request.number, each.category, each.amount_minor, request.unit.day(each.request.submitted_at))
        for each in others.select_related("request").order_by("request_id", "pk")
        if each.request.submitted_at is not None
    ]
    return weigh(own, theirs, on=today)


@dataclass(frozen=True)
class InPieces:
    """A purchase in pieces in one unit, with its requests; `is_judged` when the last was approved as one with the others."""

    unit: Unit
    split: Split
    names: tuple[str, ...]
    requests: tuple[PurchaseRequest, ...]

    @property
    def is_judged(self) -> bool:
        """Whether whoever approved the last of them saw all of them as one."""
        last = self.requests[-1]
        return last.weight_minor is not None and {each.number for each in self.requests[:-1]} <= set(last.joined)


def in_pieces(by: Actor, *, at: datetime) -> list[InPieces]:
    """What looks like one purchase split to stay under a limit, among the requests of the last ninety days that one sees.

    source   PUR-6, J08; the figures of today
    """
    rows = RequestLine.objects.filter(
        request__in=PurchaseRequest.objects.visible_to(by), request__state__in=sorted(STANDING), withdrawn_at__isnull=True,
        request__submitted_at__gte=at - timedelta(days=SPLIT_DAYS), estimate_minor__isnull=False,
    )  # fmt: skip
    many = rows.values("request__unit", "category").annotate(many=Count("request", distinct=True)).filter(many__gt=1)
    often = set(many.values_list("request__unit", "category")[:SPLIT_GROUPS_MAX])
    named = rows.filter(request__unit__in={unit for unit, _ in often}, category__in={each for _, each in often})
    lines: dict[int, list[RequestLine]] = defaultdict(list)
    who = ("part", "request__unit", "request__requested_by", "request__decided_by")
    for line in named.select_related(*who).order_by("pk"):
        if (line.request.unit_id, line.category) in often:
            lines[line.request.unit_id].append(line)
    units = [each[0].request.unit for each in lines.values()]
    limits = _limits(units, at)
    found = [piece for unit in units for piece in _pieces(unit, lines[unit.pk], limits[unit.pk])]
    return sorted(found, key=lambda each: (each.is_judged, -each.split.total_minor))


def _limits(units: Sequence[Unit], at: datetime) -> dict[int, dict[str, int]]:
    """The most that each unit's purchase may come to without passing each limit."""
    found: dict[int, dict[str, int]] = {unit.pk: {} for unit in units}
    for key, less in SPLIT_LIMITS.items():
        for unit, figure in policy.figure_by_unit(key, units=units, on=at.date()).items():
            found[unit][key] = int(figure.value) - less
    return found


def _pieces(unit: Unit, lines: Sequence[RequestLine], limits: Mapping[str, int]) -> Iterator[InPieces]:
    asked = [
        Asked(each.request.number, each.category, each.amount_minor, unit.day(each.request.submitted_at))
        for each in lines
        if each.request.submitted_at is not None
    ]
    for split in splits(asked, limits):
        mine = [each for each in lines if each.category == split.category]
        requests = {each.request.number: each.request for each in mine}
        names = tuple(dict.fromkeys(each.name for each in mine))
        yield InPieces(unit, split, names, tuple(requests[each.number] for each in split.pieces))


def hands_of(requests: Sequence[PurchaseRequest], *, order: PurchaseOrder | None = None) -> set[int]:
    """Everybody who had a hand in these requests until now, and in their order: who asked, approved, bought, received, paid."""
    asked = RequestLine.objects.filter(request__in=[each.pk for each in requests]).values_list("asked_by", flat=True)
    hands = {*asked, *(each.requested_by_id for each in requests), *(each.decided_by_id for each in requests)}
    orders = [order] if order is not None else PurchaseOrder.objects.filter(
        lines__line__request__in=[each.pk for each in requests]
    ).distinct()  # fmt: skip
    for each in orders:
        hands |= {each.buyer_id, each.approved_by_id}
        hands |= set(each.receipts.values_list("received_by", flat=True))
        hands |= set(each.invoices.filter(paid_by__isnull=False).values_list("paid_by", flat=True))
    return {each for each in hands if each is not None}


def emergencies_of_month(unit: Unit, *, at: datetime) -> int:
    """How many emergency purchases of the unit were approved in the month of that day."""
    first = unit.day(at).replace(day=1)
    since = at - timedelta(days=32)
    rows = PurchaseRequest.objects.filter(
        unit=unit, is_emergency=True, state__in=sorted(STANDING), decided_at__gte=since
    )
    return sum(unit.day(each) >= first for each in rows.values_list("decided_at", flat=True) if each is not None)


def review_day(unit: Unit, at: datetime) -> date:
    """By when an emergency purchase is reviewed: so many days on which offices work (3.8)."""
    day = unit.day(at)
    left = policy.figure("pur.emergency_review_days", unit=unit, on=day).value
    calendar, closed = calendar_of(unit.jurisdiction), policy.closed_days(unit, since=day)
    while left:
        day += timedelta(days=1)
        works = calendar.is_working(day) if calendar is not None else day.isoweekday() < 6
        left -= works and day not in closed
    return day


@invariant("PUR-6")
def an_approved_purchase_counts_for_itself_at_least() -> Iterator[str]:
    """What a purchase was judged by is never less than what it comes to."""
    rows: Any = PurchaseRequest.objects.filter(weight_minor__isnull=False, lines__withdrawn_at__isnull=True)
    rows = rows.annotate(total=Sum(F("lines__quantity") * F("lines__estimate_minor")))
    for number, weight, total in rows.values_list("number", "weight_minor", "total"):
        if weight < (total or 0):
            yield f"{number} was judged by {weight} and comes to {total}"


@invariant("PUR-2")
def nobody_approves_what_they_asked_for() -> Iterator[str]:
    """Who asked for a line did not approve its purchase, and did not review it."""
    own = RequestLine.objects.filter(
        request__decided_by=F("asked_by"), request__weight_minor__isnull=False, request__people_min=HANDS
    )
    for line in own.select_related("request"):
        yield f"{line.request.number} was approved by whoever asked for {line.name}"
    for review in EmergencyReview.objects.filter(
        Q(reviewed_by=F("request__requested_by")) | Q(reviewed_by=F("request__decided_by"))
    ):
        yield f"{review.request.number} was reviewed by whoever had a part in it"


@invariant("PUR-8")
def an_account_in_force_was_seen_by_two() -> Iterator[str]:
    """Money goes only to accounts that a second person verified."""
    rows = SupplierBank.objects.filter(state__in=[BankState.IN_FORCE, BankState.REPLACED])
    for row in rows.filter(Q(decided_by__isnull=True) | Q(decided_by=F("asked_by"))):
        yield f"{row} is in force, and nobody else verified it"


@invariant("PUR-1")
def an_order_is_the_sum_of_its_lines_and_within_what_was_approved() -> Iterator[str]:
    """Its total is what its lines cost, and at most what their requests were approved for, with the tolerance."""
    rows: Any = PurchaseOrder.objects.annotate(
        sum=Sum(F("lines__quantity") * F("lines__price_minor")),
        asked=Sum(F("lines__quantity") * F("lines__line__estimate_minor")),
    )
    for row in rows:
        if row.total_minor != row.sum or row.approved_minor != row.asked:
            yield f"{row}: {row.total_minor} of {row.approved_minor}, its lines say {row.sum} of {row.asked}"
        if row.total_minor * WHOLE > row.approved_minor * (WHOLE + row.tolerance):
            yield f"{row} comes to {row.total_minor}, and {row.approved_minor} were approved"


@invariant("PUR-2")
def nobody_has_two_hands_in_one_purchase() -> Iterator[str]:
    """Who asks, who approves, who buys, who receives and who pays are different people (5.4)."""
    for line in OrderLine.objects.select_related("order", "line__request").order_by("pk"):
        request, order = line.line.request, line.order
        hands: list[set[int | None]] = [
            {line.line.asked_by_id, request.requested_by_id},
            {request.decided_by_id, order.approved_by_id} - {None},
            {order.buyer_id},
            set(line.receipts.values_list("receipt__received_by_id", flat=True)),
            set(order.invoices.filter(paid_by__isnull=False).values_list("paid_by_id", flat=True)),
        ]
        everybody = set[int | None]().union(*hands)
        if request.people_min < HANDS:
            # Fewer do: as many as were allowed, once all is done; and the auditor's review stands.
            if hands[-1] and len(everybody) < request.people_min:
                yield f"{line}: {len(everybody)} had a hand in it, {request.people_min} should"
            if not hasattr(request, "review"):
                yield f"{request}: bought by fewer people, and nobody reviews it"
        elif sum(len(each) for each in hands) != len(everybody):
            yield f"{line}: somebody has two hands in it"


@invariant("PUR-3")
def what_came_is_what_was_counted_and_inspected() -> Iterator[str]:
    """Each order line says what its receipts say, and each inspected receipt splits what came."""
    counted = OrderLine.objects.annotate(
        came=Sum("receipts__delivered"), good=Sum("receipts__accepted"), bad=Sum("receipts__rejected")
    )
    for line in counted.select_related("order", "part"):
        said = (line.delivered, line.accepted, line.rejected)
        if said != (line.came or 0, line.good or 0, line.bad or 0):
            yield f"{line} says {said}, its receipts {(line.came, line.good, line.bad)}"
        if line.delivered - line.rejected > line.most:
            yield f"{line}: {line.delivered} came, {line.most} may"


@invariant("PUR-3")
def only_accepted_goods_are_stock() -> Iterator[str]:
    """What a receipt put away is in the stock book, and exactly that."""
    for each in ReceiptLine.objects.filter(receipt__state="PUT_AWAY").select_related("receipt", "line__part", "part"):
        booked = StockMove.objects.filter(document=f"{each.receipt.number}/{each.pk}").aggregate(sum=Sum("amount"))[
            "sum"
        ]
        if (booked or 0) != ((each.accepted or 0) if each.come is not None else 0):
            yield f"{each}: {each.accepted} accepted, {booked or 0} booked"


@invariant("PUR-4")
def no_more_is_payable_than_was_matched() -> Iterator[str]:
    """What matched invoices bill of a line is what the line says, at most what was accepted of it."""
    matched = Q(bills__invoice__state__in=["MATCHED", "PAID"])
    rows = OrderLine.objects.annotate(asked=Sum("bills__quantity", filter=matched))
    for line in rows.select_related("order", "part"):
        if line.billed != (line.asked or 0) or line.billed > line.accepted:
            yield f"{line}: {line.billed} billed, invoices {line.asked or 0}, accepted {line.accepted}"
    for invoice in SupplierInvoice.objects.filter(state="PAID").exclude(paid_to__state__in=["IN_FORCE", "REPLACED"]):
        yield f"{invoice} was paid to an account that nobody verified"


@invariant("PUR-7")
def an_award_has_its_quotes_or_its_exception() -> Iterator[str]:
    """Where three offers are asked for there are three, or somebody else said why not."""
    rows: Any = Sourcing.objects.filter(state=SourcingState.AWARDED, excepted_by__isnull=True)
    for row in rows.annotate(there=Count("quotes", filter=Q(quotes__valid_until__gte=F("awarded_on")))):
        if row.there < row.quotes_needed:
            yield f"{row}: {row.there} of {row.quotes_needed} offers"
