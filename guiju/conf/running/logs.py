"""How the log is written: a line of JSON each, or a line for a person's eyes; in either without anybody's data.

What a library puts into a message we cannot foresee: PostgreSQL quotes the row that broke a constraint, Django the address that was not
found. So of an error the kind and the places in the code are written and not its text, and of a request the name of its route.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guiju.conf.running import watching

# Loggers that put a request's address, or a person's name, into their messages.
QUOTING = ("django.request", "django.security", "django.server", "axes")
# The names of constraints are ours and say which rule it was.
CONSTRAINT = re.compile(r"constraint (?:failed: )?\"?([a-z0-9_]+)\"?")
FRAMES_MAX, CAUSES_MAX = 12, 4
TOO_OFTEN = 429


class Discreet(logging.Filter):
    """Takes out of a record what may be somebody's, before any form of it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, and let it pass; but whoever comes too often must not fill the disk, and is counted in the figures."""
        if getattr(record, "status_code", None) == TOO_OFTEN and record.name == "django.request":
            return False
        if record.name.startswith(QUOTING):
            route, status = _route(record), getattr(record, "status_code", "")
            record.msg, record.args = f"{record.name} {status} {route}".strip(), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.error = told(record.exc_info[1])
            record.exc_info = record.exc_text = None
        return True


def _route(record: logging.LogRecord) -> str:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return (match.view_name or match.route) if match is not None else ""


def told(error: BaseException) -> dict[str, Any]:
    """What may be said of an error: what it is and where it happened."""
    causes: list[dict[str, Any]] = []
    each: BaseException | None = error
    while each is not None and len(causes) < CAUSES_MAX:
        frames = [f"{Path(at.filename).name}:{at.lineno} {at.name}" for at in traceback.extract_tb(each.__traceback__)]
        said: dict[str, Any] = {
            "kind": f"{type(each).__module__}.{type(each).__qualname__}",
            "at": frames[-FRAMES_MAX:],
        }
        if found := CONSTRAINT.search(str(each)):
            said["constraint"] = found[1]
        causes.append(said)
        each = each.__cause__ or each.__context__
    return {**causes[0], "because": causes[1:]} if causes[1:] else causes[0]


def _text(record: logging.LogRecord) -> str:
    return record.getMessage()


class Json(logging.Formatter):
    """One object a line, for machines that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is written."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "says": _text(record),
        }
        if mark := watching.current.get():
            line["request"] = mark
        line |= getattr(record, "said", {})
        if error := getattr(record, "error", None):
            line["error"] = error
        return json.dumps(line, ensure_ascii=False, default=str)


class Line(logging.Formatter):
    """For a person's eyes."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is written."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(sep=" ", timespec="milliseconds")
        said = " ".join(f"{key}={value}" for key, value in getattr(record, "said", {}).items())
        line = f"{at} {record.levelname} {record.name} {_text(record)} {said}".rstrip()
        error = getattr(record, "error", None)
        return f"{line}\n  {json.dumps(error)}" if error else line


def settings_for(form: str) -> dict[str, Any]:
    """Django's LOGGING: `json`, or `line`, which leaves single requests out."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": Discreet}},
        "formatters": {"json": {"()": Json}, "line": {"()": Line}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["discreet"]}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "guiju": {"level": "INFO"},
            "guiju.access": {"level": "INFO" if form == "json" else "WARNING"},
            # Django would send errors by mail alone when DEBUG is off; here they are printed where the server runs.
            "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "axes": {"level": "WARNING"},
        },
    }
