"""What the columns of each list mean, and what one row of a file would do to it. Plain values in and out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from guiju.kernel.amounts import Money
from guiju.kernel.search import fold
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.rules import (
    BRAND_LONGEST,
    LANGUAGES,
    SERIAL_LONGEST,
    BaseUnit,
    CodeKind,
    ItemKind,
    Sheet,
)

# Costs stand in the currency of the head office; a part has one cost, whoever fits it.
COST_CURRENCY = "CNY"
YES = frozenset({"yes", "y", "true", "1", "是", "有"})
NO = frozenset({"no", "n", "false", "0", "否", "无", "無", ""})

# A cell as it is kept: text, whole number, yes or no, a list of codes, or nothing.
Value = str | int | bool | list[str] | None


@dataclass(frozen=True)
class Known:
    """What rows may point at."""

    lines: frozenset[str] = frozenset()
    # Names of brands, by how the search reads them.
    brands: Mapping[str, str] = field(default_factory=dict)
    # For appliances: the outlets, the types by brand, line and code, today, and whose cards have a serial number already.
    units: frozenset[str] = frozenset()
    models: frozenset[tuple[str, str, str]] = frozenset()
    today: date | None = None
    makers: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    # For parts: how a model is written, and its line, by whatever it is called: with its brand, or alone where no other brand has it.
    types: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class BadCell(Exception):
    """One cell can't be read; the reason stands beside it in the preview."""

    def __init__(self, msgid: str, **said: Any) -> None:
        super().__init__(msgid)
        self.because = Sentence(msgid, said)


@dataclass(frozen=True)
class Column:
    """One column: how a cell is read and written, and what it is when the file does not have it.

    aliases   other headings that people use for it, in any script
    """

    name: str
    read: Callable[[str, Known], Value]
    default: Value = ""
    required: bool = False
    aliases: tuple[str, ...] = ()

    def write(self, value: Value) -> str:
        """The cell that `read` reads back as this value."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return ";".join(value)
        if self.name == "cost" and isinstance(value, int):
            return str(Money(value, COST_CURRENCY).decimal)
        return str(value)


# What is wrong with a row as a whole, by its values and by what stands there now: in which column, and why.
Misfit = Callable[[Mapping[str, Value], Mapping[str, Value] | None], tuple[str, Sentence] | None]


@dataclass(frozen=True)
class Kept:
    """How a list of another context is read from a file: its columns, and what makes two rows mean the same entry."""

    columns: tuple[Column, ...]
    key: Callable[[Mapping[str, Value]], str]


def _text(most: int) -> Callable[[str, Known], Value]:
    def read(cell: str, known: Known) -> Value:
        if len(cell) > most:
            raise BadCell(N_("The text is longer than %(most)s characters."), most=most)
        if any(ord(c) < 32 for c in cell):
            raise BadCell(N_("The text holds a line break or another sign that can't be printed."))
        return " ".join(cell.split())

    return read


def _whole(most: int) -> Callable[[str, Known], Value]:
    def read(cell: str, known: Known) -> Value:
        if not cell:
            return 0
        if not cell.isascii() or not cell.isdigit() or len(cell) > 9 or int(cell) > most:
            raise BadCell(N_("%(cell)s is not a whole number from 0 to %(most)s."), cell=cell[:40], most=most)
        return int(cell)

    return read


def _level(cell: str, known: Known) -> Value:
    """A labour level; empty where nobody says how heavy the repair is."""
    return _whole(4)(cell, known) if cell else None


def _one_of(words: type[StrEnum], *, otherwise: str = "") -> Callable[[str, Known], Value]:
    def read(cell: str, known: Known) -> Value:
        code = cell.upper() or otherwise
        if code not in set(words):
            listed = ", ".join(words)
            raise BadCell(N_("%(cell)s is not one of %(words)s."), cell=cell[:40] or "—", words=listed)
        return code

    return read


def _yes_or_no(*, otherwise: bool) -> Callable[[str, Known], Value]:
    def read(cell: str, known: Known) -> Value:
        if not cell:
            return otherwise
        if cell.casefold() not in YES | NO:
            raise BadCell(N_("%(cell)s is neither yes nor no."), cell=cell[:40])
        return cell.casefold() in YES

    return read


def _cost(cell: str, known: Known) -> Value:
    if not cell:
        return None
    try:
        cost = Money.of(cell, COST_CURRENCY)
    except ValueError:
        raise BadCell(N_("%(cell)s is not an amount, such as 88.50."), cell=cell[:40]) from None
    if cost.minor < 0:
        raise BadCell(N_("A cost is not less than nothing."))
    return cost.minor


def _line(cell: str, known: Known) -> Value:
    if cell and cell.upper() not in known.lines:
        raise BadCell(N_("The product line %(line)s is not in the catalogue."), line=cell[:40])
    return cell.upper()


def _part_class(cell: str, known: Known) -> Value:
    return str(_text(40)(cell, known)).upper()


def _brand(cell: str, known: Known) -> Value:
    name, folded = _text(BRAND_LONGEST)(cell, known), fold(cell)
    if not folded:
        raise BadCell(N_("%(cell)s is not the name of a brand."), cell=cell[:40])
    # As the catalogue writes it: another spelling of the same brand changes nothing.
    return known.brands.get(folded, name)


def _lines(cell: str, known: Known) -> Value:
    codes = {str(_line(code.strip(), known)) for code in cell.replace(",", ";").split(";") if code.strip()}
    return sorted(codes)


UNKNOWN_TYPE = N_("The model %(model)s is not in the catalogue. Write it with its brand: Brand:MODEL.")


def type_written(brand: str, code: str) -> str:
    """A model as the files name it: Midea:KFR-35GW."""
    return f"{brand}:{code}"


def types_known(types: Iterable[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    """Models of brand, code and line, by how a file may call them."""
    known: dict[str, tuple[str, str]] = {}
    alone: dict[str, list[tuple[str, str]]] = {}
    for brand, code, line in types:
        means = type_written(brand, code), line
        known[fold(means[0])] = means
        alone.setdefault(fold(code), []).append(means)
    return {code: means[0] for code, means in alone.items() if len(means) == 1} | known


def _models(cell: str, known: Known) -> Value:
    found = set()
    for each in cell.replace("；", ";").split(";"):
        if each.strip():
            if fold(each) not in known.types:
                raise BadCell(UNKNOWN_TYPE, model=each.strip()[:40])
            found.add(known.types[fold(each)][0])
    return sorted(found)


def _unit(cell: str, known: Known) -> Value:
    if cell.upper() not in known.units:
        raise BadCell(N_("There is no outlet %(unit)s."), unit=cell[:40])
    return cell.upper()


def _serial(cell: str, known: Known) -> Value:
    written = str(_text(SERIAL_LONGEST)(cell, known))
    if not fold(written):
        raise BadCell(N_("%(cell)s is no serial number."), cell=cell[:40])
    return written


def _day(cell: str, known: Known) -> Value:
    """A day, as a spreadsheet or a person writes it."""
    if not cell:
        return None
    try:
        day = date(*(int(each) for each in cell.partition(" ")[0].replace("/", "-").replace(".", "-").split("-")))
    except (ValueError, TypeError):
        raise BadCell(N_("%(cell)s is not a day, such as 2026-03-31."), cell=cell[:40]) from None
    if known.today is not None and day > known.today:
        raise BadCell(N_("This date lies in the future."))
    return day.isoformat()


SERIAL_OF_ANOTHER = N_(
    "The serial number %(serial)s stands on the card of an appliance of %(brand)s. Look at the plate again: the brand or the"
    " number is another one."
)


def names() -> tuple[Column, ...]:
    spoken = {"en": ("name", "english"), "zh-hans": ("名称", "简体", "简体中文"), "zh-hant": ("繁体", "繁體中文")}
    return tuple(
        Column(f"name_{language.replace('-', '_')}", _text(BRAND_LONGEST), aliases=spoken[language])
        for language in LANGUAGES
    )


_CODE = ("number", "no", "编码", "代码", "编号", "料号")
_ACTIVE = Column("is_active", _yes_or_no(otherwise=True), default=True, aliases=("active", "启用"))
_OPTIONAL_LINE = Column("line", _line, aliases=("product line", "产品线", "品类"))
_PART_CLASS = Column("part_class", _part_class, aliases=("main part", "主要部件", "主要部件类别"))

COLUMNS: dict[Sheet, tuple[Column, ...]] = {
    Sheet.PARTS: (
        Column("code", _text(60), required=True, aliases=(*_CODE, "part no")),
        *names(),
        Column("base_unit", _one_of(BaseUnit, otherwise="PIECE"), default="PIECE", aliases=("unit", "单位")),
        Column("is_serialised", _yes_or_no(otherwise=False), default=False, aliases=("serialised", "序列号管理")),
        Column("tracks_lots", _yes_or_no(otherwise=False), default=False, aliases=("lots", "批次管理")),
        Column("returns_old", _yes_or_no(otherwise=False), default=False, aliases=("old part returns", "旧件返还")),
        Column("cost", _cost, default=None, aliases=("cost price", "成本", "成本价")),
        Column("lines", _lines, default=[], aliases=("product lines", "产品线", "适用产品线")),
        Column("models", _models, default=[], aliases=("fits", "compatible models", "适用型号", "適用型號")),
        _PART_CLASS,
        _ACTIVE,
    ),
    Sheet.MODELS: (
        Column("brand", _brand, required=True, aliases=("品牌",)),
        Column("code", _text(40), required=True, aliases=(*_CODE, "model", "型号")),
        Column("line", _line, required=True, aliases=("product line", "产品线", "品类")),
        *names(),
        _ACTIVE,
    ),
    Sheet.SERVICE_ITEMS: (
        Column("code", _text(40), required=True, aliases=_CODE),
        Column("kind", _one_of(ItemKind), required=True, aliases=("type", "类型")),
        *names(),
        _OPTIONAL_LINE,
        Column("fault_level", _whole(4), default=0, aliases=("level", "故障等级")),
        Column("standard_minutes", _whole(10_000), default=0, aliases=("minutes", "标准工时")),
        Column("service_hours", _whole(10_000), default=0, aliases=("hours", "服务时限")),
        _ACTIVE,
    ),
    Sheet.FAULT_CODES: (
        Column("kind", _one_of(CodeKind), required=True, aliases=("type", "类型")),
        Column("code", _text(40), required=True, aliases=_CODE),
        *names(),
        _OPTIONAL_LINE,
        Column("family", _text(40), aliases=("fault family", "故障类别")),
        _PART_CLASS,
        Column("labour_level", _level, aliases=("labour", "工时等级", "工時等級")),
        _ACTIVE,
    ),
    Sheet.APPLIANCES: (
        Column("unit", _unit, required=True, aliases=("outlet", "网点", "網點")),
        Column("brand", _brand, required=True, aliases=("品牌",)),
        Column("line", _line, required=True, aliases=("product line", "产品线", "產品線", "品类")),
        Column("serial", _serial, required=True, aliases=("serial number", "sn", "序列号", "序號", "机号")),
        Column("model", _text(40), aliases=("型号", "型號")),
        Column("purchased_on", _day, default=None, aliases=("bought on", "purchase date", "购买日期", "購買日期")),
        Column("delivered_on", _day, default=None, aliases=("delivery date", "交付日期")),
        Column("installed_on", _day, default=None, aliases=("installation date", "安装日期", "安裝日期")),
        Column("made_on", _day, default=None, aliases=("production date", "生产日期", "生產日期")),
        Column("invoice_no", _text(60), aliases=("invoice", "发票号", "發票號碼")),
        Column("cost", _cost, default=None, aliases=("price", "invoice amount", "价格", "價格", "发票金额")),
    ),
}
# Lists of the brand's own, which go out as they came in; appliances are people's, and leave by the list of appliances.
GIVEN_OUT = frozenset(COLUMNS) - {Sheet.APPLIANCES}
# What the cells of the lists of contexts above are read with.
text, whole, day, cost, one_of = _text, _whole, _day, _cost, _one_of


def columns_of(headings: Sequence[str], sheet: Sheet, chosen: Mapping[str, str] | None = None) -> dict[str, int]:
    """Which cell of a row belongs to which column, by the heading or one of the names that people use for it.

    chosen   headings that a person has put to columns: {"Artikel": "code"}
    """
    places: dict[str, int] = {}
    by_heading = {fold(heading): place for place, heading in enumerate(headings) if heading}
    picked = {name: fold(heading) for heading, name in (chosen or {}).items()}
    for column in COLUMNS[sheet]:
        names = (
            [picked[column.name]] if column.name in picked else [fold(name) for name in (column.name, *column.aliases)]
        )
        place = next((by_heading[name] for name in names if name in by_heading), None)
        if place is not None and place not in places.values():
            places[column.name] = place
    return places


def missing_columns(places: Mapping[str, int], sheet: Sheet) -> list[str]:
    """The columns without which no row of this list can be read."""
    return [column.name for column in COLUMNS[sheet] if column.required and column.name not in places]
