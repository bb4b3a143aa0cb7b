"""The power goes: of what was acknowledged before that instant nothing is lost, and nothing is broken (F05)."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing

import psycopg
import pytest
from django.db import connection, connections

from guiju.kernel import verification
from tests.faults.clerks import UNTIL, Clerks, Told, amiss
from tests.faults.cluster import Cluster, cluster
from tests.faults.findings import EVERYTHING, Findings, told
from tests.faults.installed import until
from tests.faults.mounts import Disk, disk, lacking
from tests.faults.serving import served
from tests.faults.story import Story
from tests.faults.test_kill import at

pytestmark = [
    pytest.mark.no_books,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]

ROUNDS, TWIN_ROUNDS = (60, 20) if EVERYTHING else (2, 6)
VERIFIED_EVERY = 10
# So many are acknowledged before the power goes, and then it goes at any instant of the next half second.
TOLD_BEFORE, THEN_SECONDS = 6, 0.5
KINDS = ("ext4", "xfs") if EVERYTHING else ("ext4",)
NORMAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"


def needs(kind: str) -> None:
    """Skip aloud where this machine cannot do it; a campaign must not pass by that."""
    if why := lacking(kind):
        (pytest.fail if EVERYTHING else pytest.skip)(f"NO POWER CAN BE CUT HERE: {why}")


def blackout(story: Story, disk: Disk, serving: Callable[[], AbstractContextManager[int]]) -> Clerks:
    """Let clerks work on that disk, and take its power; they keep what they were told before."""
    with serving() as port:
        clerks = Clerks(story, lambda: port, persist=False)
        clerks.begin()
        try:
            until(lambda: len(clerks.told) >= TOLD_BEFORE, f"somebody is told something: {clerks.answers}")
            time.sleep(random.uniform(0, THEN_SECONDS))
            # Read before the cut, so that no acknowledgement from after it can count.
            cut_at = time.monotonic()
            disk.cut()
        finally:
            clerks.stop()
    clerks.rest()
    clerks.told = [each for each in clerks.told if each.at < cut_at]
    return clerks


def judge(findings: Findings, clerks: Clerks, kept: list[Told], broken: list[str]) -> None:
    """What is missing, what is there twice, and what is broken.

    kept   what was acknowledged before earlier cuts, and these clerks' own
    """
    kept += clerks.told
    findings.counts["acknowledged"] = len(kept)
    verify = findings.asked % VERIFIED_EVERY == 0
    says = [f"broken: {each}" for each in broken]
    for what, which in amiss(clerks, told=kept):
        findings.count(what)
        says.append(f"{what}: {which}")
    if verify:
        says += [f"verify: {each}" for each in verification.run()]
        findings.count("invariants asked")
    connections.close_all()
    findings.ask(f"round {findings.asked + 1}", iter(says))


def on_sqlite(story: Story, kind: str, name: str, number: int, pragmas: str) -> Findings:
    """So many blackouts with a database that is a file on such a disk."""
    findings, kept = Findings(name), list[Told]()
    options = {**connection.settings_dict["OPTIONS"], "init_command": pragmas}
    with disk(kind) as own:
        database = str(own.at / "guiju.sqlite3")
        shutil.copyfile(story.kept[UNTIL], database)
        os.sync()
        for _ in findings.in_time(range(number)):
            clerks = blackout(story, own, lambda: served(database, OPTIONS=options))
            own.unmount()
            own.mount()
            with closing(sqlite3.connect(database)) as raw:
                broken = [line for (line,) in raw.execute("PRAGMA integrity_check") if line != "ok"]
            with at({"NAME": database}):
                judge(findings, clerks, kept, broken)
            if name != "power" and findings.counts.get("lost"):
                break
    return findings


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.shows("F05", "G03")
def test_on_sqlite_a_power_cut_loses_nothing_that_was_acknowledged(story: Story, kind: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a file of PostgreSQL's is asked below")
    needs(kind)
    ours = on_sqlite(story, kind, "power", ROUNDS, connection.settings_dict["OPTIONS"]["init_command"])
    twin = on_sqlite(story, kind, "synchronous=NORMAL", TWIN_ROUNDS, NORMAL)
    with told(ours, twin, part=f"SQLite on {kind}"):
        assert not ours.found, "\n".join(ours.found[:20])
        assert twin.counts.get("lost"), "Nobody noticed that what was acknowledged is gone."


def on_postgresql(story: Story, disk: Disk, server: Cluster, name: str, number: int) -> Findings:
    """So many blackouts of a server whose data is on such a disk."""
    findings, kept = Findings(name), list[Told]()
    for _ in findings.in_time(range(number)):
        clerks = blackout(story, disk, lambda: served(**server.settings))
        server.kill()
        disk.unmount()
        disk.mount()
        server.start()
        with at(server.settings):
            judge(findings, clerks, kept, _unreadable(server))
        if name != "power" and findings.counts.get("lost"):
            break
    return findings


def _unreadable(server: Cluster) -> list[str]:
    """What PostgreSQL itself says of tables and indexes that do not agree."""
    with psycopg.connect(dbname="postgres", user="guiju", host=str(server.socket), autocommit=True) as admin:
        admin.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        try:
            admin.execute(
                "SELECT bt_index_check(c.oid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relnamespace = 'public'::regnamespace"
            )
        except psycopg.Error as error:
            return [str(error)]
    return []


@pytest.mark.postgres
@pytest.mark.shows("F05", "G03")
def test_on_postgresql_a_power_cut_loses_nothing_that_was_acknowledged(story: Story) -> None:
    if not EVERYTHING:
        pytest.skip("to make a server on a disk of its own takes a campaign: ./run campaign power")
    needs("ext4")
    story.copies.clone(story.kept[UNTIL])
    story.copies.rest()
    with disk("ext4") as own:
        (own.at / "pg").mkdir()
        with cluster(own.at / "pg") as server:
            ours = on_postgresql(story, own, server, "power", ROUNDS)
            server.set(synchronous_commit="off", wal_writer_delay="10000")
            twin = on_postgresql(story, own, server, "synchronous_commit=off", TWIN_ROUNDS)
    with told(ours, twin, part="PostgreSQL on ext4"):
        assert not ours.found, "\n".join(ours.found[:20])
        assert twin.counts.get("lost"), "Nobody noticed that what was acknowledged is gone."
