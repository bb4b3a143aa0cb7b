"""The figures of a store's period, reckoned from the book; which reports are due; and whether those that were made still come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Q, QuerySet, Sum

from guiju.books.stock.models import StockMove, Store
from guiju.books.stock.rules import Movement, Owner, Place
from guiju.kernel.actor import Actor
from guiju.kernel.models import Transition
from guiju.kernel.verification import invariant
from guiju.line.storeroom.models import OldPart, PartRequest
from guiju.line.storeroom.rules import MISSING, TO_RETURN, OldPartState, RequestState, bucket_of
from guiju.oversight.reports import reading, rules
from guiju.oversight.reports.models import StoreReport
from guiju.oversight.reports.rules import Line, ReportKind
from guiju.readiness.counting import rules as counted
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit

Figures = dict[str, Any]
_ASKED = RequestState.REQUESTED.value
# What somebody should look at: it is no trade, it is a mistake or a difference.
_ODD = (Movement.UNDO, Movement.LOSS, Movement.FOUND)


def cuts_now() -> dict[str, int]:
    """The last of all that a report reads, as known now."""
    newest = {"moves": StockMove, "steps": Transition, "requests": PartRequest, "old_parts": OldPart}
    return {name: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for name, model in newest.items()}  # noqa: SLF001


def figures_of(
    store: Store, kind: ReportKind, begin: date, cuts: Mapping[str, int], earlier: Figures | None = None
) -> Figures:
    """What the book says of a store from `begin` until the period ends, with nothing that was booked after the cuts.

    earlier   an earlier report of the same: costs, levels and days are taken as it knew them, and not as they are today
    """
    span = rules.span(begin, rules.end_of(kind, begin), zone=store.unit.time_zone)
    lines = _lines(store, span, cuts["moves"])
    costs: Mapping[str, int | None]
    if earlier is not None:
        costs = {each["part"]: each["unit_minor"] for each in earlier["parts"] if each["unit_minor"] is not None}
    else:
        costs = dict(Part.objects.filter(code__in={part for part, _owner in lines}).values_list("code", "cost_minor"))
    told = [line.told(costs.get(line.part)) for _key, line in sorted(lines.items()) if not line.is_bare]
    found: Figures = {
        "parts": told,
        "value_minor": rules.value_of(told),
        "exceptions": _exceptions(store, span, cuts["moves"]),
    }
    if kind is not ReportKind.DAILY:
        found |= {
            "reserved": _reserved(store, span[1], cuts["moves"]), "waiting": _waiting(store.unit, span[1], cuts),
            "old_parts": _old_parts(store.unit, span[1], cuts),
        }  # fmt: skip
        found |= _looked_at(store, kind, begin, cuts, told=told, earlier=earlier)
    if kind is ReportKind.MONTHLY:
        found["answers"] = _answers(store.unit, span, cuts)
    return found


def _looked_at(
    store: Store, kind: ReportKind, begin: date, cuts: Mapping[str, int], *, told: list[dict[str, Any]], earlier: Figures | None
) -> Figures:  # fmt: skip
    """What lies below its minimum or too long, which orders are late, how the room is kept; of a month the classes and the turnover."""
    if earlier is not None and "given" not in earlier:
        return {}
    end_on = rules.end_of(kind, begin)
    _start, end = rules.span(begin, end_on, zone=store.unit.time_zone)
    year = reading.year_of(store, end_on, cuts["moves"]) if kind is ReportKind.MONTHLY else {}
    lying = {each["part"]: each for each in told if each["owner"] == Owner.OWN and each["closing"] > 0}
    given = earlier["given"] if earlier is not None else reading.given_now(store, end_on, [*lying, *year])
    found: Figures = {
        "given": given,
        "below": [
            {"part": part, "level": level, "closing": closing}
            for part, level in sorted(given["levels"].items())
            if (closing := lying[part]["closing"] if part in lying else 0) < level
        ],
        "overdue": reading.overdue(store, end_on, end, cuts, given),
        "idle": _idle(lying, reading.idle_since(store, end, cuts["moves"]), end_on, given),
        "room": reading.room(store, begin, end_on, end),
    }
    if kind is ReportKind.MONTHLY:
        found |= _of_a_year(lying, year, given["costs"])
    return found


def _idle(
    lying: Mapping[str, Mapping[str, Any]], since: Mapping[str, date], end_on: date, given: Figures
) -> list[dict[str, Any]]:
    """What lies there and nobody asks for, or what the maker will supply no more; what is worth most first."""
    found, figures = [], given["figures"]
    for part, line in lying.items():
        days, ends_on = (end_on - since.get(part, end_on)).days - 1, given["ends"].get(part)
        ends_in = (date.fromisoformat(ends_on) - end_on).days if ends_on else None
        why = rules.why_idle(days, ends_in=ends_in, figures=figures)
        if why is not None:
            put_by = rules.provision(why, line["value_minor"], figures)
            found.append({
                "part": part, "why": str(why), "days": days, "ends_on": ends_on, "closing": line["closing"],
                "value_minor": line["value_minor"], "provision_minor": put_by,
            })  # fmt: skip
    return sorted(found, key=lambda each: (-(each["value_minor"] or 0), str(each["part"])))


def _of_a_year(
    lying: Mapping[str, Mapping[str, Any]], year: Mapping[str, reading.Year], costs: Mapping[str, int]
) -> Figures:
    """The class of each part by its use in the year, and how often the stock turned (S6-24)."""
    codes = sorted(year)
    used = [
        counted.Usage(at, costs.get(code, 0) * sum(year[code].used), year[code].moves) for at, code in enumerate(codes)
    ]
    classes = counted.classes(used)
    rows = [
        {
            "part": code, "class": f"{classes[at]}{rules.evenness(year[code].used)}", "used": sum(year[code].used),
            "used_minor": used[at].value_minor, "value_minor": lying[code]["value_minor"] if code in lying else 0,
        }
        for at, code in enumerate(codes)
        if code in lying or used[at].moves
    ]  # fmt: skip
    ends = [
        sum(costs.get(code, 0) * (each.opening + sum(each.net[:months])) for code, each in year.items())
        for months in range(rules.MONTHS + 1)
    ]
    return {
        "classes": sorted(
            rows, key=lambda each: (str(each["class"]), -int(str(each["used_minor"])), str(each["part"]))
        ),
        "turnover": rules.turnover(sum(each.value_minor for each in used), ends),
    }


def due(at: datetime) -> list[tuple[Store, ReportKind, date]]:
    """The reports that should be made by now, in every store that had been used when the period ended."""
    made = set(StoreReport.objects.values_list("store", "kind", "starts_on"))
    found: list[tuple[Store, ReportKind, date]] = []
    for store in Store.objects.select_related("unit").order_by("pk"):
        first = _first_move(store)
        if first is None or not store.unit.is_active:
            continue
        today, opened = store.unit.day(at), store.unit.day(first)
        for kind in ReportKind:
            begins = (begin for begin in rules.over(kind, today) if rules.end_of(kind, begin) > opened)
            found += [(store, kind, begin) for begin in begins if (store.pk, kind.value, begin) not in made]
    return found


def reports(by: Actor) -> QuerySet[StoreReport]:
    """Every report that this person may see, the newest first."""
    return StoreReport.objects.visible_to(by).select_related("unit", "store__unit", "confirmed_by")


def waiting(by: Actor) -> QuerySet[StoreReport]:
    """Those that wait for this keeper's word."""
    rows = StoreReport.objects.filter(by.scope("reports.confirm_report").q(), confirmed_at__isnull=True)
    return rows.select_related("store__unit")


def _first_move(store: Store) -> datetime | None:
    ends = Q(source__bin__store=store) | Q(target__bin__store=store)
    return StockMove.objects.filter(ends).order_by("pk").values_list("at", flat=True).first()


def _lines(store: Store, span: tuple[datetime, datetime], upto: int) -> dict[tuple[str, str], Line]:
    lines: dict[tuple[str, str], Line] = {}
    for comes, here, there in ((True, "target", "source"), (False, "source", "target")):
        rows = (
            StockMove.objects.filter(**{f"{here}__bin__store": store}, pk__lte=upto, at__lt=span[1])
            .exclude(**{f"{there}__bin__store": store})
            .order_by()
            .values_list(f"{here}__part__code", f"{here}__owner", f"{there}__kind")
            .annotate(before=Sum("amount", filter=Q(at__lt=span[0])), within=Sum("amount", filter=Q(at__gte=span[0])))
        )
        sign = 1 if comes else -1
        for part, owner, place, before, within in rows:
            line = lines.setdefault((part, owner), Line(part, owner))
            line.add(rules.column_of(place, comes=comes), sign * (before or 0), sign * (within or 0))
    return lines


def _exceptions(store: Store, span: tuple[datetime, datetime], upto: int) -> list[dict[str, Any]]:
    ends = Q(source__bin__store=store) | Q(target__bin__store=store)
    odd = StockMove.objects.filter(
        ends, pk__lte=upto, at__gte=span[0], at__lt=span[1], kind__in=[str(each) for each in _ODD]
    )
    names = ("kind", "document", "source__part__code", "amount", "reason")
    return [
        {"kind": kind, "document": document, "part": part, "quantity": amount, "reason": reason}
        for kind, document, part, amount, reason in odd.order_by("pk").values_list(*names)
    ]


def _reserved(store: Store, end: datetime, upto: int) -> list[dict[str, Any]]:
    held: dict[tuple[str, str], int] = {}
    for sign, side in ((1, "target"), (-1, "source")):
        rows = StockMove.objects.filter(
            **{f"{side}__kind": Place.HELD.value, f"{side}__bin__store": store}, pk__lte=upto, at__lt=end
        )
        sums = rows.order_by().values_list(f"{side}__part__code", f"{side}__reference").annotate(total=Sum("amount"))
        for part, job, total in sums:
            held[part, job] = held.get((part, job), 0) + sign * total
    return [{"part": part, "job": job, "quantity": pieces} for (part, job), pieces in sorted(held.items()) if pieces]


def _stood(subject: str, keys: list[int], end: datetime, cuts: Mapping[str, int]) -> dict[int, str]:
    """In which state rows stood at that moment, as their steps tell."""
    steps = Transition.objects.filter(subject_type=subject, subject_id__in=keys, at__lt=end, pk__lte=cuts["steps"])
    return dict(steps.order_by("at", "pk").values_list("subject_id", "to_state"))


def _waiting(unit: Unit, end: datetime, cuts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The lines of jobs that waited for a part at the end, the oldest first: not answered, on order, or not fetched."""
    asked = PartRequest.objects.filter(order__unit=unit, requested_at__lt=end, pk__lte=cuts["requests"]).order_by(
        "requested_at", "pk"
    )
    rows = list(asked.values_list("pk", "number", "part__code", "quantity", "requested_at"))
    stood = _stood("storeroom.partrequest", [row[0] for row in rows], end, cuts)
    return [
        {"request": number, "part": part, "quantity": quantity, "days": (end - since).days, "state": str(stood.get(pk, _ASKED))}
        for pk, number, part, quantity, since in rows
        if stood.get(pk, _ASKED) in MISSING
    ]  # fmt: skip


def _old_parts(unit: Unit, end: datetime, cuts: Mapping[str, int]) -> dict[str, int]:
    """The bags that head office waited for at the end, by their days; `late` are those that should have been sent."""
    rows = OldPart.objects.filter(
        order__unit=unit, removed_at__lt=end, pk__lte=cuts["old_parts"], outcome__in=sorted(TO_RETURN)
    ).values_list("pk", "removed_at", "due_on")  # fmt: skip
    bags = list(rows)
    stood = _stood("storeroom.oldpart", [pk for pk, _since, _due in bags], end, cuts)
    here = [(since, due_on) for pk, since, due_on in bags if stood.get(pk, OldPartState.KEPT) == OldPartState.KEPT]
    last = (end - timedelta(microseconds=1)).astimezone(ZoneInfo(unit.time_zone)).date()
    found = dict.fromkeys(("0-7", "8-14", "15-30", "31+", "late"), 0)
    for since, due_on in here:
        found[bucket_of((last - unit.day(since)).days)] += 1
        found["late"] += due_on is not None and due_on < last
    return found


def _answers(unit: Unit, span: tuple[datetime, datetime], cuts: Mapping[str, int]) -> dict[str, int]:
    """How many requests of the period were answered, and how many of them from the shelf: the fill rate."""
    asked = PartRequest.objects.filter(
        order__unit=unit, requested_at__gte=span[0], requested_at__lt=span[1], pk__lte=cuts["requests"]
    )
    steps = Transition.objects.filter(
        subject_type="storeroom.partrequest", subject_id__in=list(asked.values_list("pk", flat=True)), pk__lte=cuts["steps"],
        from_state=RequestState.REQUESTED.value, at__lt=span[1],
    )  # fmt: skip
    said = list(steps.values_list("to_state", flat=True))
    return {"asked": asked.count(), "from_stock": said.count("RESERVED"), "ordered": said.count("ON_ORDER")}


@invariant("6.9")
def every_store_report_comes_out_again() -> Iterator[str]:
    """The figures of a report are what the book says of its period again today."""
    for report in StoreReport.objects.select_related("store__unit").iterator(chunk_size=200):
        again = figures_of(report.store, ReportKind(report.kind), report.starts_on, report.cuts, report.figures)
        if again != report.figures:
            yield f"{report}: the figures that were kept are not what the book says"
