"""`guiju export open-repair FILE`: give a list out."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.kernel.actor import Actor
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.rules import Sheet


class Command(BaseCommand):
    """Writes the repairs as a file of the Open Repair Data Standard, or one of the catalogue's own lists."""

    help = "Give a list out: Open Repair data, or parts, models, service items or fault codes as CSV or XLSX."

    # The desks' addresses and templates are no concern of a file; loading them would take most of the time.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is written, and where."""
        kinds = [sheet.value.lower().replace("_", "-") for sheet in Sheet if sheet is not Sheet.APPLIANCES]
        parser.add_argument("kind", choices=kinds)
        parser.add_argument("file", type=Path, help="a list is written as XLSX when the name ends so, else as CSV")
        parser.add_argument("--provider", default="", help="only the rows of this one")

    def handle(self, *, kind: str, file: Path, provider: str, **_options: Any) -> None:
        """Write the file, or say why not."""
        sheet = Sheet(kind.upper().replace("-", "_"))
        who: dict[str, Any] = {"by": Actor.system("guiju export"), "at": timezone.now()}
        if sheet is Sheet.OPEN_REPAIR:
            content = catalogue.export_open_repair(provider=provider, **who)
        else:
            form = "xlsx" if file.suffix.casefold() == ".xlsx" else "csv"
            content = catalogue.export(sheet=sheet, form=form, **who)
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("%(file)s can't be written: %(why)s") % {"file": file, "why": error.strerror}
            ) from error
        self.stdout.write(_("Written: %(file)s") % {"file": file})
