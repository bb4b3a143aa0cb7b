"""Photographs and signatures: decoded, written anew, and kept under the name of what is in them.

Nothing that came in is ever stored. A picture is decoded to its points and written again, so that what else was in the
file (place and time of the photograph, a script, another file behind the first) does not reach our disk.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db.models import Model
from PIL import Image, ImageOps

from .actor import Actor
from .deed import doing
from .models import Evidence
from .refusing import Invalid
from .words import N_, Sentence

# What a phone's camera makes, with room; above it somebody sends something else.
PHOTO_BYTES_MAX = 10 * 1024 * 1024
# A drawn line compresses well: a full signature pad is about 30 kB.
SIGNATURE_BYTES_MAX = 512 * 1024
# A JPEG is shrunk while it is decoded, so its points cost little. PNG and WebP are laid out whole: 24 million points are
# about 100 MB, which a small server bears once; a bomb of 8 kB that unfolds to a thousand million points it does not.
POINTS_MAX = {"JPEG": 64_000_000, "MPO": 64_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
SIGNATURE_POINTS_MAX = 4_000_000
# A progressive JPEG has about ten scans, and each passes over all points again: thousands of them in a file of 100 kB held a thread
# for minutes. Two views in one file, each with a small picture of itself, stay far below.
SCANS_MAX = 64
# Enough to read a serial number plate in a photograph of the whole machine.
SIDE_MAX = 2560
JPEG_QUALITY = 85
# MPO, which phones write for two views in one file, is JPEG to Pillow; its first view is taken.
FORMATS = ("JPEG", "PNG", "WEBP")
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


def keep_photo(
    file: BinaryIO | bytes, *, unit_id: int, kind: str, by: Actor, at: datetime, on: Model | None = None
) -> Evidence:
    """Keep a photograph.

    file     JPEG, PNG or WebP of at most `PHOTO_BYTES_MAX`; of a moving picture, the first view
    kind     what it shows, such as "INTAKE" or "OLD_PART"
    on       the order that it belongs to: a customer may only add to her own
    raises   Invalid (field "photo"), NotAllowed
    source   T21, T22, T23, I39
    """
    raw = _read(file, PHOTO_BYTES_MAX, "photo")
    picture = _decoded(raw, "photo", FORMATS, POINTS_MAX)
    written = BytesIO()
    picture.save(written, "JPEG", quality=JPEG_QUALITY, optimize=True)
    about = {"unit_id": unit_id, "kind": kind}
    return _keep(written.getvalue(), picture.size, "image/jpeg", on=on, by=by, at=at, **about)


def keep_signature(
    drawn: str | bytes, *, unit_id: int, by: Actor, at: datetime, kind: str = "SIGNATURE", on: Model | None = None
) -> Evidence:
    """Keep a signature as it was drawn on the pad.

    drawn    a PNG, or the data URL of one, as the browser gives it
    on       the order that it is for, as above
    raises   Invalid (field "signature"), also for an empty pad; NotAllowed
    """
    raw = _from_data_url(drawn) if isinstance(drawn, str) else bytes(drawn)
    raw = _read(raw, SIGNATURE_BYTES_MAX, "signature")
    picture = _decoded(raw, "signature", ("PNG",), {"PNG": SIGNATURE_POINTS_MAX}).convert("L")
    darkest, lightest = picture.getextrema()
    if darkest == lightest:
        raise Invalid(Sentence(N_("The signature is empty. Please sign.")), field="signature")
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    about = {"unit_id": unit_id, "kind": kind}
    return _keep(written.getvalue(), picture.size, "image/png", on=on, by=by, at=at, **about)


def open_file(evidence: Evidence) -> BinaryIO:
    """Open what was kept, for reading.

    raises   FileNotFoundError, which `problems` would have told
    """
    return path_of(evidence).open("rb")


def path_of(evidence: Evidence) -> Path:
    """Return where the file is."""
    return _path(evidence.sha256, evidence.mime)


def problems() -> Iterator[str]:
    """Yield rows without their file, files that were changed, and files without a row.

    source   F21, I39
    """
    known: set[Path] = set()
    for sha256, mime in Evidence.objects.values_list("sha256", "mime").distinct().iterator():
        path = _path(sha256, mime)
        known.add(path)
        if not path.exists():
            yield f"evidence {sha256[:12]}: its file is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"evidence {sha256[:12]}: its file is not what was kept"
    for path in sorted(_root().glob("*/*")):
        if path not in known:
            yield f"{path.name}: a file that no evidence knows"


def sweep(*, before: datetime) -> int:
    """Take away the files of deeds that never were, older than that moment; how many.

    A file is on the disk before its row, so a deed that is refused leaves one behind. A younger one may still get its row.
    """
    swept = 0
    for path in sorted(_root().glob("*/*")):
        if path.suffix == ".part" or not Evidence.objects.filter(sha256=path.stem).exists():
            swept += _take_away(path, before)
    return swept


def _take_away(path: Path, before: datetime) -> bool:
    try:
        # Looked at last of all: who keeps the same picture again meanwhile has made the file young.
        is_old = path.stat().st_mtime < before.timestamp()
        if is_old:
            path.unlink()
    except FileNotFoundError:
        return False  # another worker was quicker
    return is_old


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "evidence"


def _path(sha256: str, mime: str) -> Path:
    return _root() / sha256[:2] / f"{sha256}.{ENDINGS[mime]}"


def _read(file: BinaryIO | bytes, limit: int, field: str) -> bytes:
    # One byte more than may be: what a client says of the size is not asked.
    raw = file if isinstance(file, bytes) else file.read(limit + 1)
    if not raw:
        raise Invalid(Sentence(N_("The picture is empty.")), field=field)
    if len(raw) > limit:
        megabytes = f"{limit / 1024 / 1024:g}"
        raise Invalid(
            Sentence(N_("The picture is larger than %(megabytes)s MB."), {"megabytes": megabytes}), field=field
        )
    return raw


def _from_data_url(url: str) -> bytes:
    head, comma, body = url.partition(",")
    if not comma or head != "data:image/png;base64" or len(body) > SIGNATURE_BYTES_MAX * 4 // 3 + 4:
        raise Invalid(Sentence(N_("The signature could not be read. Please sign again.")), field="signature")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(Sentence(N_("The signature could not be read. Please sign again.")), field="signature") from None


def _decoded(raw: bytes, field: str, formats: tuple[str, ...], points_max: dict[str, int]) -> Image.Image:
    """Return the points alone, upright, on white, at most `SIDE_MAX` on the longer side."""
    try:
        with Image.open(BytesIO(raw), formats=formats) as opened:
            _judge_size(opened, field, points_max)
            _judge_scans(raw, opened)
            opened.thumbnail((SIDE_MAX, SIDE_MAX), Image.Resampling.LANCZOS)
            upright = ImageOps.exif_transpose(opened)
            layered = (upright.convert("RGB") if upright.mode in {"CMYK", "YCbCr", "LAB"} else upright).convert("RGBA")
            # A new picture, because Pillow hands comments and colour profiles on from the one that it read.
            clean = Image.new("RGB", layered.size, "white")
            clean.paste(layered, mask=layered)
            return clean
    except Invalid:
        raise
    except Exception as error:
        # A decoder stumbles in many ways over a hostile file, and each of them is the file's own fault.
        sentence = Sentence(N_("This is not a picture that can be read. Use a JPEG, PNG or WebP photograph."))
        raise Invalid(sentence, field=field) from error


def _judge_size(opened: Image.Image, field: str, points_max: dict[str, int]) -> None:
    # Before a single point is decoded: the size stands in the head of the file.
    if opened.width * opened.height > points_max[opened.format or ""]:
        raise Invalid(Sentence(N_("The picture has too many points. Take it at a lower resolution.")), field=field)


def _judge_scans(raw: bytes, opened: Image.Image) -> None:
    # Inside the points a JPEG writes FF as FF 00, so each of these begins a scan.
    if opened.format in {"JPEG", "MPO"} and raw.count(b"\xff\xda") > SCANS_MAX:
        raise ValueError("too many scans")


def _keep(
    content: bytes, size: tuple[int, int], mime: str, *, on: Model | None, by: Actor, at: datetime, **about: Any
) -> Evidence:
    """Put the file on the disk, safe from a power cut, and only then write the row."""
    with doing("evidence.keep", on=on, by=by, at=at, unit_id=about["unit_id"], kind=about["kind"]) as deed:
        sha256 = hashlib.sha256(content).hexdigest()
        _write(_path(sha256, mime), content)
        evidence = Evidence.objects.create(
            sha256=sha256,
            mime=mime,
            size=len(content),
            width=size[0],
            height=size[1],
            kept_at=at,
            person_id=by.person_id,
            actor_name=by.name,
            **about,
        )
        deed.note(sha256=sha256)
        deed.about(evidence)
    return evidence


def _write(path: Path, content: bytes) -> None:
    """Write the file whole under its final name, or not at all; the same content is written once."""
    if path.exists() and path.stat().st_size == len(content):
        # Young again, so that nobody sweeps it up before our row is written.
        path.touch()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _sync_folder(folder: Path) -> None:
    # The name, too, must survive the power cut. Windows knows no such thing and needs none.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
