"""Tables that stand for the length of one test, with their constraints in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, models

from guiju.kernel import installing


@contextmanager
def standing(tables: Sequence[type[models.Model]]) -> Iterator[None]:
    """Make the tables and write their sentences; afterwards, leave nothing behind.

    Needs `transactional_db`: Django remakes no SQLite table inside a transaction.
    """
    everything = SimpleNamespace(get_models=lambda: [*apps.get_models(), *tables])
    with connection.schema_editor() as editor:
        for model in tables:
            editor.create_model(model)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installing, "apps", everything)
        installing.install()
        yield
    installing.drop_before_migrating()
    with connection.schema_editor() as editor:
        for model in reversed(tables):
            editor.delete_model(model)
    installing.install()
