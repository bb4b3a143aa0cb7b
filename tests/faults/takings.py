"""The rows of the table for the evening: takings leave the drawer, by two, for the safe and for the bank; and a refund is paid.

What two sign for they sign at a page, with their passwords: no key keeps such a form, and whoever sends it again is told that it is signed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guiju.kernel.coins import fewest
from tests.cast import password_of
from tests.faults.saying import Known, Verb, plainly

FLOAT_MINOR = 50000
REFUND = {"amount_minor": 1000, "reason": "Scratched on the shelf"}
SESSION, BAG, OPENING = "/till-sessions/{session}", "/till/bank/bags/{bag}", "/stores/controlled/openings/{opening}"


def _pieces(of: Callable[[Known], int], **more: Any) -> Callable[[Known], dict[str, Any]]:
    return lambda known: {"pieces": fewest(of(known), "CNY"), **more}


def _total(known: Known) -> int:
    return int(known["total"])


def _half(known: Known) -> int:
    return _total(known) // 2


def _signing(name: str, **more: Any) -> Callable[[Known], dict[str, Any]]:
    return plainly(password=password_of(name), **more)


IN_THE_TILL: tuple[Verb, ...] = (
    Verb(
        "cashier.take_payment/cash", "cai", "/bills/{bill}/pay", moves={"money": 1}, after="cashier.draw_bill", rivals=False,
        says=lambda known: {"method": "CASH", "amount_minor": _half(known), "tendered_minor": _half(known)},
    ),
    Verb("cashier.approve_refund", "fang", "/payments/{receipt}/approve-refund", after="cashier.ask_refund", rivals=False),
    Verb(
        "cashier.reject_refund", "fang", "/payments/{receipt}/reject-refund", plainly(reason="It was scratched before"),
        after="cashier.ask_refund", rivals=False,
    ),
    Verb(
        "cashier.pay_refund", "cai", "/payments/{receipt}/pay-refund", plainly(**REFUND), moves={"money": 2},
        after="cashier.approve_refund", rivals=False,
    ),
    Verb("banking.record_nil", "cai", SESSION + "/record-nil", after="cashier.open_till_session", rivals=False),
    # --- By day
    Verb(
        "banking.prepare", "cai", SESSION + "/prepare-deposit", _pieces(_total), moves={"money": 1}, after="cashier.take_payment",
        gives={"banking": "number"}, rivals=False,
    ),
    Verb(
        "banking.bank_it", "cai", "/bank-deposits/{banking}/bank", moves={"money": 1}, after="banking.prepare", rivals=False,
        says=lambda known: {"slip_number": "SLIP-1", "photo": known["slip"]},
    ),
    Verb(
        "banking.take_back", "cai", "/bank-deposits/{banking}/take-back", plainly(note="The bank was full"), moves={"money": 1},
        after="banking.prepare", rivals=False,
    ),
    # A refund waits, the takings are gone, the drawer is counted: what may still happen to it.
    Verb(
        "banking.prepare/late", "cai", SESSION + "/prepare-deposit", _pieces(_total), moves={"money": 1},
        after="cashier.approve_refund", rivals=False,
    ),
    Verb(
        "cashier.count_till/late", "cai", SESSION + "/count", _pieces(lambda _known: FLOAT_MINOR), after="banking.prepare/late",
        rivals=False,
    ),
    Verb("cashier.close_till_session/late", "cai", SESSION + "/close", after="cashier.count_till/late", moves={"money": 1}, rivals=False),
    # --- In the evening
    Verb(
        "banking.seal_bag", "cai", SESSION + "/seal-bag", _pieces(_half, seal_number="S-1"), after="cashier.take_payment",
        gives={"bag": "number"}, rivals=False,
    ),
    Verb("banking.unpack_bag", "cai", "/bags/{bag}/unpack", after="banking.seal_bag", rivals=False),
    Verb(
        "banking.countersign_bag", "lin", BAG + "/countersign", _signing("lin"), moves={"money": 1}, after="banking.seal_bag",
        rivals=False, is_at_a_page=True, is_signed=True,
    ),
    Verb(
        "banking.prepare_bags", "cai", "/bank-deposits", lambda known: {"bags": [known["bag"]]}, moves={"money": 1},
        after="banking.countersign_bag", rivals=False,
    ),
    Verb(
        "banking.report_incident", "cai", "/bags/{bag}/report-incident", plainly(note="Its seal is broken"),
        after="banking.countersign_bag", rivals=False,
    ),
    Verb(
        "banking.settle_incident", "fang", "/bags/{bag}/settle-incident", _pieces(_half, note="It was torn at the shelf"),
        moves={"money": 1}, after="banking.report_incident", rivals=False,
    ),
    Verb(
        "banking.name_officer", "ma", "/duty-nights", after="banking.countersign_bag", rivals=False, gives={"watch": "id"},
        says=lambda known: {"unit": "FS01", "night": known["night"], "officer": "P-qin"},
    ),
    Verb(
        "custody.open_session", "cai", "/controlled-stores/{safe}/open", after="banking.name_officer", rivals=False,
        gives={"opening": "number"}, says=plainly(authority_kind="DEPOSIT", authority="BG", purpose="The evening's takings"),
    ),
    Verb(
        "custody.sign_first", "cai", OPENING + "/first", _signing("cai"), after="custody.open_session", rivals=False,
        is_at_a_page=True, is_signed=True,
    ),
    Verb(
        "custody.sign_second", "ma", OPENING + "/second", _signing("ma", camera_ok="on"), after="custody.sign_first", rivals=False,
        is_at_a_page=True, is_signed=True,
    ),
    Verb(
        "banking.lock_up", "cai", BAG + "/lock-up", lambda known: {"safe": known["safe"]}, moves={"money": 1},
        after="custody.sign_second", rivals=False, is_at_a_page=True,
    ),
    Verb(
        "banking.check_seals", "qin", "/duty-nights/{watch}/check-seals", plainly(seen=["S-1"], camera_ok=True),
        after="banking.lock_up", rivals=False,
    ),
    # --- In the morning; the same two have not left yet.
    Verb(
        "banking.retrieve", "cai", BAG + "/retrieve", plainly(seal_ok="on"), moves={"money": 1}, after="banking.lock_up",
        rivals=False, is_at_a_page=True,
    ),
)  # fmt: skip
