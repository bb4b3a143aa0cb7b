"""The desks of the house, as the navigation knows them: each desk declares itself here once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Count, QuerySet, TextChoices, Value
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Person(Protocol):
    """As much of an actor as the navigation asks for."""

    def may(self, verb: str, on: Any = None, unit_id: Any = None) -> bool:
        """Whether this person holds the verb, anywhere or in that unit."""

    @property
    def roles(self) -> frozenset[str]:
        """The roles that this person holds somewhere."""


class Section(TextChoices):
    """The parts of the house in the order of the navigation."""

    LINE = "line", _("Repair line")
    OFFICE = "office", _("Office")
    OVERSIGHT = "oversight", _("Oversight")
    SETUP = "setup", _("Set-up")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a desk that one may go to at once; any one of the verbs opens it, and none at all: the desk's own."""

    title: str | Promise
    url: str
    icon: str
    verbs: tuple[str, ...] = ()

    def admits(self, actor: Person) -> bool:
        """Whether this person may open it."""
        return not self.verbs or any(actor.may(verb) for verb in self.verbs)


@dataclass(frozen=True, slots=True)
class Desk:
    """A place where somebody sits.

    url    name of the desk's first page
    icon   name of a Tabler icon, such as "tool"
    verbs  any one of them gives entry; without verbs, everybody who is signed in may enter
    order  place within the section
    homes  the roles whose own desk this is: who signs in with one of them lands here
    pages  its other pages, for the palette
    count  what waits there for this person: the rows, so that all desks are counted in one statement, or a number
    """

    slug: str
    title: str | Promise
    url: str
    icon: str
    verbs: tuple[str, ...] = ()
    section: Section = Section.LINE
    order: int = 100
    count: Callable[[Any], QuerySet[Any] | int] | None = None
    pages: tuple[Leaf, ...] = ()
    homes: frozenset[str] = frozenset()

    def admits(self, actor: Person) -> bool:
        """Whether this person may sit down here."""
        return not self.verbs or any(actor.may(verb) for verb in self.verbs)


@dataclass(frozen=True, slots=True)
class Door:
    """A desk as one person sees it in the navigation."""

    slug: str
    name: str | Promise
    url: str
    icon: str
    section: str | Promise
    count: int | None
    is_here: bool


_registry: dict[str, Desk] = {}


def register(*desks: Desk) -> None:
    """Put desks into the navigation; the same slug again replaces the earlier one."""
    for desk in desks:
        _registry[desk.slug] = desk


def registered() -> list[Desk]:
    """All desks, in the order of the navigation."""
    sections = list(Section)
    return sorted(_registry.values(), key=lambda desk: (sections.index(desk.section), desk.order, desk.slug))


def doors(actor: Person | None, path: str = "") -> list[Door]:
    """The desks that this person may enter, the one that they sit at marked."""
    if actor is None:
        return []
    found: list[tuple[Desk, str]] = []
    for desk in registered():
        if desk.admits(actor):
            try:
                found.append((desk, reverse(desk.url)))
            except NoReverseMatch:
                # A desk whose pages are not wired must not take every other desk down with it.
                continue
    # The longest address that the path begins with is the desk one sits at: /bench/ must not light up for /bench-stock/.
    under = max((url for _, url in found if path.startswith(url)), key=len, default="")
    counts = _count([desk for desk, _ in found], actor)
    return [
        Door(desk.slug, desk.title, url, desk.icon, desk.section.label, counts.get(desk.slug), url == under)
        for desk, url in found
    ]


def home_of(actor: Person) -> str:
    """The address of this person's own desk: that of their role, the first in the line for who holds several; "" is none."""
    admitting = [desk for desk in registered() if desk.admits(actor)]
    own = [desk for desk in admitting if desk.homes & actor.roles]
    for desk in (*own, *admitting):
        try:
            return reverse(desk.url)
        except NoReverseMatch:
            continue
    return ""


def leaves(actor: Person) -> list[tuple[Desk, Leaf, str]]:
    """Every page that this person may go to at once, with its address, each once: each desk, then the desk's own pages."""
    found: list[tuple[Desk, Leaf, str]] = []
    for desk in registered():
        if desk.admits(actor):
            for leaf in (Leaf(desk.title, desk.url, desk.icon), *desk.pages):
                # Two desks may lead to the same page; whoever sits at both is offered it once.
                if leaf.admits(actor) and all(leaf.url != known.url for _desk, known, _address in found):
                    try:
                        found.append((desk, leaf, reverse(leaf.url)))
                    except NoReverseMatch:
                        continue
    return found


def _count(desks: list[Desk], actor: Person) -> dict[str, int]:
    """How much waits at each desk; the rows of all of them are counted in one statement, for every page asks."""
    waiting = {desk.slug: desk.count(actor) for desk in desks if desk.count}
    counts = {slug: rows for slug, rows in waiting.items() if isinstance(rows, int)}
    questions = [
        rows.order_by().values(slug=Value(slug)).annotate(many=Count("pk")).values_list("slug", "many")
        for slug, rows in waiting.items()
        if not isinstance(rows, int)
    ]
    # A desk where nothing waits may give no row, and shows no number then.
    return counts | dict(questions[0].union(*questions[1:], all=True) if questions else ())
