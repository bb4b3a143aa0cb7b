"""The API itself: who comes in, and how it describes itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.utils import check_csrf

from guiju.api.problems import MEDIA_TYPE, NoProof, listen

BEARER = "Bearer "


def by_key_or_session(request: HttpRequest) -> Any:
    """Whoever the middleware knows; a browser's session must also show that our own page sent the request.

    A key comes in a header that no foreign page can make a browser send, so it needs no such proof.
    """
    if not request.headers.get("Authorization", "").startswith(BEARER) and check_csrf(request) is not None:
        raise NoProof
    return request.actor  # type: ignore[attr-defined]


class Api(NinjaAPI):
    """The house's API; what is refused is described by its own media type."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """Describe refusals as the problems that they are."""
        schema = super().get_openapi_schema(**given)
        for address in schema["paths"].values():
            for operation in address.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
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
)
listen(api)
