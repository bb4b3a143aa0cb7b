"""The papers of a right to more than a repair: the appraisal of her television, and the note that it still waits for a part."""

from dataclasses import replace
from datetime import date, timedelta

from guiju.oversight.papers.rules import AppraisalCertificate, MissingPart, PastRepair, RepairStatusNote
from tests.oversight.papers.samples.morning import (
    EVENING,
    NOON,
    bare_customer,
    bare_device,
    bare_letterhead,
    customer,
    device,
    letterhead,
    said,
    signature,
)


def appraisal(language: str) -> AppraisalCertificate:
    """Twice repaired, faulty again, exchanged."""
    return replace(
        bare_appraisal(language),
        letterhead=letterhead(language, "EX-FS01-20261102-00003"),
        customer=customer(language),
        device=device(language),
        bought_on=date(2026, 3, 1),
        invoice_number="04400212311-00882219",
        rule=said(
            language, "The same kind of fault was repaired 2 times.", "同类故障已维修 2 次。", "同類故障已維修 2 次。"
        ),
        clause="TG-6 [S][17] CN-1995",
        repairs=(
            _repair(language, "WO-FS01-20260510-00011", date(2026, 5, 10), counts=True),
            _repair(language, "WO-FS01-20260722-00004", date(2026, 7, 22), counts=True),
        ),
        days_out=21,
        inspector=said(language, "Qin Fang", "秦芳", "秦芳"),
        confirmed_at=EVENING,
        decision=said(language, "Another unit of the same model", "换一台同型号的机器", "換一台同型號的機器"),
        decision_note=said(language, "The customer wants the same model.", "客户要同型号。", "客戶要同型號。"),
        decided_by=said(language, "Nie Rong", "聂荣", "聶榮"),
        decided_at=EVENING,
        other_name="Guiju GJ55U8",
        other_serial_number="GJ55U8-2610-0001207",
        technician_signature=signature(language),
        inspector_signature=signature(language),
    )


def refund_appraisal(language: str) -> AppraisalCertificate:
    """The same, but she wanted the money."""
    return replace(
        appraisal(language),
        decision=said(language, "The money back", "退款", "退款"),
        other_name=None,
        other_serial_number=None,
        refund_minor=273_000,
        deduction_minor=27_000,
        days_used=180,
    )


def bare_appraisal(language: str) -> AppraisalCertificate:
    """Goodwill, not decided yet."""
    return AppraisalCertificate(
        letterhead=bare_letterhead(language, "EX-FS01-20261102-00003"),
        work_order_number="WO-FS01-20261102-00027",
        customer=bare_customer(language),
        device=bare_device(language),
        bought_on=None,
        invoice_number=None,
        price_minor=300_000,
        ground=said(
            language, "Repaired as often as the law allows, and still faulty", "已达法定维修次数，仍有故障", "已達法定維修次數，仍有故障"
        ),
        rule=None,
        clause=None,
        repairs=(),
        days_out=0,
        findings=said(language, "No picture after ten minutes.", "开机十分钟后无图像。", "開機十分鐘後無影像。"),
        is_fault_confirmed=True,
        is_serial_verified=True,
        is_proof_verified=False,
        appraiser=said(language, "Chen Zhiqiang", "陈志强", "陳志強"),
        appraised_at=NOON,
    )  # fmt: skip


def _repair(language: str, number: str, came: date, *, counts: bool) -> PastRepair:
    return PastRepair(
        order_number=number,
        fault=said(language, "No picture", "无图像", "無影像"),
        received_on=came,
        handed_over_on=came + timedelta(days=10),
        counts=said(language, "counts", "计入", "計入") if counts else said(language, "does not count", "不计", "不計"),
    )


def repair_status(language: str) -> RepairStatusNote:
    """Ninety-one days without a power board."""
    return RepairStatusNote(
        letterhead=letterhead(language, "WO-FS01-20260802-00005"),
        work_order_number="WO-FS01-20260802-00005",
        customer=customer(language),
        device=device(language),
        bought_on=date(2026, 3, 1),
        invoice_number="04400212311-00882219",
        received_on=date(2026, 8, 2),
        days_here=92,
        due_since_on=date(2026, 11, 1),
        parts=(
            MissingPart(
                name=said(language, "Power board", "电源板", "電源板"), part_number="GJ-PB-55U8", quantity=1,
                asked_on=date(2026, 8, 4), expected_on=date(2026, 12, 1),
            ),
        ),
        rule=said(
            language,
            "The unit has waited for a part for 92 days; since 2026-11-01 an exchange is due.",
            "机器待件已 92 天；自 2026-11-01 起可以换机。",
            "機器待件已 92 天；自 2026-11-01 起可以換機。",
        ),
        clause="TG-10 [S][18] CN-1995",
    )  # fmt: skip
