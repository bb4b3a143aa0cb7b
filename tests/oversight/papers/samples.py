"""Golden samples: the same morning in Foshan on six papers, told in three languages.

Each paper comes full (every field), bare (no optional field) and crowded (long names, many lines).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from PIL import Image

from guiju.oversight.papers.rules import (
    Accessory,
    AccessoryKind,
    ChargeLine,
    ClaimTag,
    Customer,
    DamageMark,
    Device,
    Discount,
    Face,
    FittedPart,
    LabourLine,
    Letterhead,
    LoanerUnit,
    Measurement,
    Paper,
    PartsCommitmentPaper,
    PartsWait,
    Photo,
    QuoteLine,
    QuotePaper,
    Receipt,
    ReceivedPayment,
    RepairReport,
    Signature,
    Symptom,
    Ticket,
    WaitedPart,
)

LANGUAGES = ("en", "zh-hans", "zh-hant")
PHONE = "13827700416"
NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 5, 9, 30, tzinfo=UTC)
TOKEN = "https://service.example.com/t/5Zq0c9mK2vX8rT4uWnB7dA"


def said(language: str, english: str, simplified: str, traditional: str) -> str:
    """The text of one language."""
    return {"en": english, "zh-hans": simplified, "zh-hant": traditional}[language]


def picture(red: int, green: int, blue: int) -> bytes:
    """A photo of plain colour."""
    stream = BytesIO()
    Image.new("RGB", (320, 240), (red, green, blue)).save(stream, "JPEG")
    return stream.getvalue()


def letterhead(language: str, number: str) -> Letterhead:
    """The head of every paper of the Foshan outlet."""
    return Letterhead(
        brand_name=said(language, "Guiju Appliances", "规矩电器", "規矩電器"),
        outlet_name=said(language, "Foshan Chancheng service point", "佛山禅城售后网点", "佛山禪城售後網點"),
        licence_number="91440604MA4UXK0T2R",
        number=number,
        status_url=TOKEN,
        time_zone="Asia/Shanghai",
        currency="CNY",
        printed_at=NOON,
        printed_by=said(language, "Lin Xiaomei", "林晓梅", "林曉梅"),
        version="PL-2026-03",
        outlet_address=said(
            language, "18 Zumiao Road, Chancheng, Foshan", "佛山市禅城区祖庙路18号", "佛山市禪城區祖廟路18號"
        ),
        outlet_phone="0757-8222 6688",
        outlet_hours=said(language, "Monday to Saturday 9:00-18:00", "周一至周六 9:00-18:00", "週一至週六 9:00-18:00"),
        complaint_phone="400-830-1234",
    )


def bare_letterhead(language: str, number: str) -> Letterhead:
    """A head with nothing optional on it."""
    return replace(
        letterhead(language, number),
        version=None,
        outlet_address=None,
        outlet_phone=None,
        outlet_hours=None,
        complaint_phone=None,
    )


def customer(language: str) -> Customer:
    """Mrs Ouyang, who lives near the outlet."""
    return Customer(
        name=said(language, "Ouyang Huizhen", "欧阳慧贞", "歐陽慧貞"),
        phone=PHONE,
        address=said(
            language,
            "Flat 1203, Block 7, Dafuhuijing Garden, 66 Lingnan Avenue North",
            "岭南大道北66号大福汇景花园7座1203室",
            "嶺南大道北66號大福匯景花園7座1203室",
        ),
    )


def device(language: str) -> Device:
    """Her television."""
    return Device(
        name=said(language, "55-inch television", "55英寸液晶电视机", "55吋液晶電視機"),
        brand=said(language, "Guiju", "规矩", "規矩"),
        product_line=said(language, "Televisions", "电视机", "電視機"),
        model="GJ-55U8-PRO",
        serial_number="GJ55U8P-2403-0018827",
    )


def signature(language: str) -> Signature:
    """She signed at the counter."""
    return Signature(
        signed_by=customer(language).name,
        method=said(language, "Signed by hand", "手写签名", "手寫簽名"),
        signed_at=NOON,
    )


def accessories(language: str) -> tuple[Accessory, ...]:
    """What she handed in with it."""
    return (
        Accessory(name=said(language, "Remote control", "遥控器", "遙控器"), kind=AccessoryKind.REMOTE),
        Accessory(name=said(language, "Power cable", "电源线", "電源線"), kind=AccessoryKind.CABLE),
        Accessory(
            name=said(language, "Screws of the stand", "底座螺丝", "底座螺絲"),
            quantity=4,
            note=said(language, "in a bag", "装袋", "裝袋"),
        ),
    )


def ticket(language: str) -> Ticket:
    """The work-order ticket with everything on it."""
    return replace(
        bare_ticket(language),
        letterhead=letterhead(language, "WO-FS01-20261102-00027"),
        customer=customer(language),
        device=device(language),
        promised_ready_at=EVENING,
        coverage=said(language, "In warranty", "保内", "保內"),
        purchased_on=date(2026, 3, 1),
        purchase_invoice_number="INV-04400-20260301-7781",
        warranty_result=said(language, "In warranty", "保内", "保內"),
        warranty_ends_on=date(2027, 2, 28),
        symptoms=(
            Symptom(code="TV-012", name=said(language, "No picture, sound is there", "有声音无图像", "有聲音無圖像")),
            Symptom(code="TV-031", name=said(language, "Screen flickers", "屏幕闪烁", "螢幕閃爍")),
        ),
        problem=said(
            language,
            "The picture went dark after a thunderstorm on Saturday; it comes back for some seconds when it is cold.",
            "周六打雷之后屏幕变黑，冷机时会亮几秒钟又黑屏。",
            "週六打雷之後螢幕變黑，冷機時會亮幾秒鐘又黑屏。",
        ),
        is_reproduced=True,
        appearance=(said(language, "Cabinet clean", "外壳干净", "外殼乾淨"),),
        damage=(
            DamageMark(
                face=Face.FRONT,
                across_per_mille=900,
                down_per_mille=860,
                note=said(language, "Scratch of 3 cm", "划痕约3厘米", "刮痕約3公分"),
            ),
            DamageMark(
                face=Face.BACK,
                across_per_mille=250,
                down_per_mille=500,
                note=said(language, "Dent at the socket", "插座旁凹陷", "插座旁凹陷"),
            ),
        ),
        accessories=accessories(language),
        seal_number="SL-88213",
        data_statement=said(language, "No data on the device", "设备内无资料", "設備內無資料"),
        declared_value_minor=329900,
        test_fee_minor=5000,
        price_list_version="PL-2026-03",
        fee_collection=said(language, "Before collection", "取机前支付", "取機前支付"),
        payment_terms=said(
            language,
            "Cash, card or transfer, in full before the device is handed over.",
            "取机前付清，可用现金、银行卡或转账。",
            "取機前付清，可用現金、銀行卡或轉帳。",
        ),
        freight_terms=said(
            language,
            "In warranty we pay the freight both ways.",
            "保内往返运费由我方承担。",
            "保內往返運費由我方承擔。",
        ),
        storage_terms=said(
            language,
            "Storage is free for 30 days after we tell you that the device is ready. After a written demand and at "
            "least 60 days more we may sell it as the law allows; the surplus is yours.",
            "通知取机后30天内免费保管。书面催告后再满60天仍未取机的，可依法处置，余款归您所有。",
            "通知取機後30天內免費保管。書面催告後再滿60天仍未取機的，可依法處置，餘款歸您所有。",
        ),
        parts_wait=PartsWait(
            parts=(said(language, "Power board GJ-PB-55U8", "电源板 GJ-PB-55U8", "電源板 GJ-PB-55U8"),),
            cause=said(language, "Not in any of our stores", "各库房均无库存", "各庫房均無庫存"),
            promised_part_on=date(2026, 11, 9),
            promised_ready_at=datetime(2026, 11, 11, 9, 30, tzinfo=UTC),
            remedy=said(
                language, "We lend you a 43-inch set free of charge", "免费提供43英寸备用机", "免費提供43吋備用機"
            ),
            signature=signature(language),
        ),
        signature=signature(language),
    )


def bare_ticket(language: str) -> Ticket:
    """The ticket with no optional field."""
    return Ticket(
        letterhead=bare_letterhead(language, "WO-FS01-20261102-00027"),
        received_at=NOON,
        channel=said(language, "Counter", "前台", "前台"),
        mode=said(language, "Carry-in repair", "送修", "送修"),
        customer=bare_customer(language),
        device=bare_device(language),
        receptionist=said(language, "Lin Xiaomei", "林晓梅", "林曉梅"),
        claim_code="7K4-92M",
    )


def bare_customer(language: str) -> Customer:
    """A customer without an address."""
    return replace(customer(language), address=None)


def bare_device(language: str) -> Device:
    """A device whose plate can't be read."""
    return Device(name=device(language).name, brand=device(language).brand)


def claim_tag(language: str) -> ClaimTag:
    """The claim tag with everything on it."""
    return replace(
        bare_claim_tag(language),
        letterhead=letterhead(language, "CT-FS01-20261102-00027"),
        promised_ready_at=EVENING,
        claim_code="7K4-92M",
        unclaimed_notice=said(
            language,
            "Storage is free for 30 days after we tell you that the device is ready.",
            "通知取机后30天内免费保管。",
            "通知取機後30天內免費保管。",
        ),
        shelf_code="B-14",
        accessories=accessories(language),
    )


def bare_claim_tag(language: str) -> ClaimTag:
    """The claim tag with no optional field."""
    return ClaimTag(
        letterhead=bare_letterhead(language, "CT-FS01-20261102-00027"),
        work_order_number="WO-FS01-20261102-00027",
        device=bare_device(language),
        customer=bare_customer(language),
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


def long_name(language: str) -> str:
    """A name that fits nowhere."""
    return said(
        language,
        "The Honourable Society of Television Owners of the Greater Foshan and Chancheng Region, Branch No. 14",
        "佛山市禅城区石湾镇街道深村股份合作经济联合社物业管理委员会办公室",
        "佛山市禪城區石灣鎮街道深村股份合作經濟聯合社物業管理委員會辦公室",
    )


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


def crowded_receipt(language: str) -> Receipt:
    """Forty lines on the roll or on paper."""
    return replace(
        settlement_list(language),
        customer=replace(customer(language), name=long_name(language)),
        lines=charge_lines(language) * 20,
        total_minor=20 * 123450 - 2500,
    )


def crowded_claim_tag(language: str) -> ClaimTag:
    """Names and accessories far beyond the room of a label."""
    return replace(
        claim_tag(language),
        device=replace(device(language), name=long_name(language)),
        accessories=tuple(Accessory(name=kind.value, quantity=12, kind=kind) for kind in AccessoryKind),
        shelf_code="AA-128-07",
    )


def crowded_ticket(language: str) -> Ticket:
    """Every list of the ticket three times as long as usual."""
    full = ticket(language)
    return replace(
        full,
        customer=replace(customer(language), name=long_name(language), address=long_name(language) * 2),
        problem=f"{full.problem} " * 6,
        symptoms=full.symptoms * 4,
        damage=full.damage * 5,
        accessories=full.accessories * 6,
    )


SAMPLES: dict[str, Callable[[str], Paper]] = {
    "ticket": ticket,
    "bare_ticket": bare_ticket,
    "crowded_ticket": crowded_ticket,
    "claim_tag": claim_tag,
    "bare_claim_tag": bare_claim_tag,
    "crowded_claim_tag": crowded_claim_tag,
    "quote": quote,
    "bare_quote": bare_quote,
    "approved_quote": approved_quote,
    "crowded_quote": crowded_quote,
    "parts_commitment": parts_commitment,
    "bare_parts_commitment": bare_parts_commitment,
    "repair_report": repair_report,
    "bare_repair_report": bare_repair_report,
    "receipt": receipt,
    "settlement_list": settlement_list,
    "bare_receipt": bare_receipt,
    "crowded_receipt": crowded_receipt,
}
