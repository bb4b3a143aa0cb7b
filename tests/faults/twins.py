"""Our settings, and what GUIJU_FAULTS_TWIN names taken away: the twins that the campaigns of kills and of power cuts must find out."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from guiju.conf.settings import *  # noqa: F403  # they are our settings
from guiju.conf.settings import MIDDLEWARE as OURS

Answering = Callable[[HttpRequest], HttpResponse]


def without_key(answer: Answering) -> Answering:
    """The key of the request is not looked at: who asks again does it again."""

    def forgetful(request: HttpRequest) -> HttpResponse:
        request.META.pop("HTTP_IDEMPOTENCY_KEY", None)
        return answer(request)

    return forgetful


def answers_first(answer: Answering) -> Answering:
    """Whoever asks is told that it is done, and then it is done."""

    def hasty(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return answer(request)
        _ = request.body  # read now: the connection will be gone
        threading.Timer(0.2, answer, [request]).start()
        return JsonResponse({})

    return hasty


MIDDLEWARE = [*([f"tests.faults.twins.{twin}"] if (twin := os.environ.get("GUIJU_FAULTS_TWIN")) else []), *OURS]
