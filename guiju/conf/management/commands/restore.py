"""`guiju restore FILE`: what a backup holds, in the place of an empty installation; brought level with this Guiju, and verified."""

import subprocess
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from guiju.conf import archive, dumping, roles
from guiju.conf.serving import command_line


class Command(BaseCommand):
    help = "Install what a backup holds, and verify it. Stop the server first."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="lose what this installation holds now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            about = archive.put_back(options["file"], replace=options["replace"])
        except dumping.CannotDoThat as refused:
            raise CommandError(str(refused)) from refused
        self._say(f"Restored {sum(about.counts.values())} rows as of {about.taken_at}.")
        roles.renew()
        if missing := archive.missing():
            self._say(f"The backup was made by an older Guiju: bringing its tables level, migrations {len(missing)}.")
            if subprocess.run([*command_line("migrate"), "--verbosity", "0"], check=False).returncode:
                raise CommandError(
                    "The tables could not be brought level; see above. Restore with the version that made the backup."
                )
        self._say("Verifying …")
        # In a process of its own, which reads the restored secret.
        if subprocess.run(command_line("verify"), check=False).returncode:
            raise CommandError("What was restored does not hold together; see above.")

    def _say(self, sentence: str) -> None:
        """Before what a process of its own says."""
        self.stdout.write(sentence)
        self.stdout.flush()
