"""What is printed at the counter: the ticket and the claim tag."""

from dataclasses import replace
from datetime import UTC, date, datetime

from guiju.oversight.papers.rules import (
    Accessory,
    AccessoryKind,
    AccessoryLabels,
    ClaimTag,
    DamageMark,
    Face,
    LoanAgreement,
    PartsWait,
    Pick,
    PickSlip,
    RegistrationLabel,
    Symptom,
    Ticket,
)
from tests.oversight.papers.samples.morning import (
    EVENING,
    NOON,
    TOKEN,
    accessories,
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
        proof_url=f"{TOKEN}#Zk3qXb1sTn8vWf6yRd2mPc",
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


def claim_tag(language: str) -> ClaimTag:
    """The claim tag with everything on it."""
    return replace(
        bare_claim_tag(language),
        letterhead=letterhead(language, "CT-FS01-20261102-00027"),
        promised_ready_at=EVENING,
        claim_code="7K4-92M",
        proof_url=f"{TOKEN}#Zk3qXb1sTn8vWf6yRd2mPc",
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


def crowded_claim_tag(language: str) -> ClaimTag:
    """Names and accessories far beyond the room of a label."""
    return replace(
        claim_tag(language),
        device=replace(device(language), name=long_name(language)),
        accessories=tuple(Accessory(name=kind.value, quantity=12, kind=kind) for kind in AccessoryKind),
        shelf_code="AA-128-07",
    )


def accessory_labels(language: str) -> AccessoryLabels:
    """A label for each of the three bags, and one for a thing with a name beyond its room."""
    return AccessoryLabels(
        letterhead=letterhead(language, "CT-FS01-20261102-00027"),
        work_order_number="WO-FS01-20261102-00027",
        device=device(language),
        customer=customer(language),
        accessories=(*accessories(language), Accessory(name=long_name(language), quantity=12)),
        shelf_code="B-14",
    )


def registration_label(language: str) -> RegistrationLabel:
    """The label in the box of one washing machine."""
    return RegistrationLabel(
        letterhead=letterhead(language, "FS01"), machine=f"{device(language).brand} {device(language).name}",
        serial_number="GJ-2026-000123",
    )  # fmt: skip


def bare_registration_label(language: str) -> RegistrationLabel:
    """The label for any box of the outlet."""
    return RegistrationLabel(letterhead=letterhead(language, "FS01"))


def crowded_registration_label(language: str) -> RegistrationLabel:
    """A name and a serial number beyond their room."""
    return RegistrationLabel(
        letterhead=letterhead(language, "FS01"),
        machine=long_name(language),
        serial_number="GJ-2026-000123-000456-000789",
    )


def loan_agreement(language: str) -> LoanAgreement:
    """A television for the time of the repair, back again with a scratch."""
    return LoanAgreement(
        letterhead=letterhead(language, "WO-FS01-20261102-00027/GJ43A2-2305-0000412"),
        work_order_number="WO-FS01-20261102-00027",
        customer=customer(language),
        device=device(language),
        loaner_name=said(language, "43-inch television", "43英寸电视机", "43吋電視機"),
        loaner_serial_number="GJ43A2-2305-0000412",
        deposit_minor=50000,
        condition=said(language, "No scratches, with remote control", "无划痕，配遥控器", "無刮痕，配遙控器"),
        lent_at=NOON,
        lent_by=said(language, "Lin Xiaomei", "林晓梅", "林曉梅"),
        promised_ready_at=EVENING,
        returned_at=EVENING,
        condition_back=said(language, "Scratch at the stand", "底座有划痕", "底座有刮痕"),
        deposit_back_minor=45000,
        signature=signature(language),
    )


def pick_slip(language: str) -> PickSlip:
    """Two parts for her television: one lies in a bin, one is on its way."""
    first = Pick(
        request_number="PR-FS01-20261102-00008",
        page_url="https://service.example.com/stores/requests/PR-FS01-20261102-00008/",
        name=said(language, "Power board", "电源板", "電源板"),
        part_number="GJ-PB-55U8",
        quantity=1,
        unit=said(language, "pc", "个", "個"),
        state=said(language, "Reserved", "已预留", "已預留"),
        bin_code="FS01-A/03-2-B",
        need_by_on=date(2026, 11, 9),
        requested_by=said(language, "Chen Zhiqiang", "陈志强", "陳志強"),
    )
    second = replace(
        first,
        request_number="PR-FS01-20261102-00009",
        page_url="https://service.example.com/stores/requests/PR-FS01-20261102-00009/",
        name=long_name(language),
        part_number="GJ-TP-200",
        quantity=350,
        unit="mm",
        bin_code=None,
        need_by_on=None,
    )
    return PickSlip(
        letterhead=letterhead(language, "WO-FS01-20261102-00027"),
        work_order_number="WO-FS01-20261102-00027",
        device=device(language),
        technician=said(language, "Chen Zhiqiang", "陈志强", "陳志強"),
        promised_ready_at=EVENING,
        picks=(first, second),
    )
