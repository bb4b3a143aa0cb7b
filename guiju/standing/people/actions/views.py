"""How a person likes to see the lists: views that are kept, dropped, shared with the unit; and lists that leave the house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import NotAllowed, Refusal, refusing
from guiju.kernel.words import N_
from guiju.standing.people.models import Person, SavedView, Unit

# Nobody finds anything among more.
VIEWS_MAX = 40


class ViewNameMissing(Refusal):
    """A view that is looked for needs a name."""

    sentence = N_("Give the view a name.")
    field = "name"
    status = 422


class TooManyViews(Refusal):
    """A person keeps so many views of a list, and no more."""

    sentence = N_("You keep %(most)s views of this list already. Drop one first.")
    field = "name"


class ViewTaken(Refusal):
    """Another window was quicker."""

    sentence = N_("A view of this name was kept a moment ago. Look at the list again.")
    field = "name"


def keep_view(
    person: Person,
    *,
    listing: str,
    name: str = "",
    query: str = "",
    columns: Sequence[str] = (),
    is_first: bool = False,
    by: Actor,
    at: datetime,
) -> SavedView:
    """Keep how one sees a list now; the same name again takes the place of what it meant before.

    name     empty keeps the columns alone, as what the person sees in any view that has none of its own
    raises   TooManyViews, ViewTaken, ViewNameMissing for a first view without a name
    source   M03
    """
    name = " ".join(name.split())
    with doing("people.keep_view", on=person, by=by, at=at, listing=listing, name=name) as deed:
        if is_first and not name:
            raise ViewNameMissing
        mine = SavedView.objects.filter(person=person, listing=listing)
        if is_first:
            mine.filter(is_first=True).exclude(name=name).update(is_first=False)
        view = mine.select_for_update(of=("self",)).filter(name=name).first() or SavedView(
            person=person, listing=listing, name=name
        )
        if view._state.adding and mine.count() >= VIEWS_MAX:  # noqa: SLF001  # Django documents _state
            raise TooManyViews(most=VIEWS_MAX)
        view.query, view.columns, view.is_first = query, list(columns), is_first
        with refusing(a_view_has_a_name_of_its_own=ViewTaken, a_person_sees_one_view_first=ViewTaken):
            view.save()
        deed.about(view)
    return view


def drop_view(view: SavedView, *, by: Actor, at: datetime) -> None:
    """Forget a view; who had it shared loses it too. Dropping it again changes nothing."""
    with doing("people.drop_view", on=view, by=by, at=at, listing=view.listing, name=view.name):
        SavedView.objects.filter(pk=view.pk).delete()


def share_view(view: SavedView, *, unit: Unit | None, by: Actor, at: datetime) -> SavedView:
    """Let everybody in a unit and under it see the view; without a unit it is one's own again.

    raises   ViewNameMissing, NotAllowed for a unit in which one is no manager
    """
    with doing("people.share_view", on=view, by=by, at=at, unit=unit.code if unit else "") as deed:
        if not view.name:
            raise ViewNameMissing
        if unit is not None and not by.may("people.share_view", unit_id=unit.pk):
            raise NotAllowed
        view = SavedView.objects.select_for_update(of=("self",)).select_related("person").get(pk=view.pk)
        deed.note(shared_with=[view.shared_with_id, unit.pk if unit else None])
        view.shared_with = unit
        view.save(update_fields=["shared_with"])
    return view


def export_list(
    unit: Unit | None,
    *,
    listing: str,
    columns: Sequence[str],
    query: str,
    form: str,
    rows: int,
    by: Actor,
    at: datetime,
) -> None:
    """Write down that a list with personal data leaves the house: which, how filtered, how many rows, and by whom.

    source   G-1, G-6
    """
    with doing(
        "people.export_list",
        on=unit,
        unit_id=unit.pk if unit else None,
        by=by,
        at=at,
        listing=listing,
        columns=list(columns),
        query=query,
        form=form,
        rows=rows,
    ):
        pass
