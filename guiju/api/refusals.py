"""Every code that a program may be told, in one list: what it means and with which status it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from guiju.api.fields import Name
from guiju.api.middleware import FAILED, OTHERWISE
from guiju.api.problems import PROBLEMS, Unknown
from guiju.kernel.refusing import Refusal, code_of
from guiju.kernel.words import N_, Sentence

# Those that are no refusal of the house: they are told before a verb is heard.
AT_THE_DOOR: Mapping[str, tuple[int, str]] = {
    "unreadable": (400, N_("This request cannot be read as JSON.")),
    "invalid": (422, N_("One field or several are not as they must be; `errors` names each.")),
    **{code: (status, sentence) for status, (code, sentence) in OTHERWISE.items() if code != "unreadable"},
    FAILED[0]: (500, FAILED[1]),
}


class ProblemCode(Schema):
    """A code, where it comes from, and what a person reads with it; blanks like %(number)s are filled when it is told."""

    code: str
    status: list[int]
    contexts: list[str]
    sentence: str
    type: str


def _all(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        yield each
        yield from _all(each)


def known() -> dict[str, dict[str, Any]]:
    """Every code by its name; a name that several contexts use means the same in each."""
    codes: dict[str, dict[str, Any]] = {}
    for code, (status, sentence) in AT_THE_DOOR.items():
        codes[code] = _entry(code, status, "api", sentence)
    for refusal in _all():
        if not refusal.__module__.startswith("guiju."):
            continue
        code, context = code_of(refusal), _context(refusal.__module__)
        entry = codes.setdefault(code, _entry(code, refusal.status, context, refusal.sentence))
        entry["status"] = sorted({*entry["status"], refusal.status})
        entry["contexts"] = sorted({*entry["contexts"], context})
    return dict(sorted(codes.items()))


def _entry(code: str, status: int, context: str, sentence: str) -> dict[str, Any]:
    return {
        "code": code, "status": [status], "contexts": [context], "sentence": str(Sentence(sentence)),
        "type": f"/api/v1/problems/{code}",
    }  # fmt: skip


def _context(module: str) -> str:
    """guiju.line.dispatch.actions is dispatch; the kernel and the API are themselves."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 and parts[1] not in {"kernel", "api", "conf"} else parts[1]


router = Router(tags=["problems"])


@router.get("/problems", response={200: list[ProblemCode], **PROBLEMS}, operation_id="problems.codes")
def codes(request: HttpRequest) -> Any:
    """Every code by which something may be refused."""
    return list(known().values())


@router.get("/problems/{code}", response={200: ProblemCode, **PROBLEMS}, operation_id="problems.code")
def one(request: HttpRequest, code: Name) -> Any:
    """What one code means; the `type` of a problem leads here."""
    found = known().get(code)
    if found is None:
        raise Unknown
    return found
