"""Serve the showcase, to look at it: `python -m tests.desks.common.look PORT`."""

import os
import sys

import django


def main() -> None:
    """Serve it, with somebody seated who may do anything."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    from django.conf import settings

    settings.ROOT_URLCONF = "tests.desks.common.showcase"
    settings.TEMPLATES[0]["DIRS"] = ["tests/desks/common/templates"]
    django.setup()
    from django.core.management import call_command

    from tests.desks.common.showcase import declare_desks

    declare_desks()
    call_command("migrate", verbosity=0)
    call_command("runserver", sys.argv[1], "--noreload", "--insecure")


if __name__ == "__main__":
    main()
