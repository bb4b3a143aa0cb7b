"""A clerk's program: over HTTP on one connection that is kept, or straight into Django to count statements."""

from __future__ import annotations

import http.client
import json
from typing import Any, Protocol
from uuid import uuid4

ROOT = "/api/v1"


class Refused(RuntimeError):
    """What was asked did not succeed; a bench that measures refusals measures nothing."""


class Wire(Protocol):
    """Sends a request and gives the body of its answer."""

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """The status and the body."""
        ...


class Http:
    """One connection to the server, kept open."""

    def __init__(self, port: int) -> None:
        self._opened = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """The status and the body."""
        try:
            return self._asked(method, path, body, headers)
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            # It asked for nothing for a while, and the server lets such a connection go; as a program does, it comes again.
            self._opened.close()
            return self._asked(method, path, body, headers)

    def _asked(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        self._opened.request(method, path, body or None, headers)
        answer = self._opened.getresponse()
        return answer.status, answer.read()


class Inside:
    """The same request answered in this process."""

    def __init__(self) -> None:
        from django.test import Client

        self._client = Client()

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """The status and the body."""
        given = dict(headers)
        kind = given.pop("Content-Type", "application/json")
        if cookie := given.pop("Cookie", ""):
            name, _, value = cookie.partition("=")
            self._client.cookies[name] = value
        else:
            self._client.cookies.clear()
        answer = self._client.generic(method, path, body, content_type=kind, headers={**given, "host": "127.0.0.1"})
        return answer.status_code, answer.content


class Program:
    """What one person's program says, by that person's key; `page` is their browser's, by a session."""

    def __init__(self, wire: Wire, key: str, session: str = "") -> None:
        self._wire, self._key, self._session = wire, key, session

    def page(self, path: str) -> bytes:
        """A page as HTML."""
        return self._asked("GET", path, b"", {"Cookie": f"sessionid={self._session}"})

    def get(self, path: str) -> Any:
        """Read."""
        return json.loads(self._asked("GET", f"{ROOT}{path}", b"", {"Authorization": f"Bearer {self._key}"}))

    def do(self, path: str, **said: Any) -> Any:
        """Say a verb, with a key of its own as a program that may have to try again does."""
        headers = {
            "Authorization": f"Bearer {self._key}", "Content-Type": "application/json", "Idempotency-Key": uuid4().hex,
        }  # fmt: skip
        return json.loads(self._asked("POST", f"{ROOT}{path}", json.dumps(said).encode(), headers))

    def send(self, path: str, file: bytes, **about: str) -> int:
        """Send a picture; the key of what was kept."""
        mark = uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in about.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n'
        parts.append(
            head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file + f"\r\n--{mark}--\r\n".encode()
        )
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": f"multipart/form-data; boundary={mark}"}
        return int(json.loads(self._asked("POST", f"{ROOT}{path}", b"".join(parts), headers))["id"])

    def _asked(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        status, answer = self._wire.ask(method, path, body, headers)
        if status != http.client.OK:
            raise Refused(f"{method} {path}: {status} {answer.decode(errors='replace')[:600]}")
        return answer
