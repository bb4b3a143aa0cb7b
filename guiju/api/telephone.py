"""The telephone: what telephone systems tell, a caller's keys, and the verbs of whoever answers."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from ninja import Router
from pydantic import Field

from guiju.api.fields import Found, Input, Key, Line, Moment, Nothing, Short, Text
from guiju.api.finding import OrderNumber, PersonNumber, UnitCode, one
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Done, Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.intake.models import ServiceRequest
from guiju.line.telephone import actions
from guiju.line.telephone.models import Call, CallBack, CallScript, Edition, VoiceMenu
from guiju.line.telephone.rules import CallBackState, CallState, Direction, Step

Points = Annotated[int, Field(ge=0, le=5)]


# --- What is found


def visible_calls(by: Actor) -> QuerySet[Call]:
    """The calls that the asker may see."""
    return Call.objects.visible_to(by).with_names()


def visible_call_backs(by: Actor) -> QuerySet[CallBack]:
    """The calls that the units owe whose telephone the asker may see."""
    return CallBack.objects.visible_to(by).select_related("unit", "customer", "person")


def call(key: int, by: Actor) -> Call:
    """A call by its key."""
    return one(visible_calls(by), pk=key)


def call_back(key: int, by: Actor) -> CallBack:
    """A call that we owe."""
    return one(visible_call_backs(by), pk=key)


def visible_menus(by: Actor) -> QuerySet[VoiceMenu]:
    """The voice menus that hold for the asker, or that the asker may write."""
    return VoiceMenu.objects.visible_to(by).select_related("unit")


def visible_scripts(by: Actor) -> QuerySet[CallScript]:
    """The scripts that hold for the asker, or that the asker may write."""
    return CallScript.objects.visible_to(by).select_related("unit")


def menu(key: int, by: Actor) -> VoiceMenu:
    """A voice menu in one of its versions."""
    return one(visible_menus(by), pk=key)


def script(key: int, by: Actor) -> CallScript:
    """A script in one of its versions."""
    return one(visible_scripts(by), pk=key)


def service_request(number: str, by: Actor) -> ServiceRequest:
    """What somebody asked for, by its number."""
    return one(ServiceRequest.objects.visible_to(by), number=number)


CALL = Target("id", Key, call)
CALL_BACK = Target("id", Key, call_back)
MENU = Target("id", Key, menu)
SCRIPT = Target("id", Key, script)
RequestNumber = Annotated[Short, Found(service_request)]


# --- What is said


class Log(Input):
    """A call that somebody writes down by hand; no number is a withheld one."""

    unit: UnitCode
    phone: Short = ""
    direction: Direction = Direction.IN


class AnswerIn(Input):
    """Who speaks."""

    agent: PersonNumber | None = None


class HangUp(Input):
    """Where the recording is, if there is one."""

    recording_ref: Line = ""


class Tick(Input):
    """Which step of the script was kept, or was not after all."""

    step: Step
    is_done: bool = True


class NoteIn(Input):
    """What was said."""

    note: Text


class LeadTo(Input):
    """What came of the call."""

    order: OrderNumber | None = None
    request: RequestNumber | None = None


class Promise(Input):
    """By when to call back; in the time that the house allows itself unless told otherwise."""

    phone: Short = ""
    due_at: Moment | None = None
    note: Line = ""


class Tried(Input):
    """How it went."""

    note: Line = ""


class Score(Input):
    """Points for each of the six steps."""

    marks: dict[Step, Points] = Field(max_length=6)
    note: Line = ""

    def resolved(self, _by: Actor) -> dict[str, Any]:
        """The steps by their names."""
        return {"marks": {step.value: points for step, points in self.marks.items()}, "note": self.note}


class Content(Input):
    """A text of a unit, whole: see guiju.line.telephone.rules.menu for what a menu is made of."""

    unit: UnitCode
    content: dict[str, Any]


class CallOut(Mirror):
    """A call; the number is masked."""

    paths: ClassVar = {
        "unit": "unit.code",
        "agent": "agent.number",
        "order": "order.number",
        "request": "request.number",
    }

    id: int
    unit: str
    direction: str
    state: str
    system: str
    external_id: str
    customer_id: int | None
    agent: str | None
    started_at: Moment
    answered_at: Moment | None
    ended_at: Moment | None
    wait_seconds: int
    talk_seconds: int
    menu_path: list[str]
    order: str | None
    request: str | None
    note: str


class CallBackOut(Mirror):
    """A call that we owe."""

    paths: ClassVar = {"unit": "unit.code", "person": "person.number"}

    id: int
    unit: str
    reason: str
    state: str
    due_at: Moment
    tries: int
    tried_at: Moment | None
    person: str | None
    customer_id: int | None
    note: str


class EditionOut(Mirror):
    """A text in one of its versions."""

    paths: ClassVar = {"unit": "unit.code"}

    id: int
    unit: str
    version: int
    state: str
    content: dict[str, Any]
    published_at: Moment | None
    retired_at: Moment | None

    @classmethod
    def of(cls, result: Any, target: Any = None) -> EditionOut:
        """The text as it is now, with its unit."""
        row: Edition = result
        return super().of(row, target)


class ScoreOut(Mirror):
    """Points were given."""

    paths: ClassVar = {"agent": "agent.number"}

    id: int
    agent: str
    month: Any


router = Router(tags=["telephone"])
speak(
    router,
    [
        Verb("/calls", actions.log, Log, CallOut),
        Verb("/calls/{id}/answer", actions.answer, AnswerIn, CallOut, CALL),
        Verb("/calls/{id}/hang-up", actions.hang_up, HangUp, CallOut, CALL),
        Verb("/calls/{id}/tick", actions.tick, Tick, Done, CALL),
        Verb("/calls/{id}/note", actions.write_note, NoteIn, CallOut, CALL),
        Verb("/calls/{id}/lead-to", actions.lead_to, LeadTo, CallOut, CALL),
        Verb("/calls/{id}/call-back", actions.promise_call_back, Promise, CallBackOut, CALL),
        Verb("/calls/{id}/score", actions.score, Score, ScoreOut, CALL),
        Verb("/call-backs/{id}/try", actions.try_call_back, Tried, CallBackOut, CALL_BACK),
        Verb("/call-backs/{id}/finish", actions.finish_call_back, Tried, CallBackOut, CALL_BACK),
        Verb("/call-backs/{id}/give-up", actions.give_up_call_back, NoteIn, CallBackOut, CALL_BACK),
        Verb("/voice-menus", actions.write_menu, Content, EditionOut),
        Verb("/voice-menus/{id}/publish", actions.publish_menu, Nothing, EditionOut, MENU),
        Verb("/call-scripts", actions.write_script, Content, EditionOut),
        Verb("/call-scripts/{id}/publish", actions.publish_script, Nothing, EditionOut, SCRIPT),
    ],
)
show(
    router,
    [
        Listing(
            "/calls", "calls", "telephone.see", CallOut, visible_calls,
            filters={
                "state": Filter(list[CallState], "state"), "unit": Filter(Short, "unit__code"), "customer": Filter(Key, "customer"),
                "agent": Filter(Short, "agent__number"), "started_from": Filter(Moment, "started_at__gte"),
                "started_before": Filter(Moment, "started_at__lt"),
            },
            sorts={"id": "pk", "started_at": "started_at"},
        ),
        Listing(
            "/call-backs", "call_backs", "telephone.see", CallBackOut, visible_call_backs,
            filters={
                "state": Filter(list[CallBackState], "state"), "unit": Filter(Short, "unit__code"),
                "due_before": Filter(Moment, "due_at__lt"),
            },
            sorts={"id": "pk", "due_at": "due_at"},
            first="due_at",
        ),
    ],
)  # fmt: skip
