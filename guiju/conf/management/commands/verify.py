"""`guiju verify`: whether everything that must be true is true."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from guiju.kernel import trail, verification


class Command(BaseCommand):
    help = "Recompute every balance, walk the audit chain, check every invariant."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        about = "links of the audit chain that were written down outside the database; default GUIJU_TRAIL_HEADS"
        parser.add_argument("--heads", default="", metavar="FILE", help=about)

    def handle(self, *args: Any, **options: Any) -> None:
        trail.seal_pending(everything=True)
        found = verification.run(thorough=True, heads=self._written_down(options["heads"]))
        for violation in found:
            self.stderr.write(str(violation))
        if found:
            raise CommandError(f"{len(found)} things are not as they must be.")
        seq, digest = trail.head()
        asked = len(verification.names())
        self.stdout.write(
            f"All is as it must be: {asked} invariants asked, {seq} deeds in the chain, head {digest[:16]}."
        )

    def _written_down(self, file: str) -> list[trail.Anchor]:
        path = Path(file or settings.GUIJU_TRAIL_HEADS)
        if not file and not settings.GUIJU_TRAIL_HEADS:
            return []
        if not file and not path.exists():
            # A new installation writes its first head in its first night.
            self.stderr.write(f"{path} is not there: no head of the audit chain was compared.")
            return []
        try:
            return trail.read_heads(path)
        except (OSError, ValueError) as error:
            raise CommandError(f"{path} cannot be read as heads of an audit chain: {error}") from None
