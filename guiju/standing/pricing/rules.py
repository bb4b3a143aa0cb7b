"""What may be charged. Plain values in and out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from guiju.kernel.amounts import Money
from guiju.kernel.words import N_, Sentence


class State(StrEnum):
    """A list's life: written, shown to customers, taken down but readable for ever (PRC-3)."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


ARROWS: Mapping[State, Mapping[State, str]] = {
    State.DRAFT: {State.PUBLISHED: "pricing.publish"},
    State.PUBLISHED: {State.RETIRED: "pricing.retire"},
    State.RETIRED: {},
}

LABELS: Mapping[State, str] = {State.DRAFT: N_("Draft"), State.PUBLISHED: N_("Published"), State.RETIRED: N_("Retired")}
CHOICES_OF_STATE = [(state.value, LABELS[state]) for state in State]


@dataclass(frozen=True)
class Verdict:
    """Whether a price stands inside what the customer was shown, and if not, why."""

    because: tuple[Sentence, ...] = ()

    @property
    def refused(self) -> bool:
        """True when the price may not be charged."""
        return bool(self.because)


def judge(price_minor: int, least_minor: int, most_minor: int, *, currency: str = "CNY") -> Verdict:
    """Hold a price to its line of the list: from the least to the most, both included.

    *_minor  minor units of the currency
    source   PRC-2, PT-2; EX-10
    """
    said = {
        "price": str(Money(price_minor, currency)),
        "least": str(Money(least_minor, currency)),
        "most": str(Money(most_minor, currency)),
    }
    if price_minor > most_minor:
        return Verdict((Sentence(N_("%(price)s is above the list, which ends at %(most)s."), said),))
    if price_minor < least_minor:
        return Verdict((Sentence(N_("%(price)s is below the list, which starts at %(least)s."), said),))
    return Verdict()
