"""Once a day: old request keys are forgotten, files of deeds that never were are swept up, the trail's head is written down."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import DateTimeField, Value
from django.utils import timezone

from guiju.jobs import nightly
from guiju.kernel import evidence, trail
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence, OnceKey
from guiju.kernel.once import once
from tests.cast import Cast
from tests.line.cast_line import a_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def keep(cast: Cast, number: int) -> Evidence:
    return evidence.keep_photo(
        a_picture(number), unit_id=cast.units["FS01"].pk, kind="INTAKE", by=cast.actors["lin"], at=timezone.now()
    )


def aged(path: Path, days: int) -> Path:
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
    return path


def test_old_request_keys_are_forgotten_and_young_ones_stay(cast: Cast) -> None:
    lin: Actor = cast.actors["lin"]
    for key in ("old", "young"):
        once(key, by=lin, what="x", body="", do=lambda: 1)
    ago = Value(timezone.now() - timedelta(days=15), output_field=DateTimeField())
    OnceKey.objects.filter(key="old").update(kept_at=ago)
    assert nightly.night(timezone.now()).keys == 1
    assert list(OnceKey.objects.values_list("key", flat=True)) == ["young"]
    assert once("old", by=lin, what="x", body="other", do=lambda: 2) == 2


@pytest.mark.shows("I39")
def test_files_that_nothing_knows_are_swept_up_and_kept_ones_never(cast: Cast) -> None:
    kept = keep(cast, 1)
    with transaction.atomic():
        # What a refused deed leaves behind: the file, and no row.
        lost = keep(cast, 2)
        transaction.set_rollback(True)
    path = aged(evidence.path_of(lost), 3)
    aged(evidence.path_of(kept), 900)
    draft = aged_draft(path, 3)
    young = aged_draft(path, 0)
    assert [says for says in evidence.problems() if path.name in says]
    assert nightly.night(timezone.now()).files == 2
    assert not path.exists()
    assert not draft.exists()
    assert young.exists()
    assert evidence.path_of(kept).exists()
    young.unlink()
    assert list(evidence.problems()) == []
    assert nightly.night(timezone.now()).files == 0


def aged_draft(beside: Path, days: int) -> Path:
    draft = beside.parent / f".{days}.part"
    draft.write_bytes(b"half")
    return aged(draft, days)


def test_a_picture_that_is_kept_again_is_young_again(cast: Cast) -> None:
    lost = keep(cast, 3)
    path = aged(evidence.path_of(lost), 30)
    keep(cast, 3)
    assert path.stat().st_mtime > (timezone.now() - timedelta(hours=1)).timestamp()


@pytest.mark.shows("I34")
def test_the_head_of_the_trail_is_written_down_every_night(cast: Cast, settings: Any, tmp_path: Path) -> None:
    nightly.night(timezone.now())
    settings.GUIJU_TRAIL_HEADS = str(tmp_path / "heads.txt")
    keep(cast, 1)
    nightly.night(timezone.now())
    keep(cast, 2)
    nightly.night(timezone.now())
    heads = trail.read_heads(settings.GUIJU_TRAIL_HEADS)
    assert [seq for seq, _digest in heads] == [1, 2]
    assert heads[-1] == trail.head()


def test_the_watchman_goes_round_once_a_day_and_a_broken_disk_stops_nobody() -> None:
    rounds: list[datetime] = []

    def work(at: datetime) -> None:
        rounds.append(at)
        raise OSError("no space left")

    watchman, start = nightly.Watchman(work), timezone.now()
    looks = [watchman.look(start + timedelta(hours=hours)) for hours in (0, 1, 23, 24, 25, 48)]
    assert looks == [True, False, False, True, False, True]
    assert len(rounds) == 3
