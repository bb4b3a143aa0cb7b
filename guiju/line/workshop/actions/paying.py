"""Who pays for each line of a quote: what a guarantee covers is no charge, and says by which clause (B03-B05, WTY-6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder.models import CoverageDecision, WorkOrder
from guiju.standing.catalogue.rules import ItemKind
from guiju.standing.warranty.rules import Cost, Cover, Coverage, Paid, Proof, who_pays

if TYPE_CHECKING:
    from guiju.line.workshop.actions.drafting import Offer


class AllCovered(Refusal):
    """Nothing is left that the customer would pay."""

    sentence = N_("All of this is covered: the customer pays nothing, so there is nothing to quote.")
    field = "lines"
    status = 422


@dataclass(frozen=True)
class Shares:
    """What the customer pays, and what somebody else does.

    charged, paid   the offers that come on the quote, and why the customer pays each
    covered         the others, as the quote keeps them: what, how many, who pays and why
    version         of the law and terms that judged
    """

    charged: tuple[Offer, ...]
    paid: tuple[Paid, ...]
    covered: tuple[Mapping[str, Any], ...]
    version: str


def shares(order: WorkOrder, offers: Sequence[Offer]) -> Shares:
    """Judge each offer by the last decision on who pays; one statement.

    raises   AllCovered
    source   B03-B05; WO-4, WTY-6: the same decision always gives the same shares
    """
    decision = CoverageDecision.objects.filter(order=order).order_by("-pk").first()
    judged = [_judge(order, decision, offer) for offer in offers]
    charged = [(offer, paid) for offer, paid in zip(offers, judged, strict=True) if not paid.is_free]
    if offers and not charged:
        raise AllCovered
    return Shares(
        tuple(offer for offer, _paid in charged),
        tuple(paid for _offer, paid in charged),
        tuple(_kept(offer, paid) for offer, paid in zip(offers, judged, strict=True) if paid.is_free),
        decision.version if decision is not None else "",
    )


def covered_quantity(covered: Sequence[Mapping[str, Any]], part_id: int, *, place: int) -> int:
    """How many of a part somebody else pays for in one option, in its base unit."""
    return sum(each["quantity"] for each in covered if each["part"] == part_id and each.get("place", 1) == place)


def _judge(order: WorkOrder, decision: CoverageDecision | None, offer: Offer) -> Paid:
    covers = [Cover.from_json(kept) for kept in decision.covers or ()] if decision is not None else []
    said = None
    if decision is not None and not covers and decision.because:
        # A manager's word: it stands over every verdict.
        said = Proof(Sentence.from_json(decision.because[0]), holds=True, source="WTY-7")
    if offer.part is not None:
        cost, part_class = Cost.PARTS, offer.part.part_class
    else:
        cost = Cost.TRAVEL if offer.item is not None and offer.item.kind == ItemKind.CALL_OUT else Cost.LABOUR
        # The labour is for the main part that failed, and lasts as long as its guarantee does.
        part_class = str(decision.facts.get("part_class", "")) if decision is not None and covers else ""
    return who_pays(covers, cost, part_class, decided=Coverage(order.coverage), said=said)


def _kept(offer: Offer, paid: Paid) -> dict[str, Any]:
    thing = offer.part or offer.item
    if thing is None:
        raise LookupError("an offer is for a part or a service")
    return {
        "item": offer.item.pk if offer.item else None, "part": offer.part.pk if offer.part else None, "code": thing.code,
        "names": thing.names, "unit": offer.part.base_unit if offer.part else "", "quantity": offer.quantity, "paid": paid.to_json(),
    }  # fmt: skip
