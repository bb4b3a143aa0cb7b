"""Orders: written from an award, approved by another person, sent, confirmed with a day, appointed, called off or closed short."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.amounts import Money
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply import queries
from guiju.readiness.supply.actions.few import refuse_too_few
from guiju.readiness.supply.actions.limits import refuse_over_limit
from guiju.readiness.supply.actions.sourcing import HadAHand
from guiju.readiness.supply.actions.suppliers import CentralOnly, lock_active
from guiju.readiness.supply.events import ExpectedOn, NotComing, PurchaseOrdered
from guiju.readiness.supply.models import OrderLine, PurchaseOrder, RequestLine, Sourcing, SupplierQuote
from guiju.readiness.supply.rules import (
    ORDER_ARROWS,
    ORDER_LABELS,
    UNDER_WAY,
    OrderState,
    SourcingState,
    Weight,
    in_ten_thousandths,
    most_of,
)
from guiju.standing.policy import queries as policy


class NotAwarded(Refusal):
    """Nothing is ordered before a supplier was chosen."""

    sentence = N_("No supplier has been chosen yet.")


class OrderedAlready(Refusal):
    """One award becomes one order."""

    sentence = N_("This was ordered already.")


class MoreThanApproved(Refusal):
    """An order stays within what was approved (PUR-1)."""

    sentence = N_("The order comes to %(total)s, and %(approved)s were approved. Ask for it anew.")


class YourOwnOrder(Refusal):
    """Whoever buys, or asked for it, does not approve it (5.4)."""

    sentence = N_("You asked for this or buy it yourself. Somebody else has to approve it.")


class OtherSum(Refusal):
    """The supplier confirms what was ordered, or it is approved anew."""

    sentence = N_("%(total)s were ordered. Another sum has to be approved anew: cancel this order and write another.")
    field = "total_minor"


class NotUnderWay(Refusal):
    """Nothing of it is on its way."""

    sentence = N_("Nothing of this order is on its way.")


class CalledOffByAnother(Refusal):
    """What was approved by two is called off by two (3.8)."""

    sentence = N_("You are the buyer. Somebody who approves orders has to call this one off.")


class NotAgreed(Refusal):
    """What was sent is called off with the supplier."""

    sentence = N_("The order was sent: say with whom at the supplier the cancellation was agreed.")
    field = "agreed"


def draft_order(sourcing: Sourcing, *, terms: str = "", by: Actor, at: datetime) -> PurchaseOrder:
    """Write the order to the supplier that was chosen: every line of every request, each to its own unit.

    An emergency purchase needs no second approval: the one step was taken on its request.

    raises   NotAwarded, OrderedAlready, MoreThanApproved, HadAHand, CentralOnly, SupplierNotInUse
    source   PUR-1, PUR-5, 3.8
    """
    with doing("supply.draft_order", on=sourcing, by=by, at=at) as deed:
        sourcing = Sourcing.objects.select_for_update(of=("self",)).select_related("unit").get(pk=sourcing.pk)
        quote = SupplierQuote.objects.filter(pk=sourcing.awarded_to_id or 0).select_related("supplier").first()
        if sourcing.state != SourcingState.AWARDED or quote is None:
            raise NotAwarded
        lock_active(quote.supplier)
        lines = queries.lines_of(sourcing)
        prices = dict(quote.lines.values_list("line_id", "price_minor"))
        keys = ["pur.order_tolerance", "pur.over_receipt"]
        figures = policy.figures(keys, unit=sourcing.unit, on=sourcing.unit.day(at))
        tolerance, over = (in_ten_thousandths(figures[key].value) for key in keys)
        total = sum(line.quantity * prices[line.pk] for line in lines)
        approved = sum(line.amount_minor for line in lines)
        said: dict[str, Any] = {
            "total": Money(total, sourcing.currency),
            "approved": Money(approved, sourcing.currency),
        }
        about: dict[str, Any] = {"people_min": max(line.request.people_min for line in lines)}
        with refusing(
            an_award_becomes_one_order=OrderedAlready, no_more_is_ordered_than_was_approved=MoreThanApproved(**said)
        ):
            order = PurchaseOrder.objects.create(
                number=next_number("PO", sourcing.unit.code, sourcing.unit.day(at)), unit=sourcing.unit,
                supplier=quote.supplier, sourcing=sourcing, currency=sourcing.currency, total_minor=total,
                approved_minor=approved, tolerance=tolerance, terms=(terms or quote.terms).strip(),
                buyer_id=by.natural_person_id, made_at=at, **about,
            )  # fmt: skip
        refuse_too_few({line.request for line in lines}, by, left=2)
        begin(order, by=by, at=at, deed=deed)
        _write_lines(order, lines, prices, over)
        deed.about(order)
        deed.note(total_minor=total, approved_minor=approved)
        _approve_an_emergency(order, lines, deed)
    return order


def approve_order(order: PurchaseOrder, *, decision: str = "", by: Actor, at: datetime) -> PurchaseOrder:
    """Let the order go out: within one's limit, by somebody who neither buys nor asked for it.

    raises   WrongState, YourOwnOrder, PurchaseOverTheLimit, DecisionMissing
    source   5.2 "Sourcing / award / PO", 5.3, 5.4
    """
    with doing("supply.approve_order", on=order, by=by, at=at) as deed:
        order = lock(order)
        refuse_too_few(order.sourcing.requests.all(), by, left=2, order=order)
        refuse_over_limit(order.unit, Weight(order.total_minor, 0, ()), order.currency, decision, deed)
        with refusing(
            an_order_is_approved_by_another_person=YourOwnOrder, whoever_asked_does_not_approve_the_order=YourOwnOrder
        ):
            step(
                order, OrderState.APPROVED, deed, approved_by_id=by.natural_person_id, approved_at=at, decision=decision.strip()
            )  # fmt: skip
    return order


def send_order(order: PurchaseOrder, *, by: Actor, at: datetime) -> PurchaseOrder:
    """Send it to the supplier.

    raises   WrongState, SupplierNotInUse
    """
    with doing("supply.send_order", on=order, by=by, at=at) as deed:
        order = lock(order)
        lock_active(order.supplier)
        step(order, OrderState.SENT, deed, sent_at=at)
        deed.tell(PurchaseOrdered(order.pk, order.number, order.supplier_id))
    return order


def confirm_order(
    order: PurchaseOrder, *, expected_on: date, total_minor: int, by: Actor, at: datetime
) -> PurchaseOrder:
    """Note that the supplier confirmed it, for which day; whoever waits for a line of it is told.

    total_minor   what the supplier confirms that it comes to
    raises        WrongState, OtherSum, Invalid
    source        3.8 "ETA to the promises", S6-27
    """
    with doing("supply.confirm_order", on=order, by=by, at=at, expected_on=str(expected_on)) as deed:
        order = lock(order)
        if total_minor != order.total_minor:
            raise OtherSum(total=Money(order.total_minor, order.currency))
        _not_past(order, expected_on, at)
        step(order, OrderState.CONFIRMED, deed, confirmed_at=at, expected_on=expected_on)
        _tell_day(order, deed)
    return order


def postpone_order(order: PurchaseOrder, *, expected_on: date, reason: str, by: Actor, at: datetime) -> PurchaseOrder:
    """Note another day for what is still to come, as the supplier says.

    raises   NotUnderWay, Invalid
    source   3.8 "ETA of rest re-confirmed"
    """
    with doing("supply.postpone_order", on=order, by=by, at=at, expected_on=str(expected_on), reason=reason) as deed:
        order = lock(order)
        if order.state not in UNDER_WAY:
            raise NotUnderWay
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        _not_past(order, expected_on, at)
        deed.note(was=str(order.expected_on))
        PurchaseOrder.objects.filter(pk=order.pk).update(expected_on=expected_on)
        order.expected_on = expected_on
        _tell_day(order, deed)
    return order


def appoint_delivery(
    order: PurchaseOrder, *, appointed_at: datetime, carrier: str, by: Actor, at: datetime
) -> PurchaseOrder:
    """Agree with the carrier when the delivery comes to the door.

    raises   WrongState, Invalid
    source   S2-47 "delivery appointment"
    """
    with doing("supply.appoint_delivery", on=order, by=by, at=at, appointed_at=appointed_at, carrier=carrier) as deed:
        order = lock(order)
        if appointed_at < at:
            raise Invalid(Sentence(N_("A delivery is not appointed for the past.")), field="appointed_at")
        if not carrier.strip():
            raise Invalid(Sentence(N_("Say who brings it.")), field="carrier")
        step(order, OrderState.SCHEDULED, deed, appointed_at=appointed_at, carrier=carrier.strip())
    return order


def cancel_order(order: PurchaseOrder, *, reason: str, agreed: str = "", by: Actor, at: datetime) -> PurchaseOrder:
    """Call the order off before anything of it has come; what was approved can be ordered anew.

    agreed   with whom at the supplier, once it was sent
    raises   WrongState, CalledOffByAnother, NotAgreed, Invalid
    source   3.8
    """
    with doing("supply.cancel_order", on=order, by=by, at=at, reason=reason, agreed=agreed) as deed:
        order = lock(order)
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        if order.state != OrderState.DRAFT and by.person_id == order.buyer_id:
            raise CalledOffByAnother
        with refusing(a_sent_order_is_cancelled_with_the_supplier=NotAgreed):
            step(
                order, OrderState.CANCELLED, deed, ended_at=at, said=reason.strip()[:400], agreed=agreed.strip()
            )  # fmt: skip
        _end_lines(order, deed)
    return order


def close_short(order: PurchaseOrder, *, reason: str, by: Actor, at: datetime) -> PurchaseOrder:
    """Wait no longer for what is missing of it; whoever waits for it is told.

    raises   WrongState, Invalid
    """
    with doing("supply.close_short", on=order, by=by, at=at, reason=reason) as deed:
        order = lock(order)
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        step(order, OrderState.SHORT_CLOSED, deed, ended_at=at, said=reason.strip()[:400])
        # Who waits for one that never came may have it asked for again.
        missing = [each.line_id for each in _waited_for(order) if not each.delivered]
        _end_lines(order, deed)
        RequestLine.objects.filter(pk__in=missing).update(withdrawn_at=at)
    return order


def lock(order: PurchaseOrder) -> PurchaseOrder:
    """Lock an order, before its lines: always in this order, so that two verbs cannot wait for each other."""
    rows = PurchaseOrder.objects.select_for_update(of=("self",)).select_related("unit", "supplier")
    return rows.get(pk=order.pk)


def step(order: PurchaseOrder, to: OrderState, deed: Deed, **also: Any) -> None:
    """Take one step in the life of an order."""
    advance(order, to=to, arrows=ORDER_ARROWS, labels=ORDER_LABELS, by=deed.by, at=deed.at, deed=deed, **also)


def _write_lines(order: PurchaseOrder, lines: list[RequestLine], prices: dict[int, int], over: int) -> None:
    first = lines[0].request.number
    with refusing(
        the_buyer_neither_asks_nor_approves=HadAHand(number=first),
        only_the_central_buyer_buys_central_parts=CentralOnly(part=", ".join(line.name for line in lines)),
        an_approved_line_is_bought_once=OrderedAlready,
    ):
        OrderLine.objects.bulk_create([
            OrderLine(
                order=order, line=line, unit_id=line.request.unit_id, part=line.part, words=line.words,
                quantity=line.quantity, most=most_of(line.quantity, over), price_minor=prices[line.pk],
            )
            for line in lines
        ])  # fmt: skip


def _approve_an_emergency(order: PurchaseOrder, lines: list[RequestLine], deed: Deed) -> None:
    """The one step of an emergency was its request: who approved that has approved the order."""
    if all(line.request.is_emergency for line in lines):
        step(order, OrderState.APPROVED, deed, approved_by_id=lines[0].request.decided_by_id, approved_at=deed.at)


def _not_past(order: PurchaseOrder, expected_on: date, at: datetime) -> None:
    if expected_on < order.unit.day(at):
        raise Invalid(Sentence(N_("It cannot be expected in the past.")), field="expected_on")


def _waited_for(order: PurchaseOrder) -> list[OrderLine]:
    """The lines that somebody waits for and that have not all come."""
    lines = order.lines.filter(ended_at__isnull=True).exclude(line__origin="").select_related("line")
    return [each for each in lines if each.outstanding]


def _tell_day(order: PurchaseOrder, deed: Deed) -> None:
    for each in _waited_for(order):
        if order.expected_on is not None:
            deed.tell(ExpectedOn(order.pk, order.number, each.line.origin, order.expected_on))


def _end_lines(order: PurchaseOrder, deed: Deed) -> None:
    for each in _waited_for(order):
        deed.tell(NotComing(order.number, each.line_id, each.line.origin))
    order.lines.filter(ended_at__isnull=True).update(ended_at=deed.at)
