"""The figures as a table that people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tools.bench.reach import BEST_PEER_MS, Figure, misses, slower

HEAD = "| database | orders or moves | clients | operation | p50 ms | p95 ms | a second | statements | floor ms | ratio | best peer ms |"
RULE = "| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"


def table(figures: Iterable[Figure], memory_mb: Mapping[str, float]) -> str:
    """Markdown: a row a figure, the memory, and what misses."""
    figures = list(figures)
    lines = ["# How fast", "", HEAD, RULE, *map(_row, figures), ""]
    lines += [f"Server, {where}: {held:.0f} MB (PSS, all processes)." for where, held in memory_mb.items()]
    missed = misses(figures, memory_mb)
    lines += ["", "## What misses", "", *(f"- {each}" for each in missed or ["nothing"])]
    late = slower(figures)
    lines += ["", "## What takes longer than was asked", "", *(f"- {each}" for each in late or ["nothing"]), ""]
    return "\n".join(lines)


def _row(each: Figure) -> str:
    peer = BEST_PEER_MS.get(each.operation)
    cells = (
        each.database, f"{each.orders:,}", str(each.clients), each.operation, f"{each.p50_ms:.1f}", f"{each.p95_ms:.1f}",
        f"{each.per_second:.1f}", str(each.statements), f"{each.floor_ms:.2f}" if each.floor_ms else "",
        f"{each.ratio:.1f}" if each.ratio else "", f"{peer:.0f}" if peer else "",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"
