"""What is said to whoever is not taken in, or comes too often. Made once a language and kept: saying no must cost nothing."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, parse_cookie
from django.template import loader
from django.utils import translation

from guiju.api.problems import MEDIA_TYPE, problem
from guiju.kernel.words import N_, Sentence

API = "/api/"
# A queue of the length that we allow is answered in about so many seconds.
AGAIN_SECONDS = 3


class Why(Enum):
    """Why a request was not taken in: its status, and the sentence."""

    FULL = 503, N_("Too many people ask at this moment. Nothing was done; try again in a few seconds.")
    SLOW = 408, N_("The line was too slow, and we stopped waiting. Nothing was done; try again.")
    UNMEASURED = 411, N_("Say how long the body is (Content-Length).")
    LARGE = 413, N_("More was sent than is read at once.")

    @property
    def status(self) -> int:
        """The status of HTTP."""
        return self.value[0]

    @property
    def sentence(self) -> str:
        """What is the matter, untranslated."""
        return self.value[1]


Headers = list[tuple[str, str]]


def answer(why: Why, path: str, header: Callable[[str], str | None]) -> tuple[Headers, bytes]:
    """The headers and the body, in the language that the browser asks for."""
    content_type, body = _made(why, _language(header), is_api=path.startswith(API))
    headers = [("content-type", content_type), ("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
    if why is Why.FULL:
        return [*headers, ("retry-after", str(AGAIN_SECONDS))], body
    # The rest of what was being sent is not waited for.
    return [*headers, ("connection", "close")], body


def _language(header: Callable[[str], str | None]) -> str:
    asked = SimpleNamespace(
        COOKIES=parse_cookie(header("cookie") or ""),
        META={"HTTP_ACCEPT_LANGUAGE": header("accept-language") or ""},
        path_info="/",
    )
    return translation.get_language_from_request(cast("HttpRequest", asked))


@lru_cache(maxsize=len(Why) * 2 * 3)
def _made(why: Why, language: str, *, is_api: bool) -> tuple[str, bytes]:
    with translation.override(language):
        if is_api:
            return MEDIA_TYPE, problem(why.status, why.name.lower(), str(Sentence(why.sentence))).content
        known: dict[str, Any] = {"sentence": Sentence(why.sentence), "language": language}
        known |= {"LANGUAGE_CODE": language, "languages": settings.LANGUAGES}
        return "text/html; charset=utf-8", loader.get_template("turned_away.html").render(known).encode()
