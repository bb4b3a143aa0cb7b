"""The cash of an outlet's day: by till, by tender, what left for the safe and the bank, and who holds what at its end (6.11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, Q, QuerySet, Sum

from guiju.books.money.models import MoneyAccount, MoneyMove
from guiju.books.money.rules import CASH, Movement
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.banking.models import PettyBox
from guiju.line.cashier import queries as cashier
from guiju.line.cashier.models import (
    Bill,
    BillLine,
    LoanDeposit,
    PartsDeposit,
    Payment,
    Printing,
    Refund,
    Till,
    TillSession,
)
from guiju.line.cashier.queries import tills
from guiju.line.cashier.queries.printings import duplicates
from guiju.line.cashier.queries.tills import Tender
from guiju.line.cashier.rules import UNDER_WAY
from guiju.line.receivables.models import Collection
from guiju.oversight.reports import rules
from guiju.oversight.reports.models import CashDay
from guiju.oversight.reports.rules import ReportKind
from guiju.standing.people.models import Person, Unit

Figures = dict[str, Any]
# What happened to cash besides payments, and is worth a line of its own.
_TOLD = (
    Movement.DROP, Movement.LOCK_UP, Movement.CARRY, Movement.PUT_BACK, Movement.BANKING, Movement.FEE, Movement.HAND_IN,
    Movement.HAND_ON, Movement.SPEND, Movement.MAKE_GOOD, Movement.COLLECT, Movement.WRITE_OFF,
)  # fmt: skip


def zone_of(unit: Unit) -> ZoneInfo:
    """The unit's own clock."""
    return ZoneInfo(unit.time_zone)


def span_of(unit: Unit, on: date) -> tuple[datetime, datetime]:
    """A day on the unit's own clock, half-open."""
    return rules.span(on, on + timedelta(days=1), zone=unit.time_zone)


def cash_cuts() -> dict[str, int]:
    """The last of all that the report reads, as known now."""
    newest = {
        "payments": Payment,
        "refunds": Refund,
        "loans": LoanDeposit,
        "parts": PartsDeposit,
        "moves": MoneyMove,
        "collections": Collection,
        "printings": Printing,
        "bills": Bill,
    }
    return {name: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for name, model in newest.items()}  # noqa: SLF001


def cash_figures(unit: Unit, on: date, cuts: Mapping[str, int]) -> Figures:
    """What the books say of that day, with nothing that was booked after the cuts."""
    span = span_of(unit, on)
    return {
        "sessions": [_session(each) for each in _sessions(unit, on)],
        **_tenders(unit, span, cuts),
        "moved": _moved(unit, span, cuts["moves"]),
        "holders": _holders(unit, span[1], cuts["moves"]),
        # A day that was told before prints were written down says nothing of them.
        **({"reprints": _reprints(unit, span, cuts["printings"])} if "printings" in cuts else {}),
        **({"taxes": _taxes(unit, span, cuts["bills"])} if "bills" in cuts else {}),
    }


def _sessions(unit: Unit, on: date) -> QuerySet[TillSession]:
    rows = TillSession.objects.filter(till__unit=unit, business_on=on)
    return rows.select_related("till__unit", "cashier", "closed_by").order_by("till__code", "pk")


def _session(row: TillSession) -> Figures:
    """One session as its closing left it; nothing of it changes any more."""
    told = cashier.report(row)
    return {
        "key": row.pk, "z_number": row.z_number, "till": row.till.code, "cashier": row.cashier.name,
        "closed_by": row.closed_by.name if row.closed_by else "", "forced_because": row.forced_because,
        "float_minor": row.float_minor, "float_added_minor": row.float_added_minor,
        "counted_minor": row.counted_minor, "expected_minor": row.expected_minor, "reason": row.variance_reason,
        "tenders": [_told(each) for each in told.tenders],
        "counts": [
            {
                "round": each.round, "method": each.method, "counted_minor": each.counted_minor,
                "expected_minor": each.expected_minor, "pieces": each.pieces, "by": each.counted_by.name,
            } for each in told.counts
        ],
        "voids": [
            {"receipt": str(each), "amount_minor": each.payment.amount_minor, "reason": each.reason, "by": each.voided_by.name}
            for each in told.voids
        ],
        "movements": [
            {"number": each.number, "kind": each.kind, "amount_minor": each.amount_minor, "reason": each.reason, "paper": each.paper}
            for each in told.movements
        ],
    }  # fmt: skip


def _tenders(unit: Unit, span: tuple[datetime, datetime], cuts: Mapping[str, int]) -> Figures:
    """All that came and went back by each tender in the outlet, at a till or without one."""
    within, settled = (
        Q(at__gte=span[0], at__lt=span[1]),
        Q(settled_at__gte=span[0], settled_at__lt=span[1], back_minor__gt=0),
    )
    payments = Payment.objects.filter(within, bill__order__unit=unit, void=None, pk__lte=cuts["payments"])
    refunds = Refund.objects.filter(within, payment__bill__order__unit=unit, pk__lte=cuts["refunds"])
    found = tills.summed(
        came=(
            tills.came_of(payments),
            (
                LoanDeposit.objects.filter(within, loan__order__unit=unit, pk__lte=cuts["loans"]),
                "method",
                "amount_minor",
            ),
            (PartsDeposit.objects.filter(within, order__unit=unit, pk__lte=cuts["parts"]), "method", "amount_minor"),
            (Collection.objects.filter(within, unit=unit, pk__lte=cuts["collections"]), "method", "amount_minor"),
        ),
        back=(
            tills.back_of(refunds),
            (LoanDeposit.objects.filter(settled, loan__order__unit=unit), "method", "back_minor"),
            (PartsDeposit.objects.filter(settled, order__unit=unit), "back_method", "back_minor"),
        ),
    )
    off = tills.rounded_of(payments, refunds)
    # A day on which nothing was rounded says what it always said: days that are closed come out again as they were.
    return {"tenders": [_told(each) for each in found]} | ({"rounded_minor": off} if off else {})


def _told(tender: Tender) -> Figures:
    return {
        "method": str(tender.method), "receipts": tender.receipts, "received_minor": tender.received_minor,
        "refunds": tender.refunds, "paid_back_minor": tender.paid_back_minor,
    }  # fmt: skip


def _moved(unit: Unit, span: tuple[datetime, datetime], upto: int) -> list[Figures]:
    """What left for the safe and the bank, and whatever else happened to cash that day."""
    rows = MoneyMove.objects.filter(
        source__unit=unit, kind__in=[str(each) for each in _TOLD], pk__lte=upto, at__gte=span[0], at__lt=span[1]
    )
    told = rows.order_by("pk").values_list("kind", "document", "amount", "at")
    return [
        {"kind": kind, "document": document, "amount_minor": amount, "at": at.isoformat()}
        for kind, document, amount, at in told
    ]


def _taxes(unit: Unit, span: tuple[datetime, datetime], upto: int) -> list[Figures]:
    """The tax of the bills that were drawn that day, by rate."""
    lines = BillLine.objects.filter(
        bill__order__unit=unit, bill__pk__lte=upto, bill__drawn_at__gte=span[0], bill__drawn_at__lt=span[1]
    )
    return [
        {"rate_bp": each.rate_bp, "net_minor": each.net_minor, "tax_minor": each.tax_minor}
        for each in cashier.taxed(lines.only("rate_bp", "amount_minor", "off_minor", "tax_minor"))
    ]


def _reprints(unit: Unit, span: tuple[datetime, datetime], upto: int) -> list[Figures]:
    """The receipts that were printed again that day, by whom and why."""
    rows = duplicates().filter(bill__order__unit=unit, pk__lte=upto, at__gte=span[0], at__lt=span[1])
    return [
        {
            "receipt": each.number, "amount_minor": each.amount_minor, "duplicate": each.duplicates, "reason": each.reason,
            "by": each.printed_by.name,
        } for each in rows.order_by("pk")
    ]  # fmt: skip


def _holders(unit: Unit, end: datetime, upto: int) -> list[Figures]:
    """Who held how much cash at the end of the day; they sum to the cash of the book (FIN-2).

    What they hold now, less what has moved since: a day is told soon after it, and years of moves lie before it.
    """
    places = [str(kind) for kind in sorted(CASH)]
    mine = MoneyAccount.objects.filter(unit=unit, kind__in=places).exclude(balance=0)
    held: Counter[tuple[str, str]] = Counter()
    for kind, reference, balance in mine.order_by().values_list("kind", "reference", "balance"):
        held[kind, reference] += balance
    # Asked for first: beside the places, a database begins with those, and each has all its moves.
    since = MoneyMove.objects.filter(Q(pk__gt=upto) | Q(at__gte=end)).order_by().values("pk")
    for sign, side in ((-1, "target"), (1, "source")):
        rows = MoneyMove.objects.filter(pk__in=since, **{f"{side}__unit": unit, f"{side}__kind__in": places})
        summed = rows.order_by().values_list(f"{side}__kind", f"{side}__reference").annotate(total=Sum("amount"))
        for kind, reference, total in summed:
            held[kind, reference] += sign * total
    return [
        {"kind": kind, "reference": reference, "held_minor": minor}
        for (kind, reference), minor in sorted(held.items())
        if minor
    ]


def holder_names(references: Iterable[str]) -> dict[str, str]:
    """The person, the till or the box behind each reference of the money book, as a reader knows it."""
    keys: dict[str, set[int]] = {"PERSON": set(), "TILL": set(), "PETTY": set()}
    for kind, _, key in (each.partition("-") for each in references):
        if kind in keys and key.isdecimal():
            keys[kind].add(int(key))
    people = Person.objects.filter(pk__in=keys["PERSON"]).values_list("pk", "name") if keys["PERSON"] else ()
    tills = Till.objects.filter(pk__in=keys["TILL"]).values_list("pk", "code") if keys["TILL"] else ()
    boxes = PettyBox.objects.filter(pk__in=keys["PETTY"]).values_list("pk", "code") if keys["PETTY"] else ()
    named = (("PERSON", people), ("TILL", tills), ("PETTY", boxes))
    return {f"{sort}-{pk}": name for sort, rows in named for pk, name in rows}


def cash_days(by: Actor) -> QuerySet[CashDay]:
    """The days that this person sees, the latest first."""
    return CashDay.objects.visible_to(by).select_related("unit", "closed_by")


def due_days(at: datetime) -> Iterator[tuple[Unit, date]]:
    """The outlets and days that are over and have no report yet; not while a drawer of that day is not closed."""
    begun = dict(TillSession.objects.order_by().values_list("till__unit").annotate(first=Min("business_on")))
    for unit in Unit.objects.filter(pk__in=begun).order_by("code"):
        days = [day for day in rules.over(ReportKind.DAILY, unit.day(at)) if day >= begun[unit.pk]]
        made = set(CashDay.objects.filter(unit=unit, business_on__in=days).values_list("business_on", flat=True))
        still = open_since(unit)
        yield from ((unit, day) for day in reversed(days) if day not in made and (still is None or day < still))


def open_since(unit: Unit) -> date | None:
    """The first day of which a drawer is not closed yet: what it took on any day since can still be void, so none of them is told."""
    rows = TillSession.objects.filter(till__unit=unit, state__in=UNDER_WAY)
    first: date | None = rows.aggregate(first=Min("business_on"))["first"]
    return first


def cashiers_of(day: CashDay) -> set[int]:
    """Who worked at a till that day."""
    return set(_sessions(day.unit, day.business_on).values_list("cashier_id", flat=True))


def unsigned(day: CashDay) -> list[TillSession]:
    """The closings of that day that lack their second signature."""
    rows = _sessions(day.unit, day.business_on).filter(countersigned_by=None).exclude(z_number="")
    return list(rows)


@invariant("6.11")
def every_cash_day_comes_out_again() -> Iterator[str]:
    """The figures of a day are what the books say of it again today."""
    for day in CashDay.objects.select_related("unit").iterator(chunk_size=200):
        if cash_figures(day.unit, day.business_on, day.cuts) != day.figures:
            yield f"{day}: the figures that were kept are not what the books say"


@invariant("FIN-2")
def holders_at_the_end_of_a_day_are_in_the_book() -> Iterator[str]:
    """No place of cash holds less than nothing at the end of a day, and no money is held in a place that the book does not know."""
    known = set(MoneyAccount.objects.filter(kind__in=CASH).values_list("unit_id", "kind", "reference"))
    for day in CashDay.objects.iterator(chunk_size=200):
        for each in day.figures["holders"]:
            if each["held_minor"] < 0 or (day.unit_id, each["kind"], each["reference"]) not in known:
                yield f"{day}: {each['kind']} {each['reference']} held {each['held_minor']}"
