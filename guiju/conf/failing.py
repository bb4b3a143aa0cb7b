"""What is answered when nobody caught an error: the middleware asks the database too, before any verb is heard."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error

from guiju.api.problems import refused
from guiju.api.transport import refusal_of

API = "/api/"


def failed(request: HttpRequest) -> HttpResponse:
    """A database that is busy or away is worth another try, and says when; everything else is a fault of ours.

    The page asks the database nothing. Django calls this while it handles the error, and logs it.
    source   F02, F04
    """
    refusal = refusal_of(sys.exc_info()[1])
    if refusal is None:
        return server_error(request)
    if request.path.startswith(API):
        return refused(request, refusal)
    page = HttpResponse(loader.get_template("500.html").render(), status=refusal.status)
    if seconds := getattr(refusal, "retry_after_s", None):
        page["Retry-After"] = str(seconds)
    return page
