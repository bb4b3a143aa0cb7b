"""`guiju migrate`: Django's own, and afterwards the app's role may what the new tables need."""

from typing import Any

from django.core.management.commands import migrate

from guiju.conf import roles


class Command(migrate.Command):
    """Runs as the owner of the tables, where GUIJU_OWNER_URL names one."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        roles.renew()
