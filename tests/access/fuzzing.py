"""What a hostile or careless person types into every form and behind every address, and what must never come back (G17)."""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from tests.access.asking import Question
from tests.faults.findings import Findings

MARK = "gj7x"
AWAY = f"https://{MARK}.example/"
# An element, an end of a double and of a single quoted attribute, a header, a way out of the house, code, numbers, days, letters.
# Those that begin show at once that a page is naive.
HOSTILE = (
    f"x\"{MARK}='{MARK}><{MARK}>", f"'{MARK}>\"{MARK}=1 ", f"<script>{MARK}</script><{MARK} onload=1>", AWAY, "NaN", f"</title><{MARK}>",
    f"ok\r\nX-{MARK}: 1\r\n\r\n<{MARK}>", f"//{MARK}.example/", f"/\\{MARK}.example", f"javascript:{MARK}",
    "{{ 7*7 }}", "{% now %}", "${7*7}", "%(name)s %s %d", "' OR 1=1 --", "1; DROP TABLE x", "../../../../etc/passwd",
    "\x00", "a\x00b", "\ud7ff\ufffe", "\u202egnp.exe", "風" * 3000, "x" * 20_000, "", " ", "\n", "\t\t", "😀",
    "0", "-1", "1" * 400, "9223372036854775808", "-9223372036854775809", "1e309", "Infinity", "0x10", "1_000", "١٢٣", "²", "１２",
    "3.14159265358979", ",", "1,5", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "2026-11-02T25:61",
    "9999-12-31T23:59", "0001-01-01T00:00", "-1-1-1", "[]", "{}", "null", "true", "on",
    "data:image/png;base64,AAAA", "data:image/png;base64,%%%", "P-chen", "P-nobody", "WO-FS01-1",
    "__proto__", "user__password", "-number", "id", "pk",
)  # fmt: skip
NAIVE = HOSTILE[:5]
# As they come back where somebody forgot to escape them. In JSON a quotation mark has its backslash.
RAW = re.compile(rf"<{MARK}|(?<!\\)\"{MARK}=|(?<!\\)'{MARK}>")
HONEST = 503


@contextmanager
def asked_for() -> Generator[set[str]]:
    """The names for which the house looks in what is sent to it, for as long as the block lasts."""
    names: set[str] = set()
    patch = pytest.MonkeyPatch()
    for method in ("__getitem__", "get", "getlist", "__contains__"):
        patch.setattr(QueryDict, method, _noting(getattr(QueryDict, method), names))
    try:
        yield names
    finally:
        patch.undo()


def _noting(look: Any, names: set[str]) -> Any:
    def noting(self: QueryDict, name: Any, *more: Any, **given: Any) -> Any:
        names.add(str(name))
        return look(self, name, *more, **given)

    return noting


@dataclass
class Fuzz:
    """Asks one question after the other, each in other words.

    people   who may ask it, by method and row: a refusal at the door is no test of a form
    words    what is typed
    """

    clients: Mapping[str, Client]
    people: Mapping[tuple[str, str], list[str]]
    chance: random.Random
    findings: Findings
    words: Sequence[str] = HOSTILE
    names: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def ask(self, question: Question) -> None:
        """Once, in hostile words; whatever it does is undone."""
        who = self.chance.choice(self.people.get(question.key) or list(self.clients))
        if question.key not in self.names:
            self.names[question.key] = self._learnt(who, question)
        said = self._spoilt(question)
        response, content = sent(self.clients[who], question, said)
        self.findings.count(f"answered {response.status_code}")
        where = f"{question.method} {question.row} by {who} {str(said)[:300]}"
        self.findings.ask(where, amiss(response, content))

    def _learnt(self, who: str, question: Question) -> list[str]:
        with asked_for() as names:
            sent(self.clients[who], question, dict(question.said))
        return sorted(names | set(question.said)) or ["q"]

    def _spoilt(self, question: Question) -> dict[str, Any]:
        """What one would say there, with one to three fields otherwise."""
        said = dict(question.said)
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            name, word = self.chance.choice(self.names[question.key]), self.chance.choice(self.words)
            way = self.chance.random()
            if way < 0.08:
                said.pop(name, None)
            elif way < 0.2:
                said[name] = [word, self.chance.choice(self.words)]
            else:
                said[name] = word
        return said


def sent(client: Client, question: Question, said: dict[str, Any]) -> tuple[Any, bytes]:
    """The answer, and all of it."""
    client.raise_request_exception = False
    for each in said.values():
        for file in each if isinstance(each, list) else [each]:
            if hasattr(file, "seek"):
                file.seek(0)
    logging.disable(logging.CRITICAL)
    try:
        with transaction.atomic():
            response: Any = (client.get if question.method == "GET" else client.post)(question.address, said)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)
    return response, content


def amiss(response: Any, content: bytes) -> Iterator[str]:
    """What must never come back."""
    if response.status_code >= 500 and response.status_code != HONEST:
        reason = getattr(response, "exc_info", None)
        yield f"{response.status_code} {reason[1] if reason else ''!r}"
    if MARK in " ".join(response.headers).lower():
        yield "a header that was typed"
    way = response.headers.get("Location", "") + response.headers.get("HX-Redirect", "")
    if re.match(rf"\s*(https?:)?[/\\]{{2}}{MARK}|\s*/\\|javascript:", way):
        yield f"out of the house: {way}"
    if "html" in response.headers.get("Content-Type", "") and (raw := RAW.search(content.decode("utf-8", "replace"))):
        text = content.decode("utf-8", "replace")
        yield f"not escaped: {text[max(0, raw.start() - 80) : raw.end() + 40]!r}"
