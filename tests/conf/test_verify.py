"""`guiju verify` finds what somebody changed behind the back of every constraint, and says so to whoever called it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection

from guiju.kernel import installing
from guiju.kernel.models import TrailEntry
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]


@pytest.fixture(autouse=True)
def own_files(settings: LazySettings, tmp_path: Path) -> None:
    """The pictures of other tests, whose rows were undone, lie elsewhere."""
    settings.MEDIA_ROOT = tmp_path


def verified() -> str:
    said = io.StringIO()
    call_command("verify", stdout=said)
    return said.getvalue()


def complaints() -> str:
    said = io.StringIO()
    with pytest.raises(CommandError, match="not as they must be") as refused:
        call_command("verify", stderr=said)
    assert refused.value.returncode == 1
    return said.getvalue()


def as_the_owner_of_the_file(statement: str, *values: object) -> None:
    """Past triggers and checks, as anybody can who opens the file itself; and nobody sees it afterwards."""
    installing.drop_before_migrating()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(statement, values)
        assert cursor.rowcount == 1
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    installing.install()


def test_a_job_that_was_moved_by_hand_is_found(shop: Shop) -> None:
    order = shop.a_received_order()
    assert "All is as it must be" in verified()
    as_the_owner_of_the_file("UPDATE workorder_workorder SET state = 'CLOSED' WHERE id = %s", order.pk)
    assert order.number in complaints()


@pytest.mark.shows("PLT-1", "I17", "T46")
def test_a_deed_that_was_changed_is_found(shop: Shop) -> None:
    shop.a_received_order()
    assert "All is as it must be" in verified()
    entry = TrailEntry.objects.latest("pk")
    as_the_owner_of_the_file("UPDATE kernel_trailentry SET actor_name = 'Nobody' WHERE id = %s", entry.pk)
    assert f"entry {entry.pk}" in complaints()


@pytest.mark.shows("PLT-1", "I17", "T46")
def test_a_deed_that_was_torn_out_is_found(shop: Shop) -> None:
    shop.a_received_order()
    assert "All is as it must be" in verified()
    entry = TrailEntry.objects.latest("pk")
    as_the_owner_of_the_file("DELETE FROM kernel_trailentry WHERE id = %s", entry.pk)
    assert f"its entry {entry.pk} is gone" in complaints()


def test_a_sentence_that_was_taken_out_of_the_database_is_found(shop: Shop) -> None:
    assert "All is as it must be" in verified()
    installing.drop_before_migrating()
    assert "trail_entry_is_never_changed" in complaints()


@pytest.mark.shows("I34")
def test_a_chain_that_is_not_the_one_written_down_is_found(shop: Shop, tmp_path: Path) -> None:
    from guiju.kernel import trail

    shop.a_received_order()
    trail.seal_pending()
    book = tmp_path / "heads.txt"
    seq, digest = trail.write_head(book, at=shop.now)
    call_command("verify", "--heads", str(book), stdout=io.StringIO())
    book.write_text(f"2026-11-02T04:00:00+00:00 {seq} {'0' * len(digest)}\n", encoding="utf-8")
    said = io.StringIO()
    with pytest.raises(CommandError, match="not as they must be"):
        call_command("verify", "--heads", str(book), stderr=said)
    assert f"link {seq} is not the one that was written down" in said.getvalue()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify", "--heads", str(tmp_path / "nowhere.txt"))
