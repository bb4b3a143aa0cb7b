"""What is remembered for the next test is what the verbs write; and a test that has changed anything is told nothing from memory."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from guiju.kernel import evidence, verification
from tests import remembered, rows
from tests.cast import Cast
from tests.line import stages
from tests.line.cast_line import Shop
from tests.remembered import History


def counted() -> dict[str, int]:
    with connection.cursor() as cursor:
        numbers = {}
        for table in rows.holding(connection):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            numbers[table] = cursor.fetchone()[0]
    return numbers


def as_it_stands(order: Any) -> dict[str, Any]:
    # The key of its link is drawn anew for each.
    names = {field.attname for field in order._meta.concrete_fields} - {"track_salt", "track_digest"}
    return {name: getattr(order, name) for name in names}


@pytest.mark.both_databases
def test_what_is_remembered_is_what_the_verbs_write(
    cast: Cast, request: pytest.FixtureRequest, settings: Any, tmp_path: Any
) -> None:
    # Inside a transaction of its own nothing is remembered, for it may be taken back.
    with transaction.atomic():
        spoken = as_it_stands(stages.a_ready_order(Shop(cast)))
        by_verbs = counted()
        transaction.set_rollback(True)
    for folder in ("first", "again"):
        settings.MEDIA_ROOT = tmp_path / folder
        with transaction.atomic():
            remembered.begin()
            cast.history, shop = History(request), Shop(cast)
            assert as_it_stands(stages.a_ready_order(shop)) == spoken
            assert counted() == by_verbs
            assert verification.run(thorough=True) == []
            # And what comes after it goes on from there.
            assert shop.a_received_order().number > spoken["number"]
            transaction.set_rollback(True)


@pytest.mark.both_databases
def test_whoever_changes_anything_is_told_nothing_from_memory(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cast.history.is_whole
    with transaction.atomic():
        assert not cast.history.is_whole
    with monkeypatch.context() as patch:
        patch.setattr(evidence, "PHOTO_BYTES_MAX", 1)
    monkeypatch.setattr(evidence, "PHOTO_BYTES_MAX", evidence.PHOTO_BYTES_MAX)
    assert not cast.history.is_whole
    monkeypatch.undo()
    assert cast.history.is_whole
    cast.people["lin"].save()
    assert not cast.history.is_whole


def test_only_what_can_be_compared_is_a_step() -> None:
    bought = {"bought": {"purchased_on": date(2026, 5, 1)}, "parts": 0}
    assert remembered._fixed(bought) == remembered._fixed(dict(reversed(bought.items())))
    for row in ({"appliance": object()}, (["chen", object()],), {"bought": {"purchased_on": object()}}):
        with pytest.raises(remembered.CannotBeCompared):
            remembered._fixed(row)
