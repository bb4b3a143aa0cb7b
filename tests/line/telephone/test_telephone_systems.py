"""Telephone systems: the JSON door, a web telephone's TwiML, and Asterisk's FastAGI, each played from what such systems send."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.utils import timezone

from guiju.jobs import fastagi
from guiju.kernel import actor as actors
from guiju.line.telephone.models import Call, CallBack
from guiju.standing.people import actions as people
from tests.api.conftest import Program, is_problem
from tests.line.telephone.switchboard import CALLER, Switchboard, fresh

pytestmark = pytest.mark.django_db

RECORDED = Path(__file__).parent / "recorded"
TWIML = "/api/v1/telephone/twiml"
VERBS = ["telephone.ring", "telephone.press", "telephone.answer", "telephone.hang_up"]
ALWAYS = {"days": {str(day): ["00:00", "23:59"] for day in range(1, 8)}}


@pytest.fixture
def line(line: Switchboard) -> Switchboard:
    """The telephone this morning, open all day: systems are answered by the real clock."""
    line.shop.now = timezone.now() - timedelta(hours=1)
    return line


@pytest.fixture
def key(line: Switchboard) -> str:
    """A key for a telephone system, made by the manager."""
    ma = line.shop.cast.people["ma"]
    return people.make_api_key(ma, label="Telephone", verbs=VERBS, by=line.manager, at=line.shop.now)[1]


@pytest.fixture
def system(key: str) -> Program:
    """A telephone system that speaks JSON."""
    return Program(Client(enforce_csrf_checks=True), Authorization=f"Bearer {key}")


def exchange(name: str, **put: str) -> Iterator[tuple[str, str]]:
    """What was recorded: who says what, in order."""
    for row in (RECORDED / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if row[:1] in {">", "<"}:
            text = row[2:]
            for blank, value in put.items():
                text = text.replace(f"{{{blank}}}", value)
            yield row[0], text


# --- Any telephone system


@pytest.mark.shows("S6-01", "A01")
def test_a_telephone_system_tells_a_call_from_ring_to_end(line: Switchboard, system: Program) -> None:
    told = {"system": "pbx", "id": "8001.1", "from": "13912345678"}
    rung = system.do("/telephone/events", event="ring", **told)
    assert (rung["state"], rung["unit"], rung["direction"]) == ("RINGING", "FS01", "IN")
    assert CALLER[-8:] not in str(rung)
    system.do("/telephone/events", event="answer", **told)
    ended = system.do("/telephone/events", event="hang-up", recording_ref="rec/8001", **told)
    assert (ended["id"], ended["state"]) == (rung["id"], "ENDED")
    assert Call.objects.get().recording_ref == "rec/8001"


@pytest.mark.shows("S6-01")
@pytest.mark.both_databases
def test_news_that_comes_twice_or_late_is_one_call(line: Switchboard, system: Program) -> None:
    told = {"system": "pbx", "id": "8001.2", "from": "13912345678"}
    for event in ("ring", "ring", "hang-up", "hang-up", "ring"):
        system.do("/telephone/events", event=event, **told)
    assert [(call.state, call.external_id) for call in Call.objects.all()] == [("ABANDONED", "8001.2")]
    assert CallBack.objects.count() == 1
    # News of a call that was never heard of begins it.
    assert system.do("/telephone/events", event="answer", **told | {"id": "8001.3"})["state"] == "TALKING"


def test_whoever_picks_up_is_named_by_the_badge(line: Switchboard, program: Callable[[str], Program]) -> None:
    told = {"system": "pbx", "id": "8001.4", "from": "13912345678"}
    answered = program("ma").do("/telephone/events", event="answer", agent="P-lin", **told)
    assert answered["agent"] == "P-lin"
    is_problem(program("ma").post("/telephone/events", event="answer", agent="P-none", **told), 404, "unknown")


def test_a_key_for_something_else_tells_nothing(line: Switchboard, program: Callable[[str], Program]) -> None:
    told = {"event": "ring", "system": "pbx", "id": "8001.5"}
    is_problem(program("chen").post("/telephone/events", **told), 403, "not_allowed")
    is_problem(program("lin").post("/telephone/events", unit="GZ02", **told), 404, "unknown")
    is_problem(Program(Client()).post("/telephone/events", **told), 401, "sign_in_first")
    assert program("lin").do("/telephone/events", **told)["state"] == "RINGING"


@pytest.mark.parametrize(
    "wrong", [{"event": "cough"}, {"id": ""}, {"id": "a b"}, {"system": ""}, {"keys": "1"}, {"direction": "UP"}]
)
def test_what_makes_no_sense_is_refused(line: Switchboard, system: Program, wrong: dict[str, str]) -> None:
    answer = system.post("/telephone/events", **{"event": "ring", "system": "pbx", "id": "8001.6"} | wrong)
    is_problem(answer, 422, "invalid")


@pytest.mark.shows("S6-04")
def test_a_caller_is_led_key_by_key(line: Switchboard, system: Program) -> None:
    line.menu(hours=ALWAYS)
    told = {"system": "pbx", "from": "13912345678"}
    first = system.do("/telephone/menu/8001.7", **told)
    assert (first["act"], first["language"], [each["name"] for each in first["says"]]) == ("KEY", "zh-hans", ["open"])
    again = [system.post("/telephone/menu/8001.7", key="press-1", keys="1", **told) for _ in range(2)]
    assert again[0].content == again[1].content, "the same press, told twice, is one press"
    last = system.do("/telephone/menu/8001.7", keys="0", **told)
    assert (last["act"], last["agents"], Call.objects.get().menu_path) == ("HUMAN", "reception", ["1", "0"])
    is_problem(system.post("/telephone/menu/8001.7", keys="0", **told), 409, "wrong_state")
    is_problem(system.post("/telephone/menu/8001.7", keys="x", **told), 422, "invalid")


# --- A web telephone


def posted(key: str, form: str, **headers: str) -> Any:
    basic = base64.b64encode(f"guiju:{key}".encode()).decode()
    sent = {"Authorization": f"Basic {basic}"} | headers
    return Client(enforce_csrf_checks=True).post(
        TWIML, form, content_type="application/x-www-form-urlencoded", headers=sent
    )


def play_twiml(name: str, key: str) -> Call:
    """Post what was recorded, and look for each piece of the answers."""
    answer = ""
    for who, text in exchange(name, id="CA0f1e2d"):
        if who == ">":
            response = posted(key, text)
            assert (response.status_code, response["Content-Type"]) == (200, "text/xml"), response.content
            answer = response.content.decode()
        else:
            before, found, answer = answer.partition(text)
            assert found, f"{text!r} is not in {before!r}"
    return Call.objects.get(external_id="CA0f1e2d")


@pytest.mark.shows("S6-04")
def test_a_web_telephone_serves_a_caller_who_wants_a_call_back(line: Switchboard, key: str) -> None:
    line.menu(hours=ALWAYS)
    call = play_twiml("twiml-call-back", key)
    assert (call.state, call.phone, call.menu_path) == ("ENDED", CALLER, ["", "1", "3"])
    assert CallBack.objects.get().reason == "ASKED"


@pytest.mark.shows("S6-04")
def test_a_web_telephone_connects_and_tells_how_long_was_spoken(line: Switchboard, key: str) -> None:
    line.menu(hours=ALWAYS, agents="+8675788880009")
    call = play_twiml("twiml-connected", key)
    assert (call.state, call.recording_ref) == ("ENDED", "https://tel.example/rec/1")
    # The caller has rung for moments only: it was not longer than the call itself.
    assert call.answered_at is not None


@pytest.mark.shows("S6-04")
def test_a_web_telephone_that_nobody_answers_leaves_a_call_back(line: Switchboard, key: str) -> None:
    line.menu(hours=ALWAYS)
    assert play_twiml("twiml-nobody-answers", key).state == "ABANDONED"
    assert CallBack.objects.get().reason == "ABANDONED"


def test_a_web_telephone_needs_its_key(line: Switchboard, key: str) -> None:
    form = "CallSid=CA1&From=%2B8613912345678"
    for wrong in (key + "x", "", "gj_00000000_x"):
        answer = posted(wrong, form)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Basic realm="Guiju"')
    assert Client().post(TWIML).status_code == 401
    assert Client().post(TWIML, headers={"Authorization": "Basic ###"}).status_code == 401
    assert not Call.objects.exists()
    assert posted(key, form).status_code == 200


def test_a_web_telephone_that_signs_is_believed_only_with_its_signature(
    line: Switchboard, key: str, settings: Any
) -> None:
    settings.GUIJU_TELEPHONE_SECRET, settings.GUIJU_ADDRESS = "shared", "https://repair.example"
    form = "CallSid=CA1&From=%2B8613912345678"
    signed = f"https://repair.example{TWIML}CallSidCA1From{CALLER}".encode()
    signature = base64.b64encode(hmac.digest(b"shared", signed, hashlib.sha1)).decode()
    assert posted(key, form).status_code == 403
    assert posted(key, form + "&Digits=0", **{"X-Twilio-Signature": signature}).status_code == 403
    assert posted(key, form, **{"X-Twilio-Signature": signature}).status_code == 200


def test_a_press_that_is_sent_again_is_one_press(line: Switchboard, key: str) -> None:
    line.menu(hours=ALWAYS)
    form = "CallSid=CA1&From=%2B8613912345678"
    posted(key, form)
    again = [posted(key, form + "&Digits=1", **{"I-Twilio-Idempotency-Token": "t-1"}).content for _ in range(2)]
    assert again[0] == again[1]
    assert Call.objects.get().menu_path == ["1"]


def test_a_web_telephone_without_a_name_for_its_call_hears_nothing(line: Switchboard, key: str) -> None:
    answer = posted(key, "From=%2B8613912345678")
    assert (answer.status_code, answer.content.endswith(b"<Response><Hangup /></Response>")) == (200, True)
    assert not Call.objects.exists()


# --- Asterisk


def play_fastagi(name: str, key: str, **put: str) -> Call:
    """Be Asterisk, over a real socket: say what was recorded, and expect each command to the letter."""

    async def play() -> None:
        server = await fastagi.listen("127.0.0.1", 0, key)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        for who, text in exchange(name, id="1795500000.12", **put):
            if who == ">":
                writer.write(f"{text}\n".encode())
                await writer.drain()
            else:
                heard = await asyncio.wait_for(reader.readline(), 20)
                assert heard.decode().rstrip("\n") == text
        assert await asyncio.wait_for(reader.read(), 20) == b"", "nothing more is said"
        writer.close()
        server.close()

    async_to_sync(play)()
    return Call.objects.get(external_id="1795500000.12")


@pytest.mark.shows("S6-04")
def test_asterisk_serves_a_caller_who_asks_how_it_stands_and_then_for_a_person(line: Switchboard, key: str) -> None:
    line.menu(hours=ALWAYS, agents="PJSIP/reception")
    order = line.shop.a_registered_order()
    phone = order.customer.phones.get().e164.removeprefix("+86")
    call = play_fastagi("fastagi-status-then-person", key, ticket="".join(order.number.split("-")[2:]), phone=phone)
    assert (call.state, call.system, call.menu_path) == ("ENDED", "asterisk", ["2", "TICKET", "PHONE", "7", "", "0"])
    assert call.answered_at is not None


@pytest.mark.shows("S6-04")
def test_asterisk_tells_that_a_caller_hung_up_in_the_menu(line: Switchboard, key: str) -> None:
    line.menu(hours=ALWAYS)
    assert play_fastagi("fastagi-hang-up-in-the-menu", key).state == "ABANDONED"
    assert CallBack.objects.get().reason == "ABANDONED"


def test_asterisk_tells_that_nobody_of_the_queue_answered(line: Switchboard, key: str) -> None:
    line.menu(hours=ALWAYS)
    call = play_fastagi("fastagi-queue-nobody", key)
    assert (call.state, call.phone, CallBack.objects.count()) == ("ABANDONED", "", 0)


def test_asterisk_goes_on_in_the_dialplan_where_no_menu_says_who_answers(line: Switchboard, key: str) -> None:
    assert play_fastagi("fastagi-no-menu", key).state == "WAITING"


def test_asterisk_with_a_key_that_opens_nothing_goes_on_in_the_dialplan(line: Switchboard) -> None:
    async def play() -> bytes:
        server = await fastagi.listen("127.0.0.1", 0, "gj_00000000_x")
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        writer.write(b"agi_uniqueid: 1\nagi_callerid: unknown\n\n")
        said = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        server.close()
        return said

    assert async_to_sync(play)() == b""
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    ("said", "result", "note"),
    [
        ("200 result=0", "0", ""), ("200 result=12 (timeout)", "12", "timeout"), ("200 result= (timeout)", "", "timeout"),
        ("200 result=1 (ANSWER)", "1", "ANSWER"), ("200 result=0 endpos=16000", "0", ""), ("510 Invalid or unknown command", "", ""),
    ],
)  # fmt: skip
def test_what_asterisk_answers_is_read(said: str, result: str, note: str) -> None:
    assert fastagi.reply_of(said) == fastagi.Reply(result, note)


@pytest.mark.parametrize("said", ["200 result=-1", "511 Command Not Permitted on a dead channel", "", "HANGUP"])
def test_a_dead_channel_is_a_caller_who_is_gone(said: str) -> None:
    with pytest.raises(fastagi.HungUp):
        fastagi.reply_of(said)


def test_nobody_has_more_than_the_key_was_made_for(line: Switchboard, system: Program) -> None:
    call = line.talks()
    assert set(VERBS) <= set(actors.known_verbs())
    is_problem(system.post(f"/calls/{call.pk}/note", note="x"), 403, "not_allowed")
    assert fresh(call).note == ""
