"""Messages to customers: sent again, in which words, and by which way; what our own people were warned of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.answers import ORDER
from guiju.api.fields import Day, Input, Key, Nothing, Short, Text
from guiju.api.finding import UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.oversight.notices import actions, queries
from guiju.oversight.notices.models import Attempt, Message, PromiseWarning, StoreAlarm, Wording
from guiju.oversight.notices.rules import Alarm, Channel, Template, WarningStep
from guiju.standing.pricing.rules.display import Wall


def visible_messages(by: Actor) -> QuerySet[Message]:
    """The messages of the units whose messages the asker may see."""
    return Message.objects.visible_to(by).select_related("unit", "order", "request")


def visible_wordings(by: Actor) -> QuerySet[Wording]:
    """The words of the units in which the asker may set them."""
    return Wording.objects.filter(by.scope("notices.set_wording").q()).select_related("unit", "made_by")


def visible_tries(by: Actor) -> QuerySet[Attempt]:
    """Every attempt to send a message that the asker may see."""
    return Attempt.objects.filter(message__in=Message.objects.visible_to(by))


class WallWarningOut(Mirror):
    """Of what an outlet was told about its price board."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "unit": "unit.code", "price_list": "price_list.number", "proof": "proof_id", "person": "person.number",
    }  # fmt: skip

    id: int
    unit: str
    state: str
    price_list: str
    proof: int | None
    due_on: date | None
    person: str
    at: datetime


def warning(key: int, by: Actor) -> PromiseWarning:
    """One warning that the asker may see."""
    return finding.one(queries.warnings(by), pk=key)


def alarm(key: int, by: Actor) -> StoreAlarm:
    """One alarm of a store that the asker may see."""
    return finding.one(queries.store_alarms(by), pk=key)


ALARM = Target("key", Key, alarm)
WARNING = Target("key", Key, warning)
MESSAGE = Target("key", Key, lambda key, by: finding.one(visible_messages(by), pk=key))
CARD = Target("key", Key, finding.customer)


class PreferIn(Input):
    """How a customer wants to be told."""

    channel: Channel
    address: Annotated[str, Field(max_length=254)] = ""


class WordingIn(Input):
    """Other words for a message, from a day on; an empty text is the house's own again."""

    unit: UnitCode
    template: Template
    channel: Channel
    language: Short
    text: Text
    subject: Annotated[str, Field(max_length=120)] = ""
    starts_on: Day


class SentOut(Mirror):
    """A message, and what became of it; the number is masked."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk"}

    id: int
    number: str
    template: str
    channel: str
    to_masked: str
    state: str
    next_at: datetime


class PreferenceOut(Mirror):
    """How a customer wants to be told; the address is not shown."""

    channel: str
    set_at: datetime


class WordingOut(Mirror):
    """The words of a message."""

    paths: ClassVar[Mapping[str, str]] = {"unit": "unit.code", "made_by": "made_by.number"}

    unit: str
    template: str
    channel: str
    language: str
    version: int
    subject: str
    text: str
    starts_on: date
    made_by: str
    made_at: datetime


class WarningOut(Mirror):
    """One of us was told that a promise will break or is broken: of the job, or of its missing part."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "unit": "unit.code", "order": "order.number", "person": "person.number",
    }  # fmt: skip

    id: int
    unit: str
    order: str
    is_of_part: bool
    step: str
    stage: str
    person: str
    due_at: datetime
    at: datetime
    seen_at: datetime | None


class AlarmOut(Mirror):
    """One of us was told what is wrong at a store: at the door of an opening, or in the room."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "unit": "unit.code", "opening": "session.number", "store": "store.code", "person": "person.number",
    }  # fmt: skip

    id: int
    unit: str
    kind: str
    opening: str | None
    store: str | None
    on: date
    detail: str
    person: str
    at: datetime
    seen_at: datetime | None


class TryOut(Mirror):
    """One attempt to send one message."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "message": "message_id"}

    id: int
    message: int
    channel: str
    began_at: datetime
    ended_at: datetime | None
    is_taken: bool
    says: str


router = Router(tags=["notices"])
_wording: dict[str, Any] = {
    "unit": Filter(Short, "unit__code"), "template": Filter(list[Template], "template"),
    "channel": Filter(list[Channel], "channel"), "language": Filter(Short, "language"),
}  # fmt: skip
speak(
    router,
    [
        Verb("/messages/{key}/resend", actions.resend, Nothing, SentOut, MESSAGE),
        Verb("/customers/{key}/prefer", actions.prefer, PreferIn, PreferenceOut, CARD),
        Verb("/orders/{number}/invite", actions.invite, Nothing, SentOut, ORDER),
        Verb("/wordings", actions.set_wording, WordingIn, WordingOut),
        Verb("/warnings/{key}/acknowledge", actions.acknowledge_warning, Nothing, WarningOut, WARNING),
        Verb("/store-alarms/{key}/acknowledge", actions.acknowledge_alarm, Nothing, AlarmOut, ALARM),
    ],
)
show(
    router,
    [
        Listing("/wordings", "wordings", "notices.set_wording", WordingOut, visible_wordings, filters=_wording),
        Listing(
            "/message-attempts", "attempts", "notices.see", TryOut, visible_tries,
            filters={"message": Filter(Key, "message")},
        ),
        Listing(
            "/warnings", "warnings", "warnings.see", WarningOut, queries.warnings,
            filters={
                "order": Filter(Short, "order__number"), "unit": Filter(Short, "unit__code"), "person": Filter(Short, "person__number"),
                "step": Filter(list[WarningStep], "step"), "is_unseen": Filter(bool, "seen_at__isnull"),
            },
        ),
        Listing(
            "/store-alarms", "store_alarms", "alarms.see", AlarmOut, queries.store_alarms,
            filters={
                "unit": Filter(Short, "unit__code"), "person": Filter(Short, "person__number"), "kind": Filter(list[Alarm], "kind"),
                "is_unseen": Filter(bool, "seen_at__isnull"),
            },
        ),
        Listing(
            "/wall-warnings", "wall_warnings", "warnings.see", WallWarningOut, queries.wall_warnings,
            filters={"unit": Filter(Short, "unit__code"), "person": Filter(Short, "person__number"), "state": Filter(list[Wall], "state")},
        ),
    ],
)  # fmt: skip
