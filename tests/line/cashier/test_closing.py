"""A drawer from its float to its closing: counted blind, counted again, closed, countersigned; by force where nobody is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.actor import Grant
from guiju.kernel.coins import fewest
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.line.banking import actions as banking
from guiju.line.banking.queries import takings_of
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import bills, closing, refunds, tills
from guiju.line.cashier.models import CashMovement, TillCount, TillSession
from guiju.line.cashier.rules import CashMove, Method, SessionState, expected, needs_second
from tests.line import stages
from tests.line.cashier.test_bills import TOTAL, paying
from tests.line.cast_line import Shop, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FLOAT = 50000


def cash(minor: int) -> dict[int, int]:
    """That much in the fewest notes and coins."""
    return fewest(minor, "CNY")


def counting(shop: Shop, session: TillSession, minor: int, by: str = "cai", **more: Any) -> TillSession:
    return cashier.count_till(session, pieces=cash(minor), **more, by=shop.actor(by), at=shop.later())


def takings_out(shop: Shop, session: TillSession) -> None:
    """Whatever lies there above the float is carried to the bank."""
    session.refresh_from_db()
    if taken := takings_of(session):
        banking.prepare(session, pieces=cash(taken), by=shop.actor("cai"), at=shop.later())


def a_day(shop: Shop, method: Method = Method.CASH) -> TillSession:
    """An open till at which one bill was paid."""
    session = stages.an_open_till(shop)
    paying(shop, stages.a_bill(shop, stages.a_ready_order(shop)), TOTAL, method)
    return session


def test_the_worked_example_as_arithmetic() -> None:
    """EX-11: 500 + 2,340.50 − 60 − 1,800 − 480.50 = 500.00."""
    assert expected(float_minor=50000, received=234050, paid_back=6000, made_good=0, gone=180000 + 48050) == 50000
    assert [needs_second(each, limit_minor=2000) for each in (0, 1999, -1999, 2000, -2000)] == [False] * 3 + [True] * 2
    assert not needs_second(10**9, limit_minor=0)


@pytest.mark.shows("EX-11", "FIN-1", "G02", "G03")
def test_a_till_is_counted_blind_and_a_difference_has_its_reason(shop: Shop) -> None:
    session = a_day(shop)
    assert (session.expected_minor, session.variance_minor) == (None, None)
    with pytest.raises(closing.ReasonMissing):
        counting(shop, session, FLOAT + TOTAL - 100)
    stranger = replace(shop.actor("fang"), grants=(Grant("CA", frozenset({shop.unit.pk})),))
    with pytest.raises(tills.NotYours):
        cashier.count_till(session, pieces=cash(FLOAT), by=stranger, at=shop.later())
    with pytest.raises(closing.NotCounted):
        cashier.close_till_session(session, by=shop.actor("cai"), at=shop.later())
    counted = counting(shop, session, FLOAT + TOTAL - 100, variance_reason="A coin is missing")
    assert (counted.state, counted.expected_minor, counted.variance_minor) == (
        SessionState.COUNTED,
        FLOAT + TOTAL,
        -100,
    )
    assert book.balance(MoneyKind.TILL, session.till.reference, unit=shop.unit) == FLOAT + TOTAL - 100
    # What is counted takes nothing more, by cash or by card.
    with pytest.raises(bills.TillClosed):
        paying(shop, stages.a_bill(shop, stages.a_ready_order(shop)), 100, Method.CASH)
    with pytest.raises(tills.NotOpen):
        counting(shop, session, FLOAT)
    with pytest.raises(tills.NotYours):
        cashier.close_till_session(session, by=stranger, at=shop.later())
    with pytest.raises(closing.TakingsLeft):
        cashier.close_till_session(session, by=shop.actor("cai"), at=shop.later())
    takings_out(shop, session)
    closed = cashier.close_till_session(session, by=shop.actor("cai"), at=shop.later())
    assert closed.z_number.startswith("ZR-FS01-")
    assert [each["variance_minor"] for each in told("cashier.SessionClosed")] == [-100]
    with pytest.raises(tills.NotOpen):
        cashier.close_till_session(session, by=shop.actor("cai"), at=shop.later())
    assert book.balance(MoneyKind.OVER_SHORT, unit=shop.unit) == 100
    assert queries.report(closed).taken_minor == TOTAL


@pytest.mark.shows("3.10", "FIN-6")
def test_over_the_limit_somebody_else_counts_again_and_a_third_signs(shop: Shop) -> None:
    session = a_day(shop)
    counted = counting(shop, session, FLOAT + TOTAL - 2000, variance_reason="I cannot find it")
    assert counted.to_recount
    assert [each["variance_minor"] for each in told("cashier.SessionVaried")] == [-2000]
    # The book waits for the count that stands.
    assert book.balance(MoneyKind.TILL, session.till.reference, unit=shop.unit) == FLOAT + TOTAL
    with pytest.raises(closing.SecondNeeded):
        cashier.close_till_session(session, by=shop.actor("cai"), at=shop.later())
    with pytest.raises(closing.SamePerson):
        cashier.recount_till(session, pieces=cash(FLOAT + TOTAL), by=shop.actor("cai"), at=shop.later())
    assert queries.mine_and_to_recount(by=shop.actor("fang")) == (None, [counted])
    assert queries.mine_and_to_recount(by=shop.actor("cai")) == (counted, [])
    again = cashier.recount_till(session, pieces=cash(FLOAT + TOTAL), by=shop.actor("fang"), at=shop.later())
    assert (again.variance_minor, again.to_recount) == (0, False)
    with pytest.raises(closing.NothingToRecount):
        cashier.recount_till(session, pieces=cash(FLOAT), by=shop.actor("ma"), at=shop.later())
    with pytest.raises(closing.NotCounted):
        cashier.countersign(session, by=shop.actor("ma"), at=shop.later())
    takings_out(shop, session)
    cashier.close_till_session(session, by=shop.actor("cai"), at=shop.later())
    cashier.countersign(session, by=shop.actor("ma"), at=shop.later())
    with pytest.raises(closing.SignedAlready):
        cashier.countersign(session, by=shop.actor("fang"), at=shop.later())
    assert [each.round for each in TillCount.objects.order_by("round")] == [1, 2]


@pytest.mark.shows("G04")
def test_every_tender_by_which_something_came_is_counted(shop: Shop) -> None:
    session = a_day(shop, Method.CARD)
    with pytest.raises(closing.NotAllCounted):
        counting(shop, session, FLOAT)
    with pytest.raises(closing.ReasonMissing):
        counting(shop, session, FLOAT, card_minor=TOTAL - 1)
    counted = counting(
        shop, session, FLOAT, card_minor=TOTAL - 1, variance_reason="One slip was voided at the terminal"
    )
    assert {each.method: each.variance_minor for each in counted.counts.all()} == {"CASH": 0, "CARD": -1}
    # The drawer agrees: nothing is short of cash.
    assert (counted.variance_minor, book.balance(MoneyKind.OVER_SHORT, unit=shop.unit)) == (0, 0)
    report = queries.report(counted)
    assert [(each.method, each.receipts, each.net_minor) for each in report.tenders] == [(Method.CARD, 1, TOTAL)]


@pytest.mark.shows("FIN-3", "G05", "G06", "S6-36")
def test_change_comes_and_goes_with_its_paper_and_is_no_takings(shop: Shop) -> None:
    session = a_day(shop)

    def move(kind: CashMove, minor: int, **changed: str) -> CashMovement:
        said = {"reason": "Coins from the bank", "paper": "CM-7"} | changed
        return cashier.move_cash(session, kind=kind, amount_minor=minor, **said, by=shop.actor("cai"), at=shop.later())

    for changed in ({"reason": " "}, {"paper": ""}):
        with pytest.raises(Invalid):
            move(CashMove.MORE_FLOAT, 100, **changed)
    move(CashMove.MORE_FLOAT, 20000)
    move(CashMove.LESS_FLOAT, 60000)
    # Whatever else lies in the drawer are takings.
    with pytest.raises(tills.MoreThanFloat):
        move(CashMove.LESS_FLOAT, 10001)
    session.refresh_from_db()
    assert session.float_now_minor == 10000
    counted = counting(shop, session, 10000 + TOTAL)
    assert (counted.variance_minor, queries.report(counted).taken_minor) == (0, TOTAL)
    with pytest.raises(tills.NotOpen):
        move(CashMove.MORE_FLOAT, 100)


@pytest.mark.shows("G10", "FIN-5")
def test_a_manager_closes_by_force_with_a_reason(shop: Shop) -> None:
    session, ma = a_day(shop), shop.actor("ma")
    force: dict[str, Any] = {"by": ma, "at": shop.later(days=1)}
    assert [(each.lies_minor, each.takings_minor) for each in queries.under_way(by=ma)] == [(FLOAT + TOTAL, TOTAL)]
    for reason, pieces in ((" ", {}), ("She is ill", None)):
        with pytest.raises(Invalid):
            cashier.force_close(session, pieces=pieces, reason=reason, **force)
    with pytest.raises(NotAllowed):
        cashier.force_close(session, pieces={}, reason="I go home", by=shop.actor("cai"), at=shop.later())
    closed = cashier.force_close(session, pieces=cash(FLOAT), reason="She is ill", **force)
    assert (closed.variance_minor, closed.forced_because, closed.to_recount) == (-TOTAL, "She is ill", False)
    with pytest.raises(closing.SamePerson):
        cashier.countersign(session, **force)
    cashier.countersign(session, by=shop.actor("fang"), at=shop.later(days=1))
    assert queries.under_way(by=ma) == []
    cashier.open_till_session(session.till, float_minor=0, by=shop.actor("cai"), at=shop.later(days=1))


@pytest.mark.shows("G02")
def test_a_float_is_counted_by_its_notes(shop: Shop) -> None:
    till = cashier.add_till(unit=shop.unit, code="T2", by=shop.actor("ma"), at=shop.now)
    said: Mapping[str, Any] = {"float_minor": 50000, "by": shop.actor("cai"), "at": shop.later()}
    with pytest.raises(Invalid):
        cashier.open_till_session(till, pieces={10000: 4}, **said)
    assert cashier.open_till_session(till, pieces={5000: 2, 10000: 4, 50: 0}, **said).float_pieces == {
        "10000": 4,
        "5000": 2,
    }


def test_refunds_are_counted_against_the_tender_that_they_leave_by(shop: Shop) -> None:
    session = stages.an_open_till(shop)
    payment = paying(shop, stages.a_bill(shop, stages.a_ready_order(shop)), TOTAL, Method.CASH)
    lin, fang, cai = (shop.actor(name) for name in ("lin", "fang", "cai"))
    cashier.ask_refund(payment, amount_minor=600, reason="Scratched", by=lin, at=shop.later())
    cashier.approve_refund(payment, by=fang, at=shop.later())
    cashier.pay_refund(payment, amount_minor=600, reason="Scratched", by=cai, at=shop.later())
    counted = counting(shop, session, FLOAT + TOTAL - 600)
    (tender,) = queries.report(counted).tenders
    assert (counted.variance_minor, tender.refunds, tender.net_minor) == (0, 1, TOTAL - 600)
    assert refunds.REFUND_APPROVAL


def _closed(shop: Shop) -> TillSession:
    session = a_day(shop)
    counting(shop, session, FLOAT + TOTAL)
    takings_out(shop, session)
    return cashier.close_till_session(session, by=shop.actor("cai"), at=shop.later())


def _of(row: TillSession) -> Any:
    return TillSession.objects.filter(pk=row.pk)


def _recount(row: TillSession) -> None:
    first = row.counts.get()
    first.pk, first.round = None, 2
    TillCount.objects.bulk_create([first])


def _move(row: TillSession) -> None:
    said = {
        "kind": "MORE_FLOAT",
        "amount_minor": 1,
        "reason": "R",
        "paper": "P",
        "moved_by": row.cashier,
        "at": row.closed_at,
    }
    CashMovement.objects.create(number="CM-X", session=row, **said)


@pytest.mark.no_books
@pytest.mark.shows("I08", "FIN-6")
@pytest.mark.parametrize(
    ("name", "bend"),
    [
        ("a_closed_session_is_never_reopened", lambda row: _of(row).update(state="OPEN", counted_minor=None, z_number="")),
        ("a_closed_session_is_never_reopened", lambda row: _of(row).update(counted_minor=1, expected_minor=1)),
        ("a_closing_is_countersigned_by_another", lambda row: _of(row).update(countersigned_by=row.cashier_id)),
        ("a_session_is_never_erased", lambda row: _of(row)._raw_delete(row._state.db)),
        ("a_count_is_never_edited", lambda row: row.counts.update(counted_minor=1)),
        ("somebody_else_counts_again", _recount),
        ("cash_moves_in_an_open_till", _move),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_database_itself_keeps_a_closed_session(shop: Shop, name: str, bend: Any) -> None:
    closed = _closed(shop)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        bend(closed)


@pytest.mark.no_books
def test_the_database_counts_before_it_closes_and_asks_why_another_does(shop: Shop) -> None:
    session = a_day(shop)
    end = {"state": "CLOSED", "counted_minor": 1, "expected_minor": 1, "closed_at": shop.later(), "z_number": "Z"}
    with pytest.raises(IntegrityError, match="a_till_is_counted_before_it_is_closed"), transaction.atomic():
        _of(session).update(**end, closed_by=session.cashier_id)
    counting(shop, session, FLOAT + TOTAL)
    for name, changed in {
        "a_till_is_counted_before_it_is_closed": {"closed_by": None},
        "who_closes_for_another_says_why": {"closed_by": shop.actor("ma").person_id},
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            _of(session).update(**end | changed)
    _of(session).update(**end, closed_by=session.cashier_id)
