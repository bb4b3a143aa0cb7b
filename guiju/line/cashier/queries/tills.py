"""Drawers: what was taken by which tender, what must lie in them, who works at them, and the report of each session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.expressions import Combinable

from guiju.books.money import queries as book
from guiju.books.money.models import MoneyAccount
from guiju.books.money.rules import MoneyKind
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.cashier.models import (
    CashMovement,
    LoanDeposit,
    PartsDeposit,
    Payment,
    Refund,
    TillCount,
    TillSession,
    Void,
)
from guiju.line.cashier.rules import UNDER_WAY, CashMove, Method, SessionState

# Rows, and the columns of their method and their amount.
Column = str | Combinable
Rows = tuple[QuerySet[Any], Column, Column]


@dataclass(frozen=True, slots=True)
class Tender:
    """What one tender brought in a session, in minor units."""

    method: Method
    receipts: int
    received_minor: int
    refunds: int
    paid_back_minor: int

    @property
    def net_minor(self) -> int:
        """What stayed."""
        return self.received_minor - self.paid_back_minor


@dataclass(frozen=True, slots=True)
class Report:
    """The X report of an open session, the Z report of a closed one (FIN-1, 6.11).

    tenders    in the order of the methods
    counts     as they were counted, the last round of each tender last
    rounded    by how much the cash differs from what was owed, because of the smallest coin
    """

    session: TillSession
    tenders: tuple[Tender, ...]
    movements: tuple[CashMovement, ...]
    counts: tuple[TillCount, ...]
    expected_minor: int
    rounded_minor: int = 0
    voids: tuple[Void, ...] = ()

    @property
    def taken_minor(self) -> int:
        """What all tenders brought; the float is no part of it (G05)."""
        return sum(each.net_minor for each in self.tenders)


# What contexts above have taken at a till, as payments on an account: their rows with a method and an amount.
Taken = Callable[[TillSession], "QuerySet[Any]"]
_also: dict[str, Taken] = {}


def also_taken(rows: Taken) -> None:
    """Let a context above say what it took at a till. Called by `conf.wiring` alone; twice is once."""
    _also[f"{rows.__module__}.{rows.__qualname__}"] = rows


def report(session: TillSession) -> Report:
    """All that a session has seen."""
    movements = tuple(session.movements.select_related("moved_by"))
    counts = tuple(session.counts.select_related("counted_by").order_by("round", "pk"))
    voids = tuple(
        Void.objects.filter(payment__session=session).select_related("payment__bill", "voided_by").order_by("pk")
    )
    expected_minor = session.expected_minor if session.expected_minor is not None else expected(session)[Method.CASH]
    rounded_minor = rounded_of(
        Payment.objects.filter(session=session, void=None), Refund.objects.filter(session=session)
    )
    return Report(session, tenders(session), movements, counts, expected_minor, rounded_minor, voids)


def tenders(session: TillSession) -> tuple[Tender, ...]:
    """What came in and went back by each tender: payments, refunds, deposits."""
    loans, parts = LoanDeposit.objects.filter(back_minor__gt=0), PartsDeposit.objects.filter(back_minor__gt=0)
    return summed(
        came=(
            came_of(Payment.objects.filter(session=session, void=None)),
            (LoanDeposit.objects.filter(session=session), "method", "amount_minor"),
            (PartsDeposit.objects.filter(session=session), "method", "amount_minor"),
            *((rows(session), "method", "amount_minor") for rows in _also.values()),
        ),
        back=(
            back_of(Refund.objects.filter(session=session)),
            (loans.filter(back_session=session), "method", "back_minor"),
            (parts.filter(back_session=session), "back_method", "back_minor"),
        ),
    )


def summed(*, came: Iterable[Rows], back: Iterable[Rows]) -> tuple[Tender, ...]:
    """Rows of several tables by their tender, in the order of the methods; what a deposit paid came in earlier and is none.

    came, back   each the rows, and the names of the columns of their method and amount
    """
    into, out_of = _by_method(came), _by_method(back)
    return tuple(
        Tender(each, *into.get(each, (0, 0)), *out_of.get(each, (0, 0)))
        for each in Method
        if each != Method.DEPOSIT and (each in into or each in out_of)
    )


def came_of(payments: QuerySet[Payment]) -> Rows:
    """Payments as what came in by them: of cash the amount as it was rounded."""
    return payments, "method", F("amount_minor") + F("rounded_minor")


def back_of(refunds: QuerySet[Refund]) -> Rows:
    """Refunds by the tender by which they went, which is the payment's where no other was approved."""
    went_by = Case(When(method="", then=F("payment__method")), default=F("method"))
    return refunds, went_by, F("amount_minor") + F("rounded_minor")


def rounded_of(payments: QuerySet[Payment], refunds: QuerySet[Refund]) -> int:
    """By how much the cash of these is more or less than the amounts."""
    into, back = (each.aggregate(total=Sum("rounded_minor"))["total"] or 0 for each in (payments, refunds))
    return into - back


def _by_method(sources: Iterable[Rows]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for rows, method, amount in sources:
        grouped = (
            rows.order_by()
            .values(name=F(method) if isinstance(method, str) else method)
            .annotate(n=Count("pk"), s=Sum(amount))
        )
        for name, count, total in grouped.values_list("name", "n", "s"):
            before = found.get(name, (0, 0))
            found[name] = (before[0] + count, before[1] + total)
    return found


def taken_by_tender(session: TillSession) -> Mapping[Method, int]:
    """What each tender brought, less what went back by it."""
    return {each.method: each.net_minor for each in tenders(session)}


def expected(session: TillSession) -> dict[Method, int]:
    """What must be counted: in the drawer what the book says lies there, of the other tenders what their slips say."""
    taken = taken_by_tender(session)
    drawer = book.balance(MoneyKind.TILL, session.till.reference, unit=session.till.unit)
    return {each: taken.get(each, 0) for each in Method} | {Method.CASH: drawer}


@dataclass(frozen=True, slots=True)
class Drawer:
    """A till that somebody answers for now, and what must lie in it, in minor units."""

    session: TillSession
    lies_minor: int

    @property
    def takings_minor(self) -> int:
        """What lies there above the float."""
        return self.lies_minor - self.session.float_now_minor


def under_way(*, by: Actor) -> list[Drawer]:
    """The drawers that somebody answers for now, of the outlets whose tills this person oversees; two questions for all."""
    scope = by.scope("drawers.see")
    rows = TillSession.objects.filter(scope.q(unit="till__unit_id"), state__in=UNDER_WAY)
    found = list(rows.select_related("till__unit", "cashier").order_by("till__unit__code", "till__code"))
    places = MoneyAccount.objects.filter(
        kind=MoneyKind.TILL, reference__in=[each.till.reference for each in found]
    ).values_list("unit_id", "reference", "balance")
    lies = {(unit, reference): balance for unit, reference, balance in places}
    return [Drawer(each, lies.get((each.till.unit_id, each.till.reference), 0)) for each in found]


def session_to_force(pk: int, *, by: Actor) -> TillSession | None:
    """The drawer of somebody else that this person may close by force, while it is not closed."""
    rows = TillSession.objects.filter(by.scope("cashier.force_close").q(unit="till__unit_id"), state__in=UNDER_WAY)
    return rows.filter(pk=pk).select_related("till__unit").first() if pk < 2**63 else None


def to_countersign(*, by: Actor) -> QuerySet[TillSession]:
    """The closings that lack their second signature, the oldest first."""
    scope = by.scope("cashier.countersign")
    rows = TillSession.objects.filter(
        scope.q(unit="till__unit_id"), state=SessionState.CLOSED, countersigned_by=None
    ).exclude(Q(cashier_id=by.person_id) | Q(closed_by_id=by.person_id) | Q(z_number=""))
    return rows.select_related("till__unit", "cashier").order_by("pk")[:50]


def mine_and_to_recount(*, by: Actor) -> tuple[TillSession | None, list[TillSession]]:
    """The session that this person answers for, and the drawers of others that they may have to count again; one question."""
    scope = by.scope("cashier.recount_till")
    waiting = scope.q(unit="till__unit_id") & Q(to_recount=True)
    rows = TillSession.objects.filter(waiting | Q(cashier_id=by.person_id), state__in=UNDER_WAY)
    found = list(rows.select_related("till__unit", "cashier").order_by("pk"))
    mine = next((each for each in found if each.cashier_id == by.person_id), None)
    return mine, [each for each in found if each is not mine]


@invariant("FIN-1")
def floats_are_what_came_and_went() -> Iterator[str]:
    """A session's float has grown by what its movements say."""
    more, less = Q(movements__kind=CashMove.MORE_FLOAT), Q(movements__kind=CashMove.LESS_FLOAT)
    rows = TillSession.objects.annotate(
        more=Sum("movements__amount_minor", filter=more), less=Sum("movements__amount_minor", filter=less)
    )
    for row in rows.exclude(float_added_minor=0, more=None, less=None).order_by("pk"):
        if row.float_added_minor != (row.more or 0) - (row.less or 0):
            yield f"Session {row.pk}: the float grew by {row.float_added_minor}, its movements say otherwise"


@invariant("FIN-1")
def counts_are_what_the_session_says() -> Iterator[str]:
    """The cash of a session is the count that was made last."""
    counts = TillCount.objects.filter(method=Method.CASH).order_by("round")
    last = dict(counts.values_list("session_id", "counted_minor"))
    for pk, counted in TillSession.objects.exclude(state=SessionState.OPEN).values_list("pk", "counted_minor"):
        if last.get(pk, counted) != counted:
            yield f"Session {pk}: {counted} stands, {last[pk]} was counted last"
