"""A database that is busy or away is worth another try, on whichever page and in whichever layer it is asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.cast import Cast


def _away(*_given: Any) -> Any:
    raise OperationalError("the server closed the connection unexpectedly")


@pytest.mark.django_db
@pytest.mark.shows("F02", "F04")
@pytest.mark.parametrize("path", ["/reception/", "/api/v1/orders"])
def test_a_database_that_is_away_is_said_to_be_and_when_to_come_again(cast: Cast, path: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.logins["lin"], backend="guiju.conf.backends.LoginBackend")
    assert client.get(path).status_code == 200
    with connection.execute_wrapper(_away):
        answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_any_other_failure_is_ours(cast: Cast) -> None:
    def broken(*_given: Any) -> Any:
        raise ZeroDivisionError

    client = Client(raise_request_exception=False)
    client.force_login(cast.logins["lin"], backend="guiju.conf.backends.LoginBackend")
    with connection.execute_wrapper(broken):
        assert client.get("/reception/").status_code == 500
