"""Reads the source of Guiju (or of a small broken tree) for the architecture tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BANDS_OF_CONTEXTS = ("standing", "readiness", "books", "line", "oversight")
WRITES = frozenset({"create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"})


@dataclass(frozen=True)
class File:
    """One Python file: where it stands, and its syntax tree."""

    root: Path
    path: Path

    @property
    def place(self) -> str:
        return self.path.relative_to(self.root).as_posix()

    @property
    def band(self) -> str:
        parts = self.place.split("/")
        return parts[1] if len(parts) > 2 else ""

    @property
    def context(self) -> str:
        """`guiju.line.dispatch` for a file of that context, or the empty string."""
        parts = self.place.split("/")
        return ".".join(parts[:3]) if self.band in BANDS_OF_CONTEXTS and len(parts) > 3 else ""

    @property
    def room(self) -> str:
        """The file's role in its context: `actions` for actions.py and for actions/quotes.py."""
        parts = self.place.split("/")
        return parts[3].removesuffix(".py") if self.context else ""

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"), filename=self.place)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """The whole tree, laid out once for all who look at it."""
        return list(ast.walk(self.tree))

    def imports(self) -> Iterator[tuple[str, str, int]]:
        """Every imported module, the local name it gets, and the line."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, alias.asname or alias.name.split(".")[0], node.lineno
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    yield f"{node.module}.{alias.name}", alias.asname or alias.name, node.lineno


@cache
def files(root: Path = ROOT) -> list[File]:
    """All Python files of the package `guiju` below `root`, migrations left out; read once, so write a broken tree before asking."""
    return [File(root, path) for path in sorted((root / "guiju").rglob("*.py")) if "migrations" not in path.parts]
