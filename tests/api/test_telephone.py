"""The telephone through the API: the verbs of whoever answers, and the lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guiju.line.telephone import rules
from tests.api.conftest import Program, is_problem
from tests.line.cast_line import Shop
from tests.line.telephone.switchboard import CALLER, Switchboard, marks
from tests.line.telephone.trees import house_menu

pytestmark = pytest.mark.django_db

As = Callable[[str], Program]


@pytest.fixture
def line(shop: Shop) -> Switchboard:
    """FS01's telephone, this morning."""
    return Switchboard(shop)


def items(answer: Any) -> list[dict[str, Any]]:
    """The rows of a list."""
    assert answer.status_code == 200, answer.content.decode()
    rows: list[dict[str, Any]] = answer.json()["items"]
    return rows


@pytest.mark.shows("S6-01", "S6-03", "A03")
def test_a_call_is_logged_ticked_noted_ended_and_scored(line: Switchboard, program: As) -> None:
    lin, order = program("lin"), line.shop.a_registered_order()
    call = lin.do("/calls", unit="FS01", phone="13912345678")
    path = f"/calls/{call['id']}"
    assert (call["state"], call["agent"]) == ("TALKING", "P-lin")
    assert lin.do(f"{path}/tick", step="GREETING") == {"done": True}
    assert lin.do(f"{path}/note", note="Leaks.")["note"] == "Leaks."
    assert lin.do(f"{path}/lead-to", order=order.number)["order"] == order.number
    assert lin.do(f"{path}/hang-up")["state"] == "ENDED"
    assert program("ma").do(f"{path}/score", marks=marks(3))["agent"] == "P-lin"
    seen = lin.get("/calls", state="ENDED")
    assert [each["id"] for each in items(seen)] == [call["id"]]
    assert CALLER[-8:] not in seen.content.decode()


@pytest.mark.shows("S6-04")
def test_a_promised_call_is_tried_and_made(line: Switchboard, program: As) -> None:
    lin, call = program("lin"), line.talks()
    owed = lin.do(f"/calls/{call.pk}/call-back", due_at=(timezone.now() + timedelta(hours=2)).isoformat())
    path = f"/call-backs/{owed['id']}"
    assert [each["id"] for each in items(lin.get("/call-backs", state="OPEN"))] == [owed["id"]]
    assert lin.do(f"{path}/try", note="Busy.")["tries"] == 1
    is_problem(lin.post(f"{path}/give-up", note="Never answers."), 409, "tried_too_little")
    assert lin.do(f"{path}/finish")["state"] == "REACHED"
    assert items(lin.get("/call-backs", state="OPEN")) == []


@pytest.mark.shows("S6-03", "S6-04")
def test_texts_are_written_and_published(line: Switchboard, program: As) -> None:
    ma = program("ma")
    draft = ma.do("/voice-menus", unit="FS01", content=house_menu(agents="two words"))
    refused = is_problem(ma.post(f"/voice-menus/{draft['id']}/publish"), 422, "not_fit")
    assert "Name the queue" in refused["detail"]
    draft = ma.do("/voice-menus", unit="FS01", content=house_menu())
    assert ma.do(f"/voice-menus/{draft['id']}/publish")["state"] == "PUBLISHED"
    script = ma.do("/call-scripts", unit="FS01", content=dict(rules.HOUSE_SCRIPT))
    assert ma.do(f"/call-scripts/{script['id']}/publish")["version"] == 1


def test_another_outlet_reaches_no_call_and_a_technician_none_at_all(line: Switchboard, program: As) -> None:
    call = line.talks()
    is_problem(program("zhou").post(f"/calls/{call.pk}/hang-up"), 404, "unknown")
    is_problem(program("chen").post(f"/calls/{call.pk}/hang-up"), 403, "not_allowed")
    is_problem(program("chen").get("/calls"), 403, "not_allowed")
    is_problem(program("lin").post(f"/calls/{call.pk}/score", marks=marks()), 403, "not_allowed")
    assert program("lin").do(f"/calls/{call.pk}/answer", agent="P-lin")["state"] == "TALKING"
