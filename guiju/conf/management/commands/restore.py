"""`guiju restore FILE`: what a backup holds, in the place of an empty installation; then everything is verified."""

import subprocess
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from guiju.conf import archive, dumping
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
        self.stdout.write(f"Restored {sum(about.counts.values())} rows as of {about.taken_at}. Verifying …")
        self.stdout.flush()
        # In a process of its own, which reads the restored secret.
        if subprocess.run(command_line("verify"), check=False).returncode:
            raise CommandError("What was restored does not hold together; see above.")
