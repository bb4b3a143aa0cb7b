"""`guiju check_dossier FILE`: whether a dossier is as it was sealed, without the database and without the installation's secret."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from guiju.oversight.dossier import actions


class Command(BaseCommand):
    help = "Check a dossier against published keys; without them, against the key inside, which proves only that nothing was changed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the dossier")
        parser.add_argument("--keys", type=Path, help="the public keys, as saved from the address r/keys")

    def handle(self, *args: Any, **options: Any) -> None:
        dossier = options["file"].read_bytes()
        published = options["keys"].read_text(encoding="utf-8", errors="replace") if options["keys"] else None
        checked = actions.check(dossier, published=published)
        if not checked.is_whole:
            raise CommandError("NOT GENUINE: " + "; ".join(checked.wrong))
        told = checked.manifest
        self.stdout.write(
            f"whole: {len(told['files'])} files of order {told['order']}, sealed {told['sealed_at']} by {told['sealed_by']}"
        )
        if published is None:
            self.stdout.write(
                f"The key {checked.key} came with the file: compare it with the one that the house publishes."
            )
        else:
            self.stdout.write(f"genuine, by the published key {checked.key}")
