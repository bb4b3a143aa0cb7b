"""`guiju plan`: reckon anew how many of each part to keep in the stores. Once a month, by night; a person answers what it suggests."""

import time
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.utils.timezone import now

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.readiness.planning import actions as planning
from guiju.readiness.planning.queries import PLANNED
from guiju.readiness.planning.rules.words import Engine


class Command(BaseCommand):
    help = "Suggest how many of each part to keep in the stores of head office, regions and outlets."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("units", nargs="*", metavar="UNIT", help="codes of units; every unit when none is named")
        parser.add_argument("--plain", action="store_true", help="by the plain rule, even where numpy is installed")

    def handle(self, *args: Any, **options: Any) -> None:
        stores = Store.objects.filter(kind__in=PLANNED).select_related("unit").order_by("unit__path", "code")
        if options["units"]:
            stores = stores.filter(unit__code__in=options["units"])
        if not stores:
            raise CommandError("There is no such store to plan.")
        started = time.perf_counter()
        engine = Engine.PLAIN if options["plain"] else None
        runs = planning.plan_stores(list(stores), by=Actor.system("clock"), at=now(), engine=engine)
        for run in runs:
            parts, changes = run.suggestions.count(), run.suggestions.filter(changes=True).count()
            self.stdout.write(
                f"{run.number}: {parts} parts of {run.store.unit.code}/{run.store.code}, {changes} to look at"
            )
        if runs[0].engine == Engine.PLAIN.value:
            self.stdout.write(
                "By the plain rule: every part gets the same service. pip install guiju[planning] for the full one."
            )
        self.stdout.write(f"{len(runs)} stores in {time.perf_counter() - started:.1f} s")
