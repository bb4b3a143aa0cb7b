"""What each table's isolation is: `python -m tools.isolation`."""

# ruff: noqa: SLF001  (Django documents _meta)

from __future__ import annotations

import os


def main() -> None:
    """Print the tables: of their own unit, by a parent's, published, and of no unit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    import django

    django.setup()
    from django.apps import apps

    from guiju.kernel import isolation

    published = isolation.deviations().published
    for model in apps.get_models(include_auto_created=True):
        fields = [each.name for each in isolation.fields_of(model)]
        kind = " or ".join(fields) if fields else "of no unit"
        print(f"{model._meta.db_table:36}{kind}{'  (published)' if model._meta.label in published else ''}")


if __name__ == "__main__":
    main()
