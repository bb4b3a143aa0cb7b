"""Whether the prices that hold hang on an outlet's wall, and how we know.

source  PRC-5; figures `price.display_proof_days`, `price.display_notice_days`
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from guiju.kernel.words import N_

# As what the photograph of the wall is kept.
KIND = "DISPLAY"


class Wall(StrEnum):
    """How the wall of an outlet stands: a duty with a day, so nothing has to be switched at midnight."""

    UNLISTED = "UNLISTED"
    UNPROVED = "UNPROVED"
    CHANGED = "CHANGED"
    STALE = "STALE"
    DUE_SOON = "DUE_SOON"
    PROVED = "PROVED"


LABELS: Mapping[Wall, str] = {
    Wall.UNLISTED: N_("No list in force"),
    Wall.UNPROVED: N_("No proof yet"),
    Wall.CHANGED: N_("Of an earlier list"),
    Wall.STALE: N_("Too old"),
    Wall.DUE_SOON: N_("Due soon"),
    Wall.PROVED: N_("Proved"),
}
# What an outlet lacks its proof for, the worst first.
LACKING = (Wall.UNLISTED, Wall.UNPROVED, Wall.CHANGED, Wall.STALE)
# Of what the outlet itself is reminded: a list that is not there is the head office's to publish.
AWAITED = (Wall.UNPROVED, Wall.CHANGED, Wall.STALE, Wall.DUE_SOON)


@dataclass(frozen=True)
class Version:
    """A published list as far as it bears on a wall.

    shown_at   when it was published; it may begin on that very day
    ends_on    exclusive; None: open
    """

    shown_at: datetime
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Proved:
    """What the last proof showed, and when."""

    on: date
    at: datetime
    list_key: int


def due_on(proved: Proved, *, days: int) -> date:
    """The last day on which a proof is not too old."""
    return proved.on + timedelta(days=days)


def judge(
    proved: Proved | None,
    *,
    current: int | None,
    versions: tuple[Version, ...],
    today: date,
    days: int,
    notice_days: int,
) -> Wall:
    """How the wall stands today.

    current      the list that is in force and nearest; None where there is none
    versions     every published list of the outlet and the units above it: a board shows what all of them say
    days         how old a proof may be
    notice_days  how long before that the outlet is reminded
    """
    if current is None:
        return Wall.UNLISTED
    if proved is None:
        return Wall.UNPROVED
    begun = any(
        each.starts_on <= today and (each.starts_on > proved.on or each.shown_at > proved.at) for each in versions
    )
    ended = any(each.ends_on is not None and proved.on < each.ends_on <= today for each in versions)
    if proved.list_key != current or begun or ended:
        return Wall.CHANGED
    last = due_on(proved, days=days)
    if today > last:
        return Wall.STALE
    return Wall.DUE_SOON if today > last - timedelta(days=notice_days) else Wall.PROVED
