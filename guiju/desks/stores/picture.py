"""The picture of a part's demand, its forecast and its level, as plain figures of a drawing that a template writes as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.readiness.planning.queries import Month

MONTHS_SHOWN = 36
WIDTH, HEIGHT, FOOT, HEAD = 640, 180, 24, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A month: where it stands, how high, and what was asked for; nothing known of it when `asked` is None."""

    month: str
    asked: int | None
    x: str
    y: str
    width: str
    height: str
    middle: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars of the past, a line of what is expected, and one of what is kept; `until` is where the past ends."""

    bars: tuple[Bar, ...]
    until: str
    forecast_y: str
    level_y: str
    level_label_y: str
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT


def picture(history: Sequence[int | None], *, until: Month, span: int, rate_milli: int, level: int) -> Picture:
    """Draw the last three years, and the span to come; all in pieces, from nothing upwards."""
    shown = list(history)[-MONTHS_SHOWN:]
    most = max([level, -(-rate_milli // 1000), 1, *(each or 0 for each in shown)])
    step = WIDTH / max(len(shown) + span, 1)
    tall = HEIGHT - FOOT - HEAD

    def at(figure: float) -> float:
        return HEIGHT - FOOT - tall * figure / most

    bars = []
    for place, asked in enumerate(shown):
        month = until.less(len(shown) - place)
        # What is not known has a bar as high as the picture, in hatching.
        top = HEAD if asked is None else at(asked)
        bars.append(
            Bar(
                f"{month.year}-{month.number:02d}", asked, f"{place * step + step * 0.12:.1f}", f"{top:.1f}", f"{step * 0.76:.1f}",
                f"{HEIGHT - FOOT - top:.1f}", f"{(place + 0.5) * step:.1f}", month.number == 1,
            )
        )  # fmt: skip
    kept = at(level)
    return Picture(
        tuple(bars),
        f"{len(shown) * step:.1f}",
        f"{at(rate_milli / 1000):.1f}",
        f"{kept:.1f}",
        f"{max(kept - 4, 10):.1f}",
        most,
    )
