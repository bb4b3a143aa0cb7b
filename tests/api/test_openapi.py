"""The description is OpenAPI 3.1, tells every answer, and is the one that lies in docs/."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from guiju.api.describing import EXAMPLES, OF_BODIES, REFUSED, fits
from guiju.conf.rights import RIGHTS
from tools.openapi import FILE, as_text, described


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return described()


def operations(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for address in told["paths"].values():
        yield from address.items()


def references(node: Any) -> Iterator[str]:
    """Every place that the description points to."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for each in node.values():
            yield from references(each)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)


def test_the_file_in_docs_is_what_the_api_says(told: dict[str, Any]) -> None:
    assert FILE.read_text(encoding="utf-8") == as_text(told), "python -m tools.openapi writes it"


def test_it_is_openapi_3_1_and_every_schema_in_it_is_one(told: dict[str, Any]) -> None:
    assert told["openapi"].startswith("3.1")
    assert {"info", "paths", "components", "servers", "security", "tags"} <= set(told)
    for name, schema in told["components"]["schemas"].items():
        whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        assert jsonschema_rs.meta.is_valid(whole), name


def test_everything_that_it_points_to_is_there(told: dict[str, Any]) -> None:
    pointed = set(references(told))
    assert len(pointed) > 100
    for place in pointed:
        node = told
        for part in place.removeprefix("#/").split("/"):
            assert part in node, place
            node = node[part]


def test_every_operation_tells_every_answer_that_it_can_give(told: dict[str, Any]) -> None:
    for _method, operation in operations(told):
        answers = set(operation["responses"])
        expected = set(REFUSED) if "requestBody" in operation else set(REFUSED) - OF_BODIES
        assert expected <= answers, operation["operationId"]
        assert answers & {"200", "201", "204"}, operation["operationId"]
    assert {"type": "http", "scheme": "bearer"}.items() <= told["components"]["securitySchemes"]["key"].items()
    assert {"key": []} in told["security"]


def test_an_operation_is_named_and_filed_by_its_context(told: dict[str, Any]) -> None:
    names = [operation["operationId"] for _method, operation in operations(told)]
    assert len(names) == len(set(names))
    explained = {each["name"] for each in told["tags"]}
    for _method, operation in operations(told):
        assert operation["tags"] == [operation["operationId"].partition(".")[0]]
        assert set(operation["tags"]) <= explained
        assert operation["summary"], operation["operationId"]
    assert {"intake.receive", "workshop.approve_quote"} <= set(names) & set(RIGHTS)


def test_every_example_is_one(told: dict[str, Any]) -> None:
    shown = 0
    for schema in told["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            for example in field.get("examples", ()):
                assert fits(field, example), name
                shown += 1
    assert shown > 100
    assert all(json.dumps(each) for each in EXAMPLES.values())
