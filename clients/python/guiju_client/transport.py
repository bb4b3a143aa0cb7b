"""How a program speaks with Guiju: one connection, its key, one try that counts, and refusals as exceptions."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, Final, Protocol
from urllib.parse import quote, urlencode, urlsplit

TRIES: Final = 4
WAIT_FIRST_S: Final = 0.5
WAIT_LONGEST_S: Final = 30.0
# Somebody else was quicker, or too much is going on: the same request may be sent again, and is done once.
AGAIN: Final = frozenset({429, 503})


class LeftOut(Enum):
    """What is not said; null would say something."""

    LEFT_OUT = "left out"


LEFT_OUT: Final = LeftOut.LEFT_OUT


class Problem(Exception):
    """A refusal: nothing was done.

    status, code   code stays the same whatever the language
    detail         for a person, in the person's language
    field          the field that caused it, if one did
    """

    def __init__(self, status: int, said: Mapping[str, Any]) -> None:
        self.status = status
        self.said = said
        self.code = str(said.get("code", "failed"))
        self.detail = str(said.get("detail", ""))
        self.field: str | None = said.get("field")
        super().__init__(f"{status} {self.code}: {self.detail}")


class NoAnswer(ConnectionError):
    """Nobody answered, however often it was asked; whether it was done tells the same request with the same key."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"No answer. Send it again with the idempotency key {key}.")


class Answer(Protocol):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Carrier(Protocol):
    """Sends one request and gives back its answer; raises OSError when none comes."""

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """Send it once."""


class _Came:
    def __init__(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.status, self.headers, self.content = status, headers, content


class Connection:
    """One connection that is kept open; a new one when it was lost. Not for several threads at once."""

    def __init__(self, address: str, timeout_s: float = 30.0) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"Not the address of a site: {address}")
        kind: type[http.client.HTTPConnection] = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._open: Callable[[], http.client.HTTPConnection] = lambda: kind(parts.netloc, timeout=timeout_s)
        self._line: http.client.HTTPConnection | None = None

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """Send it once."""
        self._line = self._line or self._open()
        try:
            self._line.request(method, path, body=body, headers=dict(headers))
            response = self._line.getresponse()
            return _Came(response.status, {name.title(): said for name, said in response.getheaders()}, response.read())
        except (OSError, http.client.HTTPException) as lost:
            self.close()
            raise OSError(str(lost)) from lost

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None


class Speaker:
    """What every verb of the client stands on.

    address   of the installation, such as https://service.example.org
    key       an API key of the person for whom the program acts
    """

    def __init__(self, address: str, key: str, *, carrier: Carrier | None = None, language: str = "en") -> None:
        self._carrier: Carrier = carrier or Connection(address)
        self._headers = {"Accept": "application/json", "Accept-Language": language}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"

    def _get(self, path: str, asked: Mapping[str, Any]) -> Any:
        said = {name: _plain(value) for name, value in asked.items() if value is not LEFT_OUT and value is not None}
        query = urlencode(said, doseq=True)
        return self._send("GET", f"{path}?{query}" if query else path, None, "", None)

    def _post(self, path: str, said: Mapping[str, Any], key: str | None) -> Any:
        body = {name: value for name, value in said.items() if value is not LEFT_OUT}
        return self._send("POST", path, json.dumps(body).encode(), "application/json", key)

    def _send_file(self, path: str, said: Mapping[str, Any], key: str | None) -> Any:
        edge = uuid.uuid4().hex
        parts = [
            _part(edge, name, value) for name, value in said.items() if value is not LEFT_OUT and value is not None
        ]
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        return self._send("POST", path, body, f"multipart/form-data; boundary={edge}", key)

    def _pages(self, path: str, asked: Mapping[str, Any]) -> Iterator[Any]:
        """Every row of a list, page after page."""
        cursor: Any = LEFT_OUT
        while True:
            page = self._get(path, {**asked, "cursor": cursor})
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return

    def _send(self, method: str, path: str, body: bytes | None, kind: str, key: str | None) -> Any:
        """Send it until there is an answer: always with the same key, so that it happens once."""
        headers = dict(self._headers)
        if body is not None:
            headers["Content-Type"] = kind
            headers["Idempotency-Key"] = key = key or uuid.uuid4().hex
        for tries in range(1, TRIES + 1):
            wait = min(WAIT_FIRST_S * 2 ** (tries - 1), WAIT_LONGEST_S)
            try:
                answer = self._carrier.send(method, path, headers, body)
            except OSError as lost:
                if tries == TRIES:
                    raise NoAnswer(key or "") from lost
            else:
                if answer.status not in AGAIN or tries == TRIES:
                    return _read(answer)
                wait = min(float(answer.headers.get("Retry-After") or wait), WAIT_LONGEST_S)
            time.sleep(wait)
        raise NoAnswer(key or "")


def _read(answer: Answer) -> Any:
    try:
        said = json.loads(answer.content) if answer.content else {}
    except ValueError:
        said = {"detail": answer.content[:200].decode("utf-8", "replace")}
    if answer.status >= 400:
        raise Problem(answer.status, said)
    return said


def _plain(value: Any) -> Any:
    """As it stands in an address."""
    return str(value).lower() if isinstance(value, bool) else value


def _part(edge: str, name: str, value: Any) -> bytes:
    if isinstance(value, bytes):
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        return head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + value + b"\r\n"
    return f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def in_path(value: str | int) -> str:
    """As it stands between two slashes."""
    return quote(str(value), safe="")
