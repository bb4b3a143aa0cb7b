"""`guiju migrate`: Django's own, and afterwards the app's role may what the new tables need.

Where nothing stands yet the tables are made from the models at once: Django goes along the history of each table and makes every
model anew at each step, which takes a minute for tables that hold nothing. tests/conf/test_migrations.py holds that both ways
make the same tables. The models' tables are made whole or not at all; cut off behind them, it is finished when it is said again.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandParser, call_command
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from guiju.conf import roles

# Whoever says one of these wants Django's own way.
OTHERWISE = (
    "app_label",
    "migration_name",
    "fake",
    "fake_initial",
    "plan",
    "run_syncdb",
    "check_unapplied",
    "prune",
    "by_history",
)


class Command(migrate.Command):
    """Runs as the owner of the tables, where GUIJU_OWNER_URL names one."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--by-history", action="store_true", help="go along every migration even where nothing stands yet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_plain = not any(options.get(each) for each in OTHERWISE)
        if is_plain and not MigrationRecorder(connections[options["database"]]).applied_migrations():
            _from_the_models(options)
        else:
            super().handle(*args, **options)
        if not options.get("run_syncdb"):
            roles.renew()


def _from_the_models(options: dict[str, Any]) -> None:
    told = {"database": options["database"], "verbosity": options["verbosity"], "skip_checks": True}
    migrations, settings.MIGRATION_MODULES = (
        settings.MIGRATION_MODULES,
        {each.label: None for each in apps.get_app_configs()},
    )
    try:
        call_command("migrate", run_syncdb=True, **told)
    finally:
        settings.MIGRATION_MODULES = migrations
    # Of all that made them, nothing is left to do.
    call_command("migrate", fake=True, **(told | {"verbosity": 0}))
