"""The description that programs read: OpenAPI 3.1, with refusals, keys and examples as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from ninja.openapi import schema as library
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import DefsRef

from guiju.api.problems import MEDIA_TYPE
from guiju.api.verbs import REPLAYED_HEADER

# What each status says of the request, whichever verb it was.
REFUSED: Mapping[str, str] = {
    "400": "The body cannot be read.",
    "401": "No valid key, and nobody is signed in.",
    "403": "The person behind the key may not do this, or the key was not made for it.",
    "404": "There is no such row, or not for whoever asks.",
    "405": "The address does not answer to this method.",
    "409": "Not possible as things stand; `code` says why, `allowed` what is possible.",
    "413": "The body is too large.",
    "415": "The body is no application/json.",
    "422": "A field, a filter, a cursor or an idempotency key is wrong; `errors` names the fields.",
    "429": "Too many requests; Retry-After says when to come again.",
    "503": "The database is busy, nothing was done; Retry-After says when to come again.",
}
NAMES: Mapping[str, str] = {status: HTTPStatus(int(status)).phrase.replace(" ", "") for status in REFUSED}
# Those that cannot happen where nothing is sent.
OF_BODIES = frozenset({"400", "413", "415"})
WAITING = frozenset({"409", "429", "503"})

TAGS: Mapping[str, str] = {
    "workorder": "Orders: read, held, promised, who pays.",
    "intake": "The counter: registered, received, cancelled.",
    "registration": "Appliances that their owners register.",
    "dispatch": "The control room: who does which job.",
    "bench": "The bench's own records: labour by the clock and by hand, checklists.",
    "workshop": "The bench: diagnosis, quotes, promised dates for parts, repair.",
    "reports": "What stores tell of their days, weeks and months.",
    "storeroom": "What jobs ask the stores for.",
    "exchange": "Another unit or the money in the place of a repair.",
    "quality": "The final test.",
    "cashier": "Bills, payments, refunds, tills, and the hand-over.",
    "banking": "Takings between the drawer and the bank: bags, deposits, who is on duty at night; pouches and petty cash.",
    "receivables": "What customers on credit owe: collected, reminded of, written off.",
    "followup": "After the repair, and what nobody collects.",
    "customers": "Who the customers are.",
    "catalogue": "Machines, and the brand's lists.",
    "pricing": "Price lists.",
    "warranty": "What the brand promises.",
    "policy": "The figures of the house.",
    "people": "Units, staff, roles, logins and keys.",
    "academy": "Certificates.",
    "custody": "Stores that nobody opens alone.",
    "upkeep": "The stores themselves: inspections, climate, fire equipment, what lies apart.",
    "stock": "The stock book.",
    "supply": "Buying: requests, offers, orders, receipts, invoices.",
    "purchases": "What was ordered and what it costs.",
    "transfers": "Parts on the way between two stores.",
    "requisitions": "Parts for the house's own use, asked for, signed and handed out.",
    "counting": "Counts of the stores: blind, recounted, explained, approved.",
    "planning": "How much to keep.",
    "money": "The money book.",
    "notices": "Messages to customers.",
    "webhooks": "News to other people's programs.",
    "evidence": "Photographs and signatures.",
    "trail": "Who did what.",
    "news": "What reactions wait for.",
    "problems": "Every code by which something may be refused.",
}

# What a field of such a name looks like. A field whose name ends like one of these is like it.
EXAMPLES: Mapping[str, Any] = {
    "unit": "FS01", "parent": "HQ", "number": "WO-FS01-20261102-00001", "order": "WO-FS01-20261102-00001", "part": "COMP-1",
    "technician": "P-chen", "person": "P-chen", "reason": "The customer asked for it.", "name": "Liang Ming",
    "phone": "13912345678", "phones": ["13912345678"], "currency": "CNY", "line": "WASHER", "serial": "SN-1",
    "problem": "The drum does not spin.", "condition": "A scratch on the left side.", "shelf": "A-01", "code": "NO-SPIN",
    "fault": "BELT-WORN", "cause": "PRODUCT_DEFECT", "findings": "The belt is worn through.", "symptoms": ["NO-SPIN"],
    "work_done": "Compressor changed.", "task": "Changed the compressor.", "note": "Asked to be called first.",
    "amount_minor": 38000, "minutes": 45, "document": "DN-2026-0117", "receipt": "RC-FS01-20261102-00001",
    "names": {"en": "Washing machine", "zh-hans": "洗衣机", "zh-hant": "洗衣機"}, "version": "2026-1", "basis": "Exam of 2026-10-01",
}  # fmt: skip


class OurNames(NinjaGenerateJsonSchema):
    """Names a schema by its context as well: orders, quotes and price lists all have a `State`."""

    def get_defs_ref(self, core_mode_ref: Any) -> DefsRef:
        """The name by which the schema is kept; the library would let the later of two of the same name win."""
        reference = super().get_defs_ref(core_mode_ref)
        if found := re.match(r"guiju\.(?!api\.)(?:\w+\.)?(\w+)\.(?:[a-z]\w*\.)+([\w.]+):", core_mode_ref[0]):
            own = found[1].title().replace("_", "") + found[2].replace(".", "")
            self._prioritized_defsref_choices[reference].insert(0, DefsRef(own))
        return reference


# The library has no door for this; `test_no_two_schemas_share_a_name` sees when it gets one.
setattr(library, "NinjaGenerateJsonSchema", OurNames)  # noqa: B010  # not exported, and so not known to the types


def complete(schema: dict[str, Any]) -> None:
    """Say what the library leaves out, in place."""
    used = []
    schema["components"]["responses"] = {name: _problem(status) for status, name in NAMES.items()}
    for operation in operations(schema):
        tag = operation["operationId"].partition(".")[0]
        operation["tags"] = [tag]
        used.append(tag)
        _tell_answers(operation)
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _never_null(parameter["schema"])
    schema["tags"] = [{"name": tag, "description": TAGS.get(tag, tag)} for tag in dict.fromkeys(used)]
    schema["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "A key that a person made for a program: gj_…"},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "A browser, with its CSRF token.",
        },
    }
    schema["security"] = [{"key": []}, {"session": []}]
    for part in schema["components"]["schemas"].values():
        _exemplify(part)


def operations(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation of the description."""
    for address in schema["paths"].values():
        yield from address.values()


def _problem(status: str) -> dict[str, Any]:
    """The refusals of one status, described once."""
    answer: dict[str, Any] = {
        "description": REFUSED[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in WAITING:
        answer["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    return answer


def _tell_answers(operation: dict[str, Any]) -> None:
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    told = {status: answer for status, answer in answers.items() if status not in REFUSED}
    for answer in told.values():
        _tell_success(operation, answer)
    for status, name in NAMES.items():
        if "requestBody" in operation or status not in OF_BODIES:
            told[status] = {"$ref": f"#/components/responses/{name}"}
    operation["responses"] = told


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter may be left out; nothing that is written in an address is null."""
    kinds = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    only: dict[str, Any] = kinds[0]
    return {name: value for name, value in schema.items() if name != "anyOf"} | only


def _tell_success(operation: dict[str, Any], answer: dict[str, Any]) -> None:
    answer["description"] = "Done." if "requestBody" in operation else "Found."
    names = {each["name"] for each in operation.get("parameters", ())}
    if "Idempotency-Key" in names:
        answer["headers"] = {
            REPLAYED_HEADER: {
                "description": "true when the key's first answer is sent again.",
                "schema": {"type": "string"},
            }
        }
    elif "cursor" in names:
        answer["headers"] = {"Link": {"description": 'The next page, rel="next".', "schema": {"type": "string"}}}


def _exemplify(part: dict[str, Any]) -> None:
    for name, field in part.get("properties", {}).items():
        example = EXAMPLES.get(name)
        if example is None or "examples" in field or "enum" in field or "$ref" in field:
            continue
        if fits(field, example):
            field["examples"] = [example]


def fits(field: Mapping[str, Any], example: Any) -> bool:
    """Whether the example is of the field's type and not too long for it."""
    kinds = {"string": str, "integer": int, "array": list, "object": dict}
    for kind in field.get("anyOf", [field]):
        wanted = kinds.get(kind.get("type", ""))
        if wanted is not None and isinstance(example, wanted):
            return not isinstance(example, str) or len(example) <= kind.get("maxLength", 10_000)
    return False
