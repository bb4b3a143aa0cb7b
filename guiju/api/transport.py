"""What can go wrong before a verb is heard: the body is too large, is no JSON, or the database is busy."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.parser import Parser

from guiju.api.problems import problem, refused
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_

JSON_TYPES = frozenset({"application/json", ""})


class NotJson(Refusal):
    """What was sent calls itself something else than JSON."""

    sentence = N_("Send the body as application/json.")
    status = 415


class TooLarge(Refusal):
    """The body is longer than we read."""

    sentence = N_("This request is too large.")
    status = 413


class Busy(Refusal):
    """The database did not answer in time; nothing was done."""

    sentence = N_("This is busy at the moment. Nothing was done; try again shortly.")
    status = 503
    # The database gives up a lock after some seconds; whoever held it is done soon after.
    retry_after_s = 2


class StrictParser(Parser):
    """Reads JSON and nothing that only looks like it."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body.

        raises   NotJson, and ValueError for what is none: ninja makes an HttpError of both
        """
        if request.content_type not in JSON_TYPES:
            raise NotJson
        return super().parse_body(request)


def listen(api: NinjaAPI) -> None:
    """Answer these as problems, too."""
    api.add_exception_handler(HttpError, _broken)
    api.add_exception_handler(OperationalError, _busy)
    for each in (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        api.add_exception_handler(each, _too_large)
    for unreadable in (MultiPartParserError, UnreadablePostError, RawPostDataException):
        api.add_exception_handler(unreadable, _broken)


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, Refusal):
        return refused(request, cause)
    status = cast("int", getattr(error, "status_code", 400))
    return problem(status, "unreadable", gettext("This request cannot be read as JSON."))


def _too_large(request: HttpRequest, _error: Any) -> HttpResponse:
    return refused(request, TooLarge())


def _busy(request: HttpRequest, _error: Any) -> HttpResponse:
    return refused(request, Busy())
