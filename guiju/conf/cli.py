"""The `guiju` command: Django's commands and our own, with the settings found and the translations compiled."""

import os
import sys

from guiju.conf.translations import compile_catalogues


def main(arguments: list[str] | None = None) -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    if (arguments or sys.argv[1:])[:1] == ["demo"]:
        # A folder of its own, so that the demo never stands in the way of a real shop on the same machine.
        os.environ.setdefault("GUIJU_DATA", "var/demo")
        os.environ["GUIJU_DEMO"] = "1"
    compile_catalogues()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["guiju", *(sys.argv[1:] if arguments is None else arguments)])


if __name__ == "__main__":
    main()
