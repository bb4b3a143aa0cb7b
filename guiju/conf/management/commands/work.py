"""`guiju work`: the night shift, beside a server or alone."""

import signal
from typing import Any

from django.core.management import BaseCommand, CommandParser

from guiju.conf.management.commands.serve import refuse_weaknesses
from guiju.jobs.worker import Worker, stop_with_parent


class Command(BaseCommand):
    help = "Deliver news, seal the trail and chase deadlines, until told to stop."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--alone", action="store_true", help="do not end with the end of standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_weaknesses()
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stopping.set())
        if not options["alone"]:
            stop_with_parent(worker)
        worker.run()
