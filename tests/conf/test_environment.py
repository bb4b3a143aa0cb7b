"""Settings come from the environment, and a wrong one is refused aloud."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from guiju.conf.environment import database, mail, secret_key


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/guiju/books.sqlite3", "/srv/guiju/books.sqlite3"),
        ("sqlite:///books.sqlite3", "books.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_a_sqlite_address_names_its_file(url: str, name: str) -> None:
    assert database(url)["NAME"] == name


def test_sqlite_keeps_what_was_paid_through_a_power_cut() -> None:
    options = database("sqlite:///books.sqlite3")["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_a_postgres_address_may_hold_odd_letters_and_a_socket() -> None:
    settings = database("postgres://clerk:p%40ss%2Fword@db.example:5433/books?sslmode=require")
    assert (settings["USER"], settings["PASSWORD"], settings["HOST"], settings["PORT"], settings["NAME"]) == (
        *("clerk", "p@ss/word", "db.example", "5433", "books"),
    )
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert database("postgres:///books?host=/run/postgresql")["HOST"] == "/run/postgresql"


def test_behind_pgbouncer_nothing_outlives_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = database("postgres://db/books")
    assert "statement_timeout" in plain["OPTIONS"]["options"]
    assert "DISABLE_SERVER_SIDE_CURSORS" not in plain
    monkeypatch.setenv("GUIJU_PGBOUNCER", "1")
    settings = database("postgres://db/books?sslmode=require")
    assert settings["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert settings["OPTIONS"] == {"prepare_threshold": None, "sslmode": "require"}


def test_another_database_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        database("mysql://host/books")


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GUIJU_SECRET_KEY", raising=False)
    folder = tmp_path / "data"
    first = secret_key(folder)
    assert len(first) >= 50
    assert secret_key(folder) == first
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    assert secret_key(tmp_path / "elsewhere") != first
    monkeypatch.setenv("GUIJU_SECRET_KEY", "given")
    assert secret_key(folder) == "given"


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail", 25, False, False),
        ("smtp://u%40x:p@mail:2525?tls=1", 2525, False, True),
        ("smtps://mail", 465, True, False),
    ],
)
def test_a_mail_server_is_read_from_its_address(url: str, port: int, ssl: bool, tls: bool) -> None:
    said = mail(url)
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"], said["EMAIL_USE_SSL"], said["EMAIL_USE_TLS"]) == (
        "mail",
        port,
        ssl,
        tls,
    )
    assert said["EMAIL_HOST_USER"] == ("u@x" if "u%40x" in url else "")


def test_what_is_no_mail_server_is_refused() -> None:
    for url in ("https://mail", "mail", "smtp://"):
        with pytest.raises(ValueError, match="mail server"):
            mail(url)
