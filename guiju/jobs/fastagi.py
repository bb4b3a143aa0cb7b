"""Asterisk asks over FastAGI what to do with a call: we say which recording to play and which keys to wait for.

The dialplan sends a call here with `AGI(agi://host:4573/guiju)`. Asterisk tells of the call in lines of `agi_name: value`, then obeys one
command at a time and answers each with `200 result=…`. Recordings are named by language and by what is said: `guiju/zh-hans/open-1`.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.db import OperationalError, connections

from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.line.telephone import actions
from guiju.line.telephone.models import Call
from guiju.line.telephone.queries import Spoken
from guiju.line.telephone.rules import Act, CallState
from guiju.standing.people import actions as people
from guiju.standing.people import queries as persons

log = logging.getLogger(__name__)

SYSTEM = "asterisk"
PORT = 4573
THINKING_MS = 6000
RINGING_SECONDS = 30
# More than Asterisk ever says of a call; a stranger's flood ends here.
HEADER_LINES_MOST = 80
LINE_BYTES_MOST = 4096
SILENCE_SECONDS = 300
REPLY = re.compile(r"^(\d{3})[ -](?:result=(-?[^\s]*))?(?: \((.*)\))?")
# A recording, a queue or a channel is put between spaces: nothing else may be in it.
SAFE = re.compile(r"^[A-Za-z0-9+@:._/-]+$")

Say = Callable[[str], Awaitable[str]]


class HungUp(Exception):
    """The caller is gone."""


@dataclass(frozen=True)
class Reply:
    """What Asterisk answers to a command: the keys, or a number, and what stands in brackets."""

    result: str
    note: str


def reply_of(line: str) -> Reply:
    """Read an answer.

    raises   HungUp when the channel is gone
    """
    match = REPLY.match(line)
    if match is None or match[1] == "511" or match[2] == "-1":
        raise HungUp
    if match[1] != "200":
        log.warning("Asterisk does not know this: %s", line)
        return Reply("", "")
    return Reply(match[2] or "", match[3] or "")


class Session:
    """One caller, from the first word to the last."""

    def __init__(self, told: Mapping[str, str], command: Say, key: str) -> None:
        self.told, self.key = told, key
        self._command = command

    async def run(self) -> None:
        """Lead the caller through the menu until somebody hangs up."""
        call = await self._with_database(self._ring)
        if call is None:
            log.warning("The key of FastAGI opens nothing: the call goes on in the dialplan.")
            return
        try:
            await self._ask("ANSWER")
            spoken = await self._with_database(self._press, call, "")
            while spoken is not None:
                keys = await self._say(spoken)
                if keys is None:
                    await self._finish(call, spoken)
                    return
                spoken = await self._with_database(self._press, call, keys)
        except HungUp:
            await self._with_database(self._hang_up, call)

    async def _ask(self, command: str) -> Reply:
        return reply_of(await self._command(command))

    async def _say(self, spoken: Spoken) -> str | None:
        """Play what is said, and give back the keys; None when there is nothing to wait for."""
        files = [f"guiju/{spoken.language}/{each.name}" for each in spoken.says]
        waits = spoken.act in {Act.KEY, Act.DIGITS}
        for file in files[:-1] if waits else files:
            await self._ask(f'STREAM FILE {file} ""')
        if not waits:
            return None
        return (await self._ask(f"GET DATA {files[-1]} {THINKING_MS} {spoken.digits_most}")).result

    async def _finish(self, call: Call, spoken: Spoken) -> None:
        """Connect with a person, or end; where no menu names who answers, the dialplan goes on and knows it."""
        if spoken.act is Act.HUMAN and not SAFE.match(spoken.agents):
            await self._ask("SET VARIABLE GUIJU_ACT HUMAN")
            return
        if spoken.act is Act.HUMAN:
            # A channel has its technology before a slash; everything else is the name of a queue.
            application, status = ("Dial", "DIALSTATUS") if "/" in spoken.agents else ("Queue", "QUEUESTATUS")
            seconds = f",{RINGING_SECONDS}" if application == "Dial" else ""
            await self._ask(f"EXEC {application} {spoken.agents}{seconds}")
            outcome = (await self._ask(f"GET VARIABLE {status}")).note
            spoke = (await self._ask("GET VARIABLE ANSWEREDTIME")).note
            # A queue whose member took the call leaves no status behind.
            if outcome in {"ANSWER", ""}:
                await self._with_database(self._answer, call, int(spoke) if spoke.isascii() and spoke.isdigit() else 0)
        await self._ask("HANGUP")
        await self._with_database(self._hang_up, call)

    # --- What the house does; each step asks again whether the key still opens it.

    async def _with_database(self, act: Callable[..., Any], *given: Any) -> Any:
        def alone() -> Any:
            try:
                by = people.use_api_key(self.key, at=_now())
                with reach.of(by):
                    return act(by, *given) if by is not None else None
            except Refusal as refusal:
                log.warning("%s: %s", self.told.get("agi_uniqueid", ""), refusal)
            except OperationalError:
                # The database went away: this call ends, and the next one finds it again.
                log.warning("The database does not answer.", exc_info=True)
                connections.close_all()
            return None

        return await sync_to_async(alone, thread_sensitive=True)()

    def _ring(self, by: Actor) -> Call | None:
        unit = persons.unit_of(by)
        if unit is None:
            return None
        phone = self.told.get("agi_callerid", "")
        return actions.ring(
            unit=unit, phone="" if phone == "unknown" else phone, system=SYSTEM,
            external_id=self.told.get("agi_uniqueid", ""), by=by, at=_now(),
        )  # fmt: skip

    def _press(self, by: Actor, call: Call, keys: str) -> Spoken:
        return actions.press(call, keys=keys, by=by, at=_now())

    def _answer(self, by: Actor, call: Call, spoke: int) -> None:
        fresh = Call.objects.get(pk=call.pk)
        if fresh.state == CallState.WAITING:
            actions.answer(fresh, by=by, at=max(fresh.started_at, _now() - timedelta(seconds=spoke)))

    def _hang_up(self, by: Actor, call: Call) -> None:
        actions.hang_up(call, by=by, at=_now())


def _now() -> datetime:
    return datetime.now(UTC)


async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str) -> None:
    """One connection is one call."""

    async def line() -> str:
        try:
            read = await asyncio.wait_for(reader.readuntil(b"\n"), SILENCE_SECONDS)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ConnectionError) as gone:
            raise HungUp from gone
        return read.decode("utf-8", "replace").strip("\r\n")

    async def command(text: str) -> str:
        writer.write(f"{text}\n".encode())
        try:
            await writer.drain()
        except ConnectionError as gone:
            raise HungUp from gone
        answered = await line()
        if answered == "HANGUP":
            raise HungUp
        return answered

    try:
        await Session(await _header(line), command, key).run()
    except HungUp:
        log.info("A connection ended before it said which call it is.")
    finally:
        writer.close()


async def _header(line: Callable[[], Awaitable[str]]) -> dict[str, str]:
    """What Asterisk tells of the call, up to the empty line."""
    told: dict[str, str] = {}
    for _ in range(HEADER_LINES_MOST):
        text = await line()
        if not text:
            return told
        name, _, value = text.partition(":")
        told[name.strip()] = value.strip()
    raise HungUp


async def listen(host: str, port: int, key: str) -> asyncio.Server:
    """Open the door for Asterisk; port 0 takes a free one."""
    return await asyncio.start_server(lambda r, w: serve_one(r, w, key), host, port, limit=LINE_BYTES_MOST)
