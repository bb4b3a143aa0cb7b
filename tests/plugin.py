"""How a test run is set up: which database, whose files, and which tests can run here.

Loaded by `-p tests.plugin` because the database must be named before Django reads its settings.

--postgres                run on PostgreSQL, in the database that GUIJU_TEST_POSTGRES_URL names
GUIJU_TEST_POSTGRES_URL   postgres://… of a server on which the tests may make and drop databases; `./run test` starts one
SABOTAGE                  takes one control away, see tests/faults/sabotage
CI                        true makes a missing Chromium or PostgreSQL a failure instead of a loud skip
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from guiju.conf.translations import compile_catalogues
from tools.fonts import use_our_font

# In memory where the machine has such a folder: the tests' files must not outlive them, and their fsyncs prove nothing.
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


# Kept even where a shell forbids it, as in `./run`: else each worker rewrites the assertions of all the tests anew, and each program that
# a test starts compiles all of Guiju.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def chromium() -> str | None:
    """Where Chromium is, or nothing."""
    found = (shutil.which(name) for name in CHROMIUM)
    return os.environ.get("GUIJU_CHROMIUM") or next((path for path in found if path), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on the PostgreSQL that GUIJU_TEST_POSTGRES_URL names")


def pytest_sessionstart() -> None:
    """Take away the control that SABOTAGE names: the tests must notice."""
    from tests.faults import sabotage

    sabotage.commit()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Name the database and the data folder; around pytest-django's own step, which reads the settings."""
    postgres = early_config.known_args_namespace.postgres
    if postgres and not os.environ.get("GUIJU_TEST_POSTGRES_URL"):
        raise pytest.UsageError("--postgres needs GUIJU_TEST_POSTGRES_URL; `./run test` sets it")
    # Workers of pytest-xdist inherit the environment of the run that starts them, and its folder with it.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["GUIJU_DATA"] = tempfile.mkdtemp(prefix="guiju-tests-", dir=SCRATCH)
        # The folders that pytest gives to tests are there too: every picture is written to the disk before its row.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", os.environ["GUIJU_DATA"])
        atexit.register(shutil.rmtree, os.environ["GUIJU_DATA"], ignore_errors=True)
        os.environ["DATABASE_URL"] = os.environ["GUIJU_TEST_POSTGRES_URL"] if postgres else ""
        os.environ["DJANGO_SETTINGS_MODULE"] = "guiju.conf.settings"
        compile_catalogues()
        use_our_font()
    _adjust_settings()
    return (yield)


def _adjust_settings() -> None:
    """Change the settings that tests need otherwise."""
    from django.conf import settings

    # A small app without trade words, on which the kernel is tried out.
    if "tests.toy" not in settings.INSTALLED_APPS:
        settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests.toy"]
    # Hundreds of people are hired in the tests; their passwords guard nothing.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The matrix of roles and routes asks tens of thousands of times in the name of a few people.
    settings.GUIJU_LIMITS = {}
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # A file, as in real life: threads and the browser's server then have connections of their own.
        settings.DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['GUIJU_DATA']}/test.sqlite3"}
        # A test says a few hundred different statements, and the next one says them again: 128 are too few to be kept ready.
        settings.DATABASES["default"]["OPTIONS"]["cached_statements"] = 4096
    # A test arranges and looks as the house itself; what it sends to a page is seen as whoever is signed in there.
    from guiju.kernel import reach

    reach.unsaid = reach.EVERYWHERE
    _empty_only_what_was_written()


def _empty_only_what_was_written() -> None:
    """After a test with real transactions, delete the rows that it wrote, instead of flushing every table.

    Django's flush truncates a hundred tables and then writes the permissions and content types anew: a second a test. And it
    can't delete from our append-only tables on SQLite, where triggers know no exception for tests.
    """
    from django.db import connections
    from django.test import TransactionTestCase

    def _fixture_teardown(self: TransactionTestCase) -> None:
        from tests import rows  # after Django has set its apps up

        for alias in self._databases_names(include_mirrors=False):
            rows.empty(connections[alias])

    TransactionTestCase._fixture_teardown = _fixture_teardown


def pytest_runtestloop() -> None:
    """Keep what was given to the page that a view drew, as `answer.context`, and not again for each part and field of it.

    Django's test client copies the context of every template that is drawn inside another: a tenth of the time of a page.
    """
    from django.template import RequestContext, Template

    keeping = Template._render

    def render(self: Template, context: Any) -> Any:
        if isinstance(context, RequestContext) and context.template is self:
            return keeping(self, context)
        return self.nodelist.render(context)

    Template._render = render


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end; and skip, aloud, what cannot run here.

    Under CI the setting-up in `./run test` has already failed for that.
    """
    # Whole modules, because what one makes for all of its tests is made once.
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)
    skips = {}
    if not config.option.postgres:
        skips["postgres"] = pytest.mark.skip(reason="runs on PostgreSQL alone: use --postgres or ./run test")
    if chromium() is None and os.environ.get("CI") != "true":
        skips["browser"] = pytest.mark.skip(reason="CHROMIUM IS MISSING: no browser test ran")
    for item in items:
        for marker, skip in skips.items():
            if item.get_closest_marker(marker):
                item.add_marker(skip)


def pytest_collection_finish() -> None:
    """Look for lost rings of objects seldom: what is loaded by now stays to the end, and walking it takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
