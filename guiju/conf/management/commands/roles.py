"""`guiju roles`: make the role that serves, and give it what it needs and no more."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection, transaction

from guiju.conf import roles


class Command(BaseCommand):
    help = "On PostgreSQL: make or mend the role of DATABASE_URL, as the owner that GUIJU_OWNER_URL names. Doing it again changes nothing."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sql", action="store_true", help="only print what would be done, for whoever may")

    def handle(self, *args: Any, **options: Any) -> None:
        role, password = settings.GUIJU_APP_ROLE, settings.GUIJU_APP_PASSWORD
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no roles.")
        if not role:
            raise CommandError(
                "Name two addresses: the role that serves in DATABASE_URL, the owner of the tables in GUIJU_OWNER_URL."
            )
        is_there = roles.exists(connection, role)
        if options["sql"]:
            # The password stays out of what is printed, which is copied into tickets.
            said = [
                *roles.making(role, "", is_there=is_there),
                *roles.grants(role, connection.introspection.table_names()),
                *roles.searching(),
            ]
            self.stdout.write("".join(f"{each};\n" for each in said), ending="")
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in roles.making(role, password, is_there=is_there):
                    cursor.execute(statement)
        except ProgrammingError as error:
            if not is_there:
                raise CommandError(
                    f"The owner may not make roles: {error}. Let whoever may run: guiju roles --sql"
                ) from error
            self.stderr.write(f"The role {role} is left as it is, for the owner may not change roles: {error}")
        with transaction.atomic():
            roles.grant(connection, role)
        self._let_search()
        self.stdout.write(f"The role {role} is there, and may what serving needs.")

    def _let_search(self) -> None:
        """As far as the owner may."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in roles.searching():
                    cursor.execute(statement)
        except ProgrammingError:
            said = "".join(f"  {each};\n" for each in roles.searching())
            self.stderr.write(
                "A search by a piece of a word reads whole tables until a superuser says, in this database:\n" + said
            )
