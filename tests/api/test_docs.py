"""docs/api.md tells the truth: its examples are asked one after the other, and each answer holds what is printed there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import Program
from tests.line.cast_line import Shop

PAGE = Path(__file__).resolve().parents[2] / "docs/api.md"
BLOCK = re.compile(r"```http\n((?:GET|POST) /api/v1/.*?)```", re.DOTALL)
BLANK = re.compile(r"<(\w+)>")
pytestmark = [pytest.mark.django_db, pytest.mark.shows("M04")]


@dataclass(frozen=True)
class Example:
    """One request of the page, and the answer that stands below it."""

    method: str
    address: str
    headers: Mapping[str, str]
    body: str
    status: int
    told: Mapping[str, str]
    answer: Any


def examples(page: str) -> Iterator[Example]:
    """The examples, in the order of the page."""
    for block in BLOCK.findall(page):
        asked, _, answered = block.partition("\nHTTP/1.1 ")
        head, _, body = asked.partition("\n\n")
        first, *headers = head.splitlines()
        method, address = first.split(" ", maxsplit=1)
        status, *lines = answered.strip().splitlines()
        told = dict(line.split(": ", maxsplit=1) for line in lines if not line.startswith("{"))
        answer = "".join(line for line in lines if line.startswith("{"))
        yield Example(
            method, address, dict(line.split(": ", maxsplit=1) for line in headers), body.strip(), int(status), told,
            json.loads(answer or "{}"),
        )  # fmt: skip


class Reader:
    """Somebody who tries the page from its top to its end, and keeps what the answers gave."""

    def __init__(self, keys: Mapping[str, Client], known: dict[str, Any]) -> None:
        self.keys, self.known = keys, known

    def try_out(self, example: Example) -> None:
        who = BLANK.findall(example.headers.get("Authorization", ""))
        client = self.keys[who[0]] if who else Client()
        headers = {name: text for name, text in example.headers.items() if name != "Authorization"}
        address = BLANK.sub(lambda blank: str(self.known[blank[1]]), example.address)
        said = json.dumps(self._filled(json.loads(example.body))) if example.body else ""
        answer = client.generic(example.method, address, said, content_type="application/json", headers=headers)
        here = f"{example.method} {address}: {answer.content.decode()[:400]}"
        assert answer.status_code == example.status, here
        assert {name: answer.headers.get(name) for name in example.told} == dict(example.told), here
        self._holds(example.answer, answer.json(), here)

    def _filled(self, said: Any) -> Any:
        if isinstance(said, dict):
            return {name: self._filled(value) for name, value in said.items()}
        if isinstance(said, list):
            return [self._filled(value) for value in said]
        blank = BLANK.fullmatch(said) if isinstance(said, str) else None
        return self.known[blank[1]] if blank else said

    def _holds(self, printed: Any, came: Any, here: str) -> None:
        """What is printed is in what came; a blank keeps what stands there, or must be what was kept."""
        if isinstance(printed, dict):
            for name, value in printed.items():
                assert name in came, f"{name} is not in {here}"
                self._holds(value, came[name], here)
        elif isinstance(printed, list) and printed:
            for one, other in zip(printed, came, strict=False):
                self._holds(one, other, here)
            assert len(came) >= len(printed), here
        elif isinstance(printed, str) and (blank := BLANK.fullmatch(printed)):
            assert self.known.setdefault(blank[1], came) == came, here
        else:
            assert printed == came, here


@pytest.fixture
def reader(shop: Shop, signed_in: Callable[[str], Client], program: Callable[[str], Program]) -> Reader:
    """Two jobs stand there already, and the pictures have been sent."""
    _ = shop.price_list, shop.labour, shop.symptom
    shop.certified("chen")
    for _number in range(2):
        shop.a_registered_order()
    lin = program("lin")
    known = {f"photo{number}": lin.photo(number) for number in range(1, 5)} | {"signature": lin.signature()}
    return Reader({name: signed_in(name) for name in ("lin", "bo", "chen", "cai")}, known)


def test_every_example_is_true(reader: Reader) -> None:
    told = list(examples(PAGE.read_text(encoding="utf-8")))
    assert len(told) >= 15
    for example in told:
        reader.try_out(example)


def test_an_example_that_is_not_true_is_noticed(reader: Reader) -> None:
    page = PAGE.read_text(encoding="utf-8")
    first, second, *_others = examples(page)
    (lie,) = examples(page[: page.index("Without a key")].replace('"next": null', '"next": "more"'))
    reader.try_out(first)
    with pytest.raises(AssertionError):
        reader.try_out(lie)
    with pytest.raises(AssertionError):
        reader.try_out(Example(**{**vars(second), "status": 200}))


def test_the_codes_of_the_page_are_those_of_the_house(program: Callable[[str], Program]) -> None:
    known = {each["code"]: each["status"] for each in program("lin").get("/problems").json()}  # type: ignore[attr-defined]
    table = re.findall(r"^\| (\d{3}) \| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(table) >= 10
    assert {code: int(status) in known.get(code, ()) for status, code in table} == {
        code: True for _status, code in table
    }
