"""How a verb of the house becomes an address: a table row gives the action, its target, what it is told and what it answers."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from ninja import Body, Router, Schema

from guiju.api.fields import Input, Look, Nothing
from guiju.api.problems import PROBLEMS
from guiju.kernel import once
from guiju.kernel.refusing import NotAllowed

KEY_HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotent-Replayed"


class Output(Schema):
    """The body of an answer, made of what the action gave back or of what it was done to."""

    @classmethod
    def of(cls, result: Any, target: Any = None) -> Output:
        """The answer; each says for itself how."""
        raise NotImplementedError


class Mirror(Output):
    """An answer whose fields are the row's own, or are reached from it by a path of names: `unit.code`."""

    paths: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> Self:
        """The row as it is now."""
        return cls(**{name: _reached(result, cls.paths.get(name, name)) for name in cls.model_fields})


def _reached(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = getattr(row, name) if row is not None else None
    return row


class Done(Output):
    """It is done, and there is nothing to show for it."""

    done: bool = True

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> Done:
        """True whenever it was not refused; an action that answers yes or no is quoted."""
        return cls(done=result if isinstance(result, bool) else True)


@dataclass(frozen=True, slots=True)
class Target:
    """What a verb is done to: which part of the address names it, and as what kind of argument it is looked for."""

    name: str
    kind: Any
    look: Look


@dataclass(frozen=True, slots=True)
class Verb:
    """One address that does one thing.

    on       what it is done to; None where the action makes something new
    """

    path: str
    action: Callable[..., Any]
    says: type[Input]
    answer: type[Output]
    on: Target | None = None
    # The row of the rights table, where it is not called like the action; None where the action alone can tell which.
    right: str | None = ""

    @property
    def what(self) -> str:
        """The verb as the house calls it: intake.receive."""
        context = self.action.__module__.partition(".actions")[0].rpartition(".")[2]
        return f"{context}.{self.action.__name__}"


def speak(router: Router, verbs: Sequence[Verb]) -> None:
    """Give every verb of the table its address."""
    for verb in verbs:
        router.post(
            verb.path,
            response={200: verb.answer, **PROBLEMS},
            operation_id=verb.what,
            summary=_summary(verb),
            openapi_extra={"parameters": [KEY_PARAMETER]},
        )(_operation(verb))


KEY_PARAMETER = {
    "name": KEY_HEADER, "in": "header", "required": False, "schema": {"type": "string", "maxLength": 200},
    "description": "The same request with the same key happens once and is answered the same.",
}  # fmt: skip


def _operation(verb: Verb) -> Callable[..., Any]:
    def operate(request: HttpRequest, **given: Any) -> Any:
        data: Input = given.pop("data")
        return perform(request, verb, data, next(iter(given.values()), None))

    parameters = [_parameter("request", HttpRequest)]
    if verb.on is not None:
        parameters.append(_parameter(verb.on.name, verb.on.kind))
    # A verb that needs nothing said may come without a body.
    empty = Body(Nothing()) if verb.says is Nothing else inspect.Parameter.empty  # type: ignore[type-arg]
    parameters.append(_parameter("data", verb.says, empty))
    operate.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    operate.__name__ = operate.__qualname__ = verb.what.replace(".", "_")
    operate.__doc__ = inspect.getdoc(verb.action)
    return operate


def _parameter(name: str, kind: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=kind, default=default)


def _summary(verb: Verb) -> str:
    return (inspect.getdoc(verb.action) or verb.what).partition("\n")[0]


def perform(request: Any, verb: Verb, data: Input, key: Any) -> Any:
    """Do it once for the request's key, and answer with what became of it."""

    def act() -> Any:
        # Before anything is looked for: whoever may not do it at all hears that, and not what else is amiss.
        if (right := verb.what if verb.right == "" else verb.right) and not request.actor.may(right):
            raise NotAllowed
        target = [verb.on.look(key, request.actor)] if verb.on is not None else []
        result = verb.action(*target, **data.resolved(request.actor), by=request.actor, at=now())
        return verb.answer.of(result, *target).model_dump(mode="json")

    return kept_once(request, act, body=request.body)


def kept_once(request: Any, act: Callable[[], Any], *, body: bytes) -> JsonResponse:
    """The first answer, also when the same request comes again; the address is part of what was asked."""
    # The column holds eighty letters, and an address with a long number may have more.
    what = hashlib.sha256(request.path.encode()).hexdigest()
    key = request.headers.get(KEY_HEADER)
    answered = once.answered(key, by=request.actor, what=what, body=body, do=act, waits=False)
    # What was kept is sent as it was kept: a newer program that answers otherwise must not change an old answer.
    answer = JsonResponse(answered.told, json_dumps_params={"ensure_ascii": False})
    if answered.is_replayed:
        answer[REPLAYED_HEADER] = "true"
    return answer
