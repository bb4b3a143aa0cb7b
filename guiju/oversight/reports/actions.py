"""Making the report of a store or of an outlet's cash, and standing for it."""

from __future__ import annotations

from datetime import date, datetime

from guiju.books.money import actions as money
from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_
from guiju.oversight.reports import events, queries, rules
from guiju.oversight.reports.models import CashDay, StoreReport
from guiju.oversight.reports.queries import cash
from guiju.oversight.reports.rules import ReportKind
from guiju.standing.people.models import Unit


class NotOver(Refusal):
    """The period still runs."""

    sentence = N_("This period is not over yet.")


class MadeAlready(Refusal):
    """Once is once."""

    sentence = N_("This report was made already.")


class ConfirmedAlready(Refusal):
    """Somebody stands for it."""

    sentence = N_("This report was confirmed already.")


def make_report(store: Store, *, kind: ReportKind, starts_on: date, by: Actor, at: datetime) -> StoreReport:
    """Make a store's report of a day, a week or a month that is over, also when nothing moved.

    starts_on   its first day on the store's own clock
    raises      NotOver, MadeAlready
    source      S6-22…24, 6.9
    """
    with doing("reports.make_report", on=store, by=by, at=at, kind=str(kind), starts_on=str(starts_on)) as deed:
        begin = rules.begin_of(kind, starts_on)
        ends_on = rules.end_of(kind, begin)
        if ends_on > store.unit.day(at):
            raise NotOver
        cuts = queries.cuts_now()
        with refusing(a_store_report_is_made_once=MadeAlready):
            report = StoreReport.objects.create(
                unit=store.unit, store=store, kind=kind, starts_on=begin, ends_on=ends_on, cuts=cuts,
                figures=queries.figures_of(store, kind, begin, cuts), made_at=at,
            )  # fmt: skip
        deed.tell(events.ReportMade(report.pk, store.pk, str(kind), begin))
    return report


def confirm_report(report: StoreReport, *, remark: str = "", by: Actor, at: datetime) -> StoreReport:
    """The keeper stands for a report, with a word about it where one is needed.

    raises   ConfirmedAlready
    source   S6-22 "to be confirmed by SK by close of day"
    """
    with doing("reports.confirm_report", on=report, by=by, at=at) as deed:
        report = StoreReport.objects.select_for_update(of=("self",)).select_related("store__unit").get(pk=report.pk)
        if report.confirmed_at is not None:
            raise ConfirmedAlready
        said = {"confirmed_by_id": by.natural_person_id, "confirmed_at": at, "remark": remark.strip()[:400]}
        StoreReport.objects.filter(pk=report.pk).update(**said)
        for name, value in said.items():
            setattr(report, name, value)
        deed.tell(events.ReportConfirmed(report.pk, report.store_id, report.kind, report.starts_on))
    return report


class DrawerOpen(Refusal):
    """What is not counted cannot be told."""

    sentence = N_("A till of this day is not closed yet.")


class DayClosedAlready(Refusal):
    """Closed is closed."""

    sentence = N_("This day is closed already.")


class NotSigned(Refusal):
    """Each closing has its second signature first."""

    sentence = N_("The closing %(number)s lacks its second signature.")


class OwnCash(Refusal):
    """Who took the money does not close the day (FIN-6)."""

    sentence = N_("You have worked at a till on this day. Somebody else has to close it.")


def make_cash_day(unit: Unit, *, on: date, by: Actor, at: datetime) -> CashDay:
    """Make the report of an outlet's cash of a day that is over, also when nothing was taken.

    on       the day on the outlet's own clock
    raises   NotOver, DrawerOpen, MadeAlready
    source   S6-30, 6.11
    """
    with doing("reports.make_cash_day", on=None, unit_id=unit.pk, by=by, at=at, business_on=str(on)) as deed:
        if on >= unit.day(at):
            raise NotOver
        still = cash.open_since(unit)
        if still is not None and still <= on:
            raise DrawerOpen
        cuts = cash.cash_cuts()
        with refusing(a_cash_day_is_made_once=MadeAlready):
            day = CashDay.objects.create(
                unit=unit, business_on=on, cuts=cuts, figures=cash.cash_figures(unit, on, cuts), made_at=at
            )
        deed.about(day)
        deed.tell(events.CashDayMade(day.pk, unit.pk, on))
    return day


def close_cash_day(day: CashDay, *, remark: str = "", by: Actor, at: datetime) -> CashDay:
    """Look at a day's report and close the day: nothing is booked on it any more, late facts stand in the next one.

    raises   DayClosedAlready, NotSigned, OwnCash, PeriodClosed
    source   S6-30, 3.10, FIN-6, G-5
    """
    with doing("reports.close_cash_day", on=day, by=by, at=at) as deed:
        day = CashDay.objects.select_for_update(of=("self",)).select_related("unit").get(pk=day.pk)
        if day.closed_at is not None:
            raise DayClosedAlready
        for session in cash.unsigned(day):
            raise NotSigned(number=session.z_number)
        if by.natural_person_id in cash.cashiers_of(day):
            raise OwnCash
        starts_at, ends_at = cash.span_of(day.unit, day.business_on)
        money.close_period(day.unit, starts_at=starts_at, ends_at=ends_at, by=deed.consequence(), at=at)
        said = {"closed_by_id": by.natural_person_id, "closed_at": at, "remark": remark.strip()[:400]}
        CashDay.objects.filter(pk=day.pk).update(**said)
        for name, value in said.items():
            setattr(day, name, value)
        deed.tell(events.CashDayClosed(day.pk, day.unit_id, day.business_on))
    return day
