"""The rows of the table for cash from hand to hand: a pouch to a colleague and in at the till, a deposit to another carrier; petty cash.

What two sign for they sign at a page, with their passwords.
"""

from __future__ import annotations

from tests.cast import password_of
from tests.faults.saying import Verb, plainly

FIELD, POUCH, HAND, BOX = (
    "/field/hand-overs/{hand}",
    "/till/pouches/{hand}",
    "/cash-hand-overs/{hand}",
    "/petty-boxes/{petty}",
)
CASH = {"method": "CASH", "amount_minor": 10000}
COUNTED = {"pieces": {"10000": 5}}
SPENT = {"kind": "POSTAGE", "reason": "A parcel to the factory"}

IN_HANDS: tuple[Verb, ...] = (
    Verb(
        "cashier.take_payment/home", "chen", "/bills/{bill}/pay", plainly(**CASH), moves={"money": 1}, after="cashier.draw_bill",
        rivals=False,
    ),
    Verb(
        "banking.offer_pouch", "chen", "/cash-hand-overs", plainly(unit="FS01"), after="cashier.take_payment/home",
        gives={"hand": "number"}, rivals=False,
    ),
    Verb("banking.withdraw_cash", "chen", HAND + "/withdraw", after="banking.offer_pouch", rivals=False),
    Verb("banking.refuse_cash", "cai", HAND + "/refuse", plainly(note="Come later"), after="banking.offer_pouch", rivals=False),
    Verb(
        "banking.count_pouch", "cai", POUCH + "/count", plainly(pieces_10000="1", password=password_of("cai")), moves={"money": 1},
        after="banking.offer_pouch", rivals=False, is_at_a_page=True, is_signed=True,
    ),
    Verb(
        "banking.count_pouch/short", "cai", POUCH + "/count", plainly(pieces_5000="1", password=password_of("cai")),
        after="banking.offer_pouch", rivals=False, is_at_a_page=True, is_signed=True,
    ),
    Verb(
        "banking.explain_difference", "chen", FIELD + "/explain", moves={"money": 2}, after="banking.count_pouch/short", rivals=False,
        says=plainly(cause="CHANGE", note="Fifty too much given back", password=password_of("chen")), is_at_a_page=True, is_signed=True,
    ),
    Verb(
        "banking.offer_pouch/on", "chen", "/cash-hand-overs", plainly(unit="FS01", to="P-wu"), after="cashier.take_payment/home",
        gives={"hand": "number"}, rivals=False,
    ),
    Verb(
        "banking.accept_cash", "wu", FIELD + "/accept", plainly(password=password_of("wu")), moves={"money": 1},
        after="banking.offer_pouch/on", rivals=False, is_at_a_page=True, is_signed=True,
    ),
    Verb(
        "banking.offer_deposit", "cai", "/bank-deposits/{banking}/offer", plainly(to="P-ma"), after="banking.prepare",
        gives={"hand": "number"}, rivals=False,
    ),
    Verb(
        "banking.accept_cash/deposit", "ma", FIELD + "/accept", plainly(password=password_of("ma")), moves={"money": 1},
        after="banking.offer_deposit", rivals=False, is_at_a_page=True, is_signed=True,
    ),
    # --- Petty cash
    Verb(
        "banking.open_petty_box", "fang", "/petty-boxes", moves={"money": 1}, after="cashier.open_till_session",
        says=plainly(unit="FS01", code="PC1", keeper="P-lin", float_minor=50000), gives={"petty": "id"}, rivals=False,
    ),
    Verb(
        "banking.spend_petty", "lin", BOX + "/spend", plainly(**SPENT, amount_minor=3000, voucher="V-1"), moves={"money": 1},
        after="banking.open_petty_box", rivals=False,
    ),
    Verb(
        "banking.top_up_petty", "fang", BOX + "/top-up", plainly(amount_minor=3000), moves={"money": 1}, after="banking.spend_petty",
        rivals=False,
    ),
    Verb(
        "banking.spend_petty/large", "lin", BOX + "/spend", plainly(**SPENT, amount_minor=30000, voucher="V-2"),
        after="banking.open_petty_box", gives={"expense": "number"}, rivals=False,
    ),
    Verb(
        "banking.approve_petty", "ma", "/petty-expenses/{expense}/approve", moves={"money": 1}, after="banking.spend_petty/large",
        rivals=False,
    ),
    Verb(
        "banking.reject_petty", "ma", "/petty-expenses/{expense}/reject", plainly(reason="Too dear"), after="banking.spend_petty/large",
        rivals=False,
    ),
    Verb("banking.count_petty", "ma", BOX + "/count", plainly(**COUNTED), after="banking.open_petty_box", rivals=False),
    Verb(
        "banking.name_petty_keeper", "fang", BOX + "/name-keeper", plainly(**COUNTED, keeper="P-shen"), after="banking.open_petty_box",
        rivals=False,
    ),
    Verb(
        "banking.close_petty_box", "fang", BOX + "/close", plainly(**COUNTED), moves={"money": 1}, after="banking.open_petty_box",
        rivals=False,
    ),
)  # fmt: skip
