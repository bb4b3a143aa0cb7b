"""What is promised to her: the quote, and the date for a missing part."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from guiju.oversight.papers.rules import (
    LoanerUnit,
    PartsCommitmentPaper,
    QuoteLine,
    QuotePaper,
    Signature,
    WaitedPart,
)
from tests.oversight.papers.samples.morning import (
    EVENING,
    NOON,
    bare_customer,
    bare_device,
    bare_letterhead,
    customer,
    device,
    letterhead,
    long_name,
    said,
    signature,
)


def quote_lines(language: str) -> tuple[QuoteLine, ...]:
    """A part, the work and the test."""
    piece, time = said(language, "pc", "个", "個"), said(language, "time", "次", "次")
    return (
        QuoteLine(
            item_code="GJ-PB-55U8",
            description=said(language, "Power board", "电源板", "電源板"),
            condition=said(language, "New, original", "全新原厂件", "全新原廠件"),
            quantity=1,
            unit=piece,
            unit_price_minor=38000,
            list_min_minor=36000,
            list_max_minor=42000,
            amount_minor=38000,
            in_warranty_share_minor=38000,
            tax_minor=4372,
            repair_warranty_days=90,
        ),
        QuoteLine(
            item_code="LB-TV-3",
            description=said(language, "Repair, large (level 3)", "大修（三级）", "大修（三級）"),
            quantity=1,
            unit=time,
            unit_price_minor=123450,
            list_min_minor=110000,
            list_max_minor=125000,
            amount_minor=123450,
            tax_minor=14202,
            repair_warranty_days=90,
        ),
        QuoteLine(
            item_code="TS-TV-1",
            description=said(language, "Test", "检测", "檢測"),
            quantity=1,
            unit=time,
            unit_price_minor=5000,
            list_min_minor=5000,
            list_max_minor=5000,
            amount_minor=5000,
            tax_minor=575,
        ),
    )


def quote(language: str) -> QuotePaper:
    """A quote with a discount, part of it paid by the guarantee."""
    return replace(
        bare_quote(language),
        letterhead=letterhead(language, "QT-FS01-20261102-00011"),
        customer=customer(language),
        device=device(language),
        revision=2,
        lines=quote_lines(language),
        total_minor=125950,
        discount_minor=2500,
        discount_reason=said(language, "Member", "会员", "會員"),
        cause=said(language, "Surge through the mains in a thunderstorm", "雷击引起的电源浪涌", "雷擊引起的電源突波"),
        test_fee_minor=5000,
        service_hours=6,
        old_part_ownership=said(
            language,
            "Yours; you may leave it with us for recycling",
            "归您所有，可交由我方回收",
            "歸您所有，可交由我方回收",
        ),
        payment_terms=said(language, "In full before collection", "取机前付清", "取機前付清"),
        prepared_by=said(language, "Chen Zhiqiang", "陈志强", "陳志強"),
    )


def bare_quote(language: str) -> QuotePaper:
    """A quote of one line with no optional field."""
    return QuotePaper(
        letterhead=bare_letterhead(language, "QT-FS01-20261102-00011"),
        revision=1,
        work_order_number="WO-FS01-20261102-00027",
        customer=bare_customer(language),
        device=bare_device(language),
        fault=said(language, "Power board gives no 24 V", "电源板无24V输出", "電源板無24V輸出"),
        lines=(replace(quote_lines(language)[2], tax_minor=0, item_code=None),),
        total_minor=5000,
        expires_at=EVENING,
    )


def approved_quote(language: str) -> QuotePaper:
    """The same quote after the customer's signature."""
    return replace(quote(language), approval=signature(language))


def crowded_quote(language: str) -> QuotePaper:
    """Sixty lines and long names: it must run over pages with its head repeated."""
    lines = tuple(
        replace(line, description=f"{line.description} {long_name(language)}" if number % 9 == 0 else line.description)
        for number in range(20)
        for line in quote_lines(language)
    )
    return replace(
        quote(language),
        customer=replace(customer(language), name=long_name(language)),
        device=replace(device(language), name=long_name(language), serial_number="X" * 80),
        lines=lines,
        total_minor=20 * 128450 - 2500,
    )


def parts_commitment(language: str) -> PartsCommitmentPaper:
    """A second revision with a loaner."""
    return replace(
        bare_parts_commitment(language),
        letterhead=letterhead(language, "PC-FS01-20261102-00004"),
        customer=customer(language),
        device=device(language),
        revision=2,
        parts=(
            WaitedPart(
                name=said(language, "Power board", "电源板", "電源板"),
                part_number="GJ-PB-55U8",
                unit=said(language, "pc", "个", "個"),
            ),
            WaitedPart(
                name=said(language, "Heat-conducting tape", "导热胶带", "導熱膠帶"),
                part_number="GJ-TP-200",
                quantity=Decimal("0.35"),
                unit=said(language, "m", "米", "公尺"),
            ),
        ),
        supplier_basis=said(
            language,
            "The Shunde works confirmed on 2 November that the board leaves on 6 November, waybill to follow.",
            "顺德工厂11月2日确认，11月6日发货，运单号另行通知。",
            "順德工廠11月2日確認，11月6日發貨，運單號另行通知。",
        ),
        supplier_expected_on=date(2026, 11, 8),
        statutory_cap_on=date(2027, 1, 31),
        statutory_basis=said(language, "90 days from receipt", "自送修之日起90天", "自送修之日起90天"),
        loaner=LoanerUnit(
            name=said(language, "43-inch television", "43英寸电视机", "43吋電視機"),
            serial_number="GJ43A2-2305-0000412",
            lent_on=date(2026, 11, 2),
            return_by_on=date(2026, 11, 11),
            deposit_minor=50000,
        ),
        choices_if_refused=(
            said(
                language,
                "Cancel free of charge and take the device back",
                "免费取消并取回设备",
                "免費取消並取回設備",
            ),
            said(language, "Send it to another outlet", "转送其他网点", "轉送其他網點"),
        ),
        outlet_signature=Signature(
            signed_by=said(language, "Ma Guoliang", "马国良", "馬國良"),
            method=said(language, "Outlet manager", "网点负责人", "網點負責人"),
            signed_at=NOON,
        ),
    )


def bare_parts_commitment(language: str) -> PartsCommitmentPaper:
    """A first commitment for one part, to be signed by hand."""
    return PartsCommitmentPaper(
        letterhead=bare_letterhead(language, "PC-FS01-20261102-00004"),
        work_order_number="WO-FS01-20261102-00027",
        customer=bare_customer(language),
        device=bare_device(language),
        parts=(WaitedPart(name=said(language, "Power board", "电源板", "電源板")),),
        cause=said(language, "Not in any of our stores", "各库房均无库存", "各庫房均無庫存"),
        promised_part_on=date(2026, 11, 9),
        promised_ready_at=datetime(2026, 11, 11, 9, 30, tzinfo=UTC),
        remedy=said(language, "We lend you a 43-inch set free of charge", "免费提供43英寸备用机", "免費提供43吋備用機"),
    )
