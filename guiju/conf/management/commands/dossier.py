"""`guiju dossier ORDER`: seal what proves one order into one file."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from guiju.kernel import trail
from guiju.kernel.refusing import Refusal
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.dossier import actions
from guiju.standing.people import queries as people
from guiju.standing.people.models import Login


class Command(BaseCommand):
    help = "Seal the dossier of one order: promises, consents, list in force, clock, old parts, pictures, signatures, journal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("order", help="the number of the order")
        parser.add_argument("--by", required=True, help="the login of whoever takes it; the journal keeps the name")
        parser.add_argument("--to", type=Path, help="the file to write; else ORDER-dossier.zip in this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        login = Login.objects.filter(username=options["by"]).first()
        by = people.actor_for(login, at) if login is not None else None
        if by is None:
            raise CommandError("There is no such login.")
        order = WorkOrder.objects.with_names().visible_to(by).filter(number=options["order"]).first()
        if order is None:
            raise CommandError("There is no such order, or this login may not see it.")
        # What was done until now hangs on the chain first, so that the dossier can prove it.
        trail.seal_pending()
        try:
            sealed = actions.seal(order, by=by, at=at)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        path = options["to"] or Path(sealed.name)
        path.write_bytes(sealed.content)
        self.stdout.write(f"{path}: {len(sealed.content)} bytes")
