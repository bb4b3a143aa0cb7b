"""Telephone systems: what any of them tells, and a caller's keys, one at a time."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from guiju.api.fields import Input, Line, Short
from guiju.api.finding import person as person_by_number
from guiju.api.finding import unit as unit_by_code
from guiju.api.problems import PROBLEMS, Unknown
from guiju.api.telephone import CallOut
from guiju.api.verbs import KEY_PARAMETER, kept_once
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.kernel.words import N_, Sentence
from guiju.line.telephone import actions
from guiju.line.telephone.models import Call
from guiju.line.telephone.queries import Spoken
from guiju.line.telephone.rules import Direction
from guiju.standing.people.models import Unit

# What a telephone system calls a call: hexadecimal, dotted seconds, or with a host behind it.
Session = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9._:@-]+$")]
System = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9._-]+$")]
Keys = Annotated[str, StringConstraints(max_length=40, pattern=r"^[0-9*#]*$")]


class Event(Input):
    """What a telephone system tells. `from` is the caller; `agent` the badge of who picked up, where the system knows it."""

    event: Annotated[str, StringConstraints(pattern=r"^(ring|answer|hang-up)$")]
    system: System
    id: Session
    phone: Short = Field(default="", alias="from")
    direction: Direction = Direction.IN
    unit: Short = ""
    agent: Short = ""
    recording_ref: Line = ""


class Press(Input):
    """A caller's key, or the digits that were typed; nothing when nothing was pressed in time. The first time begins the menu."""

    system: System
    phone: Short = Field(default="", alias="from")
    unit: Short = ""
    keys: Keys = ""


class Saying(Schema):
    """One thing to say; `name` is what its recording is called."""

    name: str
    text: str


class SpokenOut(Schema):
    """What the telephone system does next: say this, then wait for a key, for digits, connect, or hang up."""

    says: list[Saying]
    language: str
    act: str
    digits_most: int
    agents: str
    call: int


router = Router(tags=["telephone"])


@router.post(
    "/telephone/events", response={200: CallOut, **PROBLEMS}, operation_id="telephone.ring",
    openapi_extra={"parameters": [KEY_PARAMETER]},
)  # fmt: skip
def event(request: HttpRequest, data: Event) -> Any:
    """Tell that a call rings, was answered or has ended; any telephone system, by the key of somebody who may answer."""

    def act() -> Any:
        by: Any = request.actor  # type: ignore[attr-defined]
        rung = _rung(request, data, data.id, data.direction)
        if data.event == "answer":
            agent = person_by_number(data.agent, by) if data.agent else None
            rung = actions.answer(rung, agent=agent, by=by, at=now())
        elif data.event == "hang-up":
            rung = actions.hang_up(rung, recording_ref=data.recording_ref, by=by, at=now())
        return CallOut.of(rung).model_dump(mode="json")

    return kept_once(request, act, body=request.body)


@router.post(
    "/telephone/menu/{session}", response={200: SpokenOut, **PROBLEMS}, operation_id="telephone.press",
    openapi_extra={"parameters": [KEY_PARAMETER]},
)  # fmt: skip
def walk(request: HttpRequest, session: Session, data: Press) -> Any:
    """Lead a caller through the voice menu, one key at a time."""

    def act() -> Any:
        rung = _rung(request, data, session, Direction.IN)
        spoken = actions.press(rung, keys=data.keys, by=request.actor, at=now())  # type: ignore[attr-defined]
        return told(spoken) | {"call": rung.pk}

    return kept_once(request, act, body=request.body)


def told(spoken: Spoken) -> dict[str, Any]:
    """What a telephone system is told to do."""
    return {
        "says": [{"name": each.name, "text": each.text} for each in spoken.says],
        "language": spoken.language,
        "act": str(spoken.act),
        "digits_most": spoken.digits_most,
        "agents": spoken.agents,
    }


def _rung(request: Any, data: Event | Press, session: str, direction: Direction) -> Call:
    """The call that is meant: news may come late or twice, and the first that comes begins it."""
    by: Actor = request.actor
    # The same right for known and unknown calls, so that a key for another purpose learns nothing.
    if not by.may("telephone.ring"):
        raise NotAllowed
    return actions.ring(
        unit=_unit(request, data.unit), phone=data.phone, system=data.system, external_id=session, direction=direction,
        by=by, at=now(),
    )  # fmt: skip


def _unit(request: Any, code: str) -> Unit:
    """The unit whose telephone it is: named, else that of the person whose key this is.

    raises   Unknown for a unit in which the key tells nothing
    """
    unit: Unit | None = unit_by_code(code, request.actor) if code else request.unit
    if unit is None:
        raise Invalid(Sentence(N_("Name the outlet whose telephone rings.")), field="unit")
    if not request.actor.may("telephone.ring", unit_id=unit.pk):
        raise Unknown(field="unit")
    return unit
