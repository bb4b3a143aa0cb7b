"""The till."""

from __future__ import annotations

from collections.abc import Mapping

from tests.access import bankings, cashdays, owing, tills, wallets
from tests.access.said import Key, Said, Typed, plainly, posted
from tests.access.scene import Scene
from tests.line import stages


def _claimed(scene: Scene) -> Typed:
    given = stages.handing_over(scene.order("paid"))
    counted = {f"accessory_{pk}": count for pk, count in given["accessories_returned"].items()}
    return {
        "proof": "CLAIM_CODE",
        "claim_code": given["claim_code"],
        "demonstrated": "on",
        "old_parts": "RETURNED",
        **counted,
    }


OPENED: Mapping[str, str] = {"till:slip_picture": "banked"}
POSTED: Mapping[str, Said] = {
    "till:open": Said(lambda scene: {"till": scene.till.pk, "float_minor": "500"}),
    "till:draw": Said(at="ready"),
    "till:pay": Said(plainly(method="CARD", amount_minor="10", terminal_ref="C-1"), "billed"),
    "till:take_deposit": Said(plainly(method="CARD", terminal_ref="C-1"), "held"),
    "till:return_deposit": Said(at="held"),
    "till:take_parts_deposit": Said(plainly(method="CARD", terminal_ref="C-1"), "deposit owed"),
    "till:return_parts_deposit": Said(plainly(reason="Cancelled", method="CARD", bank_ref="C-1B"), "deposit due"),
    "till:ask_deposit_back": Said(plainly(reason="Another card"), "deposit held"),
    "till:approve_deposit_back": Said(at="deposit asked"),
    "till:hand_over": Said(_claimed),
    "till:ask_refund": Said(plainly(amount_minor="10", reason="Scratched by us")),
    "till:approve_refund": Said(at="refund asked"),
    "till:reject_refund": Said(plainly(reason="The work was good"), "refund asked"),
    "till:pay_refund": Said(at="refund granted"),
    "till:void_payment": Said(plainly(reason="The wrong job")),
    "till:print_receipt": Said(),
    "till:show_bill": Said(tills.shown, "billed"),
    "till:open_display": Said(),
    "till:ask_credit": Said(plainly(limit_minor="500", days="30")),
    **posted(bankings.TYPED, tills.PAGES, cashdays.PAGES, wallets.PAGES),
    **posted(owing.STEPS, space="till:"),
}
NUMBERS: Mapping[str, Key] = {
    **dict.fromkeys(bankings.NUMBERED, lambda scene, route, at: bankings.number(scene, at, route=route)),
    **dict.fromkeys(wallets.NUMBERED, lambda scene, route, at: wallets.page_number(scene, at, route=route)),
    **dict.fromkeys(owing.NUMBERED, lambda scene, route, at: owing.number(scene, at, route=route)),
    **dict.fromkeys(
        (
            "till:receipt",
            *(f"till:{each}_refund" for each in ("ask", "approve", "reject", "pay")),
            "till:void_payment",
            "till:print_receipt",
        ),
        lambda scene, _route, at: scene.payment(at).receipt_number,
    ),
}
KEYS: Mapping[str, Key] = {
    "till:open_display": lambda scene, _route, _at: tills.display(scene).till_id,
    "till:ask_credit": lambda scene, _route, _at: scene.order("paid").customer_id,
    **dict.fromkeys(("till:day", "till:day_paper", *cashdays.PAGES), lambda scene, _route, _at: cashdays.day(scene)),
    **dict.fromkeys(owing.PAGES, lambda scene, _route, at: owing.account(scene, at).pk),
    **dict.fromkeys(bankings.PAGES, lambda scene, route, _at: bankings.page_key(scene, route)),
    **dict.fromkeys(("till:session", *tills.PAGES), lambda scene, _route, at: tills.number(scene, at)),
}
