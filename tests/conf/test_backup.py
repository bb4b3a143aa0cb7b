"""A backup is the whole installation, taken while people work; and nothing is installed from one that is not whole."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from guiju.conf import archive

# A release asks for a thousand of a thousand.
FLIPS = 50
FOUND = """
from datetime import UTC, datetime
from django.core.management import call_command
from guiju.conf.demo import pictures
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.standing.people import actions as people, queries
at = datetime(2026, 11, 2, 4, tzinfo=UTC)
call_command("migrate", verbosity=0)
secret, house = "a long enough secret", Actor.system("test")
login = people.found(names={"en": "Shop"}, administrator="Ada", username="ada", password=secret, by=house, at=at)
admin = queries.actor_for(login, at)
outlet = people.create_unit(code="S1", names={"en": "Outlet"}, kind="OUTLET", parent=login.person.unit, by=admin, at=at)
lin = people.hire(unit=outlet, number="S1-1", name="Lin", by=admin, at=at)
people.grant_role(lin, role="RC", unit=outlet, starts_on=outlet.day(at), by=admin, at=at)
desk = queries.actor_for(people.make_login(lin, username="lin", password=secret, language="en", by=admin, at=at), at)
evidence.keep_photo(pictures.appliance(1, 0), unit_id=outlet.pk, kind="INTAKE", by=desk, at=at)
"""
CHANGE = """
from datetime import UTC, datetime
from guiju.conf.demo import pictures
from guiju.kernel import evidence
from guiju.standing.people import queries
from guiju.standing.people.models import Login
at = datetime(2026, 11, 3, 4, tzinfo=UTC)
lin = Login.objects.get(username="lin")
evidence.keep_photo(pictures.appliance(2, 1), unit_id=lin.person.unit_id, kind="INTAKE", by=queries.actor_for(lin, at), at=at)
"""


@dataclass
class Shop:
    """A small installation of its own, worked from outside as its owner would."""

    data: Path
    database: str = ""

    def guiju(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "GUIJU_DATA": str(self.data), "DATABASE_URL": self.database}
        command = [sys.executable, "-m", "guiju.conf.cli", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def do(self, *words: str) -> str:
        done = self.guiju(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def files(self) -> set[str]:
        return {path.name for path in (self.data / "files").rglob("*") if path.is_file()}


def founded(data: Path, database: str = "") -> Shop:
    shop = Shop(data, database)
    shop.do("shell", "--verbosity", "0", "-c", FOUND)
    return shop


def drill(shop: Shop, file: Path) -> None:
    """Back up, go on working, lose it all, and have again exactly what there was."""
    before, said = shop.files(), shop.do("backup", str(file))
    assert len(before) == 1
    rows, head = re.search(r"(\d+) rows.* head (\w+)", said).groups()
    shop.do("shell", "--verbosity", "0", "-c", CHANGE)
    assert len(shop.files()) == 2
    refused = shop.guiju("restore", str(file))
    assert refused.returncode != 0
    assert "not empty" in refused.stderr
    assert len(shop.files()) == 2
    said = shop.do("restore", str(file), "--replace")
    assert f"Restored {rows} rows" in said
    assert "All is as it must be" in said
    assert f"head {head}" in said
    assert shop.files() == before
    # And a second backup of what was restored holds the same rows.
    again = file.with_name("again.tar.gz")
    assert f"{rows} rows" in shop.do("backup", str(again))
    assert counts(again) == counts(file)


def counts(file: Path) -> dict[str, int]:
    with tarfile.open(file) as opened:
        return json.load(opened.extractfile(archive.MANIFEST))["counts"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return founded(tmp_path_factory.mktemp("shop"))


@pytest.mark.slow
@pytest.mark.shows("T58", "G34", "G35")
def test_what_was_backed_up_comes_back(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "monday.tar.gz"
    drill(shop, file)
    assert file.stat().st_mode & 0o077 == 0
    # Never over an earlier backup.
    assert shop.guiju("backup", str(file)).returncode != 0
    # On a new machine: everything comes out of the one file, the secret too.
    other = Shop(tmp_path / "other")
    assert "All is as it must be" in other.do("restore", str(file))
    assert (other.data / "secret-key").read_bytes() == (shop.data / "secret-key").read_bytes()
    assert (other.data / "secret-key").stat().st_mode & 0o077 == 0
    # One bit is wrong, wherever it is behind the head of the gzip, which holds nothing of ours: it is found, each time.
    whole, draw = file.read_bytes(), random.Random(35)
    for number in range(FLIPS):
        bent = bytearray(whole)
        bent[draw.randrange(10, len(bent))] ^= 1 << draw.randrange(8)
        (tmp_path / "flipped").write_bytes(bent)
        with pytest.raises(archive.CannotDoThat):
            archive._unpack(tmp_path / "flipped", tmp_path / f"out-{number}")
    # One byte is wrong: nothing is touched.
    bent = bytearray(file.read_bytes())
    bent[len(bent) // 2] ^= 1
    (tmp_path / "bent.tar.gz").write_bytes(bent)
    refused = other.guiju("restore", str(tmp_path / "bent.tar.gz"), "--replace")
    assert refused.returncode != 0
    assert "Nothing was changed" in refused.stderr
    assert "All is as it must be" in other.do("verify")


def of_another_version(file: Path, target: Path, *statements: str) -> Path:
    """The same archive as another Guiju would have written it: its database changed, its manifest true of it."""
    with tarfile.open(file) as opened:
        members = {each.name: opened.extractfile(each).read() for each in opened}
    about = json.loads(members.pop(archive.MANIFEST))
    database = target.with_suffix(".sqlite3")
    database.write_bytes(members["database"])
    with closing(sqlite3.connect(database)) as changed:
        changed.executescript(";".join(statements))
        tables = changed.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        names = [name for (name,) in tables.fetchall()]
        about["counts"] = {name: changed.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}
    members["database"] = database.read_bytes()
    about["members"]["database"] = hashlib.sha256(members["database"]).hexdigest()
    with tarfile.open(target, "w:gz") as opened:
        for name, content in {archive.MANIFEST: json.dumps(about).encode(), **members}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            opened.addfile(info, io.BytesIO(content))
    return target


def tables_of(shop: Shop, app: str) -> set[str]:
    with closing(sqlite3.connect(shop.data / "guiju.sqlite3")) as database:
        found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE ?", [f"{app}_%"])
        return {name for (name,) in found.fetchall()}


@pytest.fixture(scope="module")
def archived(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop's own backup."""
    file = tmp_path_factory.mktemp("archived") / "monday.tar.gz"
    shop.do("backup", str(file))
    return file


@pytest.mark.slow
def test_what_an_older_version_backed_up_is_brought_level(shop: Shop, archived: Path, tmp_path: Path) -> None:
    gone = sorted(tables_of(shop, "notices"))
    assert gone
    older = of_another_version(
        archived, tmp_path / "older.tar.gz",
        *(f"DROP TABLE {name}" for name in gone), "DELETE FROM django_migrations WHERE app = 'notices'",
    )  # fmt: skip
    other = Shop(tmp_path / "other")
    said = other.do("restore", str(older))
    assert "made by an older Guiju" in said
    assert "All is as it must be" in said
    assert tables_of(other, "notices") == set(gone)
    # The very version that made the backup has nothing to bring level.
    assert "older Guiju" not in other.do("restore", str(archived), "--replace")


@pytest.mark.slow
def test_what_a_newer_version_backed_up_is_refused_and_nothing_is_touched(
    shop: Shop, archived: Path, tmp_path: Path
) -> None:
    row = "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '0099_from_tomorrow', '2027-01-01')"
    newer = of_another_version(archived, tmp_path / "newer.tar.gz", row)
    before = (shop.data / "guiju.sqlite3").read_bytes(), shop.files()
    refused = shop.guiju("restore", str(newer), "--replace")
    assert refused.returncode != 0
    assert "made by a newer Guiju" in refused.stderr
    assert "kernel.0099_from_tomorrow" in refused.stderr
    assert ((shop.data / "guiju.sqlite3").read_bytes(), shop.files()) == before


@pytest.fixture
def empty_database() -> Iterator[str]:
    import psycopg

    address = urlsplit(os.environ["GUIJU_TEST_POSTGRES_URL"])
    name = f"drill_{os.getpid()}"
    with psycopg.connect(urlunsplit(address._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(address._replace(path=f"/{name}"))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
@pytest.mark.postgres
def test_what_was_backed_up_comes_back_on_postgresql(empty_database: str, tmp_path: Path) -> None:
    drill(founded(tmp_path / "data", empty_database), tmp_path / "monday.tar.gz")


# --- Archives that somebody spoiled


def packed(
    target: Path,
    members: dict[str, bytes],
    *,
    said: dict[str, bytes] | None = None,
    extra: tarfile.TarInfo | None = None,
) -> Path:
    """An archive with these members, and a manifest that says of them what `said` would make true."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in (said or members).items()}
    about = {
        "format": 1,
        "vendor": "sqlite",
        "taken_at": "",
        "key": "",
        "members": digests,
        "head": [0, ""],
        "counts": {},
    }
    with tarfile.open(target, "w:gz") as opened:
        for name, content in {archive.MANIFEST: json.dumps(about).encode(), **members}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            opened.addfile(info, io.BytesIO(content))
        if extra:
            opened.addfile(extra)
    return target


WHOLE = {"database": b"rows", "files/evidence/ab/abc.jpg": b"picture"}


def test_an_archive_is_read_whole(tmp_path: Path) -> None:
    about = archive._unpack(packed(tmp_path / "a.tar.gz", WHOLE), tmp_path / "out")
    assert set(about.members) == set(WHOLE)
    assert (tmp_path / "out/files/evidence/ab/abc.jpg").read_bytes() == b"picture"


@pytest.mark.parametrize(
    "name", ["files/../../evil", "/etc/evil", "files/", "other", "files/c:evil", "files\\..\\evil"]
)
@pytest.mark.shows("T25")
def test_no_member_leaves_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(archive.Damaged):
        archive._unpack(packed(tmp_path / "a.tar.gz", {**WHOLE, name: b"evil"}), tmp_path / "out" / "inner")
    assert not list(tmp_path.rglob("*evil"))


def test_a_link_is_no_member(tmp_path: Path) -> None:
    link = tarfile.TarInfo("database")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with pytest.raises(archive.Damaged):
        archive._unpack(packed(tmp_path / "a.tar.gz", {}, said=WHOLE, extra=link), tmp_path / "out")


def test_a_member_that_is_missing_or_changed_is_found(tmp_path: Path) -> None:
    with pytest.raises(archive.Damaged, match="lacks"):
        archive._unpack(packed(tmp_path / "a.tar.gz", {"database": b"rows"}, said=WHOLE), tmp_path / "out")
    changed = {**WHOLE, "database": b"ROWS"}
    with pytest.raises(archive.Damaged, match="database"):
        archive._unpack(packed(tmp_path / "b.tar.gz", changed, said=WHOLE), tmp_path / "out")


def test_every_byte_counts(tmp_path: Path) -> None:
    whole = packed(tmp_path / "a.tar.gz", WHOLE).read_bytes()
    spoiled, refused = tmp_path / "spoiled.tar.gz", 0
    # The first ten bytes and the file's name after them are gzip's own head, which says nothing of what is inside.
    places = range(whole.index(b"a.tar\0") + 6, len(whole))
    for place in places:
        spoiled.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            archive._unpack(spoiled, tmp_path / "out")
        except archive.Damaged:
            refused += 1
        else:
            # A few bits say in other words the same, such as which of many zeros to repeat.
            assert {name: (tmp_path / "out" / name).read_bytes() for name in WHOLE} == WHOLE
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
    assert refused > 0.95 * len(places)
    for length in (0, 20, len(whole) - 1):
        spoiled.write_bytes(whole[:length])
        with pytest.raises(archive.Damaged):
            archive._unpack(spoiled, tmp_path / "out")
    spoiled.write_bytes(gzip.compress(b"no archive at all"))
    with pytest.raises(archive.Damaged):
        archive._unpack(spoiled, tmp_path / "out")


def test_a_program_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from guiju.conf import dumping

    monkeypatch.setattr(dumping, "SERVERS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(dumping.CannotDoThat, match="pg_dump is missing"):
        dumping._find("pg_dump")
