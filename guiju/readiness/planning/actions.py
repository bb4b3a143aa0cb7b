"""Planning stores, and answering what is suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.planning import events, queries
from guiju.readiness.planning.models import Decision, PlanRun, StockLevel, Suggestion
from guiju.readiness.planning.queries import Month
from guiju.readiness.planning.rules import plain
from guiju.readiness.planning.rules.reckoning import Aims, Facts, Plan, Reckoned, reckon
from guiju.readiness.planning.rules.words import VERSION, Engine, Reason
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.actions import Wanted
from guiju.readiness.supply.models import PurchaseRequest
from guiju.readiness.supply.rules import Purpose
from guiju.standing.catalogue.models import Part
from guiju.standing.policy import queries as policy

LEVEL_MAX = 1_000_000
WRITTEN_AT_ONCE = 1000
FIGURES = (
    "inv.plan_months", "inv.lead_months", "inv.review_months", "inv.fill_target_percent", "inv.fill_floor_percent",
    "inv.last_buy_days", "inv.support_years",
)  # fmt: skip


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


class NoStoreToPlan(Refusal):
    """A van, quarantine and the like."""

    sentence = N_("Only the stores of head office, regions and outlets are planned.")
    field = "store"
    status = 422


class NothingLacks(Refusal):
    """Somebody asked first, or parts came in."""

    sentence = N_("%(part)s does not lie below its level any more. Look at the list again.")


class NothingChosen(Refusal):
    """No part was named."""

    sentence = N_("Choose what should be bought.")
    field = "parts"
    status = 422


@dataclass(frozen=True)
class _Known:
    """What planning a store must know of the parts: where a chain ends, what a piece costs, when the maker stops."""

    parts: Mapping[int, Part]
    heirs: Mapping[int, int]
    groups: Mapping[int, str]


def plan(store: Store, *, by: Actor, at: datetime) -> PlanRun:
    """Reckon anew how many of each part to keep in a store. Nothing changes until a person has answered.

    raises   NoStoreToPlan
    source   S1-13, S6-27
    """
    [run] = plan_stores([store], by=by, at=at)
    return run


def plan_stores(stores: Sequence[Store], *, by: Actor, at: datetime, engine: Engine | None = None) -> list[PlanRun]:
    """Plan many stores together: what one knows too little of, it learns from the others. A deed for each store.

    engine   the rule; by default the full one where its libraries are installed
    raises   NoStoreToPlan
    """
    if any(store.kind not in queries.PLANNED for store in stores):
        raise NoStoreToPlan
    # Before anything is reckoned, which takes its time; each deed asks again.
    if any(by.role_for("planning.plan", on=store, unit_id=store.unit_id) is None for store in stores):
        raise NotAllowed
    on = at.date()
    figures = {key: each.value for key, each in policy.figures(FIGURES, unit=None, on=on).items()}
    aims = Aims.asked(figures)
    until, months = Month.of(on), int(figures["inv.plan_months"])
    known = _known()
    asked = queries.histories(stores, until=until, months=months)
    facts = _facts(asked, known, on=on, before_days=int(figures["inv.last_buy_days"]))
    planned = reckon(facts, aims, by=engine)
    runs = []
    for store in stores:
        with doing("planning.plan", on=store, by=by, at=at) as deed:
            Store.objects.select_for_update().get(pk=store.pk)
            run = PlanRun.objects.create(
                number=next_number("PLAN", store.unit.code, store.unit.day(at)), store=store, at=at, until=until.first,
                months=months, span_months=aims.span, engine=planned.engine.value, version=VERSION,
                target_per_10000=round(aims.target * 10000), aim_per_10000=round(planned.aim * 10000),
                is_learnt=planned.is_learnt, figures={key: str(value) for key, value in figures.items()},
            )  # fmt: skip
            rows = _suggestions(run, planned, known, asked, on=on, figures=figures)
            Suggestion.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE)
            changes = sum(row.changes for row in rows)
            deed.about(run)
            deed.note(parts=len(rows), changes=changes, engine=planned.engine.value)
            deed.tell(events.Planned(store.pk, run.number, len(rows), changes))
            runs.append(run)
    return runs


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


def order(store: Store, *, parts: Sequence[Part], by: Actor, at: datetime) -> PurchaseRequest:
    """Ask to buy what these parts lack of their level: one purchase request for the store's unit, to be submitted by whoever asked.

    raises   NothingChosen, NothingLacks
    source   S6-27, 3.8
    """
    with doing("planning.order", on=store, by=by, at=at) as deed:
        if not parts:
            raise NothingChosen
        # Two who look at the same list ask one after the other, and the second sees what the first has asked for.
        Store.objects.select_for_update().get(pk=store.pk)
        lacking = {each.level.part_id: each.lacking for each in queries.reorder([store], by=by)}
        for part in parts:
            if part.pk not in lacking:
                raise NothingLacks(part=part.code)
        wanted = [Wanted(lacking[part.pk], part) for part in sorted(set(parts), key=lambda part: part.code)]
        reason = str(Sentence(N_("Below the level of store %(store)s"), {"store": store.code}))
        request = supply.draft_request(
            store.unit, lines=wanted, reason=reason, purpose=Purpose.STOCK, by=deed.consequence(), at=at
        )
        deed.note(request=request.number)
    return request


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


def _known() -> _Known:
    parts = {part.pk: part for part in Part.objects.order_by("code")}
    groups: dict[int, str] = {}
    rows = Part.lines.through.objects.order_by("productline__code").values_list("part_id", "productline__code")
    for part_id, line in rows:
        groups.setdefault(part_id, line)
    heirs = {pk: part.superseded_by_id for pk, part in parts.items() if part.superseded_by_id is not None}
    return _Known(parts, heirs, {pk: part.part_class or groups.get(pk, "") for pk, part in parts.items()})


def _facts(
    asked: Mapping[queries.Key, list[float | None]], known: _Known, *, on: date, before_days: int
) -> list[Facts]:
    """The histories of each store, chains joined at their last part."""
    by_store: dict[int, dict[int, list[float | None]]] = {}
    for (store, part), history in sorted(asked.items()):
        by_store.setdefault(store, {})[part] = history
    facts = []
    for store, histories in by_store.items():
        for part, history in plain.joined(histories, known.heirs).items():
            row = known.parts[part]
            going = row.supply_ends_on is not None and row.supply_ends_on <= on + timedelta(days=before_days)
            facts.append(Facts(store, part, history, row.cost_minor or 0, known.groups[part], going))
    return facts


def _suggestions(
    run: PlanRun,
    planned: Plan,
    known: _Known,
    asked: Mapping[queries.Key, list[float | None]],
    *,
    on: date,
    figures: Mapping[str, Any],
) -> list[Suggestion]:
    """A row for each part of the store; what was replaced and is still kept goes to nothing."""
    before = dict(StockLevel.objects.filter(store_id=run.store_id).values_list("part_id", "level"))
    rows, seen = [], set()
    for each in planned.parts:
        if each.facts.store != run.store_id:
            continue
        seen.add(each.facts.part)
        came_before = sorted(
            known.parts[part].code
            for store, part in asked
            if store == run.store_id and part != each.facts.part and _heir(part, known.heirs) == each.facts.part
        ) if each.facts.part in known.heirs.values() else []  # fmt: skip
        if came_before:
            joined = (Reason.JOINED, {"parts": ", ".join(came_before)})
            each = replace(each, because=(*each.because, joined))  # noqa: PLW2901  (the same, with a reason more)
        rows.append(_row(run, each, known.parts[each.facts.part], before.get(each.facts.part), on=on, figures=figures))
    for part, level in before.items():
        heir = _heir(part, known.heirs)
        if part not in seen and level and heir != part:
            because = [[Reason.SUPERSEDED.value, {"part": known.parts[heir].code}]]
            rows.append(
                Suggestion(
                    run=run, part_id=part, level=0, before=level, changes=True, rate_milli=0, service_per_10000=0,
                    kind="NONE", because=because,
                )
            )  # fmt: skip
    return rows


def _heir(part: int, heirs: Mapping[int, int]) -> int:
    seen = {part}
    while (after := heirs.get(part)) is not None and after not in seen:
        part = after
        seen.add(part)
    return part


def _row(
    run: PlanRun, each: Reckoned, part: Part, before: int | None, *, on: date, figures: Mapping[str, Any]
) -> Suggestion:
    because = list(each.because)
    last_buy = None
    if each.facts.phasing_out and part.supply_ends_on is not None:
        because.append((Reason.GOING, {"day": part.supply_ends_on.isoformat()}))
        years = int(figures["inv.support_years"])
        if part.supply_ends_on >= on:
            last_buy = plain.last_time_buy(
                each.rate, periods=years * 12, yearly_decline=1 / max(years, 1), lumpiness=each.lumpiness, there=0,
                service=each.service or 0.95,
            )  # fmt: skip
            until = date(part.supply_ends_on.year + years, part.supply_ends_on.month, 1)
            because.append((Reason.LAST_BUY, {"day": until.isoformat(), "quantity": last_buy}))
    level = min(each.level, LEVEL_MAX)
    return Suggestion(
        run=run, part=part, level=level, before=before, changes=level != (before or 0),
        rate_milli=round(each.rate * 1000), service_per_10000=round(each.service * 10000), kind=each.kind.value,
        history=[None if month is None else int(month) for month in each.facts.history],
        because=[[reason.value, dict(said)] for reason, said in because], last_buy=last_buy,
    )  # fmt: skip
