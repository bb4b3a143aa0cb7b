"""A real installation is served by https alone, and the check that says so finds nothing to mend."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse


def guiju(*words: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "guiju.conf.cli", *words],
        env={**os.environ, "GUIJU_DATA": str(data), "DATABASE_URL": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_djangos_own_check(tmp_path: Path) -> None:
    strict = ("check", "--deploy", "--fail-level", "WARNING")
    # The same check does find fault with an installation that is reached without https.
    assert guiju(*strict, data=tmp_path).returncode != 0
    done = guiju(*strict, data=tmp_path, GUIJU_PRODUCTION="1")
    assert done.returncode == 0, done.stderr


@pytest.mark.shows("T20")
def test_no_page_may_run_what_we_did_not_ship(client: Client, db: None) -> None:
    policy = client.get("/account/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http" not in policy


@pytest.mark.shows("T38")
def test_no_foreign_page_sends_our_forms(client: Client, db: None) -> None:
    said = {"language": "en", "next": "/"}
    assert client.post(reverse("set_language"), said).status_code == 302
    assert Client(enforce_csrf_checks=True).post(reverse("set_language"), said).status_code == 403


@pytest.mark.shows("T20")
def test_no_foreign_page_shows_ours_in_a_frame(client: Client, db: None) -> None:
    headers = client.get("/account/login/").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
