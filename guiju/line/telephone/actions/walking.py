"""A caller in the voice menu: one press, one answer."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import WrongState
from guiju.line.telephone import queries, rules
from guiju.line.telephone.actions.backs import owe
from guiju.line.telephone.actions.calls import advance, lock
from guiju.line.telephone.models import Call
from guiju.line.telephone.queries import Spoken
from guiju.line.telephone.rules import HOUSE, Act, CallBackReason, Caller, CallState, Heard, Mode, Place, Prompt
from guiju.standing.customers import rules as numbers

CONNECTING = Prompt("connecting", sentence=HOUSE["connecting"])


def press(call: Call, *, keys: str = "", by: Actor, at: datetime) -> Spoken:
    """Take what a caller pressed, and say what the telephone does next. The first time the menu greets.

    keys     empty when nothing was pressed in time
    raises   WrongState once a person has the call, or it is over
    source   S6-04, CRM-4
    """
    with doing("telephone.press", on=call, by=by, at=at) as deed:
        call = lock(call)
        if call.state == CallState.RINGING:
            heard = _greet(call, deed)
        elif call.state == CallState.IN_MENU and call.menu is not None:
            heard = _walk(call, keys.strip(), deed)
        else:
            raise WrongState
        _follow(call, heard, deed)
        agents = call.menu.content["agents"] if call.menu else call.unit.phone
    return queries.spoken(heard, agents=agents)


def _greet(call: Call, deed: Deed) -> Heard:
    """The first words; where no menu is in force, a person at once."""
    language = queries.language_for(call.unit, call.customer)
    menu = queries.menu_for(call.unit)
    if menu is None:
        return Heard((CONNECTING,), Place(rules.Section.OPEN, language, mode=Mode.OVER), Act.HUMAN)
    advance(call, CallState.IN_MENU, deed, menu=menu)
    return rules.begin(menu.content, section=queries.section_for(menu, call.unit, deed.at), language=language)


def _walk(call: Call, keys: str, deed: Deed) -> Heard:
    """One step in the menu that the call began with, whatever was published since."""
    tree = call.menu.content if call.menu else {}
    place, caller = Place.from_json(call.menu_place), Caller(has_number=bool(call.phone))
    before = queries.wrong_lookups_before(call, deed.at)
    limits = queries.limits(call.unit, deed.at, wrong_before=before)
    # What is typed as a ticket or a number is nobody's path: it is not kept.
    call.menu_path = [*call.menu_path, keys if place.mode is Mode.MENU else str(place.mode)][-50:]
    heard = rules.step(tree, place, keys, caller=caller, limits=limits)
    if heard.act is not Act.LOOK_UP:
        return heard
    found = queries.repair_status(call.unit, ticket=heard.place.ticket, phone=heard.typed)
    told = rules.answered(tree, heard.place, found, caller=caller, limits=limits)
    call.was_served = call.was_served or found is not None
    call.wrong_lookups = told.place.lookups
    deed.note(looked_up=found is not None)
    return told


def _follow(call: Call, heard: Heard, deed: Deed) -> None:
    """Keep where the caller stands, and do what was chosen."""
    if heard.act is Act.CALL_BACK:
        heard_number = _typed_number(call, heard) or call.phone
        if heard_number:
            due_at = queries.due_for(call.unit, deed.at)
            owe(call, heard_number, reason=CallBackReason.ASKED, due_at=due_at, deed=deed)
            call.was_served = True
    elif heard.act is Act.HUMAN:
        # Who asks for a person and then hangs up was not served, whatever the menu had said before.
        call.was_served = False
        advance(call, CallState.WAITING, deed)
    call.menu_place = heard.place.to_json()
    call.save(update_fields=["menu_place", "menu_path", "was_served", "wrong_lookups"])
    deed.note(act=heard.act)


def _typed_number(call: Call, heard: Heard) -> str:
    region = numbers.region_of(call.unit.jurisdiction)
    return numbers.read(heard.typed, region=region).e164 if heard.typed else ""
