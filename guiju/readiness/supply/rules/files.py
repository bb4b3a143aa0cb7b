"""What stands in the columns of a file of suppliers, of their prices, or of what lies in a store on the first day."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guiju.books.stock.rules import Condition, Owner
from guiju.kernel.words import N_
from guiju.readiness.supply.rules.states import Category
from guiju.standing.catalogue.rules.sheets import BadCell, Column, Kept, Known, Value, cost, day, one_of, text, whole

QUANTITY_MAX = 1_000_000
LEAD_DAYS_MAX = 1_000


def _code(most: int) -> Callable[[str, Known], Value]:
    """A code, however it is written: capitals, so that the same row twice changes nothing."""
    return lambda cell, known: str(text(most)(cell, known)).upper()


def _codes(cell: str, _known: Known) -> Value:
    codes = [code.strip().upper() for code in cell.replace(",", ";").split(";") if code.strip()] or [Category.PARTS]
    for code in codes:
        if code not in set(Category):
            raise BadCell(N_("%(cell)s is not one of %(words)s."), cell=code[:40], words=", ".join(Category))
    return sorted(codes)


def _pieces(cell: str, known: Known) -> Value:
    quantity = whole(QUANTITY_MAX)(cell, known)
    if not quantity:
        raise BadCell(N_("Give a whole number above nothing."))
    return quantity


def _price(cell: str, known: Known) -> Value:
    price = cost(cell, known)
    if not price:
        raise BadCell(N_("Give a price above nothing."))
    return price


def _serials(cell: str, _known: Known) -> Value:
    return [each.strip().upper() for each in cell.replace(",", ";").split(";") if each.strip()]


def offer_key(values: Mapping[str, Value]) -> str:
    """A supplier has one price for a part at a time."""
    return f"{values['supplier']}|{values['part']}".upper()


def place_key(values: Mapping[str, Value]) -> str:
    """One place in the store's book: a part in a bin, of one condition, one owner and one lot."""
    names = ("unit", "store", "bin", "part", "condition", "owner", "lot")
    usual = {"condition": "GOOD", "owner": "OWN"}
    return "|".join(str(values.get(name) or usual.get(name, "")) for name in names).upper()


_PART = Column("part", _code(60), required=True, aliases=("part no", "part number", "配件", "配件编码", "料号"))
SUPPLIERS = Kept(
    (
        Column("code", _code(20), required=True, aliases=("supplier", "编码", "供应商编码", "供應商編碼")),
        Column("name", text(120), required=True, aliases=("supplier name", "名称", "供应商", "供應商", "名稱")),
        Column("categories", _codes, default=["PARTS"], aliases=("sells", "类别", "類別")),
        Column("licence_no", text(60), aliases=("licence", "license", "执照号", "執照號")),
        Column("contact", text(80), aliases=("contact person", "联系人", "聯絡人")),
        Column("phone", text(40), aliases=("telephone", "电话", "電話")),
    ),
    lambda values: str(values["code"]).upper(),
)
PRICES = Kept(
    (
        Column("supplier", _code(20), required=True, aliases=("supplier code", "供应商", "供應商", "供应商编码")),
        _PART,
        Column("price", _price, required=True, aliases=("unit price", "单价", "單價", "价格", "價格")),
        Column("lead_days", whole(LEAD_DAYS_MAX), default=0, aliases=("lead time", "days", "交期", "到货天数")),
        Column("starts_on", day, required=True, aliases=("from", "valid from", "生效日", "起始日")),
        Column("basis", text(200), aliases=("source", "依据", "依據")),
    ),
    offer_key,
)
OPENING = Kept(
    (
        Column("unit", _code(20), required=True, aliases=("outlet", "网点", "網點")),
        Column("store", _code(20), required=True, aliases=("store code", "库房", "庫房")),
        Column("bin", _code(40), required=True, aliases=("shelf", "货位", "貨位", "库位")),
        _PART,
        Column("quantity", _pieces, required=True, aliases=("qty", "数量", "數量")),
        Column("condition", one_of(Condition, otherwise="GOOD"), default="GOOD", aliases=("状态", "狀態")),
        Column("owner", one_of(Owner, otherwise="OWN"), default="OWN", aliases=("所有权", "所有權")),
        Column("lot", text(40), aliases=("batch", "批次", "批号")),
        Column("expires_on", day, default=None, aliases=("use by", "有效期", "有效期至")),
        Column("serials", _serials, default=[], aliases=("serial numbers", "序列号", "序號")),
        Column("unit_cost", cost, default=None, aliases=("cost", "cost price", "成本价", "单位成本", "單位成本")),
    ),
    place_key,
)
