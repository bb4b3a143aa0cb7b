"""Cash in hand for the two tables: chen brings a pouch, wu's is counted and differs, fang hands a deposit to ma; petty cash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.kernel import evidence
from guiju.line.banking import actions as banking
from guiju.line.banking.rules.petty import Expense
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import Method
from tests.access import bankings
from tests.cast import password_of
from tests.line.cast_line import a_picture

if TYPE_CHECKING:
    from tests.access.scene import Scene

Fill = Callable[["Scene"], Mapping[str, Any]]


def stand(scene: Scene) -> dict[str, Any]:
    """One of each, made once."""
    made: dict[str, Any] = scene.__dict__.setdefault("pouches", {})
    if made:
        return made
    shop, then = scene.shop, timezone.now() - timedelta(minutes=1)
    people = shop.cast.people
    chen, wu = ({"by": shop.actor(name), "at": then} for name in ("chen", "wu"))

    def pays() -> None:
        cashier.take_payment(scene.bill("billed"), method=Method.CASH, amount_minor=100, **chen)

    pays()
    given = banking.offer_pouch(shop.unit, to=people["wu"], **chen)
    banking.accept_cash(given, password=password_of("wu"), **wu)
    counted = banking.offer_pouch(shop.unit, **wu)
    made["counted"] = banking.count_pouch(
        counted, pieces={50: 1}, password=password_of("cai"), by=shop.actor("cai"), at=then
    )
    pays()
    made["brought"] = banking.offer_pouch(shop.unit, **chen)
    fang = {"by": shop.actor("fang"), "at": then}
    made["carried"] = banking.offer_deposit(bankings.stand(scene)["by fang"], to=people["ma"], **fang)
    made["box"] = banking.open_petty_box(shop.unit, code="PC1", keeper=people["lin"], float_minor=90000, **fang)
    picture = evidence.keep_photo(a_picture(79), unit_id=shop.unit.pk, kind="VOUCHER", by=shop.actor("lin"), at=then)
    banking.spend_petty(
        made["box"], kind=Expense.OTHER, amount_minor=100, reason=f"{scene.word} A stamp", voucher="V-0",
        by=shop.actor("lin"), at=then,
    )  # fmt: skip
    made["expense"] = banking.spend_petty(
        made["box"], kind=Expense.OTHER, amount_minor=50000, reason=f"{scene.word} A new door", voucher="V-1", photo=picture,
        by=shop.actor("lin"), at=then,
    )  # fmt: skip
    return made


def number(scene: Scene, at: str) -> str:
    """Of the hand-over that stands there, or of the expense that waits."""
    made = stand(scene)
    return str(made.get(at, made["brought"]).number)


def box(scene: Scene) -> int:
    """The box of petty cash."""
    return int(stand(scene)["box"].pk)


def voucher(scene: Scene) -> int:
    """The expense whose paper was pictured."""
    return int(stand(scene)["expense"].pk)


def _said(**typed: Any) -> Fill:
    return lambda _scene: typed


PAGES = tuple(
    f"till:{name}"
    for name in ("petty_box petty_paper spend_petty top_up_petty count_petty name_petty_keeper close_petty_box").split()
)
NUMBERED = {
    *(
        f"till:{name}"
        for name in "pouch count_pouch explain_difference refuse_pouch approve_petty reject_petty".split()
    ),
    *(f"field:{name}" for name in "accept_cash explain_difference refuse_cash withdraw_cash".split()),
}
WHO: Fill = lambda scene: {"unit": scene.shop.unit.pk, "to": ""}  # noqa: E731
SPENT = {"kind": "POSTAGE", "reason": "A parcel", "voucher": "V-2"}
TYPED: Mapping[str, tuple[Any, ...]] = {
    "field:pay": (_said(method="CASH", amount_minor="1"), "billed"),
    "field:offer_pouch": (WHO,),
    "field:offer_deposit": (lambda scene: {"to": scene.shop.cast.people["ma"].pk},),
    "field:accept_cash": (_said(password=password_of("ma")), "carried"),
    "field:explain_difference": (_said(cause="CHANGE", note="Wrong", password=password_of("wu")), "counted"),
    "field:refuse_cash": (_said(note="Not now"), "carried"),
    "field:withdraw_cash": (_said(), "brought"),
    "till:count_pouch": (_said(pieces_100="1", password=password_of("cai")), "brought"),
    "till:explain_difference": (
        _said(cause="CHANGE", note="Wrong", username="wu", password=password_of("wu")),
        "counted",
    ),
    "till:refuse_pouch": (_said(note="Not now"), "brought"),
    "till:petty": (lambda scene: {"code": "PC9", "keeper": scene.shop.cast.people["lin"].pk, "float_minor": "100"},),
    "till:spend_petty": (_said(**SPENT, amount_minor="1"),),
    "till:top_up_petty": (_said(amount_minor="0.01"),),
    "till:count_petty": (_said(pieces_100="899", reason="The same"),),
    "till:name_petty_keeper": (
        lambda scene: {"keeper": scene.shop.cast.people["shen"].pk, "pieces_100": "899", "reason": ""},
    ),
    "till:close_petty_box": (_said(pieces_100="899", reason="No more"),),
    "till:approve_petty": (_said(), "expense"),
    "till:reject_petty": (_said(reason="Too dear"), "expense"),
}
API_KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    "cash-hand-overs": number, "petty-boxes": lambda scene, _at: box(scene),
    "petty-expenses": lambda scene, _at: number(scene, "expense"),
}  # fmt: skip
COUNT = _said(pieces={"100": 899}, reason="The same")
SAID: Mapping[str, tuple[Any, ...]] = {
    "/cash-hand-overs": (_said(unit="FS01"),),
    "/bank-deposits/{number}/offer": (_said(to="P-ma"),),
    "/cash-hand-overs/{number}/refuse": (_said(note="Not now"), "carried"),
    "/cash-hand-overs/{number}/withdraw": (_said(), "carried"),
    "/petty-boxes": (_said(unit="FS01", code="PC9", keeper="P-lin", float_minor=10000),),
    "/petty-boxes/{key}/top-up": (_said(amount_minor=1),),
    "/petty-boxes/{key}/spend": (_said(**SPENT, amount_minor=100),),
    "/petty-boxes/{key}/count": (COUNT,),
    "/petty-boxes/{key}/name-keeper": (_said(keeper="P-shen", pieces={"100": 899}),),
    "/petty-boxes/{key}/close": (COUNT,),
    "/petty-expenses/{number}/reject": (_said(reason="Too dear"),),
}
