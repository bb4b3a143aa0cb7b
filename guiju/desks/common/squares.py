"""A QR code as a drawing on a page."""

from __future__ import annotations

from typing import Any

import segno


def squares(text: str) -> dict[str, Any]:
    """The QR code as the rows of one drawing: each dark run is a stroke one square high.

    size   squares on a side, with the quiet zone of four that ISO/IEC 18004 asks for
    """
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
    return {"size": len(matrix), "path": "".join(strokes)}
