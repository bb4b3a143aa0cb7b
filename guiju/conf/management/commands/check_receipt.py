"""`guiju check_receipt`: whether a receipt is as it was written, without the database and without the installation's secret."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from guiju.kernel import sealing
from guiju.line.cashier import queries
from guiju.line.cashier.rules import SealedReceipt


class Command(BaseCommand):
    help = "Check the code of a receipt against published keys; nothing else is needed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="what the QR code says: the whole address or its end")
        parser.add_argument(
            "--keys", type=Path, required=True, help="the public keys, as saved from the address r/keys"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = sealing.read_published(options["keys"].read_text(encoding="utf-8", errors="replace"))
        found = queries.opened_receipt(options["code"].rstrip("/").rpartition("/")[2])
        if found is None:
            raise CommandError("This is no receipt.")
        content, seal = found
        if seal.key not in keys:
            raise CommandError(f"The key {seal.key} is not among those published.")
        if not sealing.is_by(keys[seal.key], content, seal):
            raise CommandError("NOT GENUINE: the receipt was changed, or is not by the house of these keys.")
        self.stdout.write(f"genuine, by the key {seal.key}")
        for line in SealedReceipt.read(content.decode()).said():
            self.stdout.write(line)
