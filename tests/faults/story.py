"""The walk-in, told once over the API, with a copy of the database before every verb; and how somebody asks for one."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from guiju.books.stock import actions as stock
from guiju.kernel import evidence
from guiju.line.banking.rules import night_of
from guiju.line.cashier import actions as cashier
from guiju.line.intake import queries as intake
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.webhooks import queries as webhooks
from tests.cast import FOUNDED, Cast
from tests.faults.apart import here
from tests.faults.breaking import counting
from tests.faults.copies import FIRST_NEW, Copies, Rows, Shape, Volatile, copies, differing, shape
from tests.faults.saying import Known, Verb
from tests.faults.verbs import NAMED, STORY, VERBS, before, steps_aside
from tests.line import stages
from tests.line.banking import conftest as takings
from tests.line.cashier import deposits
from tests.line.cast_line import Shop, a_picture

ROOT = "/api/v1"
SIGNED_ALREADY = frozenset({409, 422})
PEOPLE = frozenset(verb.by for verb in VERBS)
# A killed process's connection holds its locks until the server has noticed; nobody waits longer than this for it.
PATIENCE_SECONDS = 5.0
# No copy hears requests for longer than this after the story's end.
MARGIN = timedelta(minutes=1 + max(steps_aside(verb) for verb in VERBS))
# One server with its middleware for all requests: to make it anew each time costs as much as the verb.
_SERVER = Client().handler


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody's program was told."""

    status: int
    body: str
    retry_after: str = ""
    is_replay: bool = False

    def is_of(self, verb: Verb, *, again: bool = False) -> bool:
        """Whether the verb is done; a signature that is given already is refused, and that too says that it is done."""
        return self.status == 200 or (again and verb.is_signed and self.status in SIGNED_ALREADY)

    @property
    def is_later(self) -> bool:
        """Whether we were asked to come again."""
        return self.status == 503 or (self.status == 409 and bool(self.retry_after))


@dataclass(frozen=True, slots=True)
class Reference:
    """A verb as it goes when nothing goes wrong: its answer, its statements and commits, what there is before it and after it.

    chance   the columns that differ each time
    rows     what there is before it, as it stands in the tables
    """

    answer: Answer
    steps: list[str]
    chance: Volatile
    before: Shape
    left: Shape
    rows: Rows


@dataclass(slots=True)
class Story:
    """Everything that the harnesses know."""

    copies: Copies
    known: dict[str, Any]
    sessions: Mapping[str, str]
    kept: dict[str, str] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    references: dict[str, Reference] = field(default_factory=dict)
    ended_at: datetime | None = None

    def copy_before(self, verb: Verb) -> str:
        """The database as it is when the verb is said; who goes aside two steps has taken the first one there."""
        name = before(verb)
        if name in self.kept:
            return self.kept[name]
        if name not in self.aside:
            self._go_aside(NAMED[name])
        return self.aside[name]

    def _go_aside(self, verb: Verb) -> None:
        with self.copies.lent(self.copy_before(verb)) as database, here(database):
            answer = self.ask(verb, key="")
            assert answer.status == 200, (verb.name, answer)
            self.known.update({name: json.loads(answer.body)[field] for name, field in verb.gives.items()})
            self.aside[verb.name] = self.copies.keep(first=FIRST_NEW * (1 + steps_aside(verb)))

    def ask(self, verb: Verb, *, key: str) -> Answer:
        """Say the verb, as a program of that person does."""
        close_old_connections()  # as the server does before every request
        # Whether anybody hears is believed for some seconds: then a verb has a statement less, and a point that was counted is not there.
        webhooks.somebody_hears()
        client = Client(raise_request_exception=False)
        client.handler = _SERVER
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[verb.by]
        with self._then(verb):
            return (self._at_a_page if verb.is_at_a_page else self._over_the_api)(client, verb, key)

    def _over_the_api(self, client: Client, verb: Verb, key: str) -> Answer:
        said = client.post(
            ROOT + verb.path.format_map(self.known), json.dumps(verb.says(self.known)), content_type="application/json",
            headers={"Idempotency-Key": key} if key else {},
        )  # fmt: skip
        return Answer(
            said.status_code, said.content.decode(), said.get("Retry-After", ""), "Idempotent-Replayed" in said
        )

    def _at_a_page(self, client: Client, verb: Verb, key: str) -> Answer:
        """A form is done when one is led on; the same key leads to the same page, and nothing says that it is the second time."""
        said = client.post(verb.path.format_map(self.known), {**verb.says(self.known), "once": key})
        is_done = said.status_code == 302
        body = said["Location"] if is_done else ""
        return Answer(200 if is_done else said.status_code, body, said.get("Retry-After", ""), is_replay=is_done)

    def _then(self, verb: Verb) -> AbstractContextManager[Any]:
        """The hour at which the story ended, however long a campaign lasts; each request to a copy is a second after the one before.

        A promise depends on the hour, and whether a job may still be accepted. Who goes aside two steps takes a minute for each.
        """
        if self.ended_at is None:
            return nullcontext()
        self.copies.heard += 1
        return time_machine.travel(self.ended_at + timedelta(minutes=steps_aside(verb), seconds=self.copies.heard))

    def ask_until_answered(self, verb: Verb, *, key: str) -> Answer:
        """Say it again as long as we are asked to come again."""
        until = time.monotonic() + PATIENCE_SECONDS
        while (answer := self.ask(verb, key=key)).is_later and time.monotonic() < until:
            time.sleep(0.02)
        return answer

    def reference(self, verb: Verb) -> Reference:
        """How the verb goes when nothing goes wrong; learnt when it is first asked for.

        It is said twice, each time on a copy of its own: what differs is chance, what remains is what it does.
        """
        if verb.name not in self.references:
            # The steps are those of the second time, as of every later one: by then what is remembered is remembered.
            (answer, _, rows), (_, steps, again) = self._say_whole(verb), self._say_whole(verb)
            chance = differing(rows, again)
            there = self.copies.rows(self.copy_before(verb))
            before = shape(there, chance)
            self.references[verb.name] = Reference(answer, steps, chance, before, shape(rows, chance), there)
        return self.references[verb.name]

    def rows_after(self, verb: Verb) -> Rows:
        """What there is when the verb was said, which must not be refused."""
        if verb.name in self.kept:  # it was when the story was told
            return self.copies.rows(self.kept[verb.name])
        answer, _, rows = self._say_whole(verb)
        assert answer.status == 200, (verb.name, answer)
        return rows

    def _say_whole(self, verb: Verb) -> tuple[Answer, list[str], Rows]:
        with self.copies.lent(self.copy_before(verb)) as database:
            with here(database), counting() as steps:
                answer = self.ask(verb, key="k-1")
            return answer, steps, self.copies.rows(database)

    def shape(self, database: str, chance: Volatile) -> Shape:
        """A database, as it can be compared."""
        return shape(self.copies.rows(database), chance)

    def since(self, database: str, verb: Verb) -> Shape:
        """The same of a copy on which the verb was said: what it has left as it was is not looked at twice."""
        reference = self.reference(verb)
        return shape(self.copies.rows(database), reference.chance, (reference.rows, reference.before))


def tell(cast: Cast, folder: Path) -> Story:
    """Tell the walk-in, and keep a copy before each verb."""
    folder.mkdir(parents=True, exist_ok=True)
    shop = Shop(cast, now=timezone.now() - timedelta(hours=6))
    known = _set_up(shop)
    sessions = {name: _session(cast, name) for name in PEOPLE}
    story = Story(copies(folder), known, sessions)
    try:
        _tell(story, known)
    except BaseException:
        story.copies.rest()
        raise
    return story


def _tell(story: Story, known: dict[str, Any]) -> None:
    story.kept[""] = story.copies.keep()
    for verb in STORY:
        answer = story.ask(verb, key="")
        assert answer.status == 200, (verb.name, answer)
        known.update({name: json.loads(answer.body)[field] for name, field in verb.gives.items()})
        if verb.name == "intake.receive":
            known.update(_of_the_order(known))
        story.kept[verb.name] = story.copies.keep()
    story.ended_at = _within_one_hour(timezone.now())
    known["night"] = night_of(story.ended_at, "Asia/Shanghai").isoformat()


def _within_one_hour(now: datetime) -> datetime:
    """That instant, or the next whole hour where the requests of a copy would pass it: a promise counts from a whole hour."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return now if now + MARGIN < hour + timedelta(hours=1) else hour + timedelta(hours=1)


def _session(cast: Cast, name: str) -> str:
    client = Client()
    client.force_login(cast.logins[name], backend="guiju.conf.backends.LoginBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _set_up(shop: Shop) -> dict[str, Any]:
    """The lists of the brand, one compressor on its shelf, a till, a safe, and pictures that were taken already."""
    _ = shop.price_list, shop.labour, shop.fault, shop.defect, shop.symptom
    shop.certified("chen", "wu")
    deposits.the_rule(shop, from_minor=10000)
    values = stages.a_checklist(shop)
    bin, there, he = stages.a_bin(shop, holding=1), shop.cast.units["GZ02"], shop.actor("he")
    stock.open_store(there, code="OUT", names={}, kind="OUTLET", by=he, at=FOUNDED)
    return {
        "model": shop.model.pk,
        "bin": bin.pk,
        "store": bin.store_id,
        "values": {str(item): text for item, text in values.items()},
        "till": cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=FOUNDED).pk,
        "photos": [photo.pk for photo in shop.photos()],
        "signature": shop.a_signature().pk,
        "consent": shop.a_signature().pk,
        "safe": takings.a_safe(shop).pk,
        "slip": evidence.keep_photo(
            a_picture(99), unit_id=shop.unit.pk, kind="DEPOSIT_SLIP", by=shop.actor("cai"), at=FOUNDED
        ).pk,
    }


def _of_the_order(known: Known) -> dict[str, Any]:
    order = WorkOrder.objects.get(number=known["order"])
    tag = intake.tag_of(order)
    assert tag is not None
    accessories = {str(each.pk): each.quantity for each in intake.accessories_of(order)}
    return {"claim_code": intake.claim_code(tag), "accessories": accessories}


@contextmanager
def patched(where: Any, **attributes: Any) -> Iterator[None]:
    """Something else in its place, for as long as the block lasts."""
    was = {name: getattr(where, name) for name in attributes}
    for name, value in attributes.items():
        setattr(where, name, value)
    try:
        yield
    finally:
        for name, value in was.items():
            setattr(where, name, value)
