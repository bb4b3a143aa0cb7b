"""The tap: reads every answer of the house, and knows whose words are in it.

Every unit marks its own data (`canary("FS01")`; serial numbers of the cast begin with SN and the unit; documents carry their unit
and number). Whoever is asked about units A must never be answered in the words of unit B, on no page, in no PDF, export, message
or mail; and the customer behind a link is told of her own order alone. What was answered is judged at the end of the test, so
that the tap asks the database nothing while statements are counted.
"""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest

from guiju.kernel.actor import Actor, Kind

# A unit's own mark, a serial number of its appliances, a number of its documents.
MARKS = re.compile(
    r"CANARY-(?P<word>HQ|SD|[A-Z]{2}\d\d)|SN(?P<serial>[A-Z]{2}\d\d)\d{6}|WO-(?P<order>[A-Z]{2}\d\d)-\d{8}-\d{5}"
)
PICTURES = ("image/", "font/", "video/")
SHEETS = ("spreadsheetml", "application/zip")


def canary(unit: str) -> str:
    """The word that stands in the data of this unit and of no other."""
    return f"CANARY-{unit}"


@dataclass(frozen=True)
class Mark:
    """A word that tells whose data it is from."""

    text: str
    unit: str


@dataclass(frozen=True)
class Heard:
    """Words of some unit in an answer to somebody; `units` None is everywhere, `order_id` the one order of a customer."""

    who: str
    units: frozenset[int] | None
    order_id: int | None
    where: str
    mark: Mark


def marks_in(text: str) -> set[Mark]:
    """Whose words are in a text."""
    return {Mark(found[0], next(filter(None, found.groups()))) for found in MARKS.finditer(text)}


def words_of(content: bytes, kind: str) -> str:
    """The text of an answer of this content type: also of a PDF and of a sheet; a picture has none."""
    if kind.startswith(PICTURES) or not content:
        return ""
    if kind.startswith("application/pdf"):
        from pypdf import PdfReader  # read by few tests, and slow to load

        paper = PdfReader(BytesIO(content))
        told = " ".join(str(value) for value in (paper.metadata or {}).values())
        return told + "\n".join(page.extract_text() for page in paper.pages)
    if any(each in kind for each in SHEETS):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


@dataclass
class Tap:
    """What was heard in one test."""

    heard: set[Heard] = field(default_factory=set)
    answers: int = 0

    def listen(self, request: HttpRequest, response: Any) -> None:
        """Read an answer, or each piece of it as it is sent."""
        self.answers += 1
        if not response.streaming:
            self._read(request, response, response.content)
        elif not response.is_async:
            response.streaming_content = self._along(request, response, response.streaming_content)

    def _along(self, request: HttpRequest, response: Any, pieces: Iterator[bytes]) -> Iterator[bytes]:
        kept = []
        for piece in pieces:
            kept.append(piece)
            yield piece
        self._read(request, response, b"".join(kept))

    def _read(self, request: HttpRequest, response: Any, content: bytes) -> None:
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        actor: Actor | None = getattr(request, "actor", None)
        reach = reach_of(actor)
        if reach is None:
            return
        said = words_of(content, response.headers.get("Content-Type", "")) + " ".join(response.headers.values())
        # What stood in the address is no news to whoever asked for it.
        for mark in marks_in(said) - marks_in(request.get_full_path()):
            where = f"{request.method} {request.path} ({response.status_code})"
            self.heard.add(Heard(actor.name if actor else "a stranger", reach, actor and actor.order_id, where, mark))

    def leaks(self) -> list[str]:
        """What somebody was told who must not know it."""
        if not self.heard:
            return []
        codes, own = _codes(), _of_orders({each.order_id for each in self.heard if each.order_id})
        return sorted(
            f"{each.where} tells {each.who} {each.mark.text}" for each in self.heard if not _may_know(each, codes, own)
        )


def _may_know(each: Heard, codes: dict[int, str], own: dict[int | None, set[str]]) -> bool:
    if each.order_id and not each.mark.text.startswith("CANARY"):
        return each.mark.text in own.get(each.order_id, ())
    return each.mark.unit in {codes.get(unit) for unit in each.units or ()}


def reach_of(actor: Actor | None) -> frozenset[int] | None:
    """The units that a person has any role in; None for whoever acts everywhere. A stranger has none."""
    if actor is None:
        return frozenset()
    if actor.kind is Kind.SYSTEM or any(grant.unit_ids is None for grant in actor.grants):
        return None
    return frozenset().union(*(grant.unit_ids or frozenset() for grant in actor.grants))


def _codes() -> dict[int, str]:
    from guiju.standing.people.models import Unit

    return dict(Unit.objects.values_list("pk", "code"))


def _of_orders(pks: set[int]) -> dict[int | None, set[str]]:
    """The number and the serial number of each order, and of the one that it is a rework of."""
    from guiju.line.workorder.models import WorkOrder

    rows = WorkOrder.objects.filter(pk__in=pks).values_list("pk", "number", "appliance__serial", "parent__number")
    return {pk: {each for each in texts if each} for pk, *texts in rows}


def messages_astray() -> list[str]:
    """Messages and mails to customers, in which stands what belongs to another order than the one that they are about."""
    from guiju.line.workorder.models import WorkOrder
    from guiju.oversight.notices.models import Message

    rows = list(Message.objects.values_list("order_id", "unit__code", "subject", "text"))
    own = _of_orders({order for order, *_rest in rows if order})
    found = [
        f"the message {text!r} tells {mark.text}"
        for order, unit, subject, text in rows
        for mark in marks_in(f"{subject} {text}")
        if mark.text not in own.get(order, set()) | {canary(unit)}
    ]
    for each in mail.outbox:
        marks = marks_in(f"{each.subject} {each.body}")
        about = (
            WorkOrder.objects.filter(number__in={mark.text for mark in marks}).values_list("pk", "unit__code").first()
        )
        may_say = _of_orders({about[0]})[about[0]] | {canary(about[1])} if about else set()
        found += [f"a mail to {', '.join(each.to)} tells {mark.text}" for mark in marks if mark.text not in may_say]
    return found


@pytest.fixture
def tap(monkeypatch: pytest.MonkeyPatch) -> Tap:
    """Every answer of the house in this test, in whatever way it was asked for."""
    heard = Tap()
    answer: Callable[..., Any] = BaseHandler.get_response

    def get_response(self: BaseHandler, asked: Any) -> Any:
        response = answer(self, asked)
        heard.listen(asked, response)
        return response

    monkeypatch.setattr(BaseHandler, "get_response", get_response)
    return heard


@pytest.fixture(autouse=True)
def nothing_leaks(request: pytest.FixtureRequest, tap: Tap) -> Iterator[None]:
    """End every test of a suite that is tapped by judging what was answered, written and mailed."""
    uses = request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames)
    if not uses:
        yield
        return
    # Asked for here, so that the database is still there when this fixture ends.
    request.getfixturevalue("_django_db_helper")
    yield
    from django.db import connection

    if connection.needs_rollback or request.node.get_closest_marker("leaks"):
        return
    astray = [*tap.leaks(), *messages_astray()]
    assert not astray, "Somebody was told what they must not know: " + "; ".join(astray[:20])
