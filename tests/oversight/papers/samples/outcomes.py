"""What came of it: the report, the settlement list, the receipt."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from guiju.oversight.papers.rules import (
    ChargeLine,
    DepositReceipt,
    Discount,
    FittedPart,
    LabourLine,
    Measurement,
    Photo,
    Receipt,
    ReceivedPayment,
    RefundReceipt,
    RepairReport,
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
    picture,
    said,
    signature,
)


def measurements(language: str) -> tuple[Measurement, ...]:
    """Two safety tests, a voltage and a look."""
    return (
        Measurement(
            name=said(language, "Insulation resistance", "绝缘电阻", "絕緣電阻"),
            value=Decimal("48.5"),
            unit="MΩ",
            lower_limit=Decimal("2.0"),
            passed=True,
            is_safety=True,
        ),
        Measurement(
            name=said(language, "Leakage current", "泄漏电流", "洩漏電流"),
            value=Decimal("0.12"),
            unit="mA",
            upper_limit=Decimal("0.75"),
            passed=True,
            is_safety=True,
        ),
        Measurement(
            name=said(language, "Board output", "电源板输出", "電源板輸出"),
            value=Decimal("24.10"),
            unit="V",
            lower_limit=Decimal("23.50"),
            upper_limit=Decimal("24.50"),
            passed=True,
        ),
        Measurement(
            name=said(language, "Picture after 2 hours", "老化2小时后画面", "老化2小時後畫面"),
            value=said(language, "Steady", "稳定", "穩定"),
            unit="",
            passed=True,
        ),
    )


def left_out(language: str) -> tuple[str, ...]:
    """What she did not want done."""
    return (
        said(language, "Cleaning the inside", "内部清洁", "內部清潔"),
        said(language, "New remote control", "新遥控器", "新遙控器"),
    )


def repair_report(language: str) -> RepairReport:
    """The repair report with everything on it."""
    return replace(
        bare_repair_report(language),
        letterhead=letterhead(language, "RR-FS01-20261105-00019"),
        customer=customer(language),
        device=device(language),
        cause=said(language, "Surge through the mains in a thunderstorm", "雷击引起的电源浪涌", "雷擊引起的電源突波"),
        work_done=(
            said(language, "Replaced the power board", "更换电源板", "更換電源板"),
            said(
                language, "Updated the software and ran it for two hours", "升级软件并老化2小时", "升級軟體並老化2小時"
            ),
        ),
        parts=(
            FittedPart(
                name=said(language, "Power board", "电源板", "電源板"),
                part_number="GJ-PB-55U8",
                quantity=1,
                unit=said(language, "pc", "个", "個"),
                old_serial_number="PB55U8-2402-117730",
                new_serial_number="PB55U8-2609-004412",
                old_part=said(language, "Given to the customer", "交还客户", "交還客戶"),
                price_minor=38000,
                warranty_ends_on=date(2027, 2, 2),
            ),
        ),
        labour=(
            LabourLine(
                task=said(language, "Repair, large (level 3)", "大修（三级）", "大修（三級）"),
                minutes=95,
                price_minor=123450,
            ),
        ),
        left_out=left_out(language),
        measurements=measurements(language),
        is_passed=True,
        inspector=said(language, "Qin Yulan", "秦玉兰", "秦玉蘭"),
        inspected_at=EVENING,
        photos=(
            Photo(
                image=picture(150, 60, 50),
                caption=said(language, "Before: burnt board", "修前：烧坏的电路板", "修前：燒壞的電路板"),
            ),
            Photo(
                image=picture(70, 120, 90),
                caption=said(language, "After: new board", "修后：新电路板", "修後：新電路板"),
            ),
        ),
        software_version="V8.2.114",
        advice=said(
            language,
            "Pull the mains plug in a thunderstorm, or use a socket with surge protection.",
            "雷雨天气请拔下电源插头，或使用防雷插座。",
            "雷雨天氣請拔下電源插頭，或使用防雷插座。",
        ),
        days_in_repair=3,
        device_warranty_ends_on=date(2027, 3, 3),
        repair_warranty_ends_on=date(2027, 2, 2),
        repair_ordinal=2,
        survey_url="https://service.example.com/s/Qm3xT9w1Lk7cVb2NzR5yHg",
        signature=signature(language),
    )


def bare_repair_report(language: str) -> RepairReport:
    """A repair report with no optional field."""
    return RepairReport(
        letterhead=bare_letterhead(language, "RR-FS01-20261105-00019"),
        work_order_number="WO-FS01-20261102-00027",
        customer=bare_customer(language),
        device=bare_device(language),
        received_at=NOON,
        finished_at=EVENING,
        symptom=said(language, "No picture, sound is there", "有声音无图像", "有聲音無圖像"),
        findings=said(language, "Power board gives no 24 V", "电源板无24V输出", "電源板無24V輸出"),
        work_done=(said(language, "Replaced the power board", "更换电源板", "更換電源板"),),
        technician=said(language, "Chen Zhiqiang", "陈志强", "陳志強"),
        technician_badge="TE-0113",
    )


def charge_lines(language: str) -> tuple[ChargeLine, ...]:
    """The part free, the work charged below the top of its list price."""
    return (
        ChargeLine(
            item_code="GJ-PB-55U8",
            description=said(language, "Power board", "电源板", "電源板"),
            quantity=1,
            unit=said(language, "pc", "个", "個"),
            list_min_minor=36000,
            list_max_minor=42000,
            unit_price_minor=0,
            amount_minor=0,
            note=said(language, "In warranty, free of charge", "保内免费", "保內免費"),
        ),
        ChargeLine(
            item_code="LB-TV-3",
            description=said(language, "Repair, large (level 3)", "大修（三级）", "大修（三級）"),
            quantity=1,
            unit=said(language, "time", "次", "次"),
            list_min_minor=125000,
            list_max_minor=125000,
            unit_price_minor=123450,
            amount_minor=123450,
        ),
    )


def receipt(language: str) -> Receipt:
    """A receipt, paid in two ways after a deposit."""
    return replace(
        settlement_list(language),
        deposit_paid_minor=20000,
        payments=(
            ReceivedPayment(method=said(language, "Cash", "现金", "現金"), amount_minor=50000, paid_at=EVENING),
            ReceivedPayment(
                method=said(language, "Bank card", "银行卡", "銀行卡"),
                amount_minor=50950,
                paid_at=EVENING,
                reference="POS-6620-118245",
            ),
        ),
        receipt_number="RC-FS01-2026-000418",
        # As long as the code of a receipt of five lines is.
        check_url=f"https://repair.example/r/{'Bc9-' * 60}.{'0' * 8}{'a_X' * 29}",
        invoice=said(
            language,
            "E-invoice no. 26442000000112345678",
            "电子发票 26442000000112345678",
            "電子發票 26442000000112345678",
        ),
        cashier=said(language, "Cai Wenjing", "蔡文静", "蔡文靜"),
        signature=signature(language),
    )


def settlement_list(language: str) -> Receipt:
    """The list before the payment."""
    return replace(
        bare_receipt(language),
        letterhead=letterhead(language, "BL-FS01-20261105-00033"),
        customer=customer(language),
        device=device(language),
        lines=charge_lines(language),
        total_minor=120950,
        left_out=left_out(language),
        discounts=(Discount(reason=said(language, "Member", "会员", "會員"), amount_minor=2500),),
        tax_minor=13915,
    )


def bare_receipt(language: str) -> Receipt:
    """A settlement list of one line with no optional field."""
    return Receipt(
        letterhead=bare_letterhead(language, "BL-FS01-20261105-00033"),
        work_order_number="WO-FS01-20261102-00027",
        customer=bare_customer(language),
        device=bare_device(language),
        lines=(replace(charge_lines(language)[1], item_code=None),),
        total_minor=123450,
    )


def crowded_receipt(language: str) -> Receipt:
    """Forty lines on the roll or on paper."""
    return replace(
        settlement_list(language),
        customer=replace(customer(language), name=long_name(language)),
        lines=charge_lines(language) * 20,
        total_minor=20 * 123450 - 2500,
    )


def refund(language: str) -> RefundReceipt:
    """A part of the card payment goes back to the card."""
    full = receipt(language)
    return RefundReceipt(
        letterhead=letterhead(language, "RF-FS01-20261106-00002"),
        work_order_number=full.work_order_number,
        customer=customer(language),
        device=device(language),
        receipt_number="RC-FS01-2026-000418",
        method=full.payments[1].method,
        paid_minor=50950,
        refunded_minor=12000,
        refunded_at=EVENING,
        reason=said(language, "The remote control was charged twice", "遥控器重复收费", "遙控器重複收費"),
        approved_by=said(language, "Ma Guoliang", "马国良", "馬國良"),
        paid_by=full.cashier,
        reference="POS-6620-118245",
    )


def deposit(language: str) -> DepositReceipt:
    """Left in cash for a dear board; the bill took most of it, and the rest went back."""
    full = receipt(language)
    return DepositReceipt(
        letterhead=letterhead(language, "DP-FS01-20261102-00004"),
        work_order_number=full.work_order_number,
        customer=customer(language),
        device=device(language),
        quote_number="QT-FS01-20261102-00007",
        receipt_number="DP-FS01-20261102-00004",
        method=said(language, "Cash", "现金", "現金"),
        amount_minor=60000,
        taken_at=NOON,
        taken_by=full.cashier or "",
        reference="POS-6620-118001",
        used_minor=48000,
        back_minor=12000,
        back_number="DR-FS01-20261106-00001",
        back_method=said(language, "Cash", "现金", "現金"),
        back_reference="POS-6620-118300",
        back_at=EVENING,
        back_reason=said(language, "More than the bill", "多于账单金额", "多於帳單金額"),
        paid_by=full.cashier,
        signature=signature(language),
    )


def bare_deposit(language: str) -> DepositReceipt:
    """Just left."""
    return replace(
        deposit(language), reference=None, used_minor=0, back_minor=None, back_number=None, back_method=None, back_reference=None,
        back_at=None, back_reason=None, paid_by=None, signature=None, customer=bare_customer(language), device=bare_device(language),
        letterhead=bare_letterhead(language, "DP-FS01-20261102-00004"),
    )  # fmt: skip


def credit_receipt(language: str) -> Receipt:
    """Half of it in cash with change, half on account; and some of the cash given back later."""
    cash = ReceivedPayment(
        method=said(language, "Cash", "现金", "現金"),
        amount_minor=60950,
        paid_at=EVENING,
        tendered_minor=70000,
        change_minor=9050,
    )
    on_account = ReceivedPayment(
        method=said(language, "On credit", "挂账", "掛帳"), amount_minor=60000, paid_at=EVENING
    )
    back = ReceivedPayment(method=cash.method, amount_minor=1000, paid_at=EVENING, reference="RF-FS01-20261106-00003")
    return replace(
        settlement_list(language),
        payments=(cash, on_account),
        refunds=(back,),
        credit_minor=60000,
        receipt_number="RC-FS01-2026-000419",
    )


def unrepaired_report(language: str) -> RepairReport:
    """It goes back as it came, tested by the only technician of the shop."""
    return replace(bare_repair_report(language), is_unrepaired=True, is_passed=True, is_self_checked=True)
