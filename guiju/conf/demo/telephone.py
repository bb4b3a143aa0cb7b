"""The telephone of the demo company: its menu, its script, and the calls of today."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import guiju.line.telephone as station
from guiju.conf.demo.company import Company
from guiju.line.telephone import actions as telephone
from guiju.line.telephone import rules
from guiju.line.telephone.models import Call
from guiju.line.telephone.rules import Section, Step
from guiju.line.workorder.models import WorkOrder

MENU = Path(station.__file__).parent / "data" / "menu.json"


def tell(company: Company, now: datetime) -> None:
    """Callers hear a menu in three languages; one was spoken with and heard again, one hung up, one wants to be called."""
    lately = now - timedelta(minutes=200)
    _publish(company, lately)
    spoken = _spoken_with(company, lately)
    _score(company, spoken, now - timedelta(minutes=60))
    _wants_a_call(company, now - timedelta(minutes=75))
    _hung_up(company, now - timedelta(minutes=20))


def _publish(company: Company, at: datetime) -> None:
    told: dict[str, Any] = {"by": company.actors["ma"], "at": at}
    unit, content = company.units["FS01"], json.loads(MENU.read_text(encoding="utf-8"))
    telephone.publish_menu(telephone.write_menu(unit=unit, content=content, **told), **told)
    telephone.publish_script(telephone.write_script(unit=unit, content=rules.HOUSE_SCRIPT, **told), **told)


def _rings(company: Company, phone: str, name: str, at: datetime) -> Call:
    return telephone.ring(
        unit=company.units["FS01"], phone=phone, system="asterisk", external_id=name, by=company.actors["lin"], at=at
    )


def _spoken_with(company: Company, at: datetime) -> Call:
    """Somebody whose appliance is with us asks when it will be ready."""
    lin, person = company.actors["lin"], company.people["lin"]
    order = WorkOrder.objects.filter(unit=company.units["FS01"], state="REPAIRING").order_by("pk")[0]
    call = _rings(company, order.customer.phones.all()[0].e164, "demo.1", at + timedelta(minutes=5))
    call = telephone.answer(call, agent=person, by=lin, at=call.started_at + timedelta(seconds=12))
    for step in (Step.GREETING, Step.NAME, Step.EMPATHY, Step.CONFIRM, Step.CLOSE):
        telephone.tick(call, step=step, by=lin, at=call.started_at + timedelta(minutes=1))
    telephone.write_note(
        call, note="顾客询问何时修好，已告知预计时间。", by=lin, at=call.started_at + timedelta(minutes=2)
    )
    telephone.lead_to(call, order=order, by=lin, at=call.started_at + timedelta(minutes=2))
    return telephone.hang_up(call, by=lin, at=call.started_at + timedelta(minutes=3))


def _score(company: Company, call: Call, at: datetime) -> None:
    """The manager has listened to it: kind, and nothing summed up."""
    marks = {step.value: 5 for step in Step} | {Step.SUMMARISE.value: 1}
    telephone.score(call, marks=marks, note="态度很好，结束前请总结。", by=company.actors["ma"], at=at)


def _wants_a_call(company: Company, at: datetime) -> None:
    """Presses through the menu until somebody promises to call."""
    lin = company.actors["lin"]
    call = _rings(company, "13822223333", "demo.2", at)
    telephone.press(call, by=lin, at=at)
    is_open = Call.objects.get(pk=call.pk).menu_place["section"] == Section.OPEN
    for keys in ("1", "3") if is_open else ("0",):
        telephone.press(call, keys=keys, by=lin, at=at + timedelta(seconds=20))
    telephone.hang_up(call, by=lin, at=at + timedelta(seconds=40))


def _hung_up(company: Company, at: datetime) -> None:
    call = _rings(company, "13700007777", "demo.3", at)
    telephone.hang_up(call, by=company.actors["lin"], at=at + timedelta(seconds=55))
