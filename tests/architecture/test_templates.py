"""Templates hold no query, no arithmetic, no role test, and nothing that a strict CSP would refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

FAULTS = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "text marked as safe": re.compile(r"\|\s*safe\b|autoescape\s+off"),
    "something from another host": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "a role test": re.compile(r"\brole\s*(==|!=|in)\s"),
    "a query": re.compile(r"\.objects\.|_set\."),
}


def faults(root: Path) -> Iterator[str]:
    """What the templates below `root` hold that they must not."""
    for path in sorted(root.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for what, pattern in FAULTS.items():
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                yield f"{path.relative_to(root)}:{line}: {what}: {found.group(0)[:60]!r}"


def test_the_templates_keep_the_rules() -> None:
    assert list(faults(ROOT / "guiju")) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<p style="color: red">',
        "<style>p {}</style>",
        '<a onclick="x()">',
        "{{ name|safe }}",
        "{% autoescape off %}",
        '<script src="https://example.org/x.js"></script>',
        '{% if role == "RC" %}',
        "{% for line in order.line_set.all %}",
    ],
)
def test_each_rule_bites(bad: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<script src="/static/x.js"></script><p class="a">{{ name }}</p>', encoding="utf-8")
    assert list(faults(tmp_path)) == []
    page.write_text(bad, encoding="utf-8")
    assert list(faults(tmp_path))


# Django and allauth find these by their names.
FOUND_BY_NAME = re.compile(
    r"^(?:\d{3}(?:_csrf)?\.html|(?:account|allauth|mfa|socialaccount|usersessions)/.*|django/.*)$"
)


def unreferenced(root: Path) -> list[str]:
    """The templates that no code and no other template names."""
    folders = sorted(root.rglob("templates"))
    named = {path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.html")}
    texts = [path for ending in ("*.py", "*.html") for path in root.rglob(ending)]
    told = "\n".join(path.read_text(encoding="utf-8") for path in texts)
    return sorted(name for name in named if name not in told and not FOUND_BY_NAME.match(name))


def test_every_template_is_named_somewhere() -> None:
    assert unreferenced(ROOT / "guiju") == []


def test_a_template_that_nobody_names_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "till"
    folder.mkdir(parents=True)
    (folder / "used.html").write_text("{% include 'till/part.html' %}", encoding="utf-8")
    (folder / "part.html").write_text("", encoding="utf-8")
    (folder / "old.html").write_text("", encoding="utf-8")
    (tmp_path / "views.py").write_text('render(request, "till/used.html#row")', encoding="utf-8")
    assert unreferenced(tmp_path) == ["till/old.html"]
