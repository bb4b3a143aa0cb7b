"""The `guiju` command: Django's commands and our own, with the settings found and the translations compiled."""

import os
import sys
from contextlib import nullcontext

from guiju.conf.translations import compile_catalogues

# What changes tables, or reads and writes all of them whole: only whoever owns them may. Everything else comes in as the app does.
AS_OWNER = frozenset({"migrate", "roles", "backup", "restore", "flush", "sqlflush", "dbshell"})


def main(arguments: list[str] | None = None) -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    asked = sys.argv[1:] if arguments is None else arguments
    if asked[:1] == ["demo"]:
        # A folder of its own, so that the demo never stands in the way of a real shop on the same machine.
        os.environ.setdefault("GUIJU_DATA", "var/demo")
        os.environ["GUIJU_DEMO"] = "1"
    if asked[:1] and asked[0] in AS_OWNER:
        os.environ["GUIJU_AS_OWNER"] = "1"
    compile_catalogues()
    from django.core.management import execute_from_command_line

    from guiju.kernel import reach

    # Whoever may start commands on this machine is the house; a server asks of each request anew who acts.
    with nullcontext() if asked[:1] == ["serve"] else reach.house():
        execute_from_command_line(["guiju", *asked])


if __name__ == "__main__":
    main()
