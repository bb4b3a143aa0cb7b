"""What a program is told when something is not done: application/problem+json, with the code and the field to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from guiju.api.wording import sentence_for
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_

MEDIA_TYPE = "application/problem+json"
# Where each code is explained, on this very server.
EXPLAINED = "/api/v1/problems/"
# As many wrong fields as anybody mends at once.
MOST = 20
# Every operation may answer with these, and says so in the OpenAPI document.
STATUSES = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 503)


class FieldError(Schema):
    """What is wrong with one field, such as offers.0.quantity."""

    field: str
    message: str


class Problem(Schema):
    """Why it was not done.

    type     where the code is explained
    code     stays the same whatever the language; `detail` is for a person, in the person's language
    field    the first of `errors`, if any
    allowed  the states that the row may go to from where it stands; the filters that a list has
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    errors: list[FieldError] = []
    allowed: list[str] = []


class Unknown(Refusal):
    """There is no such row, or not for whoever asks: the two must not be told apart."""

    sentence = N_("This cannot be found.")
    status = 404


class NoProof(Refusal):
    """A browser's session came without the token that shows that the page is ours."""

    sentence = N_("The page is too old. Load it again.")
    status = 403


PROBLEMS: Mapping[int, type[Problem]] = dict.fromkeys(STATUSES, Problem)


def _share_answers() -> None:
    """Let ninja make one model a kind of answer, and not one for every status of every verb.

    Of two and a half thousand two hundred differ; the others took two of the three seconds in which a server starts.
    """
    made = cache(partial(Operation._create_response_model, None))  # type: ignore[arg-type]  # noqa: SLF001
    Operation._create_response_model = lambda _operation, kind: made(kind)  # type: ignore[assignment,method-assign]  # noqa: SLF001


_share_answers()


def listen(api: NinjaAPI) -> None:
    """Answer whatever goes wrong as a problem."""
    api.add_exception_handler(Refusal, refused)
    api.add_exception_handler(ValidationError, _not_understood)
    api.add_exception_handler(HttpError, _broken)
    api.add_exception_handler(Http404, _nowhere)


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    field: str | None = None,
    errors: Sequence[tuple[str, str]] = (),
    allowed: Any = (),
) -> HttpResponse:
    """The answer itself.

    errors   every field that is wrong, and why; unless told otherwise the one field, and the detail
    """
    wrong = errors or ([(field, detail)] if field else [])
    said = Problem(
        type=f"{EXPLAINED}{code}", title=HTTPStatus(status).phrase, status=status, detail=detail, code=code,
        field=field, errors=[FieldError(field=name, message=why) for name, why in wrong], allowed=list(allowed),
    )  # fmt: skip
    return JsonResponse(said.model_dump(), status=status, content_type=MEDIA_TYPE)


def refused(_request: HttpRequest, refusal: Any) -> HttpResponse:
    """What the house refuses, in its own words."""
    allowed = getattr(refusal, "allowed", ())
    answer = problem(refusal.status, refusal.code, str(refusal), field=refusal.field, allowed=allowed)
    if seconds := getattr(refusal, "retry_after_s", None):
        answer["Retry-After"] = str(seconds)
    return answer


def _not_understood(_request: HttpRequest, error: Any) -> HttpResponse:
    wrong = [
        (_field_of(each["loc"]), str(sentence_for(each["type"], each.get("ctx", {})))) for each in error.errors[:MOST]
    ]
    field, sentence = wrong[0]
    errors = [each for each in wrong if each[0]]
    return problem(422, "invalid", f"{field}: {sentence}" if field else sentence, field=field or None, errors=errors)


def _field_of(place: Sequence[str | int]) -> str:
    """Where it stands in what was sent, such as offers.0.quantity: without the part of the request, and what we call a body."""
    inside = place[2:] if place[:2] == ("body", "data") else place[1:]
    return ".".join(str(each) for each in inside if each != "[key]")


def _broken(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, "unreadable", gettext("This request cannot be read as JSON."))


def _nowhere(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(404, "unknown", str(Unknown()))
