"""The bank's word: its statement is read strictly, and finance, never whoever carried the money, confirms each deposit."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.jobs import clock
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.banking import actions as banking
from guiju.line.banking import queries
from guiju.line.banking.actions import statements
from guiju.line.banking.models import BankDeposit, BankLine, CashAlarm
from guiju.line.banking.rules import Alarm, DepositState
from guiju.line.banking.rules import statements as rules
from tests.line.banking.conftest import Money

CSV = 'Date,Reference,Amount,Text\n2026-11-02,SL-1,200.00,Cash\n20261103,SL-2,"1,000.50",\n2026/11/03,FEE,-5.00,Fee\n'
CAMT = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Ntry><Amt Ccy="CNY">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>SL-1</AcctSvcrRef></Ntry>
<Ntry><Amt Ccy="CNY">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-11-03</Dt></BookgDt><AcctSvcrRef>FEE</AcctSvcrRef></Ntry>
<Ntry><Amt Ccy="CNY">1000.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><DtTm>2026-11-03T09:00:00</DtTm></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>SL-2</EndToEndId></Refs><RmtInf><Ustrd>Cash</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


@pytest.mark.parametrize("content", [CSV.encode(), b"\xef\xbb\xbf" + CSV.encode(), CAMT.encode(), CAMT.encode("utf-8")])
def test_both_ways_of_a_statement_say_the_same(content: bytes) -> None:
    booked, misread = rules.read(content, currency="CNY")
    assert misread == []
    assert [(each.on.isoformat(), each.amount_minor, each.reference) for each in booked] == [
        ("2026-11-02", 20000, "SL-1"), ("2026-11-03", 100050, "SL-2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE d [<!ENTITY a 'b'>]><Document><BkToCstmrStmt>&a;</BkToCstmrStmt></Document>",
        b'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><Document>&a;</Document>',
        b"<Document><Other/></Document>",
        b"<Document><BkToCstmrStmt>",
        b"",
        b"a,b\n1,2\n",
        b'date,amount,reference\n"broken',
        b"\xff\xfe\xff",
        b"x" * (rules.BYTES_MAX + 1),
    ],
)
def test_what_is_no_statement_is_refused_whole(content: bytes) -> None:
    with pytest.raises(rules.NotAStatement):
        rules.read(content, currency="CNY")


def test_a_line_that_cannot_be_read_is_named() -> None:
    content = b"date,amount,reference\n2026-02-30,1,A\n2026-02-03,1.005,B\n2026-02-03,1,\n2026-02-03,1e99,C\n2026-02-03,NaN,D\n"
    booked, misread = rules.read(content, currency="CNY")
    assert (booked, [each.line for each in misread]) == ([], [2, 3, 4, 5, 6])


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.shows("FIN-6", "FIN-10")
def test_finance_confirms_a_deposit_by_its_line(money: Money) -> None:
    unit, fang = money.shop.unit, money.by("fang")
    money.takes(20000)
    money.waits_until("15:40")
    deposit = money.bank(money.prepare(20000), slip_number="SL-1")
    with pytest.raises(NotAllowed):
        banking.bring_statement(unit, content=CSV.encode(), by=money.by("cai"), at=money.at)
    with pytest.raises(statements.Unreadable, match="Line 2"):
        banking.bring_statement(unit, content=b"date,amount,reference\nx,1,A\n", by=fang, at=money.at)
    assert len(banking.bring_statement(unit, content=CSV.encode(), by=fang, at=money.at)) == 2
    assert banking.bring_statement(unit, content=CSV.encode(), by=fang, at=money.at) == []
    right, wrong = BankLine.objects.get(reference="SL-1"), BankLine.objects.get(reference="SL-2")
    assert list(queries.lines_for(deposit)) == [right]
    with pytest.raises(NotAllowed):
        banking.reconcile(deposit, line=right, by=money.by("cai"), at=money.at)
    with pytest.raises(statements.NotItsLine):
        banking.reconcile(deposit, line=wrong, by=fang, at=money.at)
    deposit = banking.reconcile(deposit, line=right, by=fang, at=money.at)
    assert (deposit.state, deposit.reconciled_by) == (DepositState.RECONCILED, money.shop.cast.people["fang"])
    with pytest.raises(WrongState):
        banking.settle_exception(deposit, credited_minor=20000, note="Late", by=fang, at=money.at)
    for bent in ({"deposit": None}, {"amount_minor": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BankLine.objects.filter(pk=right.pk).update(**bent)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankLine.objects.filter(pk=wrong.pk).update(deposit=deposit)


@pytest.mark.django_db
def test_what_the_bank_does_not_show_for_two_days_is_an_exception_that_another_settles(money: Money) -> None:
    money.takes(20000)
    bag = money.a_sealed_bag(20000)
    deposit = money.bank(banking.prepare_bags([bag], by=money.by("fang"), at=money.at), "fang")
    at = money.at

    def ticks(days: int) -> int:
        return len([deed() for deed in clock.unconfirmed_deposits(money.waits_until(f"{at.hour + 8}:59", days=days))])

    def settle(credited_minor: int, note: str, name: str = "xu", **line: BankLine) -> BankDeposit:
        return banking.settle_exception(
            deposit, credited_minor=credited_minor, note=note, **line, by=money.by(name), at=money.at
        )

    assert (ticks(1), ticks(1)) == (0, 1)
    assert CashAlarm.objects.filter(kind=Alarm.EXCEPTION).count() == 1
    with pytest.raises(statements.CarriedIt):
        settle(20000, "All is well", "fang")
    with pytest.raises(Invalid):
        settle(20000, " ")
    with pytest.raises(Invalid):
        settle(-1, "A slip of the pen")
    # The bank found a false note among them, and its statement shows the rest.
    content = "date,amount,reference\n2031-01-02,199.00,SL-8\n2031-01-02,200.00,SL-9\n"
    less, more = banking.bring_statement(money.shop.unit, content=content.encode(), by=money.by("xu"), at=money.at)
    deposit.refresh_from_db()
    assert set(queries.lines_for(deposit)) == {less, more}
    with pytest.raises(statements.NotItsLine):
        settle(19900, "A false note", line=more)
    deposit = settle(19900, "A false note", line=less)
    bag.refresh_from_db()
    assert (deposit.state, bag.state, deposit.credited_minor) == ("RECONCILED", "RECONCILED", 19900)
    assert [book.balance(kind, unit=money.shop.unit) for kind in ("BANK", "OVER_SHORT")] == [19900, 100]
    with pytest.raises(IntegrityError), transaction.atomic():
        BankDeposit.objects.filter(pk=deposit.pk).update(credited_minor=None)
