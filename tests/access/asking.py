"""Asking every route as everybody: what each answer means, and the table in which the expected answers stand."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client

from guiju.kernel.models import TrailEntry

# Pages whose address is the key.
BY_LINK = ("track:", "front_door:mine", "front_door:answer", "front_door:picture", "sign:")
HERE = Path(__file__).parent
REFUSED = frozenset({401, 403, 404})
SIGN_IN = "/account/login"


@dataclass(frozen=True)
class Question:
    """One request, which everybody makes.

    row   how the table calls it: the route, and which of its verbs
    said  the fields of a form, or the body of a program's request
    """

    row: str
    method: str
    address: str
    said: Mapping[str, Any] = field(default_factory=dict)
    as_json: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """How the table finds it."""
        return self.method, self.row


@dataclass(frozen=True)
class Answer:
    """What became of it: refused, let in, or done; done is what left a deed in the trail."""

    status: int
    is_refused: bool
    is_done: bool

    @property
    def mark(self) -> str:
        """As the table writes it."""
        return "" if self.is_refused else "+" if self.is_done else " "


Answers = dict[tuple[str, str], dict[str, Answer]]


def ask(client: Client, question: Question, last: int) -> Answer:
    """Ask once; whatever it did is undone. `last` is the newest deed before."""
    with transaction.atomic():
        response = _sent(client, question)
        # A page that is sent piece by piece is read to its end, as a browser would.
        if response.streaming:
            b"".join(response.streaming_content)
        is_done = question.method == "POST" and _newest_deed() > last
        transaction.set_rollback(True)
    at_the_door = SIGN_IN in response.headers.get("Location", "") or response.request["PATH_INFO"].startswith(SIGN_IN)
    return Answer(response.status_code, at_the_door or response.status_code in REFUSED, is_done)


def _newest_deed() -> int:
    # Asked after each of thousands of requests, and dearer to build each time than to answer.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(id) FROM {TrailEntry._meta.db_table}")
        return int(cursor.fetchone()[0])


def _sent(client: Client, question: Question) -> Any:
    if question.method == "GET":
        # A page may only lead on to another: what counts is where the person ends up.
        return client.get(question.address, follow=True)
    if question.as_json:
        return client.post(question.address, json.dumps(question.said), content_type="application/json")
    for each in question.said.values():
        for file in each if isinstance(each, list) else [each]:
            if hasattr(file, "seek"):
                file.seek(0)
    return client.post(question.address, question.said)


def everybodys(questions: Iterable[Question], clients: Mapping[str, Client]) -> Answers:
    """What everybody is answered, by row."""
    last = _newest_deed()
    # A refusal is what is asked for here, thousands of times: nobody reads a log of it.
    logging.disable(logging.ERROR)
    try:
        asked = {question.key: _answers(question, clients, last) for question in questions}
    finally:
        logging.disable(logging.NOTSET)
    return {key: answers for key, answers in asked.items() if answers}


def _answers(question: Question, clients: Mapping[str, Client], last: int) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for name in _askers(question, clients):
        answer = ask(clients[name], question, last)
        if answer.status == 405:
            # The page has no such method, whoever asks.
            return {}
        answers[name] = answer
    return answers


def _askers(question: Question, clients: Mapping[str, Client]) -> Iterable[str]:
    # Behind a link everybody is whom it was given to: a stranger, and a clerk of each outlet who is signed in.
    return ("stranger", "lin", "zhou") if question.row.startswith(BY_LINK) else clients


# --- The reviewed tables


def lines(answers: Answers) -> list[str]:
    """The table as it is written: a line a row, with those who are let in; a + where it was also done."""
    width = max(len(row) for _, row in answers)
    return [
        f"{method:<4} {row:<{width}} " + " ".join(
            f"{answer.mark.strip()}{name}" for name, answer in people.items() if not answer.is_refused
        ) for (method, row), people in answers.items()
    ]  # fmt: skip


def written(name: str) -> dict[tuple[str, str], str]:
    """The reviewed answers, by method and row."""
    rows = {}
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        method, row, *people = line.split()
        rows[method, row] = " ".join(people)
    return rows


def found(answers: Answers) -> dict[tuple[str, str], str]:
    """The same, as it is now."""
    return {(line.split()[0], line.split()[1]): " ".join(line.split()[2:]) for line in lines(answers)}


def write(name: str, answers: Answers) -> None:
    """Write the table anew, for somebody to read every changed line."""
    text = "\n".join(line.rstrip() for line in lines(answers)) + "\n"
    (HERE / name).write_text(text, encoding="utf-8")


def write_some(name: str, answers: Answers, order: Iterable[tuple[str, str]]) -> None:
    """Write these rows anew and leave the other lines as they are; a row that is new stands behind the one before it."""
    table = (HERE / name).read_text(encoding="utf-8").splitlines()
    keys = [tuple(line.split()[:2]) for line in table]
    width = max(len(row) for _, row in keys)
    fresh, before = found(answers), -1
    for key in order:
        if key in fresh:
            line = f"{key[0]:<4} {key[1]:<{width}} {fresh[key]}".rstrip()
            if key in keys:
                table[keys.index(key)] = line
            else:
                keys.insert(before + 1, key)
                table.insert(before + 1, line)
        before = keys.index(key) if key in keys else before
    (HERE / name).write_text("\n".join(table) + "\n", encoding="utf-8")
