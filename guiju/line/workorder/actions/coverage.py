"""Decide who pays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import NotAllowed
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import rules
from guiju.line.workorder.actions.life import amend, lock, reasoned, require
from guiju.line.workorder.events import CameBack, CoverageDecided, RightRaised
from guiju.line.workorder.models import ComeBack, CoverageDecision, WorkOrder
from guiju.line.workorder.queries import made_by
from guiju.line.workorder.rules import Bearer
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.queries import Considered
from guiju.standing.warranty.rules import FREE, Coverage, Earlier, Right, Verdict


def precheck_coverage(
    order: WorkOrder, verdict: Verdict, rights: Sequence[Right] = (), *, by: Actor, at: datetime
) -> CoverageDecision:
    """Keep what the warranty said at the counter, before anybody has seen the fault.

    source   S6-07, B06; WTY-6. Called inside the deed that registers.
    """
    return CoverageDecision.objects.create(
        order=order, is_precheck=True, at=at, actor_name=by.name, **_judged(verdict, rights)
    )


def decide_coverage(
    order: WorkOrder, *, cause: str, fault_family: str, part_class: str = "", by: Actor, at: datetime
) -> CoverageDecision:
    """Decide who pays, from the cause that was found and the terms of the day on which the customer complained.

    cause         PRODUCT_DEFECT, MISUSE, INSTALLATION, ENVIRONMENT, WEAR or NO_FAULT
    fault_family  as the fault code names it; empty when it has none
    part_class    the main part that has failed, by its class; empty when it is none
    raises        WrongState
    source        3.2 "decide coverage"; WTY-6, WO-11
    """
    with doing("workorder.decide_coverage", on=order, by=by, at=at) as deed:
        order = lock(order)
        require(order, *rules.DIAGNOSIS_STATES)
        found = {"cause": cause, "fault_family": fault_family, "part_class": part_class}
        judged = _considered(order, at, **found)
        decision = CoverageDecision.objects.create(
            order=order, at=at, actor_name=by.name, **_judged(judged.verdict, judged.rights)
        )
        deed.note(coverage=[order.coverage, decision.coverage], cause=cause, fault_family=fault_family)
        amend(order, coverage=decision.coverage)
        deed.tell(CoverageDecided(order.pk, order.number, decision.coverage))
        if decision.coverage == Coverage.REPAIR_WARRANTY and judged.comes_back is not None:
            _link(order, judged.comes_back, part_class, deed)
    return decision


def _link(order: WorkOrder, earlier: Earlier, part_class: str, deed: Deed) -> None:
    """Link the job to the repair that did not hold, and charge it to where that was made; once, whatever is diagnosed later.

    Where the part that was fitted then has failed, its supplier has to bear it.

    source   WO-11, D15, STL-5; peers idea 22
    """
    first = made_by(earlier.order_number)
    if first is None or ComeBack.objects.filter(order=order).exists():
        return
    complained_on = order.unit.day(order.registered_at or order.opened_at)
    ComeBack.objects.create(
        order=order, unit_id=order.unit_id, order_number=order.number, earlier_number=earlier.order_number,
        charged_to_id=first.unit_id, fault_family=earlier.fault_family,
        bearer=Bearer.SUPPLIER if warranty.fitted_again(earlier.order_number, part_class) else Bearer.OUTLET,
        technician_id=first.technician_id, days=max(0, (complained_on - earlier.starts_on).days), at=deed.at,
    )  # fmt: skip
    if order.parent_id is None and first.unit_id == order.unit_id and first.pk != order.pk:
        amend(order, parent=first)
    deed.note(came_back=earlier.order_number)
    deed.tell(CameBack(order.pk, order.number, earlier.order_number, first.unit.code))


def raise_rights(order: WorkOrder, *, by: Actor, at: datetime) -> CoverageDecision | None:
    """Say that the customer may have more than a repair now, because days have passed; nothing where nothing has changed.

    The verdict is that of the last decision, from its facts; only the rights are looked at again.

    source   TG-9, TG-10, 4.2; EX-5, EX-6; capability B08
    """
    if order.state in rules.PROMISE_RUNS and _arisen(order, at) is None:
        # The clock asks every hour: what did not happen is no deed, and leaves nothing in the trail.
        return None
    with doing("workorder.raise_rights", on=order, by=by, at=at) as deed:
        order = lock(order)
        require(order, *rules.PROMISE_RUNS)
        arisen = _arisen(order, at)
        if arisen is None:
            return None
        last, rights = arisen
        grounds = [str(each.ground) for each in rights]
        kept = ("is_precheck", "coverage", "because", "ends_on", "version", "facts", "covers")
        decision = CoverageDecision.objects.create(
            order=order, at=at, actor_name=by.name, rights=[each.to_json() for each in rights],
            **{name: getattr(last, name) for name in kept},
        )  # fmt: skip
        deed.note(grounds=grounds)
        deed.tell(RightRaised(order.pk, order.number, " ".join(grounds)))
    return decision


def _arisen(order: WorkOrder, at: datetime) -> tuple[CoverageDecision, Sequence[Right]] | None:
    """The last decision and the rights of now, if there is one among them that the decision does not tell."""
    if order.state == rules.State.EXCHANGE_PENDING:
        # The customer has what a right gives already.
        return None
    last = CoverageDecision.objects.filter(order=order).order_by("-pk").first()
    if last is None or not last.covers:
        return None
    known = {name: last.facts[name] for name in ("cause", "fault_family", "part_class")}
    rights = _considered(order, at, **known).rights
    if {str(each.ground) for each in rights} <= {kept["ground"] for kept in last.rights}:
        return None
    return last, rights


def override_coverage(order: WorkOrder, *, coverage: str, reason: str, by: Actor, at: datetime) -> CoverageDecision:
    """Let a manager decide otherwise, in writing; against the customer only the network manager may (WTY-7).

    raises   ReasonMissing, WrongState, NotAllowed
    """
    with doing("workorder.override_coverage", on=order, by=by, at=at) as deed:
        order = lock(order)
        require(order, *rules.DIAGNOSIS_STATES)
        reason = reasoned(reason)
        worse = Coverage(order.coverage) in FREE and Coverage(coverage) not in FREE
        if worse and not by.may("workorder.override_coverage_against_customer", on=order):
            raise NotAllowed(Sentence(N_("Only the network manager may decide against the customer.")))
        decision = CoverageDecision.objects.create(
            order=order,
            coverage=Coverage(coverage),
            because=[Sentence("%(reason)s", {"reason": reason}).to_json()],
            facts={"overrides": order.coverage},
            at=at,
            actor_name=by.name,
        )
        deed.note(coverage=[order.coverage, decision.coverage], reason=reason)
        amend(order, coverage=decision.coverage)
        deed.tell(CoverageDecided(order.pk, order.number, decision.coverage))
    return decision


def _considered(order: WorkOrder, at: datetime, **found: str) -> Considered:
    """The guarantee on the day of the complaint, and the rights of today."""
    here = order.unit.day
    return warranty.consider(
        order.appliance,
        on=here(order.registered_at or order.opened_at),
        rights_on=here(at),
        received_on=here(order.received_at) if order.received_at else None,
        waits_for_part=order.state == rules.State.WAITING_PARTS,
        fault_families=order.symptoms.values_list("code__family", flat=True) if not found["fault_family"] else (),
        elsewhere=True,
        **found,
    )


def _judged(verdict: Verdict, rights: Sequence[Right]) -> dict[str, Any]:
    return {
        "coverage": verdict.outcome,
        "because": [sentence.to_json() for sentence in verdict.because],
        "ends_on": verdict.ends_on,
        "version": verdict.version,
        "facts": dict(verdict.facts),
        "covers": [each.to_json() for each in verdict.covers],
        "rights": [each.to_json() for each in rights],
    }
