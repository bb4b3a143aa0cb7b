"""What a list is: its rows, its columns, its filters, its orders, and what may be done to many of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise

from guiju.desks.common.listing.cells import Kind
from guiju.desks.common.listing.filters import Filter
from guiju.kernel.actor import Actor
from guiju.kernel.paging import Order
from guiju.kernel.refusing import NotAllowed

# A screen on a desk, and two thumbs' way on a phone.
ROWS = 50


@dataclass(frozen=True)
class Column:
    """One column.

    cell          the value of a row: the way to it, or a function of the row
    sort          the column of the table by which it is sorted; none, and it is not: an index must stand behind it
    may_be_empty  some rows have no value there; they come last
    url           where its text leads
    whole         the value behind the mask, for whoever may `whole_verb`; it leaves the house in a file only
    verb          who may not do this does not see the column
    """

    slug: str
    title: str | Promise
    cell: str | Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    machine: str = ""
    sort: Any = ""
    may_be_empty: bool = False
    is_default: bool = True
    url: Callable[[Any], str] | None = None
    is_whole: bool = False
    whole: Callable[[Any], Any] | None = None
    whole_verb: str = ""
    verb: str = ""

    def value(self, row: Any) -> Any:
        """What stands there."""
        if callable(self.cell):
            return self.cell(row)
        try:
            return attrgetter(self.cell)(row)
        except AttributeError:
            # Somewhere on the way there is nothing: no technician, no model.
            return None


def to(route: str, key: str) -> Callable[[Any], str]:
    """The way from a row to a page whose address has one blank: `to("stores:part", "part_id")`."""
    return lambda row: reverse(route, args=[attrgetter(key)(row)])


@dataclass(frozen=True)
class Act:
    """What may be done to many rows: to each by its own deed, each with its own refusal.

    act    called with a row, the clean form, who and when
    form   called with what was sent, for who asks and which rows; none for a bare button
    """

    slug: str
    title: str | Promise
    verb: str
    icon: str
    act: Callable[..., Any]
    form: Callable[..., BaseForm] | None = None
    is_danger: bool = False


class Hanging(Protocol):
    """How rows are walked of which an index cannot tell whether they are seen: such as those without a unit of their own."""

    def walked(self, actor: Actor) -> QuerySet[Any]:
        """Rows along an index, among which those that are seen are."""

    def seen(self, actor: Actor) -> Q | None:
        """What one that this person may see fits; nothing where all are seen."""

    def few(self, actor: Actor) -> list[int] | None:
        """The keys of those that this person may see, if they are few."""


@dataclass(frozen=True)
class Listing:
    """A list.

    url          the name of its page
    verbs        any one of them opens it
    rows         those that the asker may see, with what the columns need of them
    first        the order unless one is asked for: the slug of a column, or `id`; a minus, and the last comes first
    name_of      how a row is named where something was not done to it
    is_personal  names, numbers or addresses of people stand in it: taking it away is written in the trail
    begun        the sentence where nothing is there at all
    dressed      what the rows of a page still need, in as many statements for two hundred as for one
    late         which rows are marked
    hangs        how the rows are walked, where no index tells which of them are seen
    """

    slug: str
    title: str | Promise
    url: str
    verbs: tuple[str, ...]
    rows: Callable[[Actor], QuerySet[Any]]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    first: str = "-id"
    acts: tuple[Act, ...] = ()
    name_of: Callable[[Any], str] = str
    is_personal: bool = False
    begun: str | Promise = ""
    dressed: Callable[[Sequence[Any]], Any] | None = None
    late: Callable[[Any], bool] | None = None
    hangs: Hanging | None = None

    def enter(self, actor: Actor) -> None:
        """Let in who may.

        raises   NotAllowed
        """
        if not any(actor.may(verb) for verb in self.verbs):
            raise NotAllowed

    def address(self) -> str:
        """The address of its page."""
        return reverse(self.url)

    def columns_for(self, actor: Actor) -> list[Column]:
        """The columns that this person may see at all."""
        return [column for column in self.columns if not column.verb or actor.may(column.verb)]

    def acts_for(self, actor: Actor) -> list[Act]:
        """What this person may do to many rows."""
        return [act for act in self.acts if actor.may(act.verb)]

    def orders(self) -> Iterable[str]:
        """The orders that may be asked for."""
        if self.first.removeprefix("-") == "id":
            yield "id"
        yield from (column.slug for column in self.columns if column.sort)

    def order(self, sort: str) -> Order:
        """The order that was asked for; an unknown one is the first."""
        if sort.removeprefix("-") not in set(self.orders()):
            sort = self.first
        slug, is_back = sort.removeprefix("-"), sort.startswith("-")
        for column in self.columns:
            if column.slug == slug and column.sort:
                return Order(column.sort, is_back=is_back, may_be_empty=column.may_be_empty)
        return Order("pk", is_back=is_back)


_registry: dict[str, Listing] = {}


def register(*listings: Listing) -> None:
    """Make lists known by their slugs; the same slug again replaces the earlier one."""
    for listing in listings:
        _registry[listing.slug] = listing


def at_slug(slug: str) -> Listing:
    """The list of that slug.

    raises   Http404
    """
    if slug not in _registry:
        raise Http404
    return _registry[slug]


def declared() -> list[Listing]:
    """Every list of the house."""
    return [_registry[slug] for slug in sorted(_registry)]
