"""`guiju serve`: the web server, and the worker beside it."""

import os
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command, get_commands
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from guiju.conf import serving, weaknesses
from guiju.conf.environment import number
from guiju.conf.running import figures
from guiju.kernel import reach, sealing


class Command(BaseCommand):
    help = "Serve this installation: on 127.0.0.1 and PORT (or 8000), with its worker beside it."
    # The checks of the whole house take a second that `guiju check` is there for.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="0.0.0.0 for every address")
        parser.add_argument("--port", type=int, default=number("PORT", default=8000))
        parser.add_argument("--processes", type=int, default=number("GUIJU_PROCESSES", default=1))
        parser.add_argument("--without-worker", action="store_true", help="the worker runs elsewhere (guiju work)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.prepare()
        works = "work" in get_commands() and not options["without_worker"]
        self.stdout.write(f"Guiju is at http://{options['host']}:{options['port']}/  (Ctrl+C ends it)")
        self.stdout.flush()
        serving.become(
            options["host"], options["port"], processes=options["processes"], companion="work" if works else None
        )

    def prepare(self) -> None:
        """Make the tables of a new installation, refuse an outdated one, and collect the files of a real one."""
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing and not executor.loader.applied_migrations:
            # In a process of its own, which comes in as the owner of the tables.
            subprocess.run([*serving.command_line("migrate"), "--verbosity", "0"], check=True)
        elif missing:
            raise CommandError(
                f"The database is older than this Guiju ({len(missing)} migrations are missing). "
                "Make a backup, then run: guiju migrate"
            )
        refuse_weaknesses()
        # The secret may be another one than at the last migration.
        with reach.house():
            sealing.publish()
        if settings.STATIC_ROOT:
            call_command("collectstatic", interactive=False, verbosity=0)
        figures.begin(Path(settings.RUN) / "figures")
        # The server starts processes of its own, which must not share our connection.
        connections.close_all()


def refuse_weaknesses() -> None:
    """Stop here, in a real installation, where the database would not hold what we promise."""
    if settings.PRODUCTION and (found := weaknesses.found(connection)):
        raise CommandError("The database is not fit to serve from:\n" + "\n".join(f"- {each}" for each in found))
