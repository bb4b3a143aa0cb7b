"""The daily cash report: of a day with everything on it, and of one on which nothing happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiju.oversight.papers import rules
from guiju.oversight.papers.rules import Paper
from tests.oversight.papers.samples.morning import EVENING, letterhead, said

DAY = date(2026, 11, 2)


def cash_day(language: str) -> rules.CashDayPaper:
    """EX-11, with a coin that is missing, a second till closed by force, a bag and a deposit."""
    cai, ma = said(language, "Cai Fang", "蔡芳", "蔡芳"), said(language, "Ma Guodong", "马国栋", "馬國棟")
    tenders = (
        rules.TakenBy(
            method=said(language, "Cash", "现金", "現金"),
            receipts=12,
            received_minor=234_050,
            refunds=1,
            paid_back_minor=6_000,
        ),
        rules.TakenBy(
            method=said(language, "Bank card", "银行卡", "銀行卡"),
            receipts=3,
            received_minor=90_000,
            refunds=0,
            paid_back_minor=0,
        ),
    )
    return rules.CashDayPaper(
        letterhead=letterhead(language, "FS01-20261102"), business_on=DAY, made_at=EVENING, takings_minor=318_050, variance_minor=-100,
        tenders=tenders, net_minor=(228_050, 90_000),
        closings=(
            rules.Closing(
                till="T1", z_number="ZR-FS01-20261102-00041", cashier=cai, float_minor=50_000, expected_minor=278_050,
                counted_minor=277_950, variance_minor=-100, pieces="100.00 × 27, 50.00 × 1, 20.00 × 1, 5.00 × 1, 1.00 × 4, 0.50 × 1",
                because=said(language, "A coin is missing", "少一枚硬币", "少一枚硬幣"), countersigned_by=ma,
            ),
            rules.Closing(
                till="T2", z_number="ZR-FS01-20261102-00042", cashier=cai, float_minor=20_000, expected_minor=20_000,
                counted_minor=20_000, variance_minor=0, pieces="100.00 × 2",
            ),
        ),
        moved=(
            _note(said(language, "Takings to the bank", "营业款存入银行", "營業款存入銀行"), "BD-FS01-20261102-00001", 180_000),
            _note(said(language, "Bag into the safe", "封装袋入保险箱", "封裝袋入保險箱"), "BAG-7", 48_050),
        ),
        holders=(_note(said(language, "Safe bag", "保险箱封装袋", "保險箱封裝袋"), "BAG-7", 48_050),),
        closed_by=ma, closed_at=EVENING, remark=said(language, "The coin is looked for", "硬币正在寻找", "硬幣正在尋找"),
    )  # fmt: skip


def _note(what: str, document: str, minor: int) -> rules.CashNote:
    return rules.CashNote(what=what, document=document, amount_minor=minor)


def bare_cash_day(language: str) -> rules.CashDayPaper:
    """A day on which the outlet was shut."""
    return rules.CashDayPaper(
        letterhead=letterhead(language, "FS01-20261103"), business_on=DAY, made_at=EVENING, takings_minor=0, variance_minor=0,
        tenders=(), net_minor=(), closings=(), moved=(), holders=(),
    )  # fmt: skip


TILLS: dict[str, Callable[[str], Paper]] = {each.__name__: each for each in (cash_day, bare_cash_day)}
