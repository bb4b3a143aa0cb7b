"""`guiju verify`: whether everything that must be true is true."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from guiju.kernel import trail, verification


class Command(BaseCommand):
    help = "Recompute every balance, walk the audit chain, check every invariant."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        trail.seal_pending(everything=True)
        found = verification.run(thorough=True)
        for violation in found:
            self.stderr.write(str(violation))
        if found:
            raise CommandError(f"{len(found)} things are not as they must be.")
        seq, digest = trail.head()
        asked = len(verification.names())
        self.stdout.write(
            f"All is as it must be: {asked} invariants asked, {seq} deeds in the chain, head {digest[:16]}."
        )
