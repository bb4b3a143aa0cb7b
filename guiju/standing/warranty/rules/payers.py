"""Who pays for one line of a quote or a bill, and by which clause: the customer, the brand, or the outlet that repaired it before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from guiju.kernel.words import N_, Sentence
from guiju.standing.warranty.rules.verdict import Cover, Earlier, Facts, Proof, earlier_promise
from guiju.standing.warranty.rules.words import LABELS, Cost, Coverage


class Payer(StrEnum):
    """Who pays."""

    CUSTOMER = "CUSTOMER"
    BRAND = "BRAND"
    OUTLET = "OUTLET"


PAYER_LABELS: Mapping[Payer, str] = {
    Payer.CUSTOMER: N_("The customer"),
    Payer.BRAND: N_("The brand"),
    Payer.OUTLET: N_("The outlet"),
}


@dataclass(frozen=True)
class Paid:
    """Who pays for one kind of cost, and why.

    cost, part_class   of the line; the class is empty for what is no main part
    coverage           what it is covered by, as the badge says it
    proof              the one statement at the root of the tree, with its clause; the whole tree stands with the decision
    """

    payer: Payer
    cost: Cost
    part_class: str
    coverage: Coverage
    proof: Proof

    @property
    def is_free(self) -> bool:
        """The customer pays nothing of this line."""
        return self.payer is not Payer.CUSTOMER

    def to_json(self) -> dict[str, Any]:
        """As it is kept with the line."""
        return {
            "payer": str(self.payer), "cost": str(self.cost), "part_class": self.part_class, "coverage": str(self.coverage),
            "proof": self.proof.to_json(),
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `to_json` kept."""
        return cls(
            Payer(kept["payer"]), Cost(kept["cost"]), kept["part_class"], Coverage(kept["coverage"]),
            Proof.from_json(kept["proof"]),
        )  # fmt: skip


# Who pays under which promise: the brand's own, and that of whoever repaired it before (TG-11, WO-11).
_PAYERS: Mapping[Coverage, Payer] = {
    Coverage.IN_WARRANTY: Payer.BRAND,
    Coverage.CONTRACT: Payer.BRAND,
    Coverage.REPAIR_WARRANTY: Payer.OUTLET,
    Coverage.GOODWILL: Payer.OUTLET,
}


def who_pays(
    covers: Sequence[Cover], cost: Cost, part_class: str, *, decided: Coverage, said: Proof | None = None
) -> Paid:
    """Who pays for a line of this kind.

    covers       of the verdict; none where a manager decided by hand
    part_class   of the part that the line is about, or of the main part that failed where it is labour
    decided      on the order: a manager's word stands over the verdict
    said         the manager's reason, where it was a manager's word
    source       B03-B05; WTY-6, WTY-7
    """
    if said is not None or not covers:
        because = said or Proof(Sentence(LABELS[decided]), holds=True)
        return Paid(_PAYERS.get(decided, Payer.CUSTOMER), cost, part_class, decided, because)
    found = [each for each in covers if each.cost == cost and each.part_class in ("", part_class)]
    cover = max(found, key=lambda each: (each.is_free, each.part_class), default=None)
    if cover is None:
        nothing = Sentence(N_("Nobody promised that %(what)s is free."), {"what": Sentence(LABELS[cost])})
        return Paid(Payer.CUSTOMER, cost, part_class, Coverage.OUT_OF_WARRANTY, Proof(nothing, holds=True))
    payer = _PAYERS.get(cover.outcome, Payer.CUSTOMER)
    return Paid(payer, cost, part_class, cover.outcome, _root(cover.proof))


def _root(proof: Proof) -> Proof:
    """The statement itself with the first clause under it: short enough to stand beside a price."""
    source = proof.source or next((each.source for each in _walk(proof) if each.source), "")
    return Proof(proof.said, proof.holds, source)


def _walk(proof: Proof) -> Sequence[Proof]:
    # The promise of so many months first: it is the clause that somebody asks for, and not the day from which it counts.
    below = sorted(
        proof.because, key=lambda each: each.said.msgid != "It is promised for %(months)s months, to %(last)s."
    )
    return (proof, *(deeper for each in below for deeper in _walk(each)))


def came_back(facts: Facts) -> Earlier | None:
    """The earlier repair that did not hold, and whose promise this one is: the same kind of fault, while it was promised (WO-11)."""
    excluded = bool(facts.cause) and facts.cause in facts.excluded_causes.value
    return None if excluded else earlier_promise(facts)
