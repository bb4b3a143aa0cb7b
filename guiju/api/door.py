"""The API itself: who comes in, and how it describes itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.utils import check_csrf

from guiju.api import transport
from guiju.api.describing import complete
from guiju.api.problems import NoProof, listen
from guiju.api.transport import StrictParser

BEARER = "Bearer "


def by_key_or_session(request: HttpRequest) -> Any:
    """Whoever the middleware knows; a browser's session must also show that our own page sent the request.

    A key comes in a header that no foreign page can make a browser send, so it needs no such proof.
    """
    if not request.headers.get("Authorization", "").startswith(BEARER) and check_csrf(request) is not None:
        raise NoProof
    return request.actor  # type: ignore[attr-defined]


class Api(NinjaAPI):
    """The house's API; what it says of itself is whole."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """Describe refusals as the problems that they are, and everything by examples."""
        schema = super().get_openapi_schema(**given)
        complete(schema)
        return schema


api = Api(
    title="Guiju",
    version="1",
    description=(
        "Every verb of the line. A program sends `Authorization: Bearer <key>`; a browser's session needs its CSRF token. "
        "A key opens the verbs that it was made for: to find rows it needs the `….see` verbs as well. "
        "Sums are in minor units, times are ISO 8601 with their offset."
    ),
    auth=by_key_or_session,
    urls_namespace="api",
    parser=StrictParser(),
    servers=[{"url": "/", "description": "This installation."}],
)
listen(api)
transport.listen(api)
