"""How much whom may approve: by the limit of the role, by a body above its threshold, and in one step in an emergency."""

from __future__ import annotations

from typing import Any

from guiju.kernel.amounts import Money
from guiju.kernel.deed import Deed
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply import queries
from guiju.readiness.supply.models import PurchaseRequest
from guiju.readiness.supply.rules import Weight
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


class PurchaseOverTheLimit(Refusal):
    """The one who approves may not approve so much (5.3)."""

    sentence = N_("You may approve purchases up to %(limit)s, and this one counts for %(weight)s.")


class DecisionMissing(Refusal):
    """From a sum on a body decides together (S2-36)."""

    sentence = N_("From %(limit)s on a body decides together: name its minutes.")
    field = "decision"


class TooDearForAnEmergency(Refusal):
    """An emergency purchase stays small (3.8)."""

    sentence = N_("An emergency purchase may come to %(limit)s, and this one counts for %(weight)s.")


class TooManyEmergencies(Refusal):
    """What happens every week is no emergency."""

    sentence = N_("This month has had its %(most)s emergency purchases already.")


def refuse_over_limit(unit: Unit, weight: Weight, currency: str, decision: str, deed: Deed) -> None:
    """Refuse what is above the limit of the role by which the actor acts, or wants a body's decision first.

    raises   PurchaseOverTheLimit, DecisionMissing
    """
    keys = [f"limit.purchase.{deed.role}", "decision.collective_threshold"]
    figures = policy.figures(keys, unit=unit, on=unit.day(deed.at))
    limit, together = (figures[key].value for key in keys)
    is_decided = weight.minor >= together and deed.role in {"FI", "NM"}
    if weight.minor > limit and not is_decided:
        because = (
            [Sentence(N_("It is one purchase with: %(numbers)s."), {"numbers": ", ".join(weight.joined)})]
            if weight.joined
            else []
        )
        raise PurchaseOverTheLimit(*because, limit=Money(limit, currency), weight=Money(weight.minor, currency))
    if weight.minor >= together and not decision.strip():
        raise DecisionMissing(limit=Money(together, currency))


def refuse_no_emergency(request: PurchaseRequest, weight: Weight, deed: Deed) -> None:
    """Refuse what is too dear to be bought in one step, or one too many of the month.

    raises   TooDearForAnEmergency, TooManyEmergencies
    source   3.8 "Emergency path"
    """
    keys = ["pur.emergency_limit", "pur.emergency_month_max"]
    figures = policy.figures(keys, unit=request.unit, on=request.unit.day(deed.at))
    limit, most = (figures[key].value for key in keys)
    if weight.minor > limit:
        said: dict[str, Any] = {
            "limit": Money(limit, request.currency),
            "weight": Money(weight.minor, request.currency),
        }
        raise TooDearForAnEmergency(**said)
    if queries.emergencies_of_month(request.unit, at=deed.at) >= most:
        raise TooManyEmergencies(most=most)
