"""What the house writes down and sends: the money book, messages, the trail of deeds, and the news that reactions wait for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from ninja import Router

from guiju.api import finding
from guiju.api.fields import Key, Moment, Name, Nothing, Short
from guiju.api.lists import Filter, Listing, show
from guiju.api.stock import UNIT, Period, PeriodOut
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.books.money import actions as money
from guiju.books.money.models import MoneyMove
from guiju.books.money.rules import MoneyKind
from guiju.kernel import news
from guiju.kernel.actor import Actor
from guiju.kernel.models import Delivery, TrailEntry
from guiju.oversight.notices.models import Message
from guiju.oversight.notices.rules import MessageState, Template


def visible_deliveries(by: Actor) -> QuerySet[Delivery]:
    """The news on its way in the units whose news the asker may send again."""
    return Delivery.objects.filter(by.scope("news.resend").q(unit="news__unit_id")).select_related("news")


def delivery(key: int, by: Actor) -> Delivery:
    """One piece of news on its way."""
    return finding.one(visible_deliveries(by), pk=key)


DELIVERY = Target("key", Key, delivery)


class MoneyMoveOut(Mirror):
    """So much money from one place to another, because of a document."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "movement": "kind", "amount_minor": "amount", "unit": "source.unit.code", "currency": "source.currency",
        "source": "source.kind", "source_reference": "source.reference", "target": "target.kind",
        "target_reference": "target.reference",
    }  # fmt: skip

    id: int
    movement: str
    unit: str
    amount_minor: int
    currency: str
    source: str
    source_reference: str
    target: str
    target_reference: str
    document: str
    at: datetime


class MessageOut(Mirror):
    """A message to a customer, as it was sent; the number is masked."""

    # A message is about an order, or about a request that became none.
    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "order": "number"}

    id: int
    order: str
    template: str
    channel: str
    to_masked: str
    language: str
    text: str
    state: str
    at: datetime


class EntryOut(Mirror):
    """One deed: who did what to what, when, and because of which other deed."""

    key: UUID
    verb: str
    at: datetime
    actor_name: str
    role: str
    channel: str
    subject_type: str
    subject_label: str
    because: UUID | None
    facts: dict[str, Any]


class DeliveryOut(Mirror):
    """One piece of news on its way to one reaction."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "kind": "news.kind", "told_at": "news.told_at"}

    id: int
    kind: str
    reaction: str
    state: str
    attempts: int
    told_at: datetime
    next_at: datetime


def visible_money(by: Actor) -> QuerySet[MoneyMove]:
    """How money moved in the units whose money the asker may see."""
    return MoneyMove.objects.visible_to(by).select_related("source__unit", "target__unit")


def visible_messages(by: Actor) -> QuerySet[Message]:
    """The messages about the jobs that the asker may see."""
    return Message.objects.visible_to(by).select_related("order", "request")


def visible_trail(by: Actor) -> QuerySet[TrailEntry]:
    """The deeds in the units that the asker watches."""
    return TrailEntry.objects.filter(by.scope("trail.see").q(unit="unit_id"))


router = Router(tags=["oversight"])
speak(
    router,
    [
        Verb("/units/{code}/close-money-period", money.close_period, Period, PeriodOut, UNIT),
        Verb("/deliveries/{key}/resend", news.resend, Nothing, DeliveryOut, DELIVERY, right="news.resend"),
    ],
)
show(
    router,
    [
        Listing(
            "/money-moves", "moves", "money.see", MoneyMoveOut, visible_money,
            filters={
                "unit": Filter(Short, "source__unit__code"), "document": Filter(Name, "document"),
                "source": Filter(list[MoneyKind], "source__kind"), "target": Filter(list[MoneyKind], "target__kind"),
                "at_from": Filter(Moment, "at__gte"), "at_before": Filter(Moment, "at__lt"),
            },
            sorts={"id": "pk", "at": "at"},
        ),
        Listing(
            "/messages", "messages", "notices.see", MessageOut, visible_messages,
            filters={
                "order": Filter(Short, "order__number"), "template": Filter(list[Template], "template"),
                "state": Filter(list[MessageState], "state"), "at_from": Filter(Moment, "at__gte"),
            },
            sorts={"id": "pk", "at": "at"},
        ),
        Listing(
            "/trail", "entries", "trail.see", EntryOut, visible_trail,
            filters={
                "verb": Filter(Name, "verb"), "subject": Filter(Name, "subject_label"), "because": Filter(UUID, "because"),
                "at_from": Filter(Moment, "at__gte"), "at_before": Filter(Moment, "at__lt"),
            },
            sorts={"id": "pk", "at": "at"},
        ),
        Listing(
            "/deliveries", "deliveries", "news.resend", DeliveryOut, visible_deliveries,
            filters={"state": Filter(list[Delivery.State], "state"), "kind": Filter(Name, "news__kind")},
            sorts={"id": "pk", "next_at": "next_at"},
        ),
    ],
)  # fmt: skip
