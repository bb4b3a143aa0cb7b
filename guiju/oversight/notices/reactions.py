"""Which news a customer hears of, and which of a store our own people hear of."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.amounts import Money
from guiju.line.banking.events import CashAlarmRaised
from guiju.line.banking.models import CashAlarm
from guiju.line.cashier.events import Delivered
from guiju.line.exchange.events import CaseApproved, CaseRejected, UnitAllocated, UnitOffered
from guiju.line.exchange.rules import CHOICE_LABELS, Choice
from guiju.line.followup.events import Reminded
from guiju.line.intake.events import (
    Cancelled,
    DeviceReceived,
    Registered,
    RequestLinked,
    RequestRejected,
    RequestSolved,
    RequestSubmitted,
)
from guiju.line.intake.models import ServiceRequest
from guiju.line.intake.rules import RejectReason
from guiju.line.quality.events import Passed
from guiju.line.receivables.events import Dunned
from guiju.line.receivables.rules import LEVEL_LABELS
from guiju.line.workorder import queries as orders
from guiju.line.workorder.events import PromiseRevised
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.events import CodeAsked, CommitmentProposed, QuoteIssued, ReturnPrepared
from guiju.oversight.notices import actions
from guiju.oversight.notices.rules import Alarm, Template
from guiju.readiness.custody.events import Denied, Discrepant, Lapsed, OpenedInEmergency, Overlong, ReviewMissed
from guiju.readiness.custody.models import AccessSession
from guiju.readiness.upkeep.events import ClimateOutside, InspectionMissed
from guiju.readiness.upkeep.models import ClimateReading, Inspection
from guiju.standing.people.models import Unit


def on_request_submitted(news: RequestSubmitted, *, by: Actor, at: datetime) -> None:
    """Whoever asked hears that somebody will answer, and by when."""
    request = _request(news.request_id)
    actions.answer(request, Template.REQUEST, about={"due": _moment(request.unit, news.due_at)}, by=by, at=at)


def on_request_solved(news: RequestSolved, *, by: Actor, at: datetime) -> None:
    """The advice, also in writing."""
    request = _request(news.request_id)
    actions.answer(request, Template.ADVICE, about={"advice": request.advice}, by=by, at=at)


def on_request_rejected(news: RequestRejected, *, by: Actor, at: datetime) -> None:
    """Whom to ask instead (3.1 "referral info sent to customer"); what was no real request gets no answer."""
    request = _request(news.request_id)
    if request.reason_code != RejectReason.NOT_GENUINE:
        actions.answer(request, Template.ADVICE, about={"advice": request.reason}, by=by, at=at)


def on_request_linked(news: RequestLinked, *, by: Actor, at: datetime) -> None:
    """Whoever asked twice is answered once, and knows where."""
    request = _request(news.request_id)
    with override(request.language or "zh-hans"):
        advice = _("We have this already as %(original)s and answer it there.") % {"original": news.original}
    actions.answer(request, Template.ADVICE, about={"advice": advice}, by=by, at=at)


def on_registered(news: Registered, *, by: Actor, at: datetime) -> None:
    """The customer's copy of the order (S6-09)."""
    order = _order(news.order_id)
    about = {"promised": _moment(order.unit, news.promised_at)}
    actions.send(order, Template.REGISTERED, about=about, by=by, at=at)


def on_received(news: DeviceReceived, *, by: Actor, at: datetime) -> None:
    """The appliance is in the house."""
    actions.send(_order(news.order_id), Template.RECEIVED, about={"tag": news.tag_number}, by=by, at=at)


def on_quote_issued(news: QuoteIssued, *, by: Actor, at: datetime) -> None:
    """The customer is asked to answer the quote."""
    order = _order(news.order_id)
    about = {"amount": orders.money(order, news.total_minor), "until": _moment(order.unit, news.valid_until)}
    actions.send(order, Template.QUOTE, about=about, by=by, at=at)


def on_code_asked(news: CodeAsked, *, by: Actor, at: datetime) -> None:
    """The customer gets the code with which to approve."""
    actions.send(_order(news.order_id), Template.CODE, quote_id=news.quote_id, by=by, at=at)


def on_commitment_proposed(news: CommitmentProposed, *, by: Actor, at: datetime) -> None:
    """The customer is asked to sign the new date."""
    order = _order(news.order_id)
    about = {"part_on": _day(news.promised_part_on), "promised": _moment(order.unit, news.promised_ready_at)}
    actions.send(order, Template.NEW_DATE, about=about, by=by, at=at)


def on_promise_revised(news: PromiseRevised, *, by: Actor, at: datetime) -> None:
    """The customer hears of the new date; whoever accepted it was told it before."""
    if news.accepted:
        return
    order = _order(news.order_id)
    actions.send(order, Template.PROMISE, about={"promised": _moment(order.unit, news.new_at)}, by=by, at=at)


def on_exchange_approved(news: CaseApproved, *, by: Actor, at: datetime) -> None:
    """What the customer gets (3.5)."""
    order = _order(news.order_id)
    with override(order.language or "zh-hans"):
        decision = _("It is granted: %(choice)s.") % {"choice": _(CHOICE_LABELS[Choice(news.choice)])}
    actions.send(order, Template.EXCHANGE, about={"decision": decision}, by=by, at=at)


def on_exchange_rejected(news: CaseRejected, *, by: Actor, at: datetime) -> None:
    """Why not; where to complain stands on the customer's page (3.5 "written reason")."""
    order = _order(news.order_id)
    with override(order.language or "zh-hans"):
        decision = _("It is not granted. %(reason)s") % {"reason": news.reason}
    actions.send(order, Template.EXCHANGE, about={"decision": decision}, by=by, at=at)


def on_unit_offered(news: UnitOffered, *, by: Actor, at: datetime) -> None:
    """Which unit, and what it costs more or less, is read and signed on the customer's page."""
    order, more = _order(news.order_id), news.difference_minor
    with override(order.language or "zh-hans"):
        said = _("you pay %(sum)s") if more > 0 else _("you get back %(sum)s") if more else _("for the same price")
        difference = said % {"sum": orders.money(order, abs(more))} if more else said
    actions.send(order, Template.EXCHANGE_OFFER, about={"difference": difference}, by=by, at=at)


def on_ready(news: Passed | ReturnPrepared | UnitAllocated, *, by: Actor, at: datetime) -> None:
    """The customer may come."""
    actions.send(_order(news.order_id), Template.READY, by=by, at=at)


def on_reminded(news: Reminded, *, by: Actor, at: datetime) -> None:
    """The customer has not come yet (3.6)."""
    actions.send(_order(news.order_id), Template.REMINDER, by=by, at=at)


def on_delivered(news: Delivered, *, by: Actor, at: datetime) -> None:
    """Papers and warranty are on the customer's page from now on."""
    actions.send(_order(news.order_id), Template.DELIVERED, by=by, at=at)


def on_dunned(news: Dunned, *, by: Actor, at: datetime) -> None:
    """What a customer on credit has not paid in time: how much, since when, and which letter it is."""
    order = _order(news.order_id)
    with override(order.language or "zh-hans"):
        level = _(LEVEL_LABELS[news.level])
    amount = str(Money(news.overdue_minor, news.currency))
    about = {"letter": news.letter, "amount": amount, "since": news.since, "level": level}
    actions.send(order, Template.DEBT, about=about, by=by, at=at)


def on_cancelled(news: Cancelled, *, by: Actor, at: datetime) -> None:
    """The customer sees that it was understood."""
    actions.send(_order(news.order_id), Template.CANCELLED, by=by, at=at)


AtADoor = Denied | Lapsed | Overlong | Discrepant | OpenedInEmergency | ReviewMissed
_ALARMS: Mapping[type[AtADoor], Alarm] = {
    Denied: Alarm.REFUSED,
    Lapsed: Alarm.ALONE,
    Overlong: Alarm.OVERLONG,
    Discrepant: Alarm.DIFFERENCE,
    OpenedInEmergency: Alarm.EMERGENCY,
    ReviewMissed: Alarm.UNREVIEWED,
}


def on_alarm_at_a_door(news: AtADoor, *, by: Actor, at: datetime) -> None:
    """Whoever answers for a controlled store hears what went wrong at its door (3.19, EX-13)."""
    session = AccessSession.objects.select_related("store__unit").get(pk=news.session_id)
    with suppress(actions.NobodyToWarn):
        actions.warn_of_opening(session, kind=_ALARMS[type(news)], by=by, at=at)


def on_inspection_missed(news: InspectionMissed, *, by: Actor, at: datetime) -> None:
    """The keeper and the manager hear that nobody looked at the store in its week (S2-87)."""
    missed = Inspection.objects.get(pk=news.inspection_id)
    with suppress(actions.NobodyToWarn):
        actions.warn_of_room(_room(news.store_id), kind=Alarm.INSPECTION, on=missed.week_on, by=by, at=at)


def on_climate_outside(news: ClimateOutside, *, by: Actor, at: datetime) -> None:
    """The keeper hears that it is too warm or too damp, once a day (S2-88)."""
    reading = ClimateReading.objects.get(pk=news.reading_id)
    with suppress(actions.NobodyToWarn):
        actions.warn_of_room(_room(news.store_id), kind=Alarm.CLIMATE, on=reading.read_on, by=by, at=at)


def on_cash_out_of_place(news: CashAlarmRaised, *, by: Actor, at: datetime) -> None:
    """Whom it concerns hears of cash that is not where it should be by now (3.10, S6-31, S6-35)."""
    alarm = CashAlarm.objects.select_related("unit").get(pk=news.alarm_id)
    with suppress(actions.NobodyToWarn):
        actions.warn_of_cash(alarm, by=by, at=at)


def _room(pk: int) -> Store:
    return Store.objects.select_related("unit").get(pk=pk)


def _order(pk: int) -> WorkOrder:
    return WorkOrder.objects.with_names().get(pk=pk)


def _request(pk: int) -> ServiceRequest:
    return ServiceRequest.objects.with_names().get(pk=pk)


def _moment(unit: Unit, moment: datetime) -> str:
    """A moment on the outlet's clock; in figures, because these are read alike in every language."""
    return f"{moment.astimezone(ZoneInfo(unit.time_zone)):%Y-%m-%d %H:%M}"


def _day(day: date) -> str:
    return day.isoformat()
