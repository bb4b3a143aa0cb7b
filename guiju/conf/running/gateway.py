"""The door of one process: requests are received here, whole, and only then given to the threads that answer them.

A thread that waits for a slow telephone serves nobody, and eight such telephones would close the shop. So bodies are read and answers
are sent by one event loop, which minds thousands of slow connections; a thread gets a request when all of it is here, and is free as
soon as its answer is made. What does not fit into the house is turned away at once, before the database is asked for anything.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from guiju.conf.running import figures, turned_away
from guiju.conf.running.bounds import WATCHED, Bounds
from guiju.conf.running.turned_away import Why

log = logging.getLogger(__name__)

Application = Callable[..., Iterable[bytes]]
# Held in memory up to here; what is longer lies in a file until it is answered.
MEMORY_BYTES_MAX = 256 * 1024
PIECE = 64 * 1024
# Whoever takes no piece of an answer for so long has gone.
SEND_SECONDS = 30


@dataclass(slots=True)
class Answer:
    """What a thread made: a small body, or a file to send piece by piece."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""
    path: str = ""
    pieces: IO[bytes] | None = None


class Refused(Exception):
    """Not taken in."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Gateway:
    """A WSGI application as granian's own interface (RSGI) serves it."""

    def __init__(self, application: Application, bounds: Bounds) -> None:
        self.application = application
        self.bounds = bounds
        self.inside = 0
        self.reading: Counter[str] = Counter()
        self._threads = ThreadPoolExecutor(bounds.threads, thread_name_prefix="answers")
        self._watch = ThreadPoolExecutor(1, thread_name_prefix="watched")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to tell how full the house is."""
        figures.measure("guiju_requests_inside", lambda: self.inside)
        figures.measure("guiju_bodies_on_their_way", self.reading.total)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        try:
            answer = await self._answer(scope, protocol)
        except Refused as refused:
            figures.count("guiju_turned_away_total", why=refused.why.name.lower())
            answer = Answer(refused.why.status, *turned_away.answer(refused.why, scope.path, scope.headers.get))
        await _send(answer, protocol)

    async def _answer(self, scope: Any, protocol: Any) -> Answer:
        is_watched = scope.path in WATCHED
        has_key = "cookie" in scope.headers or "authorization" in scope.headers
        if not is_watched:
            self._judge(has_key=has_key)
        body = await self._body(scope, protocol, has_key=has_key) if _has_body(scope.headers) else None
        try:
            with self._room(is_watched=is_watched, has_key=has_key) as threads:
                return await asyncio.get_running_loop().run_in_executor(threads, self._run, scope, body)
        finally:
            if body is not None:
                body.close()

    def _judge(self, *, has_key: bool) -> None:
        """Turn away whom we could not answer soon."""
        room = self.bounds.threads + (self.bounds.queue if has_key else self.bounds.queue // 2)
        if self.inside >= room:
            raise Refused(Why.FULL)

    @contextmanager
    def _room(self, *, is_watched: bool, has_key: bool) -> Iterator[Executor]:
        """A place in the queue, until it is answered."""
        if is_watched:
            yield self._watch
            return
        self._judge(has_key=has_key)
        self.inside += 1
        try:
            yield self._threads
        finally:
            self.inside -= 1

    async def _body(self, scope: Any, protocol: Any, *, has_key: bool) -> IO[bytes]:
        address = _address(scope.client)
        half = self.bounds.reading // 2
        if self.reading.total() >= (self.bounds.reading if has_key else half) or self.reading[address] >= half:
            raise Refused(Why.FULL)
        self.reading[address] += 1
        try:
            # A task, because only a task can be interrupted when its time is over.
            return await asyncio.get_running_loop().create_task(self._received(scope, protocol))
        finally:
            self.reading[address] -= 1
            if not self.reading[address]:
                del self.reading[address]

    async def _received(self, scope: Any, protocol: Any) -> IO[bytes]:
        length = int(_digits(scope.headers.get("content-length")))
        if not length:
            # Of a body in chunks that breaks off, granian tells us that it has ended.
            raise Refused(Why.UNMEASURED)
        if length > self.bounds.body_bytes:
            raise Refused(Why.LARGE)
        kept: IO[bytes] = tempfile.SpooledTemporaryFile(MEMORY_BYTES_MAX)  # noqa: SIM115  (closed when it is answered)
        until = asyncio.get_running_loop().time() + self.bounds.body_seconds
        try:
            await self._receive(protocol, kept, until)
        except (TimeoutError, RuntimeError):
            # Too slow, or gone: granian has a RuntimeError for a line that is closed.
            kept.close()
            raise Refused(Why.SLOW) from None
        except BaseException:
            kept.close()
            raise
        if kept.tell() != length:
            # The client has left. Half a form is no form.
            kept.close()
            raise Refused(Why.SLOW)
        return kept

    async def _receive(self, protocol: Any, kept: IO[bytes], until: float) -> None:
        async with asyncio.timeout_at(self._patience(until)) as patience:
            async for piece in protocol:
                kept.write(piece)
                patience.reschedule(self._patience(until))

    def _patience(self, until: float) -> float:
        """How long the next piece is waited for."""
        return min(until, asyncio.get_running_loop().time() + self.bounds.idle_seconds)

    def _run(self, scope: Any, body: IO[bytes] | None) -> Answer:
        """In a thread: ask the application, and take all of its answer."""
        made = Answer(500, [])

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], object]:
            made.status, made.headers = int(status[:3]), headers
            return lambda _more: None

        told = self.application(_environ(scope, body or BytesIO()), start)
        try:
            _take(made, told)
        finally:
            if hasattr(told, "close"):
                told.close()
        return made


class WholeFile:
    """What a WSGI application gives instead of pieces when its answer is a file."""

    def __init__(self, file: IO[bytes], size: int = PIECE) -> None:
        self.file, self.size = file, size
        name = getattr(file, "name", "")
        self.path = name if isinstance(name, str) and Path(name).is_absolute() and not file.tell() else ""

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.file.read(self.size):
            yield piece

    def close(self) -> None:
        """Give the file back."""
        self.file.close()


def _take(made: Answer, told: Iterable[bytes]) -> None:
    if isinstance(told, WholeFile) and told.path and made.status == 200:
        made.path = told.path
        return
    kept = tempfile.SpooledTemporaryFile(PIECE * 16)  # noqa: SIM115  (closed when it is sent)
    for piece in told:
        kept.write(piece)
    is_long = kept.tell() > PIECE * 16
    kept.seek(0)
    if is_long:
        made.pieces = kept
    else:
        made.body = kept.read()
        kept.close()


async def _send(answer: Answer, protocol: Any) -> None:
    headers = [(name.lower(), value) for name, value in answer.headers]
    if answer.path:
        protocol.response_file(answer.status, headers, answer.path)
    elif answer.pieces is None:
        protocol.response_bytes(answer.status, headers, answer.body)
    else:
        await asyncio.get_running_loop().create_task(_send_pieces(answer.status, headers, answer.pieces, protocol))


async def _send_pieces(status: int, headers: list[tuple[str, str]], pieces: IO[bytes], protocol: Any) -> None:
    with pieces:
        line = protocol.response_stream(status, headers)
        try:
            while piece := pieces.read(PIECE):
                async with asyncio.timeout(SEND_SECONDS):
                    await line.send_bytes(piece)
        except (TimeoutError, RuntimeError):
            # Gone, or as good as gone.
            figures.count("guiju_turned_away_total", why="left")


def _has_body(headers: Any) -> bool:
    return _digits(headers.get("content-length")) != "0" or "transfer-encoding" in headers


def _digits(said: str | None) -> str:
    # A length that is none cannot get here: the server has refused it.
    return said.strip() if said and said.strip().isdecimal() else "0"


def _address(client: str) -> str:
    return client.rpartition(":")[0].strip("[]")


def _environ(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    """The request as WSGI (PEP 3333) wants it."""
    length = body.seek(0, 2)
    body.seek(0)
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _address(scope.client),
        "CONTENT_LENGTH": str(length) if length else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": WholeFile,
    }
    for name, value in scope.headers.items():
        # X_Forwarded_For would become the same variable as X-Forwarded-For, which a proxy of ours vouches for.
        if "_" in name or name in {"content-length", "transfer-encoding"}:
            continue
        key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
        joint = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    environ.setdefault("HTTP_HOST", scope.authority or "")
    return environ
