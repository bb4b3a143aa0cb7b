"""Whether this process lives, whether the house can work, and its figures: for machines, and with nobody's data."""

from __future__ import annotations

import hmac
import shutil
from datetime import datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guiju.conf.running import figures
from guiju.desks.common.doors import public
from guiju.kernel import beats, news, reach, trail

# A photograph, a letter and a day's trail need room; below this a counter would fail in the middle of a day.
DISK_FREE_BYTES_MIN = 200 * 1024 * 1024
# A worker beats every quarter of a minute; three that are missing are no accident.
BEAT_LATE = timedelta(seconds=60)
OK, LATE, FAILS = "ok", "late", "fails"


@public
@never_cache
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """This process answers. It asks nobody: a database that is away is no reason to start the process anew."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """What the house needs to work, each part by itself; 503 as long as one is missing.

    A worker that is late is told and refuses nothing: without it counters go on, and news is delivered later.
    """
    database = _database()
    said = {
        "database": database,
        "migrations": _migrations() if database == OK else FAILS,
        "disk": OK if disk_free() >= DISK_FREE_BYTES_MIN else FAILS,
        "worker": _worker(now()) if database == OK else LATE,
    }
    return JsonResponse(said, status=503 if FAILS in said.values() else 200)


@public
@never_cache
@require_safe
@reach.as_house
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures of all processes of this machine, to whoever has the token; without one set, to this machine itself."""
    if not _may_watch(request):
        raise Http404
    found = figures.collect(Path(settings.RUN) / "figures")
    at = now()
    waiting = news.waiting(at)
    last = beats.last()
    told: dict[str, float] = {
        "guiju_news_waiting": waiting.due,
        "guiju_news_oldest_seconds": waiting.oldest_s,
        "guiju_news_parked": waiting.parked,
        "guiju_seals_waiting": trail.waiting(),
        "guiju_disk_free_bytes": disk_free(),
    }
    if last is not None:
        told["guiju_worker_beat_age_seconds"] = (at - last).total_seconds()
    found.update({(name, ()): value for name, value in told.items()})
    return HttpResponse(figures.text(found), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_watch(request: HttpRequest) -> bool:
    token = settings.GUIJU_METRICS_TOKEN
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    # Behind a proxy everybody comes from this machine.
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) or "X-Forwarded-For" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def disk_free() -> int:
    """Bytes that are free where the data lie."""
    return shutil.disk_usage(settings.DATA).free


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return FAILS
    return OK


@cache
def _wanted() -> frozenset[tuple[str, str]]:
    disk = MigrationLoader(None).disk_migrations
    return frozenset(disk) - {old for each in disk.values() for old in each.replaces}


# Once level the tables stay so: nobody takes migrations back under a server that runs.
_seen_level: list[bool] = []


def _migrations() -> str:
    """Those of a newer version serve us, too (docs/operate.md, upgrade)."""
    if not _seen_level and not missing():
        _seen_level.append(True)
    return OK if _seen_level else FAILS


def missing() -> frozenset[tuple[str, str]]:
    """The migrations that this version knows and the database has not had."""
    return _wanted() - set(MigrationRecorder(connection).applied_migrations())


def _worker(at: datetime) -> str:
    last = beats.last()
    return OK if last is not None and at - last <= BEAT_LATE else LATE
