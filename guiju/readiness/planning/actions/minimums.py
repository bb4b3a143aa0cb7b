"""The least that a planner wants of one part in one store, whatever is reckoned."""

from __future__ import annotations

from datetime import datetime

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.kernel.words import N_, Sentence
from guiju.readiness.planning import queries
from guiju.readiness.planning.actions.reckoning import NoStoreToPlan
from guiju.readiness.planning.models import LEVEL_MAX, Minimum
from guiju.standing.catalogue.models import Part


def keep_at_least(store: Store, *, part: Part, least: int, reason: str, by: Actor, at: datetime) -> Store:
    """Set the least that is suggested of a part in a store from the next plan on; nothing takes it away.

    least    in the part's base unit; 0 ends what was set
    raises   NoStoreToPlan, Invalid
    source   S1-13, F20
    """
    with doing("planning.keep_at_least", on=store, by=by, at=at, part=part.code, least=least, reason=reason) as deed:
        if by.person_id is None:
            raise NotAllowed  # a minimum is a person's word
        if store.kind not in queries.PLANNED:
            raise NoStoreToPlan
        if type(least) is not int or not 0 <= least <= LEVEL_MAX:
            raise Invalid(Sentence(N_("Give a whole number, nothing or more.")), field="least")
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        # A plan of the store and this wait for one another.
        Store.objects.select_for_update().get(pk=store.pk)
        standing = Minimum.objects.filter(store=store, part=part)
        was = standing.values_list("least", flat=True).first()
        if not least and was is None:
            raise Invalid(Sentence(N_("No minimum is set for this part here.")), field="least")
        if least:
            said = {"least": least, "reason": reason.strip()[:200], "set_by_id": by.person_id, "set_at": at}
            Minimum.objects.update_or_create(store=store, part=part, defaults=said)
        else:
            standing.delete()
        deed.note(was=was)
    return store
