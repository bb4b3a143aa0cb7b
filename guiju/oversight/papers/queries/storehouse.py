"""What the house keeps of its stores on paper: reports, weekly inspections, openings of controlled stores (6.9, 6.26, 6.27)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext, ngettext, override

from guiju.books.stock.models import Store
from guiju.books.stock.rules import MOVEMENT_LABELS, OWNER_LABELS, Movement, Owner
from guiju.kernel.words import Sentence
from guiju.line.storeroom.rules import REQUEST_LABELS, RequestState
from guiju.oversight.papers import rules
from guiju.oversight.papers.press import LanguageNotOffered, print_pdf
from guiju.oversight.papers.queries.shared import Print, letterhead_of
from guiju.oversight.reports.models import StoreReport
from guiju.oversight.reports.rules import COLUMN_LABELS, IDLE_LABELS, KIND_LABELS, Idle, ReportKind
from guiju.readiness.custody import rules as custody
from guiju.readiness.custody.models import AccessSession, ControlledMovement
from guiju.readiness.upkeep import rules as upkeep
from guiju.readiness.upkeep.models import ClimateReading, Inspection, Ventilation
from guiju.standing.catalogue.models import Part

WEEK = timedelta(days=7)


def printed(gather: Callable[[Print], rules.Paper], how: Print, language: str) -> bytes | None:
    """A paper as PDF; None in a language in which nothing is printed."""
    try:
        with override(language):
            return print_pdf(gather(how), language)
    except LanguageNotOffered:
        return None


def store_report(report: StoreReport, how: Print) -> rules.StoreReportPaper:
    """The report as it was made, with whoever stands for it."""
    figures, unit = report.figures, report.unit
    names = {part.code: part.name for part in Part.objects.filter(code__in={each["part"] for each in figures["parts"]})}
    answers = figures.get("answers", {})
    number = f"{unit.code}/{report.store.code}-{report.kind}-{report.starts_on:%Y%m%d}"
    return rules.StoreReportPaper(
        letterhead=letterhead_of(
            unit, number, how, leads_to=f"{how.base_url}stores/reports/{report.pk}/", currency=unit.currency
        ),
        kind=gettext(KIND_LABELS[ReportKind(report.kind)]),
        store=_named(report.store),
        starts_on=report.starts_on,
        ends_on=report.ends_on - timedelta(days=1),
        made_at=report.made_at,
        value_minor=figures["value_minor"],
        columns=tuple(gettext(label) for label in COLUMN_LABELS.values()),
        rows=tuple(
            rules.ReportLine(
                name=names.get(each["part"], each["part"]), part_number=each["part"], opening=each["opening"],
                moved=tuple(each[column] for column in COLUMN_LABELS), closing=each["closing"], value_minor=each["value_minor"],
                owner=gettext(OWNER_LABELS[Owner(each["owner"])]) if each["owner"] != Owner.OWN else None,
            ) for each in figures["parts"]
        ),
        **_open_cases(figures),
        reserved=tuple(
            rules.ReportNote(what=each["job"], part_number=each["part"], quantity=each["quantity"])
            for each in figures.get("reserved", ())
        ),
        old_parts=tuple(rules.Aged(age=_aged(age), count=count) for age, count in figures.get("old_parts", {}).items()),
        **_watched(figures),
        asked=answers.get("asked"), from_stock=answers.get("from_stock"), ordered=answers.get("ordered"),
        confirmed_by=report.confirmed_by.name if report.confirmed_by else None,
        confirmed_at=report.confirmed_at,
        remark=report.remark or None,
    )  # fmt: skip


def _open_cases(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What did not go as usual, and who waits."""
    return {
        "exceptions": tuple(
            rules.ReportNote(
                what=gettext(MOVEMENT_LABELS[Movement(each["kind"])]), part_number=each["part"], quantity=each["quantity"],
                because=f"{each['document']} {each['reason']}".strip(),
            ) for each in figures["exceptions"]
        ),
        "waiting": tuple(
            rules.ReportNote(
                what=each["request"], part_number=each["part"], quantity=each["quantity"], days=each["days"],
                because=gettext(REQUEST_LABELS[RequestState(each["state"])]),
            ) for each in figures.get("waiting", ())
        ),
    }  # fmt: skip


def _watched(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody has to look at: below its level, late, idle; the room; of a month the classes and how often the stock turned."""
    classes: dict[str, list[Mapping[str, Any]]] = {}
    for each in figures.get("classes", ()):
        classes.setdefault(each["class"][0], []).append(each)
    times, room = (figures.get("turnover") or {}).get("times_hundredths"), figures.get("room", {})
    return {
        "below": tuple(
            rules.Below(part_number=each["part"], level=each["level"], closing=each["closing"]) for each in figures.get("below", ())
        ),
        "overdue": tuple(
            rules.LateOrder(
                number=each["order"], supplier=each["supplier"], expected_on=date.fromisoformat(each["expected_on"]), days=each["days"]
            ) for each in figures.get("overdue", ())
        ),
        "idle": tuple(
            rules.Idle(
                part_number=each["part"], why=gettext(IDLE_LABELS[Idle(each["why"])]), days=each["days"], closing=each["closing"],
                value_minor=each["value_minor"], provision_minor=each["provision_minor"],
            ) for each in figures.get("idle", ())
        ),
        "classes": tuple(
            rules.UsedClass(
                name=name, parts=len(rows), used_minor=sum(each["used_minor"] or 0 for each in rows),
                value_minor=sum(each["value_minor"] or 0 for each in rows),
            ) for name, rows in sorted(classes.items())
        ),
        "turned": None if times is None else Decimal(times).scaleb(-2),
        "inspected": room.get("done"), "to_inspect": room.get("due"), "readings": room.get("readings"), "outside": room.get("outside"),
    }  # fmt: skip


def inspection(row: Inspection, how: Print) -> rules.InspectionPaper:
    """The inspection of a week, with what was read and aired in it."""
    store, zone = row.store, ZoneInfo(row.store.unit.time_zone)
    begin = datetime.combine(row.week_on, time(), zone)
    readings = ClimateReading.objects.filter(store=store, read_on__gte=row.week_on, read_on__lt=row.week_on + WEEK)
    aired = Ventilation.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=begin), store=store)
    done = row.state == upkeep.State.DONE
    return rules.InspectionPaper(
        letterhead=letterhead_of(
            store.unit, f"{store.unit.code}/{store.code}-W{row.week_on:%G%V}", how,
            leads_to=f"{how.base_url}stores/itself/{store.pk}/", currency=store.unit.currency,
        ),
        store=_named(store),
        state=gettext(upkeep.STATE_LABELS[upkeep.State(row.state)]),
        week_on=row.week_on,
        until_on=row.week_on + timedelta(days=6),
        items=tuple(
            rules.InspectedItem(name=gettext(label), is_ok=row.results.get(item) if done else None)
            for item, label in upkeep.ITEM_LABELS.items()
        ),
        readings=tuple(
            rules.Reading(
                read_at=each.read_at, celsius=Decimal(each.celsius_tenths).scaleb(-1),
                humidity=Decimal(each.humidity_tenths).scaleb(-1), is_outside=each.is_outside, read_by=each.read_by.name,
                action=each.action or None,
            ) for each in readings.select_related("read_by").order_by("pk")
        ),
        airings=tuple(
            rules.Airing(started_at=each.started_at, ended_at=each.ended_at, started_by=each.started_by.name)
            for each in aired.filter(started_at__lt=begin + WEEK).select_related("started_by").order_by("pk")
        ),
        score=row.score,
        note=row.note or None,
        done_by=row.done_by.name if row.done_by else None,
        done_at=row.done_at,
    )  # fmt: skip


def access_record(row: AccessSession, how: Print) -> rules.AccessRecord:
    """One opening, whether it came to pass or not."""
    unit = row.store.unit
    kind = gettext(custody.AUTHORITY_LABELS[custody.Authority(row.authority_kind)])
    return rules.AccessRecord(
        letterhead=letterhead_of(
            unit, row.number, how, leads_to=f"{how.base_url}stores/controlled/openings/{row.number}/", currency=unit.currency
        ),
        store=f"{row.store.code} {row.store.name}".strip(),
        state=gettext(custody.STATE_LABELS[custody.State(row.state)]),
        authority=f"{kind} {row.authority}".strip(),
        purpose=row.purpose,
        requested_by=row.requested_by.name,
        requested_at=row.requested_at,
        custodians=tuple(_at_the_locks(row)),
        carried=tuple(
            rules.Carried(
                direction=gettext(custody.DIRECTION_LABELS[custody.Direction(each.direction)]), item=each.item,
                serial=each.serial or None, quantity=each.quantity, before=each.before, after=each.after, counted=each.counted,
                return_on=each.return_by,
            ) for each in ControlledMovement.objects.filter(session=row).order_by("line")
        ),
        is_emergency=row.is_emergency,
        opened_at=row.opened_at, recounted_at=row.recounted_at, closed_at=row.closed_at,
        protections_ok=row.protections_ok, camera_ok=row.camera_ok,
        denied_because=" ".join(str(Sentence.from_json(each)) for each in row.denied_because) or None,
        settled_by=row.settled_by.name if row.settled_by else None, settled_note=row.settled_note or None,
        reviewed_by=row.reviewed_by.name if row.reviewed_by else None, review_note=row.review_note or None,
    )  # fmt: skip


def _at_the_locks(row: AccessSession) -> list[rules.AtTheLock]:
    signed = (
        (row.first_by, row.first_group, row.first_at, row.first_out_at),
        (row.second_by, row.second_group, row.second_at, row.second_out_at),
    )
    return [
        rules.AtTheLock(
            name=person.name, lock_group=gettext(custody.GROUP_LABELS[custody.LockGroup(group)]) if group else "", in_at=came,
            out_at=left,
        ) for person, group, came, left in signed if person is not None and came is not None
    ]  # fmt: skip


def _named(store: Store) -> str:
    return f"{store.code} {store.name}".strip()


def _aged(age: str) -> str:
    if age == "late":
        return gettext("Late")
    return ngettext("%(days)s day", "%(days)s days", 2) % {"days": age}
