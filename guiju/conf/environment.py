"""Read settings from the environment: the only place where they come from."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from guiju.conf.running.buckets import Limit

# A question that takes longer than this holds locks that a counter is waiting for. Imports set it higher for themselves.
STATEMENT_TIMEOUT_MS = 30_000
# Waiting longer than this for a lock means that something is stuck; the clerk should hear of it.
LOCK_TIMEOUT_MS = 10_000
# A connection serves the requests of one thread for so long; a database that was moved is then opened anew.
KEPT_SECONDS = 60
# A transaction that waits this long for its own program holds locks for nothing: no page thinks between two statements for a second.
# Longer than the largest upload takes to be hashed inside a deed.
IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000
# The limits of a session, as PostgreSQL names them. Lower, and a long export is cut off; higher, and one stuck program stops a counter.
SESSION_LIMITS = {
    "statement_timeout": STATEMENT_TIMEOUT_MS,
    "lock_timeout": LOCK_TIMEOUT_MS,
    "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_TIMEOUT_MS,
}
# How long SQLite waits for another writer before it gives up. Writers queue (IMMEDIATE), and each is done within milliseconds.
SQLITE_WAIT_SECONDS = 20
# Longer than any healthy mail server takes to accept a letter.
MAIL_TIMEOUT_SECONDS = 15
# A person who clicks fast asks three times a second; a program that keeps another one level, fifty times; a family behind one link,
# once in a while; and behind one address there may be a whole shop's visitors, or one robot.
LIMITS = {"person": Limit(600, 120), "key": Limit(3000, 300), "link": Limit(120, 60), "address": Limit(600, 200)}
# WAL lets readers go on while one writes; FULL makes a paid bill survive a power cut.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def flag(name: str, *, default: bool = False) -> bool:
    """Whether a setting is switched on."""
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def listed(name: str, *, default: str = "") -> list[str]:
    """A setting that lists several values, separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def number(name: str, *, default: int) -> int:
    """A setting that is a whole number."""
    return int(os.environ.get(name, default))


def limits(said: str) -> dict[str, Limit]:
    """How often each kind of principal may come: so many a minute, and so many at once.

    said     such as person=600/120,address=off; what is not named keeps its default; "off" is none at all
    raises   ValueError for anything else
    """
    if said.strip() == "off":
        return {}
    found = dict(LIMITS)
    for each in filter(None, (part.strip() for part in said.split(","))):
        name, _, figures = each.partition("=")
        per_minute, _, burst = figures.partition("/")
        if name not in LIMITS or (figures != "off" and not (_is_some(per_minute) and _is_some(burst))):
            raise ValueError(f"GUIJU_LIMITS does not read {each!r}; write for example person=600/120, or person=off")
        if figures == "off":
            del found[name]
        else:
            found[name] = Limit(int(per_minute), int(burst))
    return found


ALIPAY_NEEDS = ("url", "app_id", "key", "their_key")
WECHAT_PAY_NEEDS = ("url", "mchid", "appid", "serial", "key", "their_key", "secret")


def wallet(name: str, *, needs: Sequence[str]) -> dict[str, str]:
    """Who we are at the provider of a wallet; nothing where the setting is empty. Keys are files, and never stand in the setting.

    raises   ValueError where something is missing
    """
    said = os.environ.get(name, "").strip()
    if not said:
        return {}
    parts = (part.partition("=") for part in said.split(";"))
    found = {key.strip(): value.strip() for key, _, value in parts if key.strip()}
    if missing := [each for each in needs if not found.get(each)]:
        raise ValueError(f"{name} lacks {', '.join(missing)}")
    found["url"] = found["url"].rstrip("/")
    return found


def _is_some(figure: str) -> bool:
    return figure.isascii() and figure.isdecimal() and int(figure) > 0


def secret_key(data_folder: Path) -> str:
    """The installation's secret: given, or made on first use and kept in the data folder, readable by its owner alone."""
    given = os.environ.get("GUIJU_SECRET_KEY", "")
    if given:
        return given
    kept = data_folder / "secret-key"
    data_folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return kept.read_text(encoding="ascii").strip()


def database(url: str) -> dict[str, Any]:
    """Django's settings for a database address.

    url      sqlite:///relative/or//absolute/path, sqlite://:memory:, or postgres://user:password@host:port/name?option=value
    raises   ValueError for another kind of database
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.netloc or parts.path.removeprefix("/"))
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        # A socket folder cannot stand where a host stands; it is given as ?host=/run/postgresql, as libpq does.
        host = options.pop("host", parts.hostname or "")
        return _postgresql(
            {
                "NAME": unquote(parts.path.removeprefix("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": host,
                "PORT": str(parts.port or ""),
            },
            options,
        )
    raise ValueError(f"DATABASE_URL names a database that Guiju does not know: {parts.scheme or 'nothing'}")


def app_role(url: str, owner_url: str) -> tuple[str, str]:
    """The role that serves, and its password, where the tables belong to another; empty where one role does both."""
    app, owner = urlsplit(url), urlsplit(owner_url)
    if not owner_url or app.scheme not in {"postgres", "postgresql"} or app.username == owner.username:
        return "", ""
    return unquote(app.username or ""), unquote(app.password or "")


def mail(url: str) -> dict[str, Any]:
    """Django's settings for a mail server.

    url      smtp://user:password@host:port?tls=1, or smtps:// for a server that speaks TLS from the first letter on
    raises   ValueError for another kind of server
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("GUIJU_MAIL names no mail server: smtp://user:password@host:587?tls=1")
    is_tls = dict(parse_qsl(parts.query)).get("tls", "") in {"1", "true", "yes"}
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587 if is_tls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": is_tls and parts.scheme == "smtp",
        # A server that does not answer must not take a lane for ever.
        "EMAIL_TIMEOUT": MAIL_TIMEOUT_SECONDS,
    }


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": unquote(path),
        # Opening the file, its pragmas and Django's functions cost more than most questions.
        "CONN_MAX_AGE": KEPT_SECONDS,
        "OPTIONS": {
            "init_command": SQLITE_PRAGMAS,
            # A transaction that starts by reading and then writes would fail at once when another wrote in between.
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_WAIT_SECONDS,
        },
    }


def _postgresql(address: Mapping[str, str], options: Mapping[str, str]) -> dict[str, Any]:
    limits = " ".join(f"-c {name}={value_ms}" for name, value_ms in SESSION_LIMITS.items())
    settings: dict[str, Any] = {
        "ENGINE": "guiju.kernel.postgresql",
        **address,
        "OPTIONS": {"options": limits, **options},
    }
    if flag("GUIJU_PGBOUNCER"):
        # Between two transactions another may have our connection: no cursors and no prepared statements that outlive one, and
        # limits by ALTER ROLE (docs/operate.md), because pgbouncer hands none on.
        settings["OPTIONS"] = {"prepare_threshold": None, **options}
        settings["DISABLE_SERVER_SIDE_CURSORS"] = True
    pool_size = number("GUIJU_POOL", default=0)
    if pool_size:
        settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool_size}
    else:
        settings |= {"CONN_MAX_AGE": KEPT_SECONDS, "CONN_HEALTH_CHECKS": True}
    return settings
