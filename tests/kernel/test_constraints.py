"""The database is the last witness, in the same words on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.kernel import installing
from guiju.kernel.constraints import AppendOnly, Never, NoOverlap
from guiju.kernel.refusing import Refusal, refusing
from tests.kernel.trial import standing

trial = Apps()
MONDAY = datetime(2026, 11, 2, 1, tzinfo=UTC)


class Room(models.Model):
    name = models.CharField(max_length=20)

    class Meta:
        apps, app_label = trial, "trial"


class Stay(models.Model):
    """Somebody has a room; no room stands for the courtyard."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=20, default="HELD")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        apps, app_label = trial, "trial"
        constraints = [
            NoOverlap(
                ["room"], "starts_at", "ends_at", name="stay_room_is_free", condition=~models.Q(state="GIVEN_UP")
            ),
            # The courtyard is not for the night.
            Never(
                name="stay_courtyard_has_an_end",
                when="NEW.room_id IS NULL AND NEW.ends_at IS NULL",
                violation_error_message="The courtyard is closed at night.",
            ),
        ]


class Rate(models.Model):
    key = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        apps, app_label = trial, "trial"
        constraints = [NoOverlap(["key"], "starts_on", "ends_on", name="rate_one_at_a_time")]


class Page(models.Model):
    text = models.CharField(max_length=20)
    read_on = models.DateField(null=True)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        apps, app_label = trial, "trial"
        constraints = [
            AppendOnly(name="page_is_written_once", may_change=["read_on"]),
            Never(
                name="page_about_a_cellar",
                when="EXISTS (SELECT 1 FROM trial_room WHERE trial_room.id = NEW.room_id AND name LIKE '%cellar%')",
            ),
        ]


class Line(models.Model):
    text = models.CharField(max_length=20)

    class Meta:
        apps, app_label = trial, "trial"
        constraints = [AppendOnly(name="line_is_written_once")]


MODELS = [Room, Stay, Rate, Page, Line]


@pytest.fixture
def tables(transactional_db: None) -> Iterator[None]:
    with standing(MODELS):
        yield


@pytest.fixture
def room(tables: None) -> Room:
    return Room.objects.create(name="east")


def hours(start: float, end: float | None) -> dict[str, datetime | None]:
    return {
        "starts_at": MONDAY + timedelta(hours=start),
        "ends_at": None if end is None else MONDAY + timedelta(hours=end),
    }


def broken(name: str) -> Any:
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("span", "is_taken"),
    [((1, 2), False), ((2, 4), False), ((0, 1.5), True), ((1.99, 2.5), True), ((0, None), True), ((2.5, 2.5), False)],
)
def test_two_stays_never_share_an_instant(room: Room, span: tuple[float, float | None], is_taken: bool) -> None:
    Stay.objects.create(room=room, **hours(-9, 1))
    Stay.objects.create(room=room, **hours(1.25, 1.5)) if is_taken and span[0] == 0 else None
    Stay.objects.create(room=room, **hours(2.2, 2.5)) if is_taken and span[0] == 1.99 else None
    Stay.objects.create(room=Room.objects.create(name="west"), **hours(0, None))
    stay = Stay(room=room, **hours(*span))
    if is_taken:
        with pytest.raises(ValidationError, match="already taken"):
            stay.validate_constraints()
        with broken("stay_room_is_free"), transaction.atomic():
            stay.save()
    else:
        stay.validate_constraints()
        stay.save()


@pytest.mark.both_databases
def test_moving_a_stay_onto_another_is_refused_and_onto_itself_is_not(room: Room) -> None:
    Stay.objects.create(room=room, **hours(0, 1))
    stay = Stay.objects.create(room=room, **hours(1, 2))
    stay.ends_at = MONDAY + timedelta(hours=3)
    stay.save()
    stay.starts_at = MONDAY + timedelta(minutes=59)
    with broken("stay_room_is_free"), transaction.atomic():
        stay.save()


@pytest.mark.both_databases
def test_nothing_is_a_value_too(room: Room) -> None:
    Stay.objects.create(room=None, **hours(0, 1))
    with broken("stay_room_is_free"), transaction.atomic():
        Stay.objects.create(room=None, **hours(0, 1))


@pytest.mark.both_databases
def test_a_stay_given_up_stands_in_nobodys_way(room: Room) -> None:
    Stay.objects.create(room=room, state="GIVEN_UP", **hours(0, 9))
    taken = Stay.objects.create(room=room, **hours(0, 9))
    again = Stay(room=room, state="GIVEN_UP", **hours(0, 9))
    again.validate_constraints()
    again.save()
    again.state = "HELD"
    with broken("stay_room_is_free"), transaction.atomic():
        again.save()
    taken.delete()
    again.save()


@pytest.mark.both_databases
def test_dates_are_half_open_too(tables: None) -> None:
    Rate.objects.create(key="a", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1))
    Rate.objects.create(key="a", starts_on=date(2026, 2, 1))
    Rate.objects.create(key="b", starts_on=date(2026, 1, 15))
    with broken("rate_one_at_a_time"), transaction.atomic():
        Rate.objects.create(key="a", starts_on=date(2026, 1, 31), ends_on=date(2026, 2, 1))


@pytest.mark.both_databases
def test_what_is_written_once_is_neither_changed_nor_erased(tables: None) -> None:
    line = Line.objects.create(text="paid")
    line.text = "unpaid"
    with pytest.raises(ValidationError):
        line.validate_constraints()
    with broken("line_is_written_once"), transaction.atomic():
        line.save()
    with broken("line_is_written_once"), transaction.atomic():
        line.delete()
    with broken("line_is_written_once"), transaction.atomic():
        Line.objects.update(text="unpaid")
    assert list(Line.objects.values_list("text", flat=True)) == ["paid"]


@pytest.mark.both_databases
def test_only_what_may_change_changes(tables: None) -> None:
    page = Page.objects.create(text="minutes")
    page.read_on = date(2026, 11, 2)
    page.save()
    page.text = "hours"
    with broken("page_is_written_once"), transaction.atomic():
        page.save()


@pytest.mark.both_databases
def test_what_is_never_so_is_refused_on_arrival_and_on_change(room: Room) -> None:
    with broken("stay_courtyard_has_an_end"), transaction.atomic():
        Stay.objects.create(room=None, **hours(0, None))
    stay = Stay.objects.create(room=None, **hours(0, 1))
    stay.ends_at = None
    with broken("stay_courtyard_has_an_end"), transaction.atomic():
        stay.save()


@pytest.mark.both_databases
def test_a_never_may_ask_another_table(room: Room) -> None:
    Page.objects.create(text="light", room=room)
    with broken("page_about_a_cellar"), transaction.atomic():
        Page.objects.create(text="dark", room=Room.objects.create(name="the cellar"))


@pytest.mark.both_databases
def test_a_refusal_finds_each_kind_by_its_name(room: Room) -> None:
    class Taken(Refusal):
        """Taken."""

    Stay.objects.create(room=room, **hours(0, 1))
    with pytest.raises(Taken), transaction.atomic(), refusing(stay_room_is_free=Taken):
        Stay.objects.create(room=room, **hours(0, 1))
    with pytest.raises(Taken), transaction.atomic(), refusing(stay_courtyard_has_an_end=Taken):
        Stay.objects.create(room=None, **hours(0, None))


@pytest.mark.both_databases
def test_the_check_notices_a_sentence_that_is_gone_and_migrate_writes_it_again(room: Room) -> None:
    assert installing.check_sentences(databases=["default"]) == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER guiju_stay_room_is_free_insert")
            cursor.execute("DROP TRIGGER guiju_line_is_written_once_delete")
        else:
            cursor.execute("ALTER TABLE trial_stay DROP CONSTRAINT stay_room_is_free")
            cursor.execute("ALTER TABLE trial_line DISABLE TRIGGER line_is_written_once_delete")
    said = [str(each) for each in installing.check_sentences(databases=["default"])]
    assert len(said) == 1
    assert all(name in said[0] for name in ("stay_room_is_free", "line_is_written_once"))
    assert "2 of its sentences" in said[0]
    Stay.objects.create(room=room, **hours(0, 1))
    Stay.objects.create(room=room, **hours(0, 1)).delete()
    call_command("migrate", verbosity=0)
    assert installing.missing() == []
    with broken("stay_room_is_free"), transaction.atomic():
        Stay.objects.create(room=room, **hours(0, 1))


@pytest.mark.both_databases
def test_a_sentence_in_other_words_is_written_anew(tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Line._meta, "constraints", [AppendOnly(name="line_is_written_once", may_change=["text"])])
    assert installing.missing()
    installing.install()
    line = Line.objects.create(text="draft")
    line.text = "fair copy"
    line.save()
    monkeypatch.setattr(Line._meta, "constraints", [])
    installing.install()
    line.delete()


@pytest.mark.both_databases
def test_a_longer_column_does_not_cost_the_triggers(tables: None) -> None:
    # Django remakes SQLite's table for this, and the triggers are gone with the old one.
    old, new = Line._meta.get_field("text"), models.CharField(max_length=30)
    new.set_attributes_from_name("text")
    new.model = Line
    installing.drop_before_migrating()
    with connection.schema_editor() as editor:
        editor.alter_field(Line, old, new)
    installing.install()
    assert installing.missing() == []
    line = Line.objects.create(text="kept")
    with broken("line_is_written_once"), transaction.atomic():
        line.delete()


def test_sqlite_does_drop_triggers_at_a_remake_and_postgres_does_not(tables: None) -> None:
    old, new = Line._meta.get_field("text"), models.CharField(max_length=30)
    new.set_attributes_from_name("text")
    new.model = Line
    with connection.schema_editor() as editor:
        editor.alter_field(Line, old, new)
    gone = ["guiju_line_is_written_once_delete", "guiju_line_is_written_once_update"]
    assert installing.missing() == (gone if connection.vendor == "sqlite" else [])


@pytest.mark.postgres
def test_truncate_does_not_go_round_the_trigger(tables: None) -> None:
    """The test database may be emptied, so the trigger is shown to bite by asking it about another database's name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'line_is_written_once_truncate'")
        (body,) = cursor.fetchone()
        cursor.execute("TRUNCATE trial_line")
        elsewhere = body.replace("current_database()", "'guiju'").replace("$", "")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION line_is_written_once_truncate() RETURNS trigger LANGUAGE plpgsql AS $x$"
            f"{elsewhere}$x$"
        )
        with pytest.raises(DatabaseError, match="line_is_written_once"):
            cursor.execute("TRUNCATE trial_line")
        cursor.execute("DROP FUNCTION line_is_written_once_truncate() CASCADE")


@pytest.mark.parametrize(
    "constraint", [each for model in MODELS for each in model._meta.constraints], ids=lambda each: each.name
)
def test_a_migration_can_write_it_down(constraint: models.BaseConstraint) -> None:
    text, imports = MigrationWriter.serialize(constraint)
    there: dict[str, Any] = {}
    exec("\n".join(imports) + f"\nagain = {text}", there)  # what Django does with a migration
    assert there["again"] == constraint
    assert constraint.clone() == constraint


@pytest.mark.both_databases
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5) | st.none()), min_size=2, max_size=6))
def test_the_database_agrees_with_the_definition(room: Room, spans: list[tuple[int, int | None]]) -> None:
    Stay.objects.all().delete()
    kept: list[tuple[int, float]] = []
    for start, length in spans:
        end = float("inf") if length is None else start + length
        meets = any(start < other_end and other_start < end for other_start, other_end in kept)
        try:
            with transaction.atomic():
                Stay.objects.create(room=room, **hours(start, None if length is None else end))
        except IntegrityError:
            assert meets
        else:
            assert not meets
            kept.append((start, end))
