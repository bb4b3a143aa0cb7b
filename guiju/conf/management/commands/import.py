# ruff: noqa: N999  (the command is called so: `guiju import`)
"""`guiju import open-repair FILE`: bring a file in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import ImportBatch
from guiju.standing.catalogue.rules import RowVerdict, Sheet
from guiju.standing.people.models import Unit

# What is printed of the rejected rows; all of them stand in the batch.
SHOWN_MOST = 20


class Command(BaseCommand):
    """Reads a file of the Open Repair Data Standard, or one of the catalogue's own lists."""

    help = "Bring a file in: Open Repair data, or a list of parts, models, service items or fault codes."

    # The desks' addresses and templates are no concern of a file; loading them would take most of the time.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is read, from which file, and where it belongs."""
        kinds = [sheet.value.lower().replace("_", "-") for sheet in Sheet]
        parser.add_argument("kind", choices=kinds)
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", help="code of the unit that registers the machines; the head office unless given")
        parser.add_argument("--provider", default="", help="who gives the data, for a file without that column")
        parser.add_argument(
            "--commit", action="store_true", help="for lists: do it, instead of showing what it would do"
        )

    def handle(self, *, kind: str, file: Path, unit: str | None, provider: str, commit: bool, **_options: Any) -> None:
        """Read, tell how many rows were loaded, and why the others were not."""
        sheet = Sheet(kind.upper().replace("-", "_"))
        who: dict[str, Any] = {"by": Actor.system("guiju import"), "at": timezone.now()}
        try:
            content = file.read_bytes()
            if sheet is Sheet.OPEN_REPAIR:
                batch = catalogue.import_open_repair(
                    unit=_unit(unit), content=content, file_name=file.name, provider=provider, **who
                )
            else:
                batch = catalogue.stage_import(sheet=sheet, content=content, file_name=file.name, **who)
                if commit:
                    catalogue.commit_import(batch, **who)
        except OSError as error:
            raise CommandError(_("%(file)s can't be read: %(why)s") % {"file": file, "why": error.strerror}) from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(batch)
        if sheet is not Sheet.OPEN_REPAIR and not commit:
            self.stdout.write(_("Nothing is changed yet. Give --commit to do it."))

    def _tell(self, batch: ImportBatch) -> None:
        counts = {verdict.lower(): batch.counts[verdict] for verdict in RowVerdict} | {
            "all": sum(batch.counts.values())
        }
        self.stdout.write(
            _("%(all)s rows: %(new)s new, %(changed)s changed, %(same)s unchanged, %(rejected)s rejected.") % counts
        )
        rejected = queries.preview(batch, verdict=RowVerdict.REJECTED)
        for row in rejected[:SHOWN_MOST]:
            said = {"row": row.row_number, "column": row.column or "—", "why": " ".join(map(str, row.because))}
            self.stdout.write(_("Row %(row)s, %(column)s: %(why)s") % said)
        if len(rejected) > SHOWN_MOST:
            self.stdout.write(_("… and %(more)s more.") % {"more": len(rejected) - SHOWN_MOST})


def _unit(code: str | None) -> Unit:
    units = Unit.objects.filter(code=code) if code else Unit.objects.filter(parent__isnull=True)
    unit = units.first()
    if unit is None:
        raise CommandError(
            _("There is no unit %(code)s.") % {"code": code}
            if code
            else _("There is no unit yet that could register the machines: found the head office first.")
        )
    return unit
