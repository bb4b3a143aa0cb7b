"""Questions about work orders: the customer's link, the life so far, the clock, and what must always be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from guiju.kernel import lifecycle, reach, secrets
from guiju.kernel.actor import Actor
from guiju.kernel.amounts import Money
from guiju.kernel.models import Transition
from guiju.kernel.verification import invariant
from guiju.kernel.words import Sentence
from guiju.line.workorder import rules
from guiju.line.workorder.models import (
    CoverageDecision,
    Custody,
    HoldSpan,
    TrackLink,
    WorkOrder,
    WorkOrders,
)
from guiju.line.workorder.queries.promises import (
    OPENING_KEYS,
    clock_of,
    clocks,
    every_outcome_follows_from_the_ledger,
    every_promise_is_the_first_one_or_a_revision,
    holds_of,
    kept_until,
    on_time,
    opening_of,
    outcome_of,
    promise_from,
    promises_of,
    unagreed,
)
from guiju.line.workorder.rules import ENDED, LABELS, OURS, Mode, State
from guiju.standing.policy import queries as policy
from guiju.standing.pricing.rules import Place
from guiju.standing.warranty.rules import Cover, Facts, Right, decide

__all__ = [
    "OPENING_KEYS",
    "ORDER",
    "CoverageShown",
    "Step",
    "Whereabouts",
    "as_it_stands",
    "by_track_token",
    "clock_of",
    "clocks",
    "coverage_of",
    "every_appliance_in_our_hands_has_one_order_and_one_place",
    "every_coverage_has_its_decision",
    "every_hold_of_an_order_is_its_open_span",
    "every_life_runs_forward_in_time",
    "every_life_walks_the_table",
    "every_outcome_follows_from_the_ledger",
    "every_promise_is_the_first_one_or_a_revision",
    "every_verdict_follows_from_its_facts",
    "find",
    "history",
    "holds_of",
    "kept_until",
    "link_is_over",
    "made_by",
    "money",
    "nothing_leaves_the_end",
    "on_time",
    "open_orders_of",
    "opening_of",
    "outcome_of",
    "place_of",
    "promise_from",
    "promises_of",
    "track_token",
    "unagreed",
    "whereabouts",
]

ORDER = "workorder.workorder"


@dataclass(frozen=True)
class Step:
    """One step of an order's life, as its history shows it."""

    from_label: str
    to_label: str
    verb: str
    at: datetime
    who: str


@dataclass(frozen=True)
class Whereabouts:
    """Who has the appliance, where, since when (S6-12)."""

    held: rules.Held
    holder: str
    place: str
    since: datetime | None


@dataclass(frozen=True)
class CoverageShown:
    """Who pays, with the reasons, ready to be spoken in the reader's language."""

    coverage: str
    because: tuple[Sentence, ...]
    version: str
    is_precheck: bool
    at: datetime
    covers: tuple[Cover, ...] = ()
    rights: tuple[Right, ...] = ()


@reach.as_house
def made_by(number: str) -> WorkOrder | None:
    """The job of that number, whichever outlet made it: whoever charges it must know where it was made."""
    return WorkOrder.objects.select_related("unit").filter(number=number).first()


@reach.as_house
def by_track_token(token: str) -> WorkOrder | None:
    """The one order of a customer's link, also of one that has ended; the link itself is stored nowhere."""
    digest = secrets.hash_token(token)
    anew = TrackLink.objects.filter(digest=digest).values("order")
    return WorkOrder.objects.with_names().filter(Q(track_digest=digest) | Q(pk__in=anew)).first()


def track_token(order: WorkOrder) -> str:
    """The secret part of the order's link that opens now, for the ticket and its QR code."""
    newest = order.links.last()
    return secrets.track_token(order.pk, newest.salt if newest else order.track_salt)


def link_is_over(order: WorkOrder, token: str, *, at: datetime) -> bool:
    """Whether a link opens nothing any more: a newer one was given, or the order has been over for long.

    source   4.12 track.link_days
    """
    newest = order.links.last()
    digest = newest.digest if newest else order.track_digest
    if not secrets.matches(secrets.hash_token(token), digest):
        return True
    if order.state not in ENDED:
        return False
    ended_at = order.delivered_at or lifecycle.history(order).values_list("at", flat=True).last()
    since = max(each for each in (ended_at, newest.given_at if newest else None, order.opened_at) if each)
    days = policy.figure("track.link_days", unit=order.unit, on=order.unit.day(at)).value
    return at > since + timedelta(days=int(days))


def find(number: str, *, by: Actor) -> WorkOrder | None:
    """The order of that number, if this person may see it."""
    return WorkOrder.objects.visible_to(by).with_names().filter(number=number.strip().upper()).first()


def history(order: WorkOrder) -> list[Step]:
    """Every state that the order has been in, with who took it there and by which verb."""
    return [
        Step(
            LABELS[State(step.from_state)] if step.from_state else "",
            LABELS[State(step.to_state)],
            step.verb,
            step.at,
            step.actor_name,
        )
        for step in lifecycle.history(order)
    ]


def as_it_stands(orders: WorkOrders) -> WorkOrders:
    """Bring where each appliance is and the last word on who pays, in the same statement."""
    hand_over = Custody.objects.filter(order=OuterRef("pk"), item=Custody.Item.DEVICE).order_by("-pk")
    decision = CoverageDecision.objects.filter(order=OuterRef("pk")).order_by("-pk")
    columns = {f"last_{name}": Subquery(hand_over.values(name)[:1]) for name in _HAND_OVER}
    return orders.annotate(**columns, **{f"said_{name}": Subquery(decision.values(name)[:1]) for name in _DECISION})


_HAND_OVER = ("to_held", "to_holder", "place", "at")
_DECISION = ("coverage", "because", "version", "is_precheck", "at", "covers", "rights")


def _standing(order: WorkOrder) -> Any:
    known = hasattr(order, "last_to_held")
    return order if known else as_it_stands(WorkOrder.objects.select_related("customer")).get(pk=order.pk)


def whereabouts(order: WorkOrder) -> Whereabouts:
    """Where the appliance is now; before anybody has received it, with the customer."""
    found = _standing(order)
    if found.last_to_held is None:
        return Whereabouts(rules.Held.NONE, found.customer.name, "", None)
    return Whereabouts(rules.Held(found.last_to_held), found.last_to_holder, found.last_place, found.last_at)


def coverage_of(order: WorkOrder) -> CoverageShown | None:
    """The last word on who pays; until the fault is known, that of the counter."""
    found = _standing(order)
    if found.said_coverage is None:
        return None
    because = tuple(Sentence.from_json(kept) for kept in found.said_because)
    covers = tuple(Cover.from_json(kept) for kept in found.said_covers or ())
    return CoverageShown(
        found.said_coverage, because, found.said_version, found.said_is_precheck, found.said_at, covers,
        tuple(Right.from_json(kept) for kept in found.said_rights or ()),
    )  # fmt: skip


def place_of(order: WorkOrder) -> Place:
    """Where the work is done, as the price list tells it apart."""
    return Place.HOME if order.mode == Mode.ON_SITE else Place.SHOP


def money(order: WorkOrder, minor: int) -> str:
    """An amount in the order's currency, for a sentence."""
    return str(Money(minor, order.currency))


def open_orders_of(appliance_id: int) -> list[WorkOrder]:
    """The orders on one appliance that are not over for the customer."""
    return list(WorkOrder.objects.filter(appliance_id=appliance_id).open())


# --- What must always be true


@invariant("WO-1")
def every_appliance_in_our_hands_has_one_order_and_one_place() -> Iterator[str]:
    """An appliance that we hold has exactly one open order and exactly one place; the chain of hand-overs has no gap."""
    last: dict[int, dict[str, Any]] = {}
    for row in (
        Custody.objects.filter(item=Custody.Item.DEVICE)
        .order_by("pk")
        .values("order_id", "order__number", "from_held", "to_held", "from_holder", "to_holder", "place")
    ):
        before = last.get(row["order_id"])
        if before is not None and (before["to_held"], before["to_holder"]) != (row["from_held"], row["from_holder"]):
            yield f"{row['order__number']}: handed on by somebody who did not have it"
        last[row["order_id"]] = dict(row)
    holders: dict[int, str] = {}
    for order in WorkOrder.objects.filter(Q(held__in=OURS) | Q(pk__in=last)).only(
        "number", "state", "held", "shelf", "appliance"
    ):
        latest = last.get(order.pk)
        if latest is None or (latest["to_held"], latest["place"]) != (order.held, order.shelf):
            yield f"{order.number}: the order says {order.held} {order.shelf}, the chain of hand-overs does not"
        if order.held in OURS:
            if order.state in ENDED:
                yield f"{order.number}: over, and the appliance is still {order.held}"
            if order.appliance_id in holders:
                yield f"{order.number}: its appliance is also on {holders[order.appliance_id]}"
            holders[order.appliance_id] = order.number


@invariant("I27")
def every_life_walks_the_table() -> Iterator[str]:
    """Each step follows the one before, is an arrow of the table by a verb of that arrow, and ends where the order stands."""
    numbers = dict(WorkOrder.objects.values_list("pk", "number"))
    stands = dict.fromkeys(numbers, State.DRAFT)
    for step in _steps():
        name = numbers.get(step.subject_id, f"order {step.subject_id}")
        here, there = State(step.from_state), State(step.to_state)
        if stands.get(step.subject_id) != here:
            yield f"{name}: left {here} without having been there"
        if step.verb not in rules.verbs_between(here, there):
            yield f"{name}: {step.verb} took it from {here} to {there}, which the table does not know"
        stands[step.subject_id] = there
    for pk, state in WorkOrder.objects.values_list("pk", "state"):
        if stands.get(pk) != state:
            yield f"{numbers[pk]}: stands at {state}, its history at {stands.get(pk)}"


@invariant("I28")
def every_life_runs_forward_in_time() -> Iterator[str]:
    """No step of a life is earlier than the one before it."""
    last: dict[int, datetime] = {}
    for step in _steps():
        if step.subject_id in last and step.at < last[step.subject_id]:
            yield f"order {step.subject_id}: {step.verb} at {step.at}, after a step at {last[step.subject_id]}"
        last[step.subject_id] = step.at


@invariant("WO-12")
def nothing_leaves_the_end() -> Iterator[str]:
    """What is closed, cancelled or disposed of stays so."""
    for step in Transition.objects.filter(subject_type=ORDER, from_state__in=rules.TERMINAL):
        yield f"order {step.subject_id}: left {step.from_state} by {step.verb}"


@invariant("WTY-6")
def every_verdict_follows_from_its_facts() -> Iterator[str]:
    """The facts that are kept beside a decision give the same decision and the same proof again."""
    judged = CoverageDecision.objects.exclude(covers=[]).select_related("order")
    for kept in judged.iterator():
        again = decide(Facts.from_plain(kept.facts))
        if (str(again.outcome), [each.to_json() for each in again.covers]) != (kept.coverage, kept.covers):
            yield f"{kept.order.number}: decision {kept.pk} does not follow from its facts"


@invariant("WTY-6")
def every_coverage_has_its_decision() -> Iterator[str]:
    """Nobody's coverage is set without a decision that says why."""
    # The last one stands.
    decided = dict(
        CoverageDecision.objects.filter(is_precheck=False).order_by("pk").values_list("order_id", "coverage")
    )
    for order in WorkOrder.objects.filter(pk__in=decided).only("number", "coverage"):
        if decided[order.pk] != order.coverage:
            yield f"{order.number}: covered as {order.coverage}, decided as {decided[order.pk]}"
    charged = WorkOrder.objects.exclude(coverage="UNDETERMINED").exclude(pk__in=decided).filter(parent=None)
    for number in charged.values_list("number", flat=True):
        yield f"{number}: coverage without a decision"


@invariant("I31")
def every_hold_of_an_order_is_its_open_span() -> Iterator[str]:
    """An order on hold has one open span of the same kind; one that is not on hold has none."""
    spans = dict(HoldSpan.objects.filter(ends_at=None).values_list("order_id", "hold"))
    for pk, number, hold in WorkOrder.objects.filter(Q(pk__in=spans) | ~Q(hold="")).values_list("pk", "number", "hold"):
        if spans.get(pk, "") != hold:
            yield f"{number}: on hold for {hold or 'nothing'}, its span says {spans.get(pk, 'nothing')}"


def _steps() -> Sequence[Transition]:
    return list(Transition.objects.filter(subject_type=ORDER).order_by("pk"))
