"""What was asked of a list: its filters, its order, its page, and how the person likes to see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from guiju.desks.common import forms
from guiju.desks.common.listing.declared import Column, Listing
from guiju.kernel.actor import Actor
from guiju.standing.people.models import SavedView

# What in an address is about the page, and not about what is on it.
PAGING = ("after", "before", "view")
QUERY_MAX = 2000


@dataclass(frozen=True)
class Chip:
    """A filter that narrows the list now, and the address without it."""

    title: str
    word: str
    without: str


@dataclass
class Asked:
    """A list as one person asked for it."""

    listing: Listing
    actor: Actor
    query: QueryDict

    @cached_property
    def form(self) -> forms.Form:
        """The filters as a form; what was typed stands in it again."""
        fields = {name: field for each in self.listing.filters for name, field in each.fields(self.actor).items()}
        kind = type("FilterForm", (forms.Form,), fields)
        form: forms.Form = kind(self.query, auto_id="filter-%s")
        form.full_clean()
        return form

    @property
    def typed(self) -> Mapping[str, Any]:
        """What was typed and understood."""
        return self.form.cleaned_data

    @property
    def sort(self) -> str:
        """The order: a slug of a column, or `id`, with a minus when the last comes first."""
        sort = self.query.get("sort", "")
        return sort if sort.removeprefix("-") in set(self.listing.orders()) else self.listing.first

    @property
    def filters(self) -> dict[str, list[str]]:
        """The filters as they were typed."""
        names = {name for each in self.listing.filters for name in each.names}
        return {name: self.query.getlist(name) for name in self.query if name in names and self.query.get(name)}

    def rows(self) -> QuerySet[Any]:
        """The rows that are left."""
        rows = self.listing.rows(self.actor)
        for each in self.listing.filters:
            if each.is_asked(self.typed):
                rows = rows.filter(each.q(self.typed, self.actor))
        return rows

    def chips(self) -> Iterable[Chip]:
        """The filters that narrow the list, each with the way to be rid of it."""
        for each in self.listing.filters:
            if each.is_asked(self.typed):
                yield Chip(str(each.title), each.word(self.typed, self.actor), self.link(**dict.fromkeys(each.names)))

    def link(self, **changed: str | None) -> str:
        """This list with something changed; from its first page on."""
        query = self.query.copy()
        for name in PAGING:
            query.pop(name, None)
        for name, value in changed.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        # An empty field of a form says nothing; without it an address can be read aloud.
        kept = QueryDict(mutable=True)
        for name in query:
            if values := [value for value in query.getlist(name) if value]:
                kept.setlist(name, values)
        # Without anything, the list would open with the person's own first view again.
        return f"?{kept.urlencode()}" if kept else "?all=1"

    @property
    def plain(self) -> str:
        """What was asked for as a view keeps it."""
        text = self.link().removeprefix("?")
        return "" if text == "all=1" else text[:QUERY_MAX]


@dataclass(frozen=True)
class Habits:
    """The views that a person may choose from, and the columns chosen without a name."""

    views: tuple[SavedView, ...]

    @property
    def first(self) -> SavedView | None:
        """What the person sees who opens the list."""
        return next((view for view in self.views if view.is_first), None)

    def named(self, pk: str) -> SavedView | None:
        """The view of that key."""
        return next((view for view in self.views if str(view.pk) == pk and view.name), None)

    def columns(self, listing: Listing, actor: Actor, view: SavedView | None) -> list[Column]:
        """The columns to show: those of the view, else those chosen last, else the usual ones. One is always left."""
        known = {column.slug: column for column in listing.columns_for(actor)}
        own = next((each for each in self.views if not each.name and each.person_id == actor.person_id), None)
        for chosen in (view, own):
            if chosen is not None and (shown := [known[slug] for slug in chosen.columns if slug in known]):
                return shown
        return [column for column in known.values() if column.is_default]


def habits(listing: Listing, actor: Actor) -> Habits:
    """How this person likes to see the list: one statement."""
    if actor.person_id is None:
        return Habits(())
    rows = SavedView.objects.open_to(actor).filter(listing=listing.slug).select_related("shared_with", "person")
    return Habits(tuple(row for row in rows if row.name or row.person_id == actor.person_id))
