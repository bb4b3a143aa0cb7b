"""Reckoning anew how many to keep, a store at a time or a whole network."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import NotAllowed, Refusal
from guiju.kernel.words import N_
from guiju.readiness.planning import events, queries
from guiju.readiness.planning.models import LEVEL_MAX, Minimum, PlanRun, StockLevel, Suggestion
from guiju.readiness.planning.queries import Month
from guiju.readiness.planning.rules import plain
from guiju.readiness.planning.rules.reckoning import Aims, Facts, Feeder, Plan, Reckoned, reckon
from guiju.readiness.planning.rules.words import VERSION, Echelon, Engine, Kind, Reason
from guiju.standing.catalogue.models import Part
from guiju.standing.policy import queries as policy

WRITTEN_AT_ONCE = 1000
FIGURES = (
    "inv.plan_months", "inv.lead_months", "inv.review_months", "inv.outlet_days", "inv.fill_target_percent",
    "inv.fill_floor_percent", "inv.last_buy_days", "inv.support_years",
)  # fmt: skip


class NoStoreToPlan(Refusal):
    """A van, quarantine and the like."""

    sentence = N_("Only the stores of head office, regions and outlets are planned.")
    field = "store"
    status = 422


@dataclass(frozen=True)
class _Known:
    """What planning a store must know of the parts: where a chain ends, what a piece costs, when the maker stops."""

    parts: Mapping[int, Part]
    heirs: Mapping[int, int]
    groups: Mapping[int, str]
    # By store and the part that ends the chain: what a planner wants there at least.
    minimums: Mapping[queries.Key, Minimum]


def plan(store: Store, *, by: Actor, at: datetime) -> PlanRun:
    """Reckon anew how many of each part to keep in a store. Nothing changes until a person has answered.

    raises   NoStoreToPlan
    source   S1-13, S6-27
    """
    [run] = plan_stores([store], by=by, at=at)
    return run


def plan_stores(stores: Sequence[Store], *, by: Actor, at: datetime, engine: Engine | None = None) -> list[PlanRun]:
    """Plan many stores together: what one knows too little of, it learns from the others. A deed for each store.

    Of a store that another fills, or that fills others, the whole network is looked at; the plan is written for these stores alone.
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
    known = _known(stores)
    feeders = queries.feeders()
    looked_at = queries.network_of(stores, feeders)
    asked = queries.histories(looked_at, until=until, months=months)
    _show_the_centres(asked, feeders, looked_at, months)
    facts = _facts(asked, known, on=on, before_days=int(figures["inv.last_buy_days"]))
    named = {store: Feeder(feeder.pk, queries.called(feeder)) for store, feeder in feeders.items()}
    named = {store.pk: named[store.pk] for store in looked_at if store.pk in named}
    planned = reckon(facts, aims, by=engine, feeders=named)
    runs = []
    for store in stores:
        with doing("planning.plan", on=store, by=by, at=at) as deed:
            Store.objects.select_for_update().get(pk=store.pk)
            aim, is_learnt = planned.aim_of(store.pk)
            run = PlanRun.objects.create(
                number=next_number("PLAN", store.unit.code, store.unit.day(at)), store=store, at=at, until=until.first,
                months=months, span_months=aims.span, engine=planned.engine.value, version=VERSION,
                target_per_10000=round(aims.target * 10000), aim_per_10000=round(aim * 10000),
                is_learnt=is_learnt, figures={key: str(value) for key, value in figures.items()},
                echelon=queries.echelon_of(store, feeders).value, source=feeders.get(store.pk),
            )  # fmt: skip
            rows = _suggestions(run, planned, known, asked, on=on, figures=figures)
            Suggestion.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE)
            changes = sum(row.changes for row in rows)
            deed.about(run)
            deed.note(parts=len(rows), changes=changes, engine=planned.engine.value)
            deed.tell(events.Planned(store.pk, run.number, len(rows), changes))
            runs.append(run)
    return runs


def _known(stores: Sequence[Store]) -> _Known:
    parts = {part.pk: part for part in Part.objects.order_by("code")}
    groups: dict[int, str] = {}
    rows = Part.lines.through.objects.order_by("productline__code").values_list("part_id", "productline__code")
    for part_id, line in rows:
        groups.setdefault(part_id, line)
    heirs = {pk: part.superseded_by_id for pk, part in parts.items() if part.superseded_by_id is not None}
    minimums: dict[queries.Key, Minimum] = {}
    for each in Minimum.objects.filter(store__in=stores).order_by("least"):
        # Of a part and its successor the larger minimum counts, for the one that is kept.
        minimums[each.store_id, queries.heir(each.part_id, heirs)] = each
    return _Known(parts, heirs, {pk: part.part_class or groups.get(pk, "") for pk, part in parts.items()}, minimums)


def _show_the_centres(
    asked: dict[queries.Key, list[float | None]],
    feeders: Mapping[int, Store],
    stores: Sequence[Store],
    months: int,
) -> None:
    """What any store asks of its centre is looked at there too, though the centre never had any."""
    here = {store.pk for store in stores}
    for store, part in list(asked):
        feeder = feeders.get(store)
        if feeder is not None and feeder.pk in here:
            asked.setdefault((feeder.pk, part), [None] * months)


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
    came_before = _came_before(run.store_id, known, asked)
    for each in planned.of(run.store_id):
        seen.add(each.facts.part)
        if each.facts.part in came_before:
            joined = (Reason.JOINED, {"parts": ", ".join(came_before[each.facts.part])})
            each = replace(each, because=(*each.because, joined))  # noqa: PLW2901  (the same, with a reason more)
        each = _raised(each, known.minimums.get((run.store_id, each.facts.part)))  # noqa: PLW2901  (the same, with a reason more)
        rows.append(_row(run, each, known.parts[each.facts.part], before.get(each.facts.part), on=on, figures=figures))
    for part, level in before.items():
        heir = queries.heir(part, known.heirs)
        if part not in seen and level and heir != part:
            because = [[Reason.SUPERSEDED.value, {"part": known.parts[heir].code}]]
            history = asked.get((run.store_id, part), [])
            rows.append(
                Suggestion(
                    run=run, part_id=part, level=0, before=level, changes=True, rate_milli=0, service_per_10000=0,
                    kind=plain.kind(history).value, history=_whole(history), because=because,
                )
            )  # fmt: skip
    rows.extend(_only_wanted(run, known, seen, before))
    return rows


def _only_wanted(run: PlanRun, known: _Known, seen: Collection[int], before: Mapping[int, int]) -> Iterator[Suggestion]:
    """What was never asked for here, and is kept because a planner wants it: nothing is reckoned, nor learnt from it."""
    for (store, part), minimum in sorted(known.minimums.items()):
        if store == run.store_id and part not in seen:
            was = before.get(part)
            because = [[Reason.LEAST.value, {"least": minimum.least, "why": minimum.reason, "reckoned": 0}]]
            yield Suggestion(
                run=run, part_id=part, level=minimum.least, before=was, changes=minimum.least != (was or 0), rate_milli=0,
                service_per_10000=0, kind=Kind.NONE.value, history=[], because=because,
            )  # fmt: skip


def _raised(each: Reckoned, minimum: Minimum | None) -> Reckoned:
    """No less than a planner wants, and said so where the plan alone would keep less."""
    if minimum is None or minimum.least <= each.level:
        return each
    because = (Reason.LEAST, {"least": minimum.least, "why": minimum.reason, "reckoned": each.level})
    return replace(each, level=minimum.least, because=(because, *each.because))


def _came_before(store: int, known: _Known, asked: Mapping[queries.Key, list[float | None]]) -> dict[int, list[str]]:
    """Of each part that ends a chain, the codes of those before it that the store has had."""
    found: dict[int, list[str]] = {}
    for part in known.heirs:
        heir = queries.heir(part, known.heirs)
        if heir != part and (store, part) in asked:
            found.setdefault(heir, []).append(known.parts[part].code)
    return {heir: sorted(codes) for heir, codes in found.items()}


def _whole(history: Sequence[float | None]) -> list[int | None]:
    return [None if month is None else int(month) for month in history]


def _row(
    run: PlanRun, each: Reckoned, part: Part, before: int | None, *, on: date, figures: Mapping[str, Any]
) -> Suggestion:
    because = list(each.because)
    last_buy = None
    if each.facts.phasing_out and part.supply_ends_on is not None:
        because.append((Reason.GOING, {"day": part.supply_ends_on.isoformat()}))
        years = int(figures["inv.support_years"])
        if part.supply_ends_on >= on and each.echelon is not Echelon.OUTLET:
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
        history=_whole(each.facts.history),
        because=[[reason.value, dict(said)] for reason, said in because], last_buy=last_buy,
    )  # fmt: skip
