"""Draw docs/flow/work-order.md from the table of moves: `python -m tools.flow` writes it, `--check` says whether it is current."""

from __future__ import annotations

import sys
from pathlib import Path

from guiju.line.workorder.rules import CUSTOMER_SEES, LABELS, MOVES, TERMINAL, Move, State

PAGE = Path(__file__).resolve().parent.parent / "docs" / "flow" / "work-order.md"
WHO = {
    "RC": "receptionist", "DP": "dispatcher", "TE": "technician", "QC": "quality inspector", "SK": "store keeper", "CA": "cashier",
    "FI": "finance", "OM": "outlet manager", "NM": "network manager", "DR": "driver", "CU": "customer", "SY": "the house itself",
}  # fmt: skip
HEAD = """\
# A work order's life

Drawn by `python -m tools.flow` from `guiju/line/workorder/rules/life.py`; a test fails when this page is not current. Any move
that is not in the table is refused, with the moves that are allowed (HTTP 409). The refusals and side effects of each move stand
in the docstring of its verb; domain.md 3.2 says why the table is so.
"""


def page() -> str:
    """The whole page: the picture of what is offered, the table of every move, and what each state is called."""
    offered = [move for move in MOVES if move.is_offered]
    later = [move for move in MOVES if not move.is_offered]
    parts = [
        HEAD,
        "## The picture (carry-in)\n\n```mermaid\nstateDiagram-v2\n" + "\n".join(_picture(offered)) + "\n```\n",
        "## What is offered\n\n" + _table(offered),
        "## What is declared and refused aloud until it is built\n\n" + _table(later),
        "## What each state is called\n\n" + _states(),
    ]
    return "\n".join(parts)


def _picture(moves: list[Move]) -> list[str]:
    arrows: dict[tuple[State, State], list[str]] = {}
    for move in moves:
        for state in move.froms:
            arrows.setdefault((state, move.to), []).append(move.verb)
    lines = ["    [*] --> DRAFT"]
    lines += [f"    {start} --> {end}: {', '.join(dict.fromkeys(verbs))}" for (start, end), verbs in arrows.items()]
    return lines + [f"    {state} --> [*]" for state in State if state in TERMINAL]


def _table(moves: list[Move]) -> str:
    rows = ["| from | verb | to | who |", "| --- | --- | --- | --- |"]
    for move in moves:
        froms = ", ".join(move.froms)
        who = ", ".join(WHO[code] for code in move.who)
        rows.append(f"| {froms} | `{move.verb}` | {move.to} | {who} |")
    return "\n".join(rows) + "\n"


def _states() -> str:
    rows = ["| state | at the desks | the customer sees |", "| --- | --- | --- |"]
    rows += [
        f"| {state} | {LABELS[state]} | {CUSTOMER_SEES[state].replace('%(date)s', '{date}') or '—'} |"
        for state in State
    ]
    return "\n".join(rows) + "\n"


def is_current() -> bool:
    """Whether the page says what the table says."""
    return PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()


def main() -> int:
    """Write the page, or with `--check` say whether it has to be written."""
    if "--check" in sys.argv:
        print("current" if is_current() else f"{PAGE.name} is not current: run python -m tools.flow")
        return 0 if is_current() else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
