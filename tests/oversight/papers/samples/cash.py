"""Cash on its way: the record of a deposit slip, a month of the safe, the book of a petty cash box; each also with as little as can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta

from guiju.oversight.papers import rules
from guiju.oversight.papers.rules import Paper
from tests.line.cast_line import a_picture
from tests.oversight.papers.samples.morning import EVENING, letterhead, said


def slip_record(language: str) -> rules.SlipRecord:
    """A deposit of two bags, late, confirmed by the bank's statement."""
    return rules.SlipRecord(
        letterhead=letterhead(language, "BD-FS01-20261102-00001"),
        state=said(language, "Confirmed by the bank", "银行已确认", "銀行已確認"),
        batch=said(language, "Of the next morning", "次日早晨", "次日早晨"), days="2026-11-01 – 2026-11-02", amount_minor=48_050,
        pieces=(
            rules.Pieces(worth="100.00", count=4, sum_minor=40_000), rules.Pieces(worth="20.00", count=4, sum_minor=8_000),
            rules.Pieces(worth="0.50", count=1, sum_minor=50),
        ),
        bags=("B-20417", "B-20418"), till="T1", carried_by=said(language, "Cai Fang", "蔡芳", "蔡芳"), prepared_at=EVENING,
        escort=said(language, "Ma Guodong", "马国栋", "馬國棟"), due_at=EVENING + timedelta(hours=15),
        banked_at=EVENING + timedelta(hours=16), is_late=True, slip_number="SL-881204", account="**** 6612",
        picture=rules.Photo(image=a_picture(7), caption=said(language, "Picture of the slip", "回单照片", "收據照片")),
        bank_line="SL-881204 CASH DEPOSIT", bank_on=date(2026, 11, 3), confirmed_by=said(language, "Fang Li", "方丽", "方麗"),
        remark=said(language, "The road was flooded", "道路积水", "道路積水"),
    )  # fmt: skip


def bare_slip_record(language: str) -> rules.SlipRecord:
    """A deposit that is on the way."""
    whole = slip_record(language)
    none = dict.fromkeys(
        (
            "till",
            "escort",
            "banked_at",
            "is_late",
            "slip_number",
            "account",
            "picture",
            "bank_line",
            "bank_on",
            "confirmed_by",
            "remark",
        )
    )
    return rules.SlipRecord(**{each.name: getattr(whole, each.name) for each in fields(whole)} | none | {"bags": ()})


def safe_log(language: str) -> rules.SafeLog:
    """A bag went in and out, another has a cut seal."""
    cai, ma = said(language, "Cai Fang", "蔡芳", "蔡芳"), said(language, "Ma Guodong", "马国栋", "馬國棟")
    into, out = (
        said(language, "Into the safe", "放入保险柜", "放入保險櫃"),
        said(language, "Out of the safe", "取出保险柜", "取出保險櫃"),
    )
    return rules.SafeLog(
        letterhead=letterhead(language, "FS01-202611"), month="2026-11",
        moved=(
            rules.ThroughTheDoor(
                at=EVENING, direction=into, bag="B-20417", amount_minor=48_050, first=cai, second=ma, seal_ok=True, camera_ok=True,
                duty_officer=said(language, "Qin Yu", "秦宇", "秦宇"),
            ),
            rules.ThroughTheDoor(
                at=EVENING + timedelta(hours=15), direction=out, bag="B-20417", amount_minor=48_050, first=ma, second=cai,
                seal_ok=False, camera_ok=False, remark=said(language, "The seal is cut", "封条被剪", "封條被剪"),
            ),
        ),
        lying=("B-20420", "B-20421"), lying_minor=120_000,
    )  # fmt: skip


def bare_safe_log(language: str) -> rules.SafeLog:
    """A month in which the safe stayed shut."""
    return rules.SafeLog(
        letterhead=letterhead(language, "FS01-202612"), month="2026-12", moved=(), lying=(), lying_minor=0
    )


def petty_book(language: str) -> rules.PettyBook:
    """A float, a parcel, a note that was missing."""
    lin, fang = said(language, "Lin Xia", "林夏", "林夏"), said(language, "Fang Li", "方丽", "方麗")
    lines = (
        ("PC-FS01-20261102-00001", said(language, "Topped up by finance", "财务补足", "財務補足"), None, None, fang, 50_000, 0, 50_000),
        (
            "PE-FS01-20261102-00001", said(language, "Post and couriers", "邮寄快递", "郵寄快遞"),
            said(language, "A parcel to the factory", "寄厂包裹", "寄廠包裹"), "SF-10023", lin, 0, 3_200, 46_800,
        ),
        (
            "PC-FS01-20261102-00002", said(language, "Counted", "清点", "清點"),
            said(language, "A note is missing", "少一张", "少一張"), None, fang, 0, 800, 46_000,
        ),
    )  # fmt: skip
    return rules.PettyBook(
        letterhead=letterhead(language, "FS01-PC1"), keeper=lin, float_minor=50_000, lies_minor=46_000,
        lines=tuple(
            rules.PettyLine(
                at=EVENING, number=number, what=what, reason=reason, voucher=voucher, who=who, in_minor=came, out_minor=went,
                balance_minor=balance,
            ) for number, what, reason, voucher, who, came, went, balance in lines
        ),
    )  # fmt: skip


CASH: dict[str, Callable[[str], Paper]] = {
    each.__name__: each for each in (slip_record, bare_slip_record, safe_log, bare_safe_log, petty_book)
}
