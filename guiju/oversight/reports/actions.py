"""Making a store's report, and standing for it."""

from __future__ import annotations

from datetime import date, datetime

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_
from guiju.oversight.reports import events, queries, rules
from guiju.oversight.reports.models import StoreReport
from guiju.oversight.reports.rules import ReportKind


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
