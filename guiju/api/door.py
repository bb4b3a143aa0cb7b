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


class _Described(OpenAPISchema):
    """The description, which looks at each kind of answer once: five thousand answers are of three hundred kinds."""

    def _create_schema_from_model(self, *about: Any, **more: Any) -> tuple[dict[str, Any], bool]:
        seen = vars(self).setdefault("_seen", {})
        kind = (about, *sorted(more.items()))
        if kind not in seen:
            made = super()._create_schema_from_model(*about, **more)
            seen[kind] = made, vars(self).pop("_named", {})
        (schema, is_required), named = seen[kind]
        # Of two with one name, the later one is described.
        self.add_schema_definitions(named)
        return schema, is_required

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """What its parts are called."""
        super().add_schema_definitions(definitions)
        self._named = definitions


class Api(NinjaAPI):
    """The house's API; what it says of itself is whole."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """Describe refusals as the problems that they are, and everything by examples."""
        schema = _Described(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)
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
