"""What the Foshan outlet keeps of its store and its purchases: full, and as bare as each can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from guiju.oversight.papers import rules
from guiju.oversight.papers.rules import Paper
from tests.oversight.papers.samples.morning import EVENING, NOON, letterhead, long_name, said

DAY = date(2026, 11, 2)


def store_report(language: str) -> rules.StoreReportPaper:
    """A month with more lines than a page holds, and all that may stand below them."""
    columns = [
        ("Goods received", "到货", "到貨"), ("Issued to jobs", "工单领用", "工單領用"), ("Returned unused", "退回未用", "退回未用"),
        ("Transferred", "调拨", "調撥"), ("Adjusted", "调整", "調整"), ("Scrapped", "报废", "報廢"),
    ]  # fmt: skip
    line = rules.ReportLine(
        name=said(language, "Power board", "电源板", "電源板"), part_number="GJ-PB-55U8", opening=12,
        moved=(20, -13, 1, -2, 0, 0), closing=18, value_minor=388_800,
    )  # fmt: skip
    consigned = rules.ReportLine(
        name=long_name(language), part_number="GJ-TP-200", opening=123_456, moved=(0, -1_000, 0, 0, -7, -350),
        closing=122_099, owner=said(language, "Consigned by head office", "总部寄售", "總部寄售"),
    )  # fmt: skip
    note = rules.ReportNote(
        what=said(language, "Find at a count", "盘盈", "盤盈"), part_number="GJ-PB-55U8", quantity=1,
        because=said(language, "SC-FS01-20261102-00001 behind the rack", "SC-FS01-20261102-00001 货架后", "SC-FS01-20261102-00001 貨架後"),
    )  # fmt: skip
    return rules.StoreReportPaper(
        letterhead=letterhead(language, "FS01/S1-MONTHLY-20261101"),
        kind=said(language, "Monthly report", "月报", "月報"),
        store=said(language, "S1 Parts store", "S1 配件库", "S1 配件庫"),
        starts_on=DAY.replace(day=1), ends_on=DAY.replace(day=30), made_at=NOON, value_minor=7_776_000,
        columns=tuple(said(language, *each) for each in columns),
        rows=(consigned, *[line] * 30),
        exceptions=(note,),
        waiting=(rules.ReportNote(what="PR-FS01-20261102-00008", part_number="GJ-PB-55U8", quantity=1, days=4,
                                  because=said(language, "On order", "采购中", "採購中")),),
        reserved=(rules.ReportNote(what="WO-FS01-20261102-00027", part_number="GJ-TP-200", quantity=2),),
        old_parts=(rules.Aged(age="0-7", count=3), rules.Aged(age=said(language, "Late", "逾期", "逾期"), count=1)),
        below=(rules.Below(part_number="GJ-PB-55U8", level=25, closing=18),),
        overdue=(rules.LateOrder(number="PO-FS01-20261101-00009", supplier="HAI parts", expected_on=DAY, days=9),),
        idle=(rules.Idle(part_number="GJ-TP-200", why=said(language, "Its supply ends", "即将停产", "即將停產"), days=411, closing=12,
                         value_minor=45_600, provision_minor=22_800),),
        classes=(rules.UsedClass(name="A", parts=17, used_minor=9_876_500, value_minor=1_234_500),),
        turned=Decimal("3.42"), inspected=4, to_inspect=5, readings=29, outside=2,
        asked=40, from_stock=33, ordered=7,
        confirmed_by=said(language, "Shen Mei", "沈梅", "沈梅"), confirmed_at=EVENING,
        remark=said(language, "One box was open", "一箱已拆封", "一箱已拆封"),
    )  # fmt: skip


def bare_store_report(language: str) -> rules.StoreReportPaper:
    """A day on which nothing lay there and nothing moved."""
    return rules.StoreReportPaper(
        letterhead=letterhead(language, "FS01/S1-DAILY-20261102"), kind=said(language, "Daily report", "日报", "日報"),
        store="S1", starts_on=DAY, ends_on=DAY, made_at=NOON, value_minor=0, columns=(), rows=(),
    )  # fmt: skip


def inspection(language: str) -> rules.InspectionPaper:
    """A week that was inspected, with a day outside the limits."""
    items = [
        ("Order and cleanliness", "整洁有序", "整潔有序"),
        ("Locks", "门锁", "門鎖"),
        ("No leaks", "无渗漏", "無滲漏"),
    ]
    reading = rules.Reading(
        read_at=NOON, celsius=Decimal("31.5"), humidity=Decimal("78.0"), is_outside=True,
        read_by=said(language, "Shen Mei", "沈梅", "沈梅"),
        action=said(language, "Dehumidifier on", "已开除湿机", "已開除濕機"),
    )  # fmt: skip
    return rules.InspectionPaper(
        letterhead=letterhead(language, "FS01/S1-W202645"), store=said(language, "S1 Parts store", "S1 配件库", "S1 配件庫"),
        state=said(language, "Inspected", "已检查", "已檢查"), week_on=DAY, until_on=DAY + timedelta(days=6),
        items=tuple(rules.InspectedItem(name=said(language, *each), is_ok=each[0] != "No leaks") for each in items),
        readings=(reading,) * 7,
        airings=(rules.Airing(started_at=NOON, ended_at=EVENING, started_by=said(language, "Shen Mei", "沈梅", "沈梅")),),
        score=66, note=said(language, "The pipe above A-3 drips", "A-3 上方水管滴水", "A-3 上方水管滴水"),
        done_by=said(language, "Ma Guodong", "马国栋", "馬國棟"), done_at=EVENING,
    )  # fmt: skip


def bare_inspection(language: str) -> rules.InspectionPaper:
    """The form of a week that is still to be inspected."""
    return rules.InspectionPaper(
        letterhead=letterhead(language, "FS01/S1-W202645"), store="S1", state=said(language, "Due this week", "本周应检", "本週應檢"),
        week_on=DAY, until_on=DAY + timedelta(days=6),
        items=(rules.InspectedItem(name=said(language, "Locks", "门锁", "門鎖")),),
    )  # fmt: skip


def access_record(language: str) -> rules.AccessRecord:
    """Two opened, took a bottle of refrigerant and counted."""
    two = [(("Shen Mei", "沈梅", "沈梅"), "1"), (("Ma Guodong", "马国栋", "馬國棟"), "2")]
    return rules.AccessRecord(
        letterhead=letterhead(language, "ACC-FS01-20261102-00003"),
        store=said(language, "CAGE Refrigerant", "CAGE 制冷剂柜", "CAGE 冷媒櫃"), state=said(language, "Locked", "已锁闭", "已鎖閉"),
        authority="WO-FS01-20261102-00027", purpose=said(language, "Refill an air conditioner", "空调加氟", "空調加冷媒"),
        requested_by=said(language, "Shen Mei", "沈梅", "沈梅"), requested_at=NOON,
        custodians=tuple(
            rules.AtTheLock(name=said(language, *name), lock_group=group, in_at=NOON, out_at=EVENING) for name, group in two
        ),
        carried=(
            rules.Carried(direction=said(language, "Taken out", "取出", "取出"), item=said(language, "R32 bottle", "R32 钢瓶", "R32 鋼瓶"),
                          serial="R32-0042", quantity=1, before=6, after=5, counted=5, return_on=DAY),
        ),
        is_emergency=True, opened_at=NOON, recounted_at=EVENING, closed_at=EVENING, protections_ok=True, camera_ok=False,
        denied_because=said(language, "The camera was dark", "摄像头无画面", "攝影機無畫面"),
        settled_by=said(language, "An Shenji", "安审计", "安審計"), settled_note=said(language, "Lens cleaned", "镜头已清洁", "鏡頭已清潔"),
        reviewed_by=said(language, "Nie Zong", "聂总", "聶總"), review_note=said(language, "It was justified", "情况属实", "情況屬實"),
    )  # fmt: skip


def bare_access_record(language: str) -> rules.AccessRecord:
    """Asked for, and nobody came."""
    return rules.AccessRecord(
        letterhead=letterhead(language, "ACC-FS01-20261102-00004"), store="CAGE", state=said(language, "Asked for", "已申请", "已申請"),
        authority="A-1", purpose=said(language, "A count", "盘点", "盤點"), requested_by=said(language, "Shen Mei", "沈梅", "沈梅"),
        requested_at=NOON, custodians=(), carried=(), is_emergency=False,
    )  # fmt: skip


def purchase_file(language: str) -> rules.PurchaseFile:
    """Asked for by two outlets, offered by three, delivered in part, billed and paid."""
    person = said(language, "Xu Kuaiji", "许会计", "許會計")
    need = rules.Need(
        number="PR-FS01-20261102-00001", unit=said(language, "Foshan Chancheng", "佛山禅城", "佛山禪城"),
        reason=said(language, "The shelf is empty", "库存告罄", "庫存告罄"), requested_by=said(language, "Shen Mei", "沈梅", "沈梅"),
        is_emergency=True, decided_by=person, decided_at=NOON,
    )  # fmt: skip
    row = rules.Bought(
        name=long_name(language), part_number="GJ-PB-55U8", unit=said(language, "Foshan Chancheng", "佛山禅城", "佛山禪城"),
        quantity=4, price_minor=10_000, amount_minor=40_000, delivered=4, accepted=3, rejected=1, billed=3,
    )  # fmt: skip
    offers = tuple(
        rules.SupplierOffer(supplier=name, total_minor=total, lead_days=7, until_on=DAY + timedelta(days=30), is_chosen=total == 80_000)
        for name, total in (("HAI parts", 80_000), ("NAN parts", 88_000), ("BEI parts", 96_000))
    )  # fmt: skip
    return rules.PurchaseFile(
        letterhead=letterhead(language, "PO-FS01-20261102-00001"), supplier="HAI parts",
        state=said(language, "Partly received", "部分到货", "部分到貨"), method=said(language, "Three quotes", "三家报价", "三家報價"),
        sourcing_number="SO-FS01-20261102-00001", buyer=said(language, "Peng Caining", "彭采宁", "彭採寧"), made_at=NOON,
        total_minor=80_000, approved_minor=90_000, needs=(need, need), offers=offers, rows=(row, row),
        deliveries=(rules.Delivered(
            number="GR-FS01-20261109-00001", note="DN-7788", state=said(language, "Put away", "已上架", "已上架"),
            received_by=said(language, "Kuai", "快", "快"), received_at=EVENING, inspected_by=said(language, "Qin Lan", "秦岚", "秦嵐"),
        ),),
        bills=(rules.Billed(
            number="SI-FS01-20261110-00001", reference="INV-4711", amount_minor=60_000, state=said(language, "Paid", "已付款", "已付款"),
            matched_by=person, paid_by=said(language, "Fang Yuan", "方圆", "方圓"), paid_at=EVENING, payment="T-20261110-1",
        ),),
        award_reason=said(language, "The cheapest of three", "三家最低价", "三家最低價"),
        exception=said(language, "Only two answered", "仅两家回复", "僅兩家回覆"),
        approved_by=person, approved_at=NOON, sent_at=NOON, expected_on=DAY + timedelta(days=7), on_time_percent=93, accepted_percent=99,
    )  # fmt: skip


def bare_purchase_file(language: str) -> rules.PurchaseFile:
    """A draft of which nothing has come."""
    return rules.PurchaseFile(
        letterhead=letterhead(language, "PO-FS01-20261102-00002"), supplier="HAI parts", state=said(language, "Draft", "草稿", "草稿"),
        method=said(language, "Direct", "直接采购", "直接採購"), sourcing_number="SO-FS01-20261102-00002",
        buyer=said(language, "Peng Caining", "彭采宁", "彭採寧"), made_at=NOON, total_minor=0, approved_minor=0, needs=(), offers=(),
        rows=(),
    )  # fmt: skip


STORES: dict[str, Callable[[str], Paper]] = {
    each.__name__: each
    for each in (
        store_report, bare_store_report, inspection, bare_inspection, access_record, bare_access_record, purchase_file,
        bare_purchase_file,
    )
}  # fmt: skip
