"""The company itself: units, people, certificates, lists, stores, checklists, tills."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from guiju.books.stock import actions as stock
from guiju.conf.demo.people import ADMINISTRATOR, COLLEAGUES, PASSWORD, PLACES, UNITS
from guiju.kernel.actor import Actor
from guiju.line.cashier import actions as cashier
from guiju.line.quality import actions as quality
from guiju.line.quality.rules import ItemKind
from guiju.line.storeroom import actions as storeroom
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.rules import WorkKind
from guiju.readiness.academy import actions as academy
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import ProductLine, ServiceItem
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy import actions as policy
from guiju.standing.pricing import actions as pricing

# From so much of parts on, in fen, a deposit is left before they are ordered: the display panel costs so much.
DEPOSIT_FROM_MINOR = 25000
# What the demo's shops repair: the lines of the sample and the big white goods.
LINES = ("WASHER", "FRIDGE", "AC", "TV", "MICROWAVE", "VACUUM", "KITCHEN", "LAPTOP", "COFFEE", "KETTLE")
# Parts: code, names (en, hans, hant), price range in fen, pieces on the shelf.
PARTS: tuple[tuple[str, tuple[str, str, str], tuple[int, int], int], ...] = (
    ("MTR-100", ("Drive motor", "驱动电机", "驅動馬達"), (18000, 26000), 4),
    ("CMP-380", ("Compressor", "压缩机", "壓縮機"), (38000, 62000), 2),
    ("BLT-020", ("Drive belt", "传动皮带", "傳動皮帶"), (2800, 4500), 15),
    ("PCB-210", ("Control board", "主控板", "主機板"), (12000, 24000), 5),
    ("PMP-031", ("Drain pump", "排水泵", "排水泵浦"), (6800, 9800), 6),
    ("SWT-007", ("Power switch", "电源开关", "電源開關"), (900, 1800), 30),
    ("HTR-055", ("Heating element", "加热管", "加熱管"), (4500, 7600), 8),
    ("BAT-014", ("Battery pack", "电池组", "電池組"), (9800, 16800), 3),
    ("DSP-900", ("Display panel", "显示屏", "顯示面板"), (28000, 52000), 0),
)
# Those that the national guarantee names as main parts.
MAIN_PARTS = {"MTR-100": "MOTOR", "CMP-380": "COMPRESSOR", "PCB-210": "CONTROL-BOARD", "DSP-900": "LCD-PANEL"}
# The price list, in fen: what a service of the starter list costs at least and at most.
SERVICES = {
    "TEST-BENCH": (3000, 3000), "TEST-AC": (5000, 5000), "LABOUR-1": (4000, 6000), "LABOUR-2": (8000, 12000),
    "LABOUR-3": (15000, 22000), "LABOUR-4": (25000, 36000), "CLEANING": (6000, 9000), "DATA-BACKUP": (8000, 15000),
}  # fmt: skip
CHECKS: tuple[tuple[str, tuple[str, str, str], str, str | None, bool], ...] = (
    ("INSULATION", ("Insulation resistance", "绝缘电阻", "絕緣電阻"), "MΩ", "2", True),
    ("LEAKAGE", ("Leakage current", "泄漏电流", "洩漏電流"), "mA", None, True),
    ("FUNCTION", ("Works as it should", "功能正常", "功能正常"), "", None, False),
    ("CLEAN", ("Clean, all screws in place", "清洁、螺丝齐全", "清潔、螺絲齊全"), "", None, False),
)


# Code, name, at which work, unit, limits, whether the work waits for it.
WORK_CHECKS: tuple[tuple[str, tuple[str, str, str], str, str, str | None, str | None, bool], ...] = (
    ("PLUG", ("Plug and cable are whole", "插头和电源线完好", "插頭和電源線完好"), "DIAGNOSIS", "", None, None, True),
    ("SUPPLY", ("Supply voltage", "供电电压", "供電電壓"), "DIAGNOSIS", "V", "198", "242", False),
    (
        "SCREWS",
        ("All screws tight, no part left over", "螺丝拧紧，无遗留零件", "螺絲鎖緊，無遺留零件"),
        "REPAIR",
        "",
        None,
        None,
        True,
    ),
    ("TRIAL", ("Trial run", "试运行时间", "試運轉時間"), "REPAIR", "min", "10", None, True),
)


@dataclass
class Company:
    """The people as actors and rows, the units, and what the day needs to find again."""

    founded: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    bins: dict[str, Any] = field(default_factory=dict)
    tills: dict[str, Any] = field(default_factory=dict)


def found(at: datetime) -> Company:
    """Found the company, three years before its day, by the verbs of those who would."""
    company = Company(at)
    _hire(company)
    _write_lists(company)
    _ask_deposits(company)
    _furnish(company)
    return company


def names(three: tuple[str, str, str]) -> dict[str, str]:
    """English, simplified, traditional."""
    return dict(zip(("en", "zh-hans", "zh-hant"), three, strict=True))


def _hire(company: Company) -> None:
    at = company.founded
    login = people.found(
        names=UNITS["HQ"], administrator=ADMINISTRATOR.name, number="HQ-000", username=ADMINISTRATOR.login,
        password=PASSWORD, language="zh-hans", jurisdiction="CN-44", by=Actor.system("demo"), at=at,
    )  # fmt: skip
    admin = queries.actor_for(login, at)
    if admin is None or login.person is None:
        raise RuntimeError("The administrator was not let in.")
    company.units["HQ"] = login.person.unit
    parent = login.person.unit
    company.units["SD"] = people.create_unit(
        code="SD", names=UNITS["SD"], kind="REGION", parent=parent, by=admin, at=at
    )
    for code in ("FS01", "GZ02"):
        company.units[code] = people.create_unit(
            code=code, names=UNITS[code], kind="OUTLET", parent=company.units["SD"], by=admin, at=at, **PLACES[code]
        )
    for number, each in enumerate(COLLEAGUES, start=1):
        unit = company.units[each.unit]
        person = people.hire(unit=unit, number=f"{each.unit}-{number:03d}", name=each.name, by=admin, at=at)
        people.grant_role(person, role=each.role, unit=unit, starts_on=unit.day(at), by=admin, at=at)
        made = people.make_login(
            person, username=each.login, password=PASSWORD, language=each.language, by=admin, at=at
        )
        company.people[each.login] = person
        actor = queries.actor_for(made, at)
        if actor is not None:
            company.actors[each.login] = actor


def _write_lists(company: Company) -> None:
    nie, at = company.actors["nie"], company.founded
    catalogue.load_starter(by=nie, at=at)
    lines = list(ProductLine.objects.filter(code__in=LINES))
    drafted = pricing.draft_list(unit=None, currency="CNY", starts_on=date(at.year, 1, 1), by=nie, at=at)
    for item in ServiceItem.objects.filter(code__in=SERVICES):
        low, high = SERVICES[item.code]
        pricing.add_line(drafted, item=item, min_minor=low, max_minor=high, unit="次", by=nie, at=at)
    call_out = ServiceItem.objects.get(code="CALL-OUT")
    pricing.add_line(drafted, item=call_out, min_minor=3000, unit="次", place="HOME", by=nie, at=at)
    for code, three, (low, high), _pieces in PARTS:
        part = catalogue.add_part(
            code=code, names=names(three), lines=lines, returns_old=True, part_class=MAIN_PARTS.get(code, ""),
            cost_minor=low // 2, by=nie, at=at,
        )  # fmt: skip
        pricing.add_line(drafted, part=part, min_minor=low, max_minor=high, unit="件", by=nie, at=at)
        company.parts[code] = part
    pricing.check(drafted, by=nie, at=at)
    xu = company.actors["xu"]
    pricing.approve(drafted, by=xu, at=at + timedelta(hours=1))
    pricing.publish(drafted, by=xu, at=at + timedelta(hours=1))
    for code, three, unit, low_limit, is_safety in CHECKS:
        quality.add_item(
            code=code, names=names(three), kind=ItemKind.MEASURE if unit else ItemKind.CHECK, unit=unit,
            limit_min=Decimal(low_limit) if low_limit else None,
            limit_max=Decimal("0.75") if code == "LEAKAGE" else None, is_safety=is_safety, by=nie, at=at,
        )  # fmt: skip
    for code, three, work, unit, least, most, is_required in WORK_CHECKS:
        workshop.set_check(
            code=code, names=names(three), work=WorkKind(work), kind=ItemKind.MEASURE if unit else ItemKind.CHECK, unit=unit,
            limit_min=Decimal(least) if least else None, limit_max=Decimal(most) if most else None, is_required=is_required,
            by=nie, at=at,
        )  # fmt: skip
    for technician in ("chen", "wu", "sun"):
        for line in lines:
            academy.certify(
                company.people[technician], line=line, task="REPAIR", starts_on=at.date(),
                ends_on=date(at.year + 6, 1, 1), basis="出厂培训考试合格", by=company.actors["tao"], at=at,
            )  # fmt: skip


def _ask_deposits(company: Company) -> None:
    """Dear parts are ordered once a deposit is left."""
    xu, at = company.actors["xu"], company.founded + timedelta(hours=1)
    policy.set_value(
        "quote.deposit_from", unit=None, value=DEPOSIT_FROM_MINOR, starts_on=company.units["HQ"].day(at),
        reason="贵重配件先收押金再订购", by=xu, at=at,
    )  # fmt: skip


def _furnish(company: Company) -> None:
    """A store with its shelves, and a till, in Foshan; Guangzhou has only just opened."""
    at, ma = company.founded, company.actors["ma"]
    unit = company.units["FS01"]
    store = stock.open_store(
        unit=unit, code="S1", names=names(("Spare parts", "配件库", "備件庫")), kind="OUTLET", by=ma, at=at
    )
    for code in ("A-01", "A-02", "B-01"):
        company.bins[code] = stock.add_bin(store=store, code=code, by=ma, at=at)
    for number, (code, _three, _range, pieces) in enumerate(PARTS):
        if pieces:
            bin = list(company.bins.values())[number % 3]
            storeroom.receive_stock(
                part=company.parts[code], bin=bin, quantity=pieces, document=f"DN-{at.year}-{number:03d}",
                by=company.actors["shen"], at=at,
            )  # fmt: skip
    company.tills["FS01"] = cashier.add_till(unit=unit, code="T1", by=ma, at=at)
