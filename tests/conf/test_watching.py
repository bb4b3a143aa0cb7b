"""The log and the figures tell how the house does and nothing of anybody; the watchers hear whether it is well."""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client, RequestFactory
from django.utils import timezone

from guiju.conf.running import figures, health, logs
from guiju.jobs.worker import Worker
from guiju.kernel import beats, trail
from guiju.kernel.models import Beat
from guiju.line.cashier import queries as till
from guiju.line.workorder import queries as workorder
from tests.cast import Cast
from tests.line import stages
from tests.line.cast_line import Shop

Browser = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_figures(settings: Any, tmp_path: Path) -> Generator[None]:
    settings.RUN = tmp_path / "run"
    figures.forget()
    yield
    figures.forget()


@pytest.fixture
def log() -> Generator[io.StringIO]:
    """All that the house logs, as it is written in either form."""
    written = io.StringIO()
    handlers = [logging.StreamHandler(written), logging.StreamHandler(written)]
    for handler, form in zip(handlers, (logs.Json(), logs.Line()), strict=True):
        handler.addFilter(logs.Discreet())
        handler.setFormatter(form)
    loggers = [logging.getLogger(name) for name in ("", "django", "guiju", "guiju.access")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel("INFO")
    for logger in loggers[:2]:
        logger.handlers += handlers
    yield written
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers = [each for each in logger.handlers if each not in handlers]


@pytest.mark.shows("T53")
def test_a_request_is_one_line_with_its_route_and_who_by_number(
    log: io.StringIO, cast: Cast, signed_in: Browser
) -> None:
    answer = signed_in("lin").get("/find?q=13800000001")
    (line,) = [json.loads(each) for each in log.getvalue().splitlines() if '"guiju.access"' in each]
    assert {key: line[key] for key in ("says", "method", "route", "status", "kind", "number")} == {
        "says": "request", "method": "GET", "route": "find", "status": 200, "kind": "PERSON", "number": cast.people["lin"].pk,
    }  # fmt: skip
    assert line["request"] == answer["X-Request-Id"]
    assert line["statements"] >= 3
    assert line["ms"] > 0


@pytest.mark.shows("T53")
def test_nothing_of_anybody_is_in_the_log_of_a_whole_walk_in(log: io.StringIO, shop: Shop, signed_in: Browser) -> None:
    order = stages.a_delivered_order(shop)
    token, customer = workorder.track_token(order), order.customer
    lin, stranger = signed_in("lin"), Client(raise_request_exception=False)
    for path in (f"/orders/{order.number}/", "/orders/", f"/find?q={customer.name}", "/reception/"):
        lin.get(path, follow=True)
    # Addresses that are and that are none, words that are wrong, a database that quotes the row.
    for path in (f"/t/{token}", f"/t/{token}x", f"/nowhere/{token}?phone=13812345678"):
        stranger.get(path)
    stranger.post("/account/login/", {"login": "Ou Yang Canary", "password": "secret-canary"})
    stranger.get("/api/v1/orders", headers={"Authorization": "Bearer gj_canary_key-canary"})

    def quoted(*_given: Any) -> Any:
        raise IntegrityError(f'violates unique constraint "a_phone_is_one" Key (phone)=({customer.name} 13812345678)')

    with connection.execute_wrapper(quoted):
        Client(raise_request_exception=False, headers={"X-Request-Id": "canary-canary"}).get(f"/t/{token}")
    assert till.bill_of(order) is not None
    said = log.getvalue()
    assert said.count("guiju.access") >= 18
    assert "a_phone_is_one" in said
    for word in (customer.name, token, "13812345678", "anary", "127.0.0.1", "Ou Yang"):
        assert word not in said, word
    assert not re.search(r"\blin\b", said)


def test_an_error_is_told_by_its_kind_and_place() -> None:
    error = OperationalError("CHECK constraint failed: amount_is_positive")
    error.__cause__ = ValueError("Mrs Li 13812345678")
    with pytest.raises(OperationalError) as raised:
        raise error
    said = logs.told(raised.value)
    assert (said["kind"], said["constraint"]) == ("django.db.utils.OperationalError", "amount_is_positive")
    assert said["because"][0]["kind"] == "builtins.ValueError"
    assert "test_watching.py" in said["at"][-1]
    assert "Li" not in json.dumps(said)


# --- Figures


def asked(client: Client, **more: Any) -> Any:
    return client.get("/metrics", **more)


def test_the_figures_of_all_processes_are_added_up(cast: Cast, signed_in: Browser, settings: Any) -> None:
    lin = signed_in("lin")
    for path in ("/find", "/find", "/nowhere"):
        lin.get(path)
    folder = settings.RUN / "figures"
    folder.mkdir(parents=True)
    another = [
        ["guiju_requests_total", {"method": "GET", "route": "find", "status": "200"}, 40],
        ["guiju_requests_inside", {}, 3],
    ]
    (folder / "99999.json").write_text(json.dumps(another))
    figures.write(folder)
    text = asked(Client()).content.decode()
    assert 'guiju_requests_total{method="GET",route="find",status="200"} 42' in text
    assert 'guiju_requests_total{method="GET",route="unknown",status="404"} 1' in text
    assert 'guiju_request_seconds_bucket{desk="find",le="+Inf"} 2' in text
    assert 'guiju_request_seconds_count{desk="find"} 2' in text
    assert "guiju_requests_inside 3" in text
    assert f"guiju_seals_waiting {trail.waiting()}" in text
    assert "guiju_news_waiting " in text
    figures.begin(folder)
    assert "} 42" not in asked(Client()).content.decode()


def test_the_figures_are_for_whoever_has_the_token_or_sits_at_this_machine(settings: Any) -> None:
    assert asked(Client()).status_code == 200
    assert asked(Client(REMOTE_ADDR="203.0.113.7")).status_code == 404
    # By a proxy everybody comes from this machine.
    assert asked(Client(), headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
    settings.GUIJU_METRICS_TOKEN = "a-long-token"
    assert asked(Client()).status_code == 404
    assert asked(Client(REMOTE_ADDR="203.0.113.7"), headers={"Authorization": "Bearer a-long-token"}).status_code == 200
    assert asked(Client(), headers={"Authorization": "Bearer another"}).status_code == 404


# --- Well or not


@pytest.fixture
def level(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The tests' tables come from the models, and no migration is noted."""
    wanting: list[Any] = []
    monkeypatch.setattr(health, "_seen_level", [])
    monkeypatch.setattr(health, "missing", lambda: wanting)
    return wanting


def ready() -> tuple[int, dict[str, str]]:
    answer = health.ready(RequestFactory().get("/ready"))
    return answer.status_code, json.loads(answer.content)


@pytest.mark.shows("F04", "F07")
def test_ready_tells_each_part_and_503_as_long_as_one_is_missing(
    level: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    level.append(("kernel", "0001"))
    beats.beat("here", at=timezone.now())
    assert ready() == (503, {"database": "ok", "migrations": "fails", "disk": "ok", "worker": "ok"})
    level.clear()
    assert ready()[0] == 200
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1024))
        assert ready() == (503, {"database": "ok", "migrations": "ok", "disk": "fails", "worker": "ok"})

    def away(*_given: Any) -> Any:
        raise OperationalError("the server closed the connection of Mrs Li")

    with connection.execute_wrapper(away):
        assert ready()[1]["database"] == "fails"
        # That this process lives it can say without anybody.
        assert Client().get("/health").content == b"ok\n"


def test_a_worker_that_is_late_is_told_and_shuts_nobody_out(level: list[Any]) -> None:
    at = timezone.now()
    beats.beat("gone", at=at - timedelta(days=2))
    assert ready() == (200, {"database": "ok", "migrations": "ok", "disk": "ok", "worker": "late"})
    Worker().turn()
    assert ready()[1]["worker"] == "ok"
    assert Beat.objects.count() == 1
