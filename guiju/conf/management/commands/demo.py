"""`guiju demo`: the demo company in the middle of its day, served."""

import logging
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import connection, transaction

from guiju.conf import serving
from guiju.conf.demo import wallets
from guiju.conf.demo.people import ADMINISTRATOR, COLLEAGUES, PASSWORD
from guiju.conf.environment import number

# The port of the wallets' server, so many above the demo's own.
WALLETS_BESIDE = 5


class Command(BaseCommand):
    help = "Make the demo company (once) and serve it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="make the company anew")
        parser.add_argument(
            "--wallets", nargs=3, help="only be Alipay and WeChat Pay: folder, address of notifications, port"
        )
        parser.add_argument("--no-serve", action="store_true", help="only make it")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION or not settings.DEMO:
            raise CommandError("The demo company is never made in a real installation.")
        if options["wallets"]:
            wallets.main(*options["wallets"])
            return
        if connection.vendor == "sqlite" and options["fresh"]:
            _remove(Path(str(settings.DATABASES["default"]["NAME"])))
        began = time.monotonic()
        call_command("migrate", verbosity=0)
        if _is_empty():
            self.stdout.write("Making the demo company …")
            self.stdout.flush()
            with _only_what_is_wrong():
                make(datetime.now(UTC))
            self.stdout.write(f"Made in {time.monotonic() - began:.0f} seconds.")
        self._introduce()
        if not options["no_serve"]:
            with_wallets(number("PORT", default=8000))
            call_command("serve")

    def _introduce(self) -> None:
        """Say who signs in as what."""
        self.stdout.write(f"\nSign in as anyone; everybody's password is  {PASSWORD}\n")
        for each in (*COLLEAGUES, ADMINISTRATOR):
            self.stdout.write(f"  {each.login:<8}{each.role:<4}{each.unit:<6}{each.name}")
        self.stdout.write("")
        self.stdout.flush()


def with_wallets(port: int) -> None:
    """Alipay and WeChat Pay as a server of our own beside the demo; it ends with the demo. Real settings are left as they are."""
    if any(os.environ.get(name) for name in ("GUIJU_ALIPAY", "GUIJU_WECHAT_PAY")):
        return
    folder, theirs = settings.DATA / "wallets", port + WALLETS_BESIDE
    notify = f"http://127.0.0.1:{port}/api/v1/wallets"
    said = wallets.merchant(f"http://127.0.0.1:{theirs}", folder, notify=notify)
    for name, wallet in (("GUIJU_ALIPAY", "ALIPAY"), ("GUIJU_WECHAT_PAY", "WECHAT")):
        os.environ[name] = ";".join(f"{key}={value}" for key, value in said[wallet].items())
    subprocess.Popen([*serving.command_line("demo"), "--wallets", str(folder), notify, str(theirs)])


@contextmanager
def _only_what_is_wrong() -> Iterator[None]:
    """Keep the log to warnings: a hundred messages in the notebook are no news to whoever starts the demo."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def make(now: datetime) -> None:
    """The company and its day, whole or not at all."""
    from guiju.conf.demo.company import found
    from guiju.conf.demo.day import Day
    from guiju.conf.demo.outside import say_it_in_our_words, tell_the_outside
    from guiju.kernel import news, trail

    with transaction.atomic():
        company = found(now - timedelta(days=3 * 365))
        Day(company, now).tell()
        say_it_in_our_words(company, now)
        # One transaction instead of a thousand: a demo that is interrupted is made anew.
        while news.deliver_due(now):
            pass
        tell_the_outside(company, now)
    trail.seal_pending()


def _is_empty() -> bool:
    from guiju.standing.people.models import Unit

    return not Unit.objects.exists()


def _remove(path: Path) -> None:
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        each.unlink(missing_ok=True)
