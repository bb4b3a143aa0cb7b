"""A person's answer to what is suggested."""

from __future__ import annotations

from datetime import datetime

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.planning import events
from guiju.readiness.planning.models import LEVEL_MAX, Decision, PlanRun, StockLevel, Suggestion


class DecidedAlready(Refusal):
    """Somebody answered first."""

    sentence = N_("This suggestion is answered already.")


class Outdated(Refusal):
    """The store was planned again since."""

    sentence = N_("The store was planned again since. Look at the newer suggestion.")


class ReasonMissing(Refusal):
    """Another level than the suggested one, and nothing said."""

    sentence = N_("Say why another number is kept than the suggested one.")
    field = "reason"
    status = 422


def accept(suggestion: Suggestion, *, by: Actor, at: datetime) -> StockLevel:
    """Keep as many as are suggested.

    raises   DecidedAlready, Outdated
    """
    with doing("planning.accept", on=suggestion, by=by, at=at, level=suggestion.level) as deed:
        level = _decide(suggestion, suggestion.level, "", by=by, at=at)
        deed.tell(events.LevelSet(level.store_id, level.part_id, level.part.code, level.level))
    return level


def change(suggestion: Suggestion, *, level: int, reason: str, by: Actor, at: datetime) -> StockLevel:
    """Keep another number than the suggested one, and say why.

    level    0 and more
    raises   ReasonMissing, DecidedAlready, Outdated, Invalid
    """
    with doing("planning.change", on=suggestion, by=by, at=at, level=level, reason=reason) as deed:
        if type(level) is not int or not 0 <= level <= LEVEL_MAX:
            raise Invalid(Sentence(N_("Give a whole number, nothing or more.")), field="level")
        if not reason.strip():
            raise ReasonMissing
        kept = _decide(suggestion, level, reason.strip(), by=by, at=at)
        deed.tell(events.LevelSet(kept.store_id, kept.part_id, kept.part.code, kept.level))
    return kept


def _decide(suggestion: Suggestion, level: int, reason: str, *, by: Actor, at: datetime) -> StockLevel:
    if by.person_id is None:
        raise NotAllowed  # a level is a person's word
    # A new plan and an answer to the old one wait for one another at the store.
    store = Store.objects.select_for_update().get(pk=suggestion.run.store_id)
    if PlanRun.objects.filter(store=store, pk__gt=suggestion.run_id).exists():
        raise Outdated
    with refusing(planning_decision_suggestion_id=DecidedAlready):
        decision = Decision.objects.create(
            suggestion=suggestion, suggested=suggestion.level, level=level, reason=reason, decided_by_id=by.person_id,
            decided_at=at,
        )  # fmt: skip
    kept, _ = StockLevel.objects.update_or_create(
        store=store, part_id=suggestion.part_id, defaults={"level": level, "decision": decision}
    )
    return kept
