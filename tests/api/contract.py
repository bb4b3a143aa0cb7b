"""Ask the API what its own description promises: requests made up by Schemathesis, on real rows, each taken back at once."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS as EVERY_CHECK
from schemathesis.checks import CheckFunction, load_all_checks

load_all_checks()
CHECKS: list[CheckFunction] = EVERY_CHECK.get_by_names([
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance",
])  # fmt: skip
# How often a field that names a row names one that is there: deep enough to be done, wrong often enough to be refused.
KNOWN_SHARE = 0.8
# How often a request breaks the description on purpose.
BROKEN_SHARE = 0.25
FAILURES_KEPT = 200


@dataclass
class Findings:
    """What was asked and what came back."""

    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    done: set[str] = field(default_factory=set)
    failures: dict[str, str] = field(default_factory=dict)

    def summary(self) -> dict[str, Any]:
        """For the evidence."""
        return {
            "cases": self.cases,
            "answers": {str(status): number for status, number in sorted(self.statuses.items())},
            "operations_that_succeeded_at_least_once": len(self.done),
            "failures": self.failures,
        }


@dataclass
class Campaign:
    """Who asks, about which rows, and how often.

    described   the description that must hold
    keys        by the name of whoever made them: Authorization headers
    powerful    by operation: those of `keys` whose person may do it
    paths       by the first word of an address: what may stand in its braces
    fields      by the name of a field: what names a row that is there
    """

    described: dict[str, Any]
    keys: Mapping[str, str]
    powerful: Mapping[str, Sequence[str]]
    paths: Mapping[str, Sequence[Any]]
    fields: Mapping[str, Sequence[Any]]
    findings: Findings = field(default_factory=Findings)

    def run(self, cases: int, *, begin: int = 1) -> Findings:
        """Spread so many cases evenly over the operations; the same number begins the same run again."""
        schema = schemathesis.openapi.from_dict(self.described)
        schema.app = get_wsgi_application()
        operations = [result.ok() for result in schema.get_all_operations()]
        share, rest = divmod(cases, len(operations))
        for number, operation in enumerate(operations):
            mine = share + (number < rest)
            broken = round(mine * BROKEN_SHARE)
            self._ask(operation, mine - broken, GenerationMode.POSITIVE, begin + number)
            self._ask(operation, broken, GenerationMode.NEGATIVE, begin + number)
        return self.findings

    def _ask(self, operation: Any, cases: int, mode: GenerationMode, begin: int) -> None:
        if cases == 0:
            return
        chance = random.Random(f"{begin} {mode.value}")

        @seed(begin)
        @settings(
            max_examples=cases, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            if mode is GenerationMode.POSITIVE:
                self._ground(case, chance)
            self._send(case, chance)

        try:
            ask()
        except schemathesis.errors.InvalidSchema:
            raise
        except Exception as hindrance:
            # What cannot be broken (a path without parameters and without a body) has no broken request.
            if mode is GenerationMode.POSITIVE or "Unsatisfiable" not in type(hindrance).__name__:
                raise

    def _ground(self, case: Any, chance: random.Random) -> None:
        """Put rows that are there into the place of made-up ones."""
        word = case.operation.path.removeprefix("/api/v1/").partition("/")[0]
        for name in case.path_parameters or {}:
            if (known := self.paths.get(word)) and chance.random() < KNOWN_SHARE:
                case.path_parameters[name] = chance.choice(list(known))
        for part in (case.body, case.query):
            if isinstance(part, dict):
                self._ground_fields(part, chance)

    def _ground_fields(self, part: dict[str, Any], chance: random.Random) -> None:
        for name, value in part.items():
            if isinstance(value, dict):
                self._ground_fields(value, chance)
            elif (known := self.fields.get(name)) and value is not None and chance.random() < KNOWN_SHARE:
                part[name] = list(known) if isinstance(value, list) else chance.choice(list(known))

    def _send(self, case: Any, chance: random.Random) -> None:
        name = case.operation.definition.raw["operationId"]
        who = chance.choice([*self.powerful.get(name, self.keys), *self.powerful.get(name, ()), "narrow"])
        self.findings.cases += 1
        with _kept_open(), transaction.atomic():
            response = case.call(headers={"Authorization": self.keys[who]})
            transaction.set_rollback(True)
        self.findings.statuses[response.status_code] += 1
        if response.status_code < 300:
            self.findings.done.add(name)
        try:
            case.validate_response(response, checks=CHECKS)
        except schemathesis.errors.FailureGroup as group:
            self._note(name, case, response, group.exceptions)

    def _note(self, name: str, case: Any, response: Any, failures: Sequence[Exception]) -> None:
        for failure in failures:
            key = f"{name} {response.status_code} {type(failure).__name__}"
            if key not in self.findings.failures and len(self.findings.failures) < FAILURES_KEPT:
                said = json.dumps({"path": case.path_parameters, "query": case.query, "body": case.body}, default=str)
                self.findings.failures[key] = f"{failure} ← {said[:600]} → {response.text[:600]}"


@contextmanager
def _kept_open() -> Iterator[None]:
    """Let a request leave the connection open: it is asked inside a transaction of ours, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def operation_ids(described: Mapping[str, Any]) -> Iterator[str]:
    """The names of all operations."""
    for address in described["paths"].values():
        for operation in address.values():
            yield operation["operationId"]
