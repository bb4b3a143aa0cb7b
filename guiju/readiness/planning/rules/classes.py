"""What kind of demand a part has: how often it is asked for, and how even the demands are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from guiju.readiness.planning.rules import forecasts
from guiju.readiness.planning.rules.forecasts import Matrix, Row
from guiju.readiness.planning.rules.words import CV2_EVEN, GAP_OFTEN, HISTORY_SHORT, Kind


def gaps_and_evenness(demand: Matrix) -> tuple[Row, Row]:
    """The known periods for each demand (ADI), and the squared coefficient of variation of the sizes (CV²); 0 where none."""
    known = (~np.isnan(demand)).sum(axis=1)
    asked = (demand > 0).sum(axis=1)
    apart = np.divide(known, asked, out=np.zeros(len(demand)), where=asked > 0)
    sizes = forecasts.filled(forecasts.sizes(demand))
    centre = sizes.sum(axis=1) / np.maximum(asked, 1)
    spread = (sizes**2).sum(axis=1) / np.maximum(asked, 1) - centre**2
    uneven = np.divide(spread, centre**2, out=np.zeros(len(demand)), where=centre > 0)
    return apart, np.maximum(uneven, 0)


def kinds(demand: Matrix) -> NDArray[np.str_]:
    """The kind of each row: NONE was never asked for, NEW has a short history, the others after Syntetos and Boylan."""
    apart, uneven = gaps_and_evenness(demand)
    often, even = apart < GAP_OFTEN, uneven < CV2_EVEN
    known = (~np.isnan(demand)).sum(axis=1)
    found: NDArray[np.str_] = np.select(
        [apart == 0, known < HISTORY_SHORT, often & even, often, even],
        [Kind.NONE.value, Kind.NEW.value, Kind.SMOOTH.value, Kind.ERRATIC.value, Kind.INTERMITTENT.value],
        Kind.LUMPY.value,
    )
    return found
