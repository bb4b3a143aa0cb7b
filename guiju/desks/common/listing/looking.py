"""The rows of a page, found without reading or sorting the whole list, whatever it is narrowed by and in whichever order."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from guiju.desks.common.listing.asked import Asked
from guiju.desks.common.listing.declared import Listing
from guiju.desks.common.listing.filters import FEW
from guiju.kernel import paging, reach
from guiju.kernel.paging import Place

# So many rows of a list that is looked through are counted.
COUNTED = 5_000


@dataclass(frozen=True)
class Found:
    """A page.

    is_whole  nothing that belongs on it was left out; otherwise one looks on behind `after`
    """

    rows: list[Any]
    before: Place | None
    after: Place | None
    is_whole: bool = True


@dataclass(frozen=True)
class Look:
    """How the rows of a list are found, as it is narrowed now.

    few    the keys among which all of them are, if an index leads to so few
    fits   what each must fit, where they are looked for along the order
    """

    asked: Asked
    few: list[int] | None
    fits: Q | None

    @property
    def rows(self) -> QuerySet[Any]:
        """The rows themselves, for the database to sort."""
        rows = self.asked.rows()
        return rows if self.few is None else rows.filter(pk__in=self.few)

    @property
    def walked(self) -> QuerySet[Any]:
        """The rows along which one looks."""
        hangs = self.asked.listing.hangs
        actor = self.asked.actor
        return (hangs.walked(actor) if hangs else self.asked.listing.rows(actor)).select_related(None)

    def page(self, *, limit: int, behind: Place | None = None, is_backward: bool = False) -> Found:
        """The rows behind that place; or, read backward, those just before it.

        raises   CursorInvalid when the place is none of this order
        """
        order = self.asked.listing.order(self.asked.sort)
        where: dict[str, Any] = {"limit": limit, "behind": behind, "is_backward": is_backward}
        if self.fits is None:
            if self.few is not None:
                # Said twice, the column is no index: SQLite walked along it for eleven keys that it had, and past the whole table.
                order = replace(order, column=Coalesce(order.column, order.column))
            # Without what stands beside them: of a short table among those, SQLite would begin there and sort all rows.
            page = paging.page(self.rows.select_related(None), order, **where)
            return Found(self._at([row.pk for row in page.rows]), page.before, page.after)
        with _among_all(self.asked.listing):
            looked = paging.look(self.walked, self.fits, order, **where)
        return Found(self._at(looked.keys), looked.before, looked.after, looked.is_whole)

    def _at(self, keys: Sequence[int]) -> list[Any]:
        found = self.asked.listing.rows(self.asked.actor).in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def count(self, *, most: int) -> str:
        """How many there are, as far as they were counted."""
        if self.fits is None:
            return count_said(paging.count(self.rows, most=most), most)
        order = self.asked.listing.order(self.asked.sort)
        with _among_all(self.asked.listing):
            many, were_all = paging.tally(self.walked, self.fits, order, window=COUNTED)
        if many > most or were_all:
            return count_said(many, most)
        return gettext("at least %(count)s") % {"count": f"{many:,}"}


def look(asked: Asked) -> Look:
    """How to find what was asked for: by the first filter that leaves few, else along the order."""
    listing, actor, typed = asked.listing, asked.actor, asked.typed
    walked = (listing.hangs.walked(actor) if listing.hangs else listing.rows(actor)).select_related(None)
    wanted = [each for each in listing.filters if each.is_asked(typed)]
    seen = listing.hangs.seen(actor) if listing.hangs else None
    if not wanted and seen is None:
        return Look(asked, None, None)
    with _among_all(listing):
        for each in wanted:
            if (keys := each.few(typed, actor, walked)) is not None:
                return Look(asked, keys, None)
    if seen is not None and listing.hangs and (keys := listing.hangs.few(actor)) is not None:
        return Look(asked, keys, None)
    fits = seen or Q()
    for each in wanted:
        fits &= each.q(typed, actor)
    return Look(asked, None, fits)


def _among_all(listing: Listing) -> AbstractContextManager[None]:
    """Look among the rows of all units, where an index does not tell whose they are: what is seen is said in the condition.

    Within the person's reach the database itself would pass by all others, and a window of a small unit would have no end. Only
    keys come of it; the rows themselves are read within reach.
    """
    return reach.house() if listing.hangs else nullcontext()


def count_said(many: int, most: int) -> str:
    """How many there are, as far as they were counted."""
    if many > most:
        return gettext("more than %(count)s") % {"count": f"{most:,}"}
    return f"{many:,}"


__all__ = ["FEW", "Found", "Look", "count_said", "look"]
