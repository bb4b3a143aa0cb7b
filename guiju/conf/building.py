"""While the house is being built: which contexts can be lived in already.

Temporary; goes, with its two uses in settings.py, when every context exists.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# What a context's tables stand on: an import of another context, or a foreign key by its label.
IMPORTED = re.compile(r"^from guiju\.(?:\w+\.)?(\w+)(?:\.models)? import", re.MULTILINE)
NAMED = re.compile(r"\"(\w+)\.[A-Z]\w+\"")


def stands_on(context: str) -> set[str]:
    """The labels of the contexts that this one's tables need."""
    text = (ROOT / context.replace(".", "/") / "models.py").read_text(encoding="utf-8") if has_models(context) else ""
    return {*IMPORTED.findall(text), *NAMED.findall(text)}


def has_models(context: str) -> bool:
    """Whether the context has tables yet."""
    return (ROOT / context.replace(".", "/") / "models.py").exists()


def finished(contexts: list[str]) -> list[str]:
    """The contexts that exist, and whose tables stand on none that does not."""
    labels = {context.rpartition(".")[2] for context in contexts}
    kept: list[str] = []
    for context in contexts:
        exists = (ROOT / context.replace(".", "/") / "__init__.py").exists()
        there = {name.rpartition(".")[2] for name in kept} | {context.rpartition(".")[2]}
        if exists and not (stands_on(context) & labels) - there:
            kept.append(context)
    return kept
