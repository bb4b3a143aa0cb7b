"""What a program is told when something is not done: application/problem+json, with the code and the field to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_

MEDIA_TYPE = "application/problem+json"
# Every operation may answer with these, and says so in the OpenAPI document.
STATUSES = (400, 401, 403, 404, 409, 422)


class Problem(Schema):
    """Why it was not done.

    code     stays the same whatever the language; `detail` is for a person, in the person's language
    allowed  the states that the row may go to from where it stands
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
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


def listen(api: NinjaAPI) -> None:
    """Answer whatever goes wrong as a problem."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _not_understood)
    api.add_exception_handler(HttpError, _broken)
    api.add_exception_handler(Http404, _nowhere)


def problem(status: int, code: str, detail: str, *, field: str | None = None, allowed: Any = ()) -> HttpResponse:
    """The answer itself."""
    said = Problem(
        type=f"urn:guiju:problem:{code}", title=HTTPStatus(status).phrase, status=status, detail=detail, code=code,
        field=field, allowed=list(allowed),
    )  # fmt: skip
    return JsonResponse(said.model_dump(), status=status, content_type=MEDIA_TYPE)


def _refused(_request: HttpRequest, refusal: Any) -> HttpResponse:
    allowed = getattr(refusal, "allowed", ())
    return problem(refusal.status, refusal.code, str(refusal), field=refusal.field, allowed=allowed)


def _not_understood(_request: HttpRequest, error: Any) -> HttpResponse:
    first = error.errors[0]
    # Where it stands in what was sent: without "body" and the parameter's own name.
    field = ".".join(str(each) for each in list(_path(first["loc"])))
    return problem(422, "invalid", f"{field}: {first['msg']}" if field else str(first["msg"]), field=field or None)


def _path(place: Any) -> Iterator[str]:
    yield from (str(each) for each in place if each not in {"body", "query", "path", "header", "form", "file", "data"})


def _broken(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, "unreadable", gettext("This request cannot be read as JSON."))


def _nowhere(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(404, "unknown", str(Unknown()))
