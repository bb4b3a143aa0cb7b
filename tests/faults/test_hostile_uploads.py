"""Nothing that means harm reaches the disk, and nobody waits for it: the corpus of tests/faults/hostile.py at every door."""

from __future__ import annotations

import io
import os
import re
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from guiju.kernel import evidence
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, Refusal
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import ImportBatch
from guiju.standing.catalogue.rules import tables
from guiju.standing.people import actions as people
from tests.faults import hostile
from tests.faults.hostile import Hostile

LEAST = 150
# Above what the process has when it begins; a photograph of 64 million points is shrunk while it is decoded.
ROOM_BYTES = 300 * 1024 * 1024
# Nothing of these may stand in a picture that was kept.
ACTIVE = re.compile(
    rb"(?i)secret-|<script|<svg|<\?php|%pdf|pk\x03\x04|onload|exif\x00|xmpmeta|icc_profile|8bim|jfxx|http:"
)


@pytest.fixture(scope="module")
def corpus() -> list[Hostile]:
    return hostile.corpus()


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def kept(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def assert_harmless(path: Path) -> None:
    """It is a picture, under the name that we gave it, and nothing besides."""
    content = path.read_bytes()
    assert re.fullmatch(r"[0-9a-f]{64}\.(jpg|png)", path.name)
    assert not ACTIVE.search(content), path
    with Image.open(io.BytesIO(content)) as opened:
        opened.load()
        assert opened.format in {"JPEG", "PNG"}
        assert getattr(opened, "n_frames", 1) == 1
        assert not opened.getexif()
        assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.django_db
@pytest.mark.no_books
@pytest.mark.shows("T20", "T21", "T22", "T23", "T25", "I39", "G22")
def test_of_every_hostile_file_a_clean_picture_is_kept_or_nothing(
    corpus: list[Hostile], files: Path, cast: Any, lin: Any
) -> None:
    assert len(corpus) >= LEAST
    said = {"unit_id": cast.units["FS01"].pk, "kind": "INTAKE", "by": lin, "at": timezone.now()}
    refused: list[str] = []
    sentences: set[str] = set()
    for each in corpus:
        try:
            evidence.keep_photo(io.BytesIO(each.content), **said)
        except Invalid as refusal:
            sentences.add(str(refusal))
            refused.append(each.name)
        else:
            assert each.may_be_kept, each.name
    assert len(sentences) == 4
    assert all("picture" in each for each in sentences)
    # The twin: what may be kept is, but for files that were bent past reading.
    assert not [each.name for each in corpus if each.may_be_kept and each.name in refused and "bent" not in each.name]
    assert len({path.stem for path in kept(files)}) == len(list(kept(files)))
    for path in kept(files):
        assert_harmless(path)
    assert list(evidence.problems()) == []
    assert all(path.is_relative_to(files / "evidence") for path in kept(files))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="bounds the memory of a child")
@pytest.mark.shows("T22", "G22")
def test_no_hostile_file_takes_more_memory_than_a_photograph(corpus: list[Hostile]) -> None:
    pid = os.fork()
    if not pid:
        os._exit(_swallow(corpus))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _swallow(corpus: list[Hostile]) -> int:
    """Decode everything in little room: 0 when it was enough."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) if Path("/proc").exists() else 0
    bound = pages * resource.getpagesize() + ROOM_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    for each in corpus:
        try:
            evidence._decoded(each.content, "photo", evidence.FORMATS, evidence.POINTS_MAX)
        except Invalid as refusal:
            if isinstance(refusal.__cause__, MemoryError):
                return 1
        except BaseException:  # noqa: BLE001  (a child that must not come back into pytest)
            return 2
    return 0


# --- At the doors


def some(corpus: list[Hostile]) -> list[Hostile]:
    """One of each kind for the doors."""
    names = (
        "else-page.jpg", "else-nothing.jpg", "else-gif.jpg", "before-page.png", "behind-zip.png", "chunk-drawing.png", "place-6.png",
        "bomb-30000x30000.png", "bomb-scans.jpeg", "cut-50.png", "x.php", "moving.png", "too-many-bytes.jpeg",
    )  # fmt: skip
    found = [each for each in corpus if each.name in names]
    assert len(found) == len(names)
    return found


def sent(each: Hostile) -> SimpleUploadedFile:
    return SimpleUploadedFile(each.name, each.content, content_type=each.content_type)


@pytest.mark.django_db
@pytest.mark.no_books
@pytest.mark.shows("T20", "T21", "T22", "T25", "G22")
def test_a_program_sends_them_and_is_told_which_it_was(
    corpus: list[Hostile], files: Path, shen: Any, shen_person: Any
) -> None:
    _, key = people.make_api_key(shen_person, label="x", verbs=["evidence.keep"], by=shen, at=timezone.now())
    client = Client(headers={"Authorization": f"Bearer {key}"}, raise_request_exception=False)
    for route in ("photos", "signatures"):
        for each in some(corpus):
            answer = client.post(f"/api/v1/{route}", {"unit": "FS01", "kind": "INTAKE", "file": sent(each)})
            # A signature is a PNG with something on it.
            may_be_kept = each.may_be_kept and (route == "photos" or each.name.endswith(".png"))
            may_be_kept = may_be_kept and (route == "photos" or not each.name.startswith("moving"))
            assert answer.status_code == (200 if may_be_kept else 422), (route, each.name, answer.content)
            if not may_be_kept:
                assert answer.json()["detail"]
    for path in kept(files):
        assert_harmless(path)
    # Form fields by the thousand are none of ours.
    many = client.post("/api/v1/photos", {f"field{number}": "x" for number in range(1100)})
    assert many.status_code in {400, 413}


@pytest.mark.django_db
@pytest.mark.no_books
@pytest.mark.shows("T20", "T21", "T22", "G22")
def test_a_stranger_sends_them_with_a_request_and_nothing_comes_in(
    corpus: list[Hostile], files: Path, shop: Any, asking: Callable[..., Any]
) -> None:
    for each in some(corpus):
        if each.may_be_kept:
            continue
        answer = asking(photos=[sent(each)])
        assert answer.status_code == 422, each.name
        assert 'name="contact_name"' in answer.content.decode()
    assert not Evidence.objects.filter(kind="REQUEST").exists()
    assert list(kept(files)) == []
    good = next(each for each in corpus if each.name == "place-6.png")
    assert asking(photos=[SimpleUploadedFile("x.png", good.content, content_type="image/png")]).status_code == 302
    for path in kept(files):
        assert_harmless(path)


@pytest.fixture
def asking(shop: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A stranger's request, with a solved puzzle and without the limits of a door that is knocked at too often."""
    from guiju.line.intake import actions as intake
    from tests.desks.front_door.conftest import a_solved_puzzle, typing

    shop.now = timezone.now()
    monkeypatch.setattr(intake, "knock", lambda **_: None)

    def ask(**more: Any) -> Any:
        client = Client(raise_request_exception=False)
        return client.post("/request/FS01/", {**typing(shop), **a_solved_puzzle(), **more})

    return ask


# --- Lists


def _why(content: bytes) -> str:
    """Why it is refused, or nothing."""
    try:
        tables.read(content)
    except tables.Unreadable as refused:
        return str(refused.because)
    return ""


@pytest.mark.django_db
@pytest.mark.no_books
@pytest.mark.shows("T22", "T25", "G22")
def test_a_list_that_means_harm_is_refused_in_a_sentence(nie: Any) -> None:
    good = tables.to_xlsx(["code", "name"], [["A1", "Drum"]])
    assert tables.read(good).rows == (("A1", "Drum"),)
    assert [name for name, content in hostile.tables(good).items() if not _why(content)] == []
    before = ImportBatch.objects.count()
    for name, content in hostile.harmless_tables(good).items():
        table = tables.read(content)
        assert all(isinstance(cell, str) for row in table.rows for cell in row), name
        # And what goes out again runs nothing.
        out = tables.to_csv([f"h{number}" for number in range(len(table.headings))], table.rows).decode("utf-8-sig")
        assert not re.search(r'(^|,)"?[=+@-]', "\n".join(out.splitlines()[1:])), name
    assert not Path("/tmp/was-here").exists()
    with pytest.raises(Refusal, match="columns"):
        catalogue.stage_import(sheet="PARTS", content=hostile.HTML, file_name="../../x.csv", by=nie, at=timezone.now())
    assert ImportBatch.objects.count() == before
