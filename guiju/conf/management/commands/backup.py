"""`guiju backup FILE`: the whole installation in one file, while people go on working."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from guiju.conf import archive, dumping


class Command(BaseCommand):
    help = "Write the database, the kept files and the secret to one file. Keep it as you keep money."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="such as monday.tar.gz; must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            about = archive.take(options["file"], at=datetime.now(UTC))
        except dumping.CannotDoThat as refused:
            raise CommandError(str(refused)) from refused
        seq, digest = about.head
        self.stdout.write(
            f"{options['file']}: {sum(about.counts.values())} rows, {len(about.members)} members, {seq} deeds in the chain, "
            f"head {digest[:16]}."
        )
        if archive.SECRET not in about.members:
            self.stdout.write("The secret is set in the environment and is not in the backup: keep it elsewhere.")
