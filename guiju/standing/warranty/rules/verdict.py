"""Who pays for the repair, of each kind of cost, and why: a tree of statements that anybody can check (WTY-6, B03-B06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self

from guiju.kernel.words import N_, Sentence
from guiju.standing.warranty.rules.clock import Break, add_months, days_lost, guarantee_ends_on, last_day
from guiju.standing.warranty.rules.law import Told
from guiju.standing.warranty.rules.words import LABELS, Cost, Coverage, StartsBy


@dataclass(frozen=True)
class Earlier:
    """An earlier repair that is still promised: what it covers, [starts_on, ends_on)."""

    order_number: str
    fault_family: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Promise:
    """One kind of cost is free for so many months.

    part_class   the main part that it is about; empty for the whole unit
    source       who promised it: the rule, its mark and version, or the brand's terms
    """

    cost: Cost
    part_class: str
    months: int
    source: str


@dataclass(frozen=True)
class Facts:
    """All that the verdict is made of; kept with it, so that it can be made again (WTY-6).

    exchanged_on      the day from which everything runs anew because the unit was exchanged; `None` where it does not
    starts_by         by which date the guarantee starts, and who says so
    grace_days        after production, where the day of the sale is not known
    has_proof         whether proof of the purchase was seen
    excluded_causes   the causes that nobody pays for but the owner, and who says so
    cause             code of the cause, empty while nobody has looked inside
    part_class        the main part that failed, empty while it is not known or none
    version           of the laws and terms that all this comes from
    """

    on: date
    purchased_on: date | None
    starts_by: Told
    promises: Sequence[Promise]
    excluded_causes: Told
    version: str
    delivered_on: date | None = None
    installed_on: date | None = None
    made_on: date | None = None
    exchanged_on: date | None = None
    grace_days: Told = field(default_factory=lambda: Told(None))
    proof_required: Told = field(default_factory=lambda: Told(False))
    has_proof: bool = False
    cause: str = ""
    fault_family: str = ""
    part_class: str = ""
    breaks: Sequence[Break] = ()
    earlier: Sequence[Earlier] = ()

    def plain(self) -> dict[str, Any]:
        """The facts as they are stored beside the decision."""
        return {each.name: _kept(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> Self:
        """The facts that `plain` stored."""
        told = {name: _READERS[name](value) for name, value in kept.items()}
        return cls(**told)


@dataclass(frozen=True)
class Proof:
    """One statement of the tree.

    holds     `None` where it is not known
    source    the rule that makes it count
    because   the statements that it rests on
    unless    what would change it
    """

    said: Sentence
    holds: bool | None
    source: str = ""
    because: tuple[Proof, ...] = ()
    unless: tuple[Sentence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it is kept beside the decision."""
        return {
            "said": self.said.to_json(),
            "holds": self.holds,
            "source": self.source,
            "because": [each.to_json() for each in self.because],
            "unless": [each.to_json() for each in self.unless],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The statement that `to_json` kept."""
        return cls(
            Sentence.from_json(kept["said"]),
            kept["holds"],
            kept["source"],
            tuple(cls.from_json(each) for each in kept["because"]),
            tuple(Sentence.from_json(each) for each in kept["unless"]),
        )


@dataclass(frozen=True)
class Cover:
    """Who pays for one kind of cost, until when (exclusive), and why."""

    cost: Cost
    part_class: str
    outcome: Coverage
    ends_on: date | None
    proof: Proof

    @property
    def last_day(self) -> date | None:
        """The last day that is covered, as people say it."""
        return last_day(self.ends_on) if self.ends_on else None

    @property
    def is_free(self) -> bool:
        """The customer pays nothing of this."""
        return self.outcome in (Coverage.IN_WARRANTY, Coverage.REPAIR_WARRANTY)

    def to_json(self) -> dict[str, Any]:
        """As it is kept beside the decision."""
        return {
            "cost": str(self.cost),
            "part_class": self.part_class,
            "outcome": str(self.outcome),
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "proof": self.proof.to_json(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The cover that `to_json` kept."""
        ends_on = date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None
        proof = Proof.from_json(kept["proof"])
        return cls(Cost(kept["cost"]), kept["part_class"], Coverage(kept["outcome"]), ends_on, proof)


@dataclass(frozen=True)
class Verdict:
    """What covers the repair, why, until when (exclusive), and by which version of laws and terms.

    outcome   of labour and of the parts of this fault together: free when both are
    covers    each kind of cost apart, the whole unit's first, then each main part's
    """

    outcome: Coverage
    because: tuple[Sentence, ...]
    ends_on: date | None
    version: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    covers: tuple[Cover, ...] = ()

    @property
    def is_free(self) -> bool:
        """The customer pays nothing."""
        return self.outcome in (Coverage.IN_WARRANTY, Coverage.REPAIR_WARRANTY)

    def cover(self, cost: Cost, part_class: str = "") -> Cover | None:
        """Who pays for this: as the main part's own promise says where it has one, else as the whole unit's."""
        found = [each for each in self.covers if each.cost == cost and each.part_class in ("", part_class)]
        return max(found, key=lambda each: (each.is_free, each.part_class), default=None)


def decide(facts: Facts) -> Verdict:
    """Judge who pays: an earlier repair's promise first, then the guarantee's, and misuse undoes both.

    The same facts always give the same verdict, word for word.

    source   TG-3 to TG-8, TG-14; WTY-1, WTY-2, WTY-6; EX-1, EX-3, EX-7; capabilities B03-B06
    """
    said = {(each.cost, each.part_class) for each in facts.promises} | {(cost, "") for cost in Cost}
    covers = tuple(_cover(facts, cost, part) for cost, part in sorted(said, key=_in_order))
    verdict = Verdict(Coverage.UNDETERMINED, (), None, facts.version, facts.plain(), covers)
    labour, parts = verdict.cover(Cost.LABOUR, facts.part_class), verdict.cover(Cost.PARTS, facts.part_class)
    if labour is None or parts is None:
        raise AssertionError("labour and parts of the whole unit are always judged")
    # Free is what is free of both; what is dearer for the customer decides.
    leading = labour if parts.is_free or not labour.is_free else parts
    return Verdict(
        leading.outcome, _said(facts, leading, covers), leading.ends_on, facts.version, verdict.facts, covers
    )


def _in_order(key: tuple[Cost, str]) -> tuple[bool, str, int]:
    cost, part = key
    return part != "", part, list(Cost).index(cost)


def _cover(facts: Facts, cost: Cost, part_class: str) -> Cover:
    """One kind of cost: judged by the first of the reasons that decides."""
    promised = _longest(facts, cost, part_class)
    start = _start(facts)
    ends_on = _ends_on(facts, start, promised)
    if facts.cause and facts.cause in facts.excluded_causes.value:
        proof = Proof(
            Sentence(N_("The cause is one that the warranty excludes.")), holds=True, source=facts.excluded_causes.source,
            unless=(Sentence(N_("Another diagnosis, by a second technician, finds another cause.")),),
        )  # fmt: skip
        return Cover(cost, part_class, Coverage.OUT_OF_WARRANTY, ends_on, proof)
    earlier = earlier_promise(facts)
    if earlier is not None and not part_class:
        said = {"order": earlier.order_number, "last": last_day(earlier.ends_on)}
        again = N_("The same kind of fault was repaired under %(order)s, which is warranted to %(last)s.")
        proof = Proof(Sentence(again, said), holds=True, source="TG-11")
        return Cover(cost, part_class, Coverage.REPAIR_WARRANTY, earlier.ends_on, proof)
    if start is None or ends_on is None or promised is None:
        return _unknown_or_none(facts, cost, part_class, promised)
    started_on, day_one = start
    if facts.on < started_on:
        future = Sentence(N_("The date of purchase lies in the future: look at the invoice again."))
        return Cover(cost, part_class, Coverage.UNDETERMINED, ends_on, Proof(future, holds=None, because=(day_one,)))
    return _by_date(facts, promised, start, ends_on)


def _unknown_or_none(facts: Facts, cost: Cost, part_class: str, promised: Promise | None) -> Cover:
    if promised is None:
        nothing = Sentence(N_("Nobody promised that %(what)s is free."), {"what": Sentence(LABELS[cost])})
        return Cover(cost, part_class, Coverage.OUT_OF_WARRANTY, None, Proof(nothing, holds=True))
    unknown = Sentence(N_("The date of purchase is not known: ask for the invoice."))
    because = (_proved(facts),) if facts.proof_required.value else ()
    return Cover(cost, part_class, Coverage.UNDETERMINED, None, Proof(unknown, holds=None, because=because))


def _by_date(facts: Facts, promised: Promise, start: tuple[date, Proof], ends_on: date) -> Cover:
    started_on, day_one = start
    lasts = facts.on < ends_on
    because = [day_one, _months(started_on, promised)]
    lost = days_lost(facts.breaks, since=started_on, on=min(facts.on, ends_on))
    if lost:
        said = Sentence(N_("%(days)s days without the appliance are added."), {"days": lost})
        because.append(Proof(said, holds=True, source="TG-7, WTY-1"))
    if facts.proof_required.value:
        because.append(_proved(facts))
    if facts.cause:
        because.append(
            Proof(
                Sentence(N_("The cause that was found is not excluded.")),
                holds=True,
                source=facts.excluded_causes.source,
            )
        )
    if facts.proof_required.value and not facts.has_proof:
        missing = Sentence(N_("Without proof of purchase it is not known whether the warranty holds."))
        return Cover(
            promised.cost, promised.part_class, Coverage.UNDETERMINED, ends_on, Proof(missing, None, "", tuple(because))
        )
    unless: tuple[Sentence, ...] = ()
    if lasts and not facts.cause:
        unless = (Sentence(N_("It holds unless the diagnosis finds a cause that is excluded, such as misuse.")),)
    elif not lasts:
        unless = (Sentence(N_("A paper that shows a later start, or days in repair that are not in the book.")),)
    outcome = Coverage.IN_WARRANTY if lasts else Coverage.OUT_OF_WARRANTY
    proof = Proof(_dated(ends_on, lasts=lasts), holds=True, because=tuple(because), unless=unless)
    return Cover(promised.cost, promised.part_class, outcome, ends_on, proof)


def _dated(ends_on: date, *, lasts: bool) -> Sentence:
    said = {"last": last_day(ends_on)}
    if lasts:
        return Sentence(N_("The warranty lasts to %(last)s."), said)
    return Sentence(N_("The warranty ended: its last day was %(last)s."), said)


def _months(started_on: date, promised: Promise) -> Proof:
    said = {"months": promised.months, "last": last_day(add_months(started_on, promised.months))}
    return Proof(Sentence(N_("It is promised for %(months)s months, to %(last)s."), said), True, promised.source)


def _proved(facts: Facts) -> Proof:
    if facts.has_proof:
        return Proof(Sentence(N_("Proof of purchase was seen.")), True, facts.proof_required.source)
    return Proof(Sentence(N_("Proof of purchase was not seen.")), False, facts.proof_required.source)


def starts_on(facts: Facts) -> date | None:
    """The day from which the guarantee runs; `None` where no date is known."""
    start = _start(facts)
    return start[0] if start else None


def _start(facts: Facts) -> tuple[date, Proof] | None:
    """The day on which the guarantee starts, and why that one."""
    if facts.exchanged_on is not None:
        said = Sentence(N_("The unit was exchanged on %(day)s: everything runs anew."), {"day": facts.exchanged_on})
        return facts.exchanged_on, Proof(said, True, "TG-8, WTY-2; EX-3")
    dates: Mapping[StartsBy, tuple[date | None, str]] = {
        StartsBy.INVOICE: (facts.purchased_on, N_("It counts from the date of the invoice, %(day)s.")),
        StartsBy.DELIVERY: (facts.delivered_on, N_("It counts from the delivery, %(day)s.")),
        StartsBy.INSTALLATION: (facts.installed_on, N_("It counts from the installation, %(day)s.")),
        StartsBy.PRODUCTION: (_from_production(facts), N_("It counts from the production and some days, %(day)s.")),
    }
    wanted = StartsBy(facts.starts_by.value)
    for kind in (wanted, *(each for each in StartsBy if each != wanted)):
        day, sentence = dates[kind]
        if day is not None:
            source = facts.starts_by.source if kind == wanted else ""
            return day, Proof(Sentence(sentence, {"day": day}), True, source)
    return None


def _from_production(facts: Facts) -> date | None:
    if facts.made_on is None or facts.grace_days.value is None:
        return None
    return date.fromordinal(facts.made_on.toordinal() + facts.grace_days.value)


def _longest(facts: Facts, cost: Cost, part_class: str) -> Promise | None:
    """Of several promises of one thing the longest counts; of two as long the one that is named first."""
    found = [each for each in facts.promises if each.cost == cost and each.part_class == part_class]
    return max(found, key=lambda each: each.months, default=None)


def _ends_on(facts: Facts, start: tuple[date, Proof] | None, promised: Promise | None) -> date | None:
    if start is None or promised is None:
        return None
    return guarantee_ends_on(start[0], months=promised.months, breaks=facts.breaks, on=facts.on)


def earlier_promise(facts: Facts) -> Earlier | None:
    """The earlier repair of the same kind of fault that is promised longest; none while the fault is not known."""
    if not facts.fault_family:
        return None
    standing = [
        each
        for each in facts.earlier
        if each.fault_family == facts.fault_family and each.starts_on <= facts.on < each.ends_on
    ]
    return max(standing, key=lambda each: (each.ends_on, each.order_number), default=None)


def _said(facts: Facts, leading: Cover, covers: tuple[Cover, ...]) -> tuple[Sentence, ...]:
    """What is said at the counter: the reason, what would undo it, and what is covered all the same."""
    said = [leading.proof.said]
    if leading.outcome == Coverage.IN_WARRANTY:
        said += leading.proof.unless
    longer = sorted({each.ends_on for each in covers if each.part_class and each.is_free and each.ends_on is not None})
    if longer and not leading.is_free and not facts.part_class:
        still = N_("Main parts are covered for longer, some to %(last)s: the diagnosis will tell.")
        said.append(Sentence(still, {"last": last_day(longer[-1])}))
    return tuple(said)


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Told):
        return [_kept(value.value), value.source]
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, (Break, Earlier, Promise)):
        return [_kept(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, (list, tuple)):
        return [_kept(each) for each in value]
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _some_day(value: str) -> date:
    return date.fromisoformat(value)


_READERS: Mapping[str, Any] = {
    **dict.fromkeys(("purchased_on", "delivered_on", "installed_on", "made_on", "exchanged_on"), _day),
    **dict.fromkeys(("cause", "fault_family", "part_class", "version"), str),
    "on": _some_day,
    "has_proof": bool,
    "starts_by": lambda kept: Told(StartsBy(kept[0]), kept[1]),
    "excluded_causes": lambda kept: Told(frozenset(kept[0]), kept[1]),
    **dict.fromkeys(("grace_days", "proof_required"), lambda kept: Told(*kept)),
    "promises": lambda kept: tuple(Promise(Cost(cost), *others) for cost, *others in kept),
    "breaks": lambda kept: tuple(Break(_some_day(first), _day(last)) for first, last in kept),
    "earlier": lambda kept: tuple(
        Earlier(number, family, _some_day(first), _some_day(last)) for number, family, first, last in kept
    ),
}
