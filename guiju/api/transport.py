"""What can go wrong beside a verb: the body is too large, is no JSON, or the database is busy, away or contradicts."""

from __future__ import annotations

import logging
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError
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

log = logging.getLogger(__name__)
# The database is busy, full, or away: whatever was begun is undone, and can be done again later.
AWAY = (OperationalError, InterfaceError, InternalError)
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


class Contradicted(Refusal):
    """A constraint that no verb foresaw has the last word: nothing was done, and the log says which one it was."""

    sentence = N_("This contradicts what is recorded already. Nothing was done.")


def refusal_of(error: BaseException | None) -> Refusal | None:
    """What an error of the database is to whoever asked; None for any other error."""
    if isinstance(error, AWAY):
        return Busy()
    return Contradicted() if isinstance(error, IntegrityError) else None


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
    for trouble in (*AWAY, IntegrityError):
        api.add_exception_handler(trouble, _database)
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


def _database(request: HttpRequest, error: Any) -> HttpResponse:
    refusal = refusal_of(error) or Busy()
    log.log(logging.ERROR if refusal.status == 409 else logging.WARNING, "The database refused.", exc_info=error)
    return refused(request, refusal)
