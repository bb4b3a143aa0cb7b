"""What is kept is a picture and nothing else; files and rows agree."""

from __future__ import annotations

import base64
import hashlib
import os
import struct
import zlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image, ImageDraw, PngImagePlugin

from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence, TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed
from tests.kernel.conftest import HERE, NOON, THERE, person

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(document.domain)</script>"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: LazySettings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "evidence"


def drawing(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).line([(5, 5), (size[0] - 9, size[1] - 3)], fill="navy", width=3)
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def keep(raw: Any, **others: Any) -> Evidence:
    said = {"unit_id": HERE, "kind": "INTAKE", "by": person(1, "Ma", "OM", HERE), "at": NOON} | others
    return evidence.keep_photo(raw, **said)


def kept(row: Evidence) -> bytes:
    with evidence.open_file(row) as file:
        return file.read()


@pytest.mark.shows("I39")
@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *[("JPEG", mode) for mode in ("RGB", "L", "CMYK", "1")],
        *[("PNG", mode) for mode in ("RGB", "L", "P", "RGBA", "1", "LA")],
        *[("WEBP", mode) for mode in ("RGB", "L", "P", "RGBA")],
    ],
)
def test_a_photograph_is_kept_under_the_name_of_its_content(kind, mode, files):
    row = keep(SimpleUploadedFile("IMG_1.JPG", saved(drawing(mode=mode), kind)))
    content = kept(row)
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert evidence.path_of(row) == files / row.sha256[:2] / f"{row.sha256}.jpg"
    assert (row.mime, row.size, row.width, row.height, row.unit_id, row.person_id) == (
        "image/jpeg",
        len(content),
        60,
        40,
        HERE,
        1,
    )
    with Image.open(BytesIO(content)) as again:
        assert (again.format, again.mode, again.size) == ("JPEG", "RGB", (60, 40))
    assert list(evidence.problems()) == []


@pytest.mark.shows("I33")
def test_keeping_stands_in_the_trail_with_its_digest(files):
    row = keep(saved(drawing()))
    entry = TrailEntry.objects.get(verb="evidence.keep")
    assert (entry.subject_id, entry.facts["sha256"]) == (row.pk, row.sha256)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=row.pk).update(sha256="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=row.pk).delete()


def test_only_who_may_keeps(files):
    keep(saved(drawing()))
    with pytest.raises(NotAllowed):
        keep(saved(drawing()), by=person(1, "Zhou", "OM", THERE))
    assert len(list(files.glob("*/*"))) == 1


def test_a_customer_adds_to_her_own_and_to_no_other(kite, files):
    her = Actor.customer(order_id=7, unit_id=HERE, name="Mrs Li")
    kite.belongs_to = lambda actor: actor.order_id == 7
    assert evidence.keep_signature(saved(drawing(), "PNG"), unit_id=HERE, by=her, at=NOON, on=kite).person_id is None
    kite.belongs_to = lambda actor: actor.order_id == 8
    with pytest.raises(NotAllowed):
        evidence.keep_signature(saved(drawing(), "PNG"), unit_id=HERE, by=her, at=NOON, on=kite)


def gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 1.0, 0.0), 3: "E", 4: (113.0, 7.0, 0.0)})
    return exif


def text_chunks() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>SECRET-XMP</x:xmpmeta>")
    info.add_text("Comment", "SECRET-COMMENT", zip=True)
    return info


@pytest.mark.shows("I39", "T21", "T23")
@pytest.mark.parametrize(
    "raw",
    [
        saved(drawing(), "JPEG", exif=gps(), comment=b"SECRET-COMMENT", icc_profile=b"SECRET-ICC" * 20),
        saved(drawing(), "JPEG", xmp=b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>"),
        saved(drawing(), "PNG", exif=gps(), pnginfo=text_chunks(), icc_profile=b"SECRET-ICC" * 20),
        saved(drawing(), "WEBP", exif=gps(), xmp=b"SECRET-XMP", icc_profile=b"SECRET-ICC" * 20),
        saved(drawing(), "JPEG") + SCRIPT + b"SECRET-TAIL",
        saved(drawing(), "PNG") + b"PK\x03\x04 SECRET-ZIP",
    ],
    ids=["jpeg", "jpeg-xmp", "png", "webp", "script-behind", "zip-behind"],
)
def test_nothing_but_the_picture_is_kept(raw, files):
    assert b"SECRET" in raw or b"Exif" in raw or b"EXIF" in raw or b"eXIf" in raw
    row = keep(raw)
    content = kept(row)
    for secret in (b"SECRET", b"Exif", b"xmpmeta", b"ICC_PROFILE", b"script", b"PK\x03\x04"):
        assert secret not in content
    with Image.open(BytesIO(content)) as again:
        assert not again.getexif()
        assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photograph_that_lies_on_its_side_is_set_upright(files):
    row = keep(saved(drawing((60, 40)), "JPEG", exif=gps()))
    assert (row.width, row.height) == (40, 60)


def test_of_a_moving_picture_the_first_view_is_kept(files):
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue")]
    row = keep(saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True))
    with Image.open(BytesIO(kept(row))) as again:
        red, _green, blue = again.getpixel((15, 15))
        assert getattr(again, "n_frames", 1) == 1
        assert red > 200
        assert blue < 50


def test_a_large_photograph_is_made_smaller(files):
    row = keep(saved(drawing((4000, 3000)), "JPEG"))
    assert (row.width, row.height) == (2560, 1920)


def bomb(width: int, height: int) -> bytes:
    """Make a PNG of a few bytes that says of itself that it is huge."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10**6)) + chunk(b"IEND", b"")
    )


@pytest.mark.shows("T21", "T22")
@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff" + b"\0" * 11 * 1024 * 1024, "larger than 10 MB"),
        (bomb(6000, 5000), "too many points"),
        (bomb(30000, 30000), "points|not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not a picture"),
        (b"<!DOCTYPE html>" + SCRIPT, "not a picture"),
        (SCRIPT + saved(drawing()), "not a picture"),
        (saved(drawing(), "GIF"), "not a picture"),
        (saved(drawing(), "BMP"), "not a picture"),
        (saved(drawing(), "TIFF"), "not a picture"),
        (b"%PDF-1.7\n1 0 obj", "not a picture"),
        (saved(drawing((300, 300)))[:-400], "not a picture"),
        (saved(drawing((300, 300)), "PNG")[:-80], "not a picture"),
        (saved(drawing((300, 300)), "WEBP")[:60], "not a picture"),
        (b"\xff\xd8\xff\xe0", "not a picture"),
        (b"\x89PNG\r\n\x1a\n", "not a picture"),
        (os.urandom(4096), "not a picture"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),
)
def test_what_is_no_picture_is_refused_in_a_sentence_and_leaves_nothing(raw, says, files):
    with pytest.raises(Invalid, match=says) as refused:
        keep(raw)
    assert refused.value.field == "photo"
    assert not Evidence.objects.exists()
    assert list(files.glob("*/*")) == []


def test_bent_files_are_refused_or_harmless(files):
    whole = saved(drawing((80, 80)), "JPEG", exif=gps())
    for place in range(0, len(whole), 7):
        bent = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            content = kept(keep(bent))
        except Invalid:
            continue
        with Image.open(BytesIO(content)) as again:
            again.load()
            assert not again.getexif()
    assert list(evidence.problems()) == []


def pad(picture: Image.Image) -> str:
    return "data:image/png;base64," + base64.b64encode(saved(picture, "PNG")).decode()


@pytest.mark.shows("I39")
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_signature_is_kept_as_it_was_drawn(mode, files):
    row = evidence.keep_signature(pad(drawing(mode=mode)), unit_id=HERE, by=person(1, "Ma", "OM", HERE), at=NOON)
    assert (row.kind, row.mime, row.width) == ("SIGNATURE", "image/png", 60)
    with Image.open(BytesIO(kept(row))) as again:
        assert again.format == "PNG"
        assert again.getextrema()[0] < 60


def test_ink_on_glass_is_seen_on_white(files):
    glass = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    ImageDraw.Draw(glass).line([(5, 5), (50, 30)], fill=(0, 0, 0, 255), width=3)
    row = evidence.keep_signature(pad(glass), unit_id=HERE, by=person(1, "Ma", "OM", HERE), at=NOON)
    with Image.open(BytesIO(kept(row))) as again:
        assert again.getextrema() == (0, 255)


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        (pad(Image.new("RGB", (60, 40), "white")), "Please sign"),
        (pad(Image.new("RGBA", (60, 40), (0, 0, 0, 0))), "Please sign"),
        ("data:image/svg+xml;base64,PHN2Zy8+", "sign again"),
        ("data:image/png;base64,****", "sign again"),
        ("data:image/png;base64," + "A" * 800_000, "sign again"),
        ("Li Ming", "sign again"),
        ("", "sign again"),
        (b"", "empty"),
        (b"x" * 600_000, "larger than 0.5 MB"),
        (saved(drawing(), "JPEG"), "not a picture"),
        (bomb(3000, 3000), "too many points"),
    ],
    ids=range(11),
)
def test_what_is_no_signature_is_refused(drawn, says, files):
    with pytest.raises(Invalid, match=says) as refused:
        evidence.keep_signature(drawn, unit_id=HERE, by=person(1, "Ma", "OM", HERE), at=NOON)
    assert refused.value.field == "signature"
    assert not Evidence.objects.exists()


@pytest.mark.shows("F21", "I39")
def test_rows_without_files_and_files_without_rows_are_found(files):
    lost, bent, _whole = (keep(saved(drawing((60 + i, 40))), at=NOON + timedelta(hours=i)) for i in range(3))
    evidence.path_of(lost).unlink()
    evidence.path_of(bent).write_bytes(b"another picture")
    (files / "zz").mkdir()
    (files / "zz" / "stray.jpg").write_bytes(b"x")
    found = list(evidence.problems())
    assert len(found) == 3
    assert any("missing" in line and lost.sha256[:12] in line for line in found)
    assert any("not what was kept" in line and bent.sha256[:12] in line for line in found)
    assert any("stray.jpg" in line for line in found)


@pytest.mark.shows("F21")
def test_the_file_is_safe_on_the_disk_before_its_row_is_written(files, monkeypatch):
    told: list[str] = []
    sync, create = os.fsync, Evidence.objects.create
    monkeypatch.setattr(os, "fsync", lambda number: (told.append("fsync"), sync(number))[1])
    monkeypatch.setattr(Evidence.objects, "create", lambda **said: (told.append("row"), create(**said))[1])
    row = keep(saved(drawing()))
    assert told == ["fsync", "fsync", "fsync", "row"]
    # The same picture again: nothing to write, and a row of its own.
    assert keep(saved(drawing())).sha256 == row.sha256
    assert told[4:] == ["row"]


def test_a_disk_that_fails_leaves_neither_row_nor_half_a_file(files, monkeypatch):
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(saved(drawing()))
    assert not Evidence.objects.exists()
    assert [path for path in files.glob("*/*") if path.is_file()] == []
