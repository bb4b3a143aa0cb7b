"""A whole installation in one file, and back again: the database, the kept files, and the secret that the trail's marks hang on.

The archive is a tar.gz. Its first member, manifest.json, says what must be in it, with the digest of each member; nothing is
installed from an archive in which one byte differs. Who holds the archive holds the secret too: keep it as you keep money.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.crypto import salted_hmac

from guiju.conf import dumping
from guiju.conf.dumping import CannotDoThat
from guiju.kernel import trail

FORMAT = 1
MANIFEST, DATABASE, SECRET, FILES = "manifest.json", "database", "secret-key", "files/"
# Far above what a manifest of a million photographs needs; a hostile archive must not fill the memory.
MANIFEST_BYTES_MAX = 256 * 1024 * 1024
PIECE = 1024 * 1024


class Damaged(CannotDoThat):
    """The archive is not what was written."""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds.

    key       a fingerprint of the installation's secret, which is not always inside
    members   SHA-256 of each member
    head      the last link of the audit chain, and its digest
    counts    rows of each table
    """

    format: int
    vendor: str
    taken_at: str
    key: str
    members: Mapping[str, str]
    head: tuple[int, str]
    counts: Mapping[str, int] = field(default_factory=dict)


def fingerprint(secret: str) -> str:
    """Tells two secrets apart without telling either."""
    return salted_hmac("guiju.archive", "key", secret=secret, algorithm="sha256").hexdigest()[:32]


def take(target: Path, *, at: datetime) -> Manifest:
    """Write the whole installation to one file, while people go on working.

    target   must not exist: no backup is ever written over another
    raises   CannotDoThat
    """
    if target.exists():
        raise CannotDoThat(f"{target} exists already. Backups are never written over.")
    trail.seal_pending()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=_data()) as scratch:
        snapshot = Path(scratch, DATABASE)
        found = dumping.dump(snapshot)
        members = {DATABASE: snapshot, **_files(found.evidence)}
        kept = _data() / SECRET
        if kept.exists() and kept.read_text(encoding="ascii").strip() == settings.SECRET_KEY:
            members[SECRET] = kept
        digests = {name: _digest_of(path) for name, path in members.items()}
        about = Manifest(
            FORMAT,
            connection.vendor,
            at.isoformat(),
            fingerprint(settings.SECRET_KEY),
            digests,
            found.head,
            found.counts,
        )
        _write(target, about, members)
    return about


def put_back(source: Path, *, replace: bool) -> Manifest:
    """Install what an archive holds. Nothing is touched before the whole archive has been read and found whole.

    What an older Guiju wrote is installed as it was; whoever restores then brings it level (`migrate`).
    replace   also over an installation that has something in it, which is then gone
    raises    Damaged, CannotDoThat
    """
    if not replace and not is_empty():
        raise CannotDoThat("This installation is not empty. Say --replace to lose what is in it.")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=_data()) as scratch:
        folder = Path(scratch)
        about = _unpack(source, folder)
        _judge(about, folder)
        _refuse_newer(dumping.applied(folder / DATABASE))
        dumping.load(folder / DATABASE, expected=about.counts)
        _swap(folder / FILES, Path(settings.MEDIA_ROOT), folder / "replaced")
        if (folder / SECRET).exists() and "GUIJU_SECRET_KEY" not in os.environ:
            (folder / SECRET).chmod(0o600)
            (folder / SECRET).replace(_data() / SECRET)
    return about


def missing() -> list[str]:
    """The migrations that this Guiju has and the database lacks, in their order."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def is_empty() -> bool:
    """Whether nobody has worked here yet."""
    media = Path(settings.MEDIA_ROOT)
    return dumping.is_empty() and not (media.exists() and any(each.is_file() for each in media.rglob("*")))


def _data() -> Path:
    folder = Path(settings.DATA)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _files(evidence: frozenset[str]) -> dict[str, Path]:
    """The kept files. A picture whose row came after the snapshot belongs to the next backup."""
    media = Path(settings.MEDIA_ROOT)
    found = {}
    for path in sorted(media.rglob("*")):
        inner = path.relative_to(media)
        if path.is_file() and not path.name.startswith(".") and (inner.parts[0] != "evidence" or path.stem in evidence):
            found[FILES + inner.as_posix()] = path
    return found


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(target: Path, about: Manifest, members: Mapping[str, Path]) -> None:
    """Under another name until it is whole and on the disk; readable by its owner alone."""
    descriptor, draft = tempfile.mkstemp(dir=target.resolve().parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            with (
                gzip.GzipFile(fileobj=file, mode="wb", filename="", compresslevel=6) as packed,
                tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
            ):
                _add(archive, MANIFEST, json.dumps(asdict(about), indent=1, sort_keys=True).encode())
                for name, path in members.items():
                    archive.add(path, arcname=name, recursive=False, filter=_plain)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the name of whoever ran the backup."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(_plain(member), io.BytesIO(content))


def _unpack(source: Path, folder: Path) -> Manifest:
    """Write the members to an empty folder, each as its digest says it must be."""
    try:
        with gzip.open(source, "rb") as packed:
            with tarfile.open(fileobj=packed, mode="r|") as archive:
                about = _members(archive, folder)
            # To the very end: gzip's own sum stands there.
            while packed.read(PIECE):
                pass
    except FileNotFoundError:
        raise CannotDoThat(f"There is no {source}.") from None
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{source} is damaged ({error}). Nothing was changed.") from error
    return about


def _members(archive: tarfile.TarFile, folder: Path) -> Manifest:
    first = archive.next()
    if first is None or first.name != MANIFEST or first.size > MANIFEST_BYTES_MAX:
        raise Damaged("This is no backup of Guiju: it does not begin with its manifest.")
    about = _manifest(archive.extractfile(first))
    missing = dict(about.members)
    while (member := archive.next()) is not None:
        expected = missing.pop(member.name, None)
        content = archive.extractfile(member) if member.isreg() else None
        if expected is None or content is None or not _is_safe(member.name):
            raise Damaged(f"The archive holds {member.name!r}, which does not belong there. Nothing was changed.")
        path = folder / member.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            shutil.copyfileobj(content, file, PIECE)
        if _digest_of(path) != expected:
            raise Damaged(f"{member.name} in the archive is not what was written. Nothing was changed.")
    if missing:
        raise Damaged(f"The archive lacks {min(missing)}. Nothing was changed.")
    return about


def _manifest(content: IO[bytes] | None) -> Manifest:
    said = json.loads(content.read() if content else b"")
    if said["format"] != FORMAT:
        raise CannotDoThat(f"The backup has format {said['format']}; this Guiju reads format {FORMAT}.")
    return Manifest(**{**said, "head": tuple(said["head"])})


def _is_safe(name: str) -> bool:
    """Whether a member stays inside the folder that it is written to."""
    path = PurePosixPath(name)
    inside = name in {DATABASE, SECRET} or (name.startswith(FILES) and len(path.parts) > 1)
    return inside and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _judge(about: Manifest, folder: Path) -> None:
    if about.vendor != connection.vendor:
        raise CannotDoThat(f"The backup is of {about.vendor}, this installation runs on {connection.vendor}.")
    given = os.environ.get("GUIJU_SECRET_KEY")
    inside = folder / SECRET
    secret = given or (inside.read_text(encoding="ascii").strip() if inside.exists() else settings.SECRET_KEY)
    if fingerprint(secret) != about.key:
        raise CannotDoThat(
            "The backup was made with another secret, and without it the trail's marks and the customers' links are worthless. "
            "Set GUIJU_SECRET_KEY to the secret of that installation."
        )


def _refuse_newer(applied: frozenset[tuple[str, str]]) -> None:
    """There is a way from older tables to ours, and none back from newer ones."""
    disk = MigrationLoader(None).disk_migrations
    known = set(disk) | {replaced for migration in disk.values() for replaced in migration.replaces}
    unknown = sorted(applied - known)
    if unknown:
        raise CannotDoThat(
            f"The backup was made by a newer Guiju: this one does not know {len(unknown)} of its migrations, such as "
            f"{'.'.join(unknown[0])}. Install that version, or a later one, and restore with it. Nothing was changed."
        )


def _swap(new: Path, here: Path, aside: Path) -> None:
    if here.exists():
        here.replace(aside)
    new.mkdir(exist_ok=True)
    here.parent.mkdir(parents=True, exist_ok=True)
    new.replace(here)
