"""What a program hears when nobody understands it: a problem with a stable code, at the field, in the person's language."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from pydantic_core._pydantic_core import list_all_errors

from guiju.api.middleware import ProblemMiddleware
from guiju.api.wording import NOT_UNDERSTOOD, SENTENCES, sentence_for
from tests.api.conftest import ROOT, Program, is_problem
from tests.line.cast_line import Shop

As = Callable[..., Program]
FAR = "9999-12-31T23:59:59Z"


@pytest.mark.django_db
def test_an_address_that_is_none_is_a_problem(shop: Shop, program: As, client: Client) -> None:
    lin = program("lin")
    for address in ("/no-such-thing", "/orders/x/y/z", "/"):
        is_problem(lin.get(address), 404, "unknown")
    is_problem(client.get("/api/v9/orders"), 404, "unknown")
    assert lin.get("/openapi.json").status_code == 200
    # A person who mistypes an address of a desk still gets a page.
    assert lin.client.get("/no-such-desk/")["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_a_wrong_method_is_a_problem_that_names_the_right_one(shop: Shop, program: As) -> None:
    order, lin = shop.a_received_order(), program("lin")
    path = f"/orders/{order.number}/release-hold"
    wrong = lin.get(path)
    assert is_problem(wrong, 405, "wrong_method")["title"] == "Method Not Allowed"
    assert wrong["Allow"] == "POST"
    assert lin.client.delete(f"{ROOT}/orders/{order.number}").status_code == 405
    assert is_problem(lin.post(path), 409, "not_held")


@pytest.mark.django_db
def test_what_is_wrong_is_said_at_its_field_in_the_persons_language(shop: Shop, program: As) -> None:
    order, lin = shop.a_received_order(), program("lin")
    hold = f"/orders/{order.number}/hold"
    said = {
        "hold": (lin.post(hold, reason="x"), "This is missing."),
        "reason": (lin.post(hold, hold="DISPUTE", reason="x" * 5000), "Write at most 300 characters."),
        "until": (lin.post(hold, hold="DISPUTE", reason="x", until=1), "There is no such field."),
        "to": (
            lin.post(f"/orders/{order.number}/revise-promise", to=FAR, reason="x", cause="OTHER"),
            "This must not be later than 2200-01-01T00:00:00Z.",
        ),
        "file": (lin.post("/photos"), "This is missing."),
    }
    for field, (answer, sentence) in said.items():
        problem = is_problem(answer, 422, "invalid")
        assert (problem["field"], problem["detail"]) == (field, f"{field}: {sentence}")
    choice = is_problem(lin.post(hold, hold="NAP", reason="x"), 422, "invalid")["detail"]
    assert choice.startswith("hold: This must be one of: ")
    assert "CUSTOMER_REQUEST, " in choice
    assert lin.post(hold, hold="DISPUTE", reason="x" * 300).status_code == 200


def test_every_limit_stands_in_its_sentence() -> None:
    """All that the library can find wrong, with its own examples: whatever the kind, the sentence is ours and whole."""
    known = {each["type"]: each.get("example_context") or {} for each in list_all_errors()}
    assert set(SENTENCES) - {"unreadable"} <= set(known)
    for kind, limits in known.items():
        said = str(sentence_for(kind, limits))
        assert said.endswith(".")
        assert "%(" not in said, kind
    assert str(sentence_for("string_too_short", {"min_length": 3})) == "Write at least 3 characters."
    assert str(sentence_for("greater_than_equal", {"ge": 1})) == "This must not be less than 1."
    assert str(sentence_for("greater_than_equal", {"ge": "1900-01-01"})) == "This must not be earlier than 1900-01-01."
    assert str(sentence_for("date_from_datetime_parsing", {"error": "x"})).startswith("This must be a day")
    assert str(sentence_for("something_new", {})) == NOT_UNDERSTOOD


def test_a_failure_of_ours_is_a_problem_and_keeps_its_headers(rf: RequestFactory) -> None:
    failed = HttpResponse("<h1>Something went wrong</h1>", status=500, headers={"X-Kept": "yes"})
    with translation.override("en"):
        answer = ProblemMiddleware(lambda _: failed)(rf.get("/api/v1/orders"))
        assert is_problem(answer_of(answer), 500, "failed")["detail"].startswith("Something went wrong on our side.")
        assert answer["X-Kept"] == "yes"
        page = HttpResponse("<h1>Something went wrong</h1>", status=500)
        assert ProblemMiddleware(lambda _: page)(rf.get("/reception/")).content == b"<h1>Something went wrong</h1>"


def answer_of(answer: HttpResponse) -> HttpResponse:
    """As the test client would give it."""
    answer.json = lambda: json.loads(answer.content)  # type: ignore[attr-defined]
    return answer
