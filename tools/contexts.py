"""Write docs/contexts, a page a context, from what its files say of themselves: `python -m tools.contexts`, or `--check`.

A page may begin with words by hand; all that stands under the mark is written anew.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import django
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "contexts"
BANDS = ("standing", "books", "readiness", "line", "oversight")
MARK = "<!-- Below this line `python -m tools.contexts` writes; a test fails when it is not current. -->"
FILES = ("rules", "models", "queries", "actions", "reactions")


def contexts() -> Iterator[str]:
    """The contexts, from the deepest band up."""
    for band in BANDS:
        for folder in sorted((ROOT / "guiju" / band).iterdir()):
            if (folder / "apps.py").is_file():
                yield f"guiju.{band}.{folder.name}"


def first_line(thing: object) -> str:
    """What a thing says it is."""
    return (inspect.getdoc(thing) or "").split("\n", 1)[0].strip()


def _module(name: str) -> ModuleType | None:
    return import_module(name) if find_spec(name) else None


def _nouns(context: str) -> Iterator[str]:
    config = next(each for each in apps.get_app_configs() if each.name == context)
    for model in config.get_models():
        names = [constraint.name.replace("_", " ") for constraint in model._meta.constraints if constraint.name]  # noqa: SLF001
        yield f"- **{model.__name__}** — {first_line(model)}"
        yield from (f"  - {name}" for name in names)


def _verbs(context: str) -> Iterator[str]:
    from guiju.conf.rights import RIGHTS
    from guiju.kernel.actor import Reach

    short, actions = context.rpartition(".")[2], _module(f"{context}.actions")
    for verb, roles in RIGHTS.items():
        area, _, name = verb.partition(".")
        act = getattr(actions, name, None)
        if area == short and act is not None:
            said = " ".join(f"{role} (own)" if reach is Reach.OWN else role for role, reach in roles.items())
            yield f"| `{name}` | {first_line(act)} | {said} |"


def _news(context: str) -> Iterator[str]:
    events = _module(f"{context}.events")
    for name, event in vars(events).items() if events else ():
        if inspect.isclass(event) and event.__module__ == f"{context}.events":
            told = first_line(event) if not first_line(event).startswith(f"{name}(") else ""
            fields = ", ".join(event.__annotations__)
            yield f"- **{name}** ({fields}){f' — {told}' if told else ''}"


def _promises(context: str) -> Iterator[str]:
    from guiju.kernel import verification

    for name in (f"{context}.{file}" for file in FILES):
        _module(name)
    for (where, invariant), question in verification._questions.items():  # noqa: SLF001  # a tool of the house
        if where.startswith(f"{context}."):
            yield f"- {invariant}: {first_line(question)}"


def written(context: str) -> str:
    """The part of the page that the code tells."""
    parts = [f"{MARK}\n"]
    for title, lines, head in (
        ("Nouns, and what the database holds true of them", list(_nouns(context)), ""),
        ("Verbs", list(_verbs(context)), "| verb | what it does | who |\n| --- | --- | --- |\n"),
        ("News that it tells", list(_news(context)), ""),
        ("What `guiju verify` asks of it", list(_promises(context)), ""),
    ):
        if lines:
            parts.append(f"## {title}\n\n{head}" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def page(context: str) -> str:
    """The whole page: the words by hand, if there are any, and the rest."""
    path = PAGES / f"{context.rpartition('.')[2]}.md"
    by_hand = path.read_text(encoding="utf-8").split(MARK)[0].rstrip() if path.is_file() else ""
    head = by_hand or f"# {path.stem}\n\n{first_line(import_module(context))}"
    return f"{head}\n\n{written(context)}"


def stale() -> list[str]:
    """The contexts whose page is missing or not current."""
    return [
        context
        for context in contexts()
        if not (path := PAGES / f"{context.rpartition('.')[2]}.md").is_file()
        or path.read_text(encoding="utf-8") != page(context)
    ]


def main(arguments: list[str]) -> int:
    """Write all pages, or say which are not current."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    django.setup()
    if arguments == ["--check"]:
        print("\n".join(stale()) or "docs/contexts is current.")
        return int(bool(stale()))
    for context in contexts():
        (PAGES / f"{context.rpartition('.')[2]}.md").write_text(page(context), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
