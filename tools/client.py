"""Write the typed Python client in clients/python from docs/openapi.json. A test says when it is old (decision 0012)."""

from __future__ import annotations

import json
import keyword
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tools.openapi import FILE as DESCRIPTION
from tools.openapi import ROOT

PACKAGE = ROOT / "clients/python/guiju_client"
MADE = '"""{title} Written by `python -m tools.client` from docs/openapi.json: do not edit."""\n'
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
PAGING = ("cursor",)
Schema = Mapping[str, Any]


@cache
def _named_enums() -> Mapping[tuple[str, ...], str]:
    """The name of each list of codes that has one."""
    named = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["components"]["schemas"]
    return {tuple(schema["enum"]): name for name, schema in sorted(named.items()) if "enum" in schema}


def type_of(schema: Schema, prefix: str = "") -> str:
    """The Python type of a value; `prefix` stands before the names of schemas."""
    return _named(schema, prefix) or _made_of_others(schema, prefix) or _plain(schema, prefix)


def _named(schema: Schema, prefix: str) -> str:
    if "$ref" in schema:
        return prefix + str(schema["$ref"]).rsplit("/", maxsplit=1)[-1]
    codes = tuple(schema.get("enum", ()))
    if codes and prefix and codes in _named_enums():
        return prefix + _named_enums()[codes]
    return f"Literal[{', '.join(map(repr, codes))}]" if codes else ""


def _made_of_others(schema: Schema, prefix: str) -> str:
    either = schema.get("anyOf") or schema.get("allOf") or ()
    return " | ".join(dict.fromkeys(type_of(each, prefix) for each in either))


def _plain(schema: Schema, prefix: str) -> str:
    kind = str(schema.get("type"))
    if kind == "array":
        return f"list[{type_of(schema.get('items', {}), prefix)}]"
    if kind == "object" or "properties" in schema:
        values = schema.get("additionalProperties")
        return f"dict[str, {type_of(values, prefix) if isinstance(values, Mapping) else 'Any'}]"
    return "bytes" if schema.get("format") == "binary" else PLAIN.get(kind, "Any")


def schemas(described: Schema) -> str:
    """Every schema as a type."""
    named = described["components"]["schemas"]
    lines = [MADE.format(title="What is said and what is answered."), "from __future__ import annotations\n"]
    lines += ["from typing import Any, Literal, NotRequired, TypeAlias, TypedDict\n"]
    for name, schema in sorted(named.items(), key=lambda item: ("properties" in item[1], item[0])):
        lines.append(_schema(name, schema))
    return "\n".join(lines)


def _schema(name: str, schema: Schema) -> str:
    if "properties" not in schema:
        return (
            f"{name}: TypeAlias = {type_of(schema)!r}\n"
            if "enum" not in schema
            else f"{name}: TypeAlias = {type_of(schema)}\n"
        )
    required = set(schema.get("required", ()))
    fields = {
        field: type_of(said) if field in required else f"NotRequired[{type_of(said)}]"
        for field, said in schema["properties"].items()
    }
    if all(field.isidentifier() and not keyword.iskeyword(field) for field in fields):
        body = "".join(f"    {field}: {kind}\n" for field, kind in fields.items())
        return f"class {name}(TypedDict):\n{_docstring(schema.get('description', name), 4)}{body}"
    body = "".join(f"    {field!r}: {kind!r},\n" for field, kind in fields.items())
    return f"{name} = TypedDict({name!r}, {{\n{body}}})\n"


def verbs(described: Schema) -> str:
    """Every operation as a method."""
    lines = [
        MADE.format(title="Every verb of the house."),
        "from __future__ import annotations\n",
        "from collections.abc import Iterator",
        "from typing import Any, Literal\n",
        "from guiju_client import schemas as s",
        "from guiju_client.transport import LEFT_OUT, LeftOut, Speaker, in_path\n\n",
        "class Guiju(Speaker):",
        '    """The whole API of an installation."""\n',
    ]
    operations = [
        (said["operationId"], method, path, said)
        for path, methods in described["paths"].items()
        for method, said in methods.items()
    ]
    for _name, method, path, said in sorted(operations, key=lambda each: each[0]):
        lines += _methods(method, path, said, described)
    return "\n".join(lines)


@dataclass(frozen=True)
class Field:
    """One thing that is said: where it stands (path, query, body), of what type, and whether it must be there."""

    name: str
    place: str
    kind: str
    is_needed: bool

    @property
    def argument(self) -> str:
        """Its name, as Python takes it."""
        name = self.name.replace("-", "_")
        return f"{name}_" if keyword.iskeyword(name) or name == "self" else name


def _methods(method: str, path: str, said: Schema, described: Schema) -> Iterator[str]:
    name = str(said["operationId"]).replace(".", "_").replace("-", "_")
    answer = type_of(_content(said["responses"]["200"]), "s.")
    row = _row_of(answer, described)
    fields = list(_fields(said, described))
    is_file = "multipart/form-data" in said.get("requestBody", {}).get("content", {})
    by = "_get" if method == "get" else "_send_file" if is_file else "_post"
    doc = _docstring(str(said.get("description") or said.get("summary") or name), 8)
    yield _head(name, fields, answer, is_write=method == "post") + doc + _body(path, by, fields, answer)
    if row:
        unpaged = [field for field in fields if field.name not in PAGING]
        rows = f"Iterator[{row}]"
        yield _head(f"every_{name}", unpaged, rows, is_write=False) + doc + _body(path, "_pages", unpaged, rows)


def _head(name: str, fields: Sequence[Field], answer: str, *, is_write: bool) -> str:
    placed = [f"{field.argument}: {field.kind}" for field in fields if field.place == "path"]
    told = sorted((field for field in fields if field.place != "path"), key=lambda field: not field.is_needed)
    asked = [
        f"{field.argument}: {field.kind}" if field.is_needed else f"{field.argument}: {field.kind} | LeftOut = LEFT_OUT"
        for field in told
    ]
    asked += ["idempotency_key: str | None = None"] if is_write else []
    arguments = ", ".join(["self", *placed, *(["*", *asked] if asked else [])])
    return f"    def {name}({arguments}) -> {answer}:\n"


def _body(path: str, by: str, fields: Sequence[Field], answer: str) -> str:
    address = path
    for field in fields:
        if field.place == "path":
            address = address.replace("{" + field.name + "}", "{in_path(" + field.argument + ")}")
    sent = ", ".join(f"{field.name!r}: {field.argument}" for field in fields if field.place != "path")
    more = "" if by in {"_get", "_pages"} else ", idempotency_key"
    # What the house answers is what it describes: its own tests hold it to that.
    return f'        answer: {answer} = self.{by}(f"{address}", {{{sent}}}{more})\n        return answer\n'


def _row_of(answer: str, described: Schema) -> str:
    """The type of a list's row; empty when the answer is no page of a list."""
    schema = described["components"]["schemas"].get(answer.removeprefix("s."), {})
    fields = schema.get("properties", {})
    return type_of(fields["items"]["items"], "s.") if set(fields) == {"items", "next"} else ""


def _content(said: Schema) -> Schema:
    contents: list[Schema] = list(said.get("content", {}).values())
    schema: Schema = contents[0]["schema"] if contents else {}
    return schema


def _fields(said: Schema, described: Schema) -> Iterator[Field]:
    for each in said.get("parameters", ()):
        if each["in"] in {"path", "query"}:
            yield Field(each["name"], each["in"], type_of(each["schema"], "s."), each.get("required", False))
    body = _content(said.get("requestBody", {}))
    if "$ref" in body:
        body = described["components"]["schemas"][_named(body, "")]
    for name, schema in body.get("properties", {}).items():
        yield Field(name, "body", type_of(schema, "s."), name in body.get("required", ()))


def _docstring(text: str, indent: int) -> str:
    first = textwrap.wrap(
        " ".join(text.split("\n\n", maxsplit=1)[0].split()).replace("\\", "\\\\").replace('"""', "'''"), 110 - indent
    )
    room = " " * indent
    body = f"\n{room}".join(first)
    if body.endswith('"'):
        body += " "
    return f'{room}"""{body}"""\n'


def written() -> dict[Path, str]:
    """The generated files, as they are to be."""
    described = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return {
        PACKAGE / "schemas.py": _tidy(schemas(described)),
        PACKAGE / "verbs.py": _tidy(verbs(described)),
    }


def _tidy(source: str) -> str:
    """As our formatter writes it."""
    command = [sys.executable, "-m", "ruff", "format", "--line-length", "120", "-"]
    return subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout


def main() -> int:
    """Write the files."""
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {len(text.splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
