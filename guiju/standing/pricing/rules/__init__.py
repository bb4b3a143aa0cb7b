"""What may be charged. Plain values in and out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from guiju.kernel.amounts import Money
from guiju.kernel.words import N_, Sentence


class State(StrEnum):
    """A list's life: written, examined, agreed to by a second person, shown to customers, taken down but readable for ever (3.23)."""

    DRAFT = "DRAFT"
    CHECKED = "CHECKED"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


ARROWS: Mapping[State, Mapping[State, str]] = {
    State.DRAFT: {State.CHECKED: "pricing.check"},
    State.CHECKED: {State.APPROVED: "pricing.approve", State.DRAFT: "pricing.reopen"},
    State.APPROVED: {State.PUBLISHED: "pricing.publish", State.DRAFT: "pricing.reopen"},
    State.PUBLISHED: {State.RETIRED: "pricing.retire"},
    State.RETIRED: {},
}

LABELS: Mapping[State, str] = {
    State.DRAFT: N_("Draft"),
    State.CHECKED: N_("Waits for a second person"),
    State.APPROVED: N_("Approved"),
    State.PUBLISHED: N_("Published"),
    State.RETIRED: N_("Retired"),
}
CHOICES_OF_STATE = [(state.value, LABELS[state]) for state in State]
# Whether customers were shown it, or not yet.
SHOWN = (State.PUBLISHED.value, State.RETIRED.value)
UNSHOWN = (State.DRAFT.value, State.CHECKED.value, State.APPROVED.value)


class Phase(StrEnum):
    """What a published list is worth on a day: a matter of dates, so nothing has to be switched at midnight (3.23)."""

    COMING = "COMING"
    IN_FORCE = "IN_FORCE"
    SUPERSEDED = "SUPERSEDED"


PHASE_LABELS: Mapping[Phase, str] = {
    Phase.COMING: N_("Published, not yet in force"),
    Phase.IN_FORCE: N_("In force"),
    Phase.SUPERSEDED: N_("No longer in force"),
}


def phase(*, starts_on: date, ends_on: date | None, on: date) -> Phase:
    """What a list that is shown is worth on that day.

    ends_on   exclusive
    """
    if on < starts_on:
        return Phase.COMING
    return Phase.IN_FORCE if ends_on is None or on < ends_on else Phase.SUPERSEDED


class Place(StrEnum):
    """Where the work is done, where the list makes a difference (2.8 "mode")."""

    HOME = "HOME"
    SHOP = "SHOP"


PLACE_LABELS: Mapping[Place, str] = {Place.HOME: N_("At the customer's home"), Place.SHOP: N_("In the shop")}
CHOICES_OF_PLACE = [(place.value, PLACE_LABELS[place]) for place in Place]


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


class Fault(StrEnum):
    """What can be the matter with a list that somebody wants to show (3.23)."""

    EMPTY = "EMPTY"
    HOLE = "HOLE"
    DEARER = "DEARER"
    CHILD_DEARER = "CHILD_DEARER"
    OVERLAP = "OVERLAP"
    OVER = "OVER"
    NOTICE = "NOTICE"
    BELOW_COST = "BELOW_COST"
    NOT_OFFERED = "NOT_OFFERED"


# What only has to be read; everything else has to be put right first.
NOTES = frozenset({Fault.BELOW_COST, Fault.NOT_OFFERED})


@dataclass(frozen=True)
class Finding:
    """One thing that an examination says, at its line where it is about one.

    code   of the service or part; empty where it is about the list
    """

    fault: Fault
    sentence: Sentence
    code: str = ""

    @property
    def refuses(self) -> bool:
        """Whether the list cannot go on like this."""
        return self.fault not in NOTES


@dataclass(frozen=True)
class Priced:
    """A price of a list as the examination reads it.

    thing        what is priced, such as "item:7"
    place        a Place; empty: everywhere
    cost_minor   what the house pays for the part; None where that is not known
    list_number  the list that says so
    """

    thing: str
    code: str
    least_minor: int
    most_minor: int
    place: str = ""
    cost_minor: int | None = None
    list_number: str = ""


@dataclass(frozen=True)
class Offered:
    """A service that the catalogue offers, for one product line or, without one, for all."""

    thing: str
    code: str
    line: str = ""
    # A call-out is for a visit: in the shop it needs no price.
    is_of_a_visit: bool = False


@dataclass(frozen=True)
class Examined:
    """All that an examination looks at.

    above      the prices of the lists over this one on its first day, the nearest that names a thing only
    below      the prices of the lists under this one that hold on or after its first day
    before     the prices that this list takes the place of
    rivals     the numbers of the lists of the same scope that hold on some of its days
    """

    prices: Sequence[Priced]
    offered: Sequence[Offered]
    above: Sequence[Priced] = ()
    below: Sequence[Priced] = ()
    before: Sequence[Priced] = ()
    rivals: Sequence[str] = ()
    starts_on: date = date.min
    ends_on: date | None = None
    today: date = date.min
    notice_days: int = 0
    currency: str = "CNY"


def examine(facts: Examined) -> list[Finding]:
    """Everything that is the matter with a list, the list itself first, then line by line.

    A hole is a service that this list, or a list over it, leaves without a price although its product line is served: what has no
    price cannot be charged (PRC-1). Lines of product of which nothing is priced are not offered, and are only named.

    source   3.23; S1-38 to S1-42; PRC-1, PT-1
    """
    return [*_of_the_list(facts), *_holes(facts), *_dearer(facts), *_notice(facts), *_below_cost(facts)]


def _of_the_list(facts: Examined) -> Iterator[Finding]:
    if not facts.prices:
        yield Finding(Fault.EMPTY, Sentence(N_("The list has no lines yet.")))
    if facts.ends_on is not None and facts.ends_on <= facts.today:
        yield Finding(
            Fault.OVER,
            Sentence(
                N_("The list would have ended on %(day)s, before anybody was shown it. Let it end later, or never."),
                {"day": facts.ends_on},
            ),
        )
    for number in facts.rivals:
        yield Finding(
            Fault.OVERLAP, Sentence(N_("List %(number)s is in force on some of the same days."), {"number": number})
        )


def priced_in(prices: Iterable[Priced], place: Place) -> dict[str, Priced]:
    """What each thing costs there: the price of that place before the one for everywhere."""
    found: dict[str, Priced] = {}
    for each in prices:
        if each.place in {"", place} and (each.place or each.thing not in found):
            found[each.thing] = each
    return found


def _holes(facts: Examined) -> Iterator[Finding]:
    every = [*facts.above, *facts.prices]
    served = _served(every, facts)
    here = {place: priced_in(every, place) for place in Place}
    silent: list[str] = []
    for each in facts.offered:
        places = [Place.HOME] if each.is_of_a_visit else list(Place)
        missing = [place for place in places if each.thing not in here[place]]
        if each.line and each.line not in served:
            if each.line not in silent:
                silent.append(each.line)
        elif missing == places:
            yield Finding(
                Fault.HOLE,
                Sentence(N_("%(code)s has no price: it could not be charged."), {"code": each.code}),
                each.code,
            )
        elif missing:
            yield Finding(
                Fault.HOLE,
                Sentence(
                    N_("%(code)s has no price for this place: %(place)s."),
                    {"code": each.code, "place": Sentence(PLACE_LABELS[missing[0]])},
                ),
                each.code,
            )
    for line in silent:
        yield Finding(
            Fault.NOT_OFFERED,
            Sentence(N_("Nothing of the line %(line)s is priced: it is not offered."), {"line": line}),
        )


def _served(prices: Iterable[Priced], facts: Examined) -> set[str]:
    """The product lines of which any service of their own is priced."""
    line_of = {each.thing: each.line for each in facts.offered}
    return {line for each in prices if (line := line_of.get(each.thing))}


def _dearer(facts: Examined) -> Iterator[Finding]:
    """Nothing asks more than a list over it allows, neither here nor in the lists under this one."""
    told: set[tuple[str, str, str]] = set()
    for place in Place:
        above, own = priced_in(facts.above, place), priced_in(facts.prices, place)
        for thing, each in own.items():
            over = above.get(thing)
            if over is not None and each.most_minor > over.most_minor and ("", thing, each.place) not in told:
                told.add(("", thing, each.place))
                yield Finding(
                    Fault.DEARER,
                    Sentence(
                        N_("%(code)s asks up to %(most)s, more than the %(limit)s of list %(number)s above it."),
                        _said(each, over.most_minor, facts.currency, over.list_number),
                    ),
                    each.code,
                )
        for each in facts.below:
            limit = own.get(each.thing)
            key = (each.list_number, each.thing, each.place)
            if limit and each.place in {"", place} and each.most_minor > limit.most_minor and key not in told:
                told.add(key)
                yield Finding(
                    Fault.CHILD_DEARER,
                    Sentence(
                        N_("List %(number)s below asks up to %(most)s for %(code)s, this one only %(limit)s."),
                        _said(each, limit.most_minor, facts.currency, each.list_number),
                    ),
                    each.code,
                )


def _said(each: Priced, limit_minor: int, currency: str, number: str) -> dict[str, object]:
    return {
        "code": each.code,
        "most": str(Money(each.most_minor, currency)),
        "limit": str(Money(limit_minor, currency)),
        "number": number,
    }


def _notice(facts: Examined) -> Iterator[Finding]:
    """Who asks more than yesterday says so some days before; to ask less needs no notice (3.23)."""
    soonest = facts.today + timedelta(days=facts.notice_days)
    if facts.starts_on >= soonest:
        return
    told: set[str] = set()
    for place in Place:
        before = priced_in(facts.before, place)
        for thing, each in priced_in(facts.prices, place).items():
            was = before.get(thing)
            if was is not None and each.most_minor > was.most_minor and thing not in told:
                told.add(thing)
                yield Finding(
                    Fault.NOTICE,
                    Sentence(
                        N_("%(code)s rises from %(limit)s to %(most)s: let the list start on %(day)s or later."),
                        _said(each, was.most_minor, facts.currency, "") | {"day": soonest},
                    ),
                    each.code,
                )


def _below_cost(facts: Examined) -> Iterator[Finding]:
    for each in facts.prices:
        if each.cost_minor is not None and each.least_minor < each.cost_minor:
            yield Finding(
                Fault.BELOW_COST,
                Sentence(
                    N_("%(code)s may be sold for %(least)s, less than it costs us."),
                    {"code": each.code, "least": str(Money(each.least_minor, facts.currency))},
                ),
                each.code,
            )
