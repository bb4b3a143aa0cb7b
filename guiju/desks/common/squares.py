"""A QR code as a drawing on a page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any


# The page of a job is opened again and again while it is in the house, and its code never changes.
@lru_cache(maxsize=1024)
def squares(text: str) -> Mapping[str, Any]:
    """The QR code as the rows of one drawing: each dark run is a stroke one square high.

    size   squares on a side, with the quiet zone of four that ISO/IEC 18004 asks for
    """
    # Loaded where it is drawn: many a process never draws one.
    import segno

    code = segno.make(text, error="m", micro=False)
    strokes = []
    matrix = [list(row) for row in code.matrix_iter(border=4)]
    for y, row in enumerate(matrix):
        run = 0
        for x, dark in enumerate([*row, 0]):
            if dark:
                run += 1
            elif run:
                strokes.append(f"M{x - run} {y}h{run}v1h-{run}z")
                run = 0
    return MappingProxyType({"size": len(matrix), "path": "".join(strokes)})
