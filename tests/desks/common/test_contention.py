"""A page and a program are told to come again when somebody else was at the same rows."""

from __future__ import annotations

import json

from django.test import RequestFactory

from guiju.api.problems import refused
from guiju.desks.common.middleware import PlaceMiddleware
from guiju.kernel.refusing import TryAgain


def test_a_page_says_it_and_when_to_come_again(rf: RequestFactory) -> None:
    request = rf.post("/till/")
    request.actor = request.unit = None  # type: ignore[attr-defined]
    page = PlaceMiddleware(lambda _request: None).process_exception(request, TryAgain())  # type: ignore[arg-type,return-value]
    assert page is not None
    assert (page.status_code, page["Retry-After"]) == (503, "1")
    assert "Please try again in a moment." in page.content.decode()


def test_a_program_is_told_as_a_problem(rf: RequestFactory) -> None:
    answer = refused(rf.post("/api/v1/orders"), TryAgain())
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert json.loads(answer.content)["code"] == "try_again"
