"""The table of verbs: what every harness of faults asks, kills, breaks, pauses and races.

A verb joins all of them by a row here, and by nothing else. A row of STORY is said after the one above it; a row of ASIDE after
the row that it names, by somebody who goes another way from there: one of the story, or one of ASIDE that stands above it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guiju.kernel.coins import fewest
from guiju.line.workorder.rules import State
from tests.faults.hands import IN_HANDS
from tests.faults.saying import Known, Verb, plainly
from tests.faults.takings import IN_THE_TILL


def _registering(known: Known) -> dict[str, Any]:
    return {
        "unit": "FS01", "customer": known["customer"], "appliance": known["appliance"], "terms_accepted": True,
        "problem": "The drum does not spin.", "symptoms": ["NO-SPIN"],
    }  # fmt: skip


def _taking_in(known: Known) -> dict[str, Any]:
    new = {
        "customer": {"name": "Mei Lan", "phones": ["13900000002"]},
        "appliance": {"brand": "Guiju", "line": "WASHER", "serial": "T-1"},
    }
    return _registering({**known, "customer": 0, "appliance": 0}) | new


def _receiving(known: Known) -> dict[str, Any]:
    return {
        "condition": "A scratch.", "reproduced": True, "photos": known["photos"], "signature": known["signature"], "shelf": "A-01",
        "accessories": [{"name": "Hose", "quantity": 2}],
    }  # fmt: skip


def _appliance(known: Known) -> dict[str, Any]:
    return {
        "unit": "FS01", "brand": "Guiju", "line": "WASHER", "serial": "SN-1", "model": known["model"],
        "customer": known["customer"], "purchased_on": "2020-05-01",
    }  # fmt: skip


def _handing_over(known: Known) -> dict[str, Any]:
    return {
        "proof": "CLAIM_CODE", "claim_code": known["claim_code"], "demonstrated": True,
        "accessories_returned": known["accessories"],
    }  # fmt: skip


def _adjusting(known: Known, direction: str = "LOSS") -> dict[str, Any]:
    return {
        "part": "COMP-1", "bin": known["bin"], "quantity": 1, "direction": direction, "reason": "Broken on its shelf",
        "document": "ADJ-1",
    }  # fmt: skip


def _proposing(_known: Known) -> dict[str, Any]:
    return {
        "cause": "NO_STOCK", "basis": "The factory's word", "promised_part_on": "2031-03-02",
        "promised_ready_at": "2031-03-03T10:00:00+08:00", "remedy": "LOANER",
    }  # fmt: skip


OFFERS = [{"item": "LABOUR-WASHER"}, {"part": "COMP-1"}]
STORY: tuple[Verb, ...] = (
    Verb(
        "customers.enrol", "lin", "/customers", gives={"customer": "id"}, rivals=False,
        says=plainly(unit="FS01", name="Liang Ming", phones=["13900000001"], consent_service=True),
    ),
    Verb("catalogue.register_appliance", "lin", "/appliances", _appliance, gives={"appliance": "id"}, rivals=False),
    Verb("intake.register", "lin", "/orders", _registering, State.REGISTERED, gives={"order": "number"}),
    Verb("intake.receive", "lin", "/orders/{order}/receive", _receiving, State.RECEIVED),
    Verb("dispatch.assign", "bo", "/orders/{order}/assign", plainly(technician="P-chen"), State.DISPATCHED),
    Verb("dispatch.accept", "chen", "/orders/{order}/accept", leaves=State.ACCEPTED),
    Verb("workshop.start_diagnosis", "chen", "/orders/{order}/start-diagnosis", leaves=State.DIAGNOSING),
    Verb(
        "workshop.diagnose", "chen", "/orders/{order}/diagnose",
        plainly(fault="BELT-WORN", cause="PRODUCT_DEFECT", findings="The belt is worn."),
    ),
    Verb(
        "workshop.draft_quote", "chen", "/orders/{order}/draft-quote", plainly(offers=OFFERS, service_hours=8),
        gives={"quote": "number"},
    ),
    Verb("workshop.issue_quote", "lin", "/quotes/{quote}/issue", leaves=State.QUOTED),
    Verb(
        "workshop.approve_quote", "lin", "/quotes/{quote}/approve",
        lambda known: {"how": "SIGNATURE", "signature": known["consent"]}, State.APPROVED,
    ),
    Verb(
        "cashier.take_parts_deposit", "cai", "/orders/{order}/take-parts-deposit", plainly(method="CARD", terminal_ref="C-1"),
        moves={"money": 1}, gives={"deposit": "receipt_number"},
    ),
    Verb(
        "storeroom.request_part", "chen", "/orders/{order}/request-part", plainly(part="COMP-1", quantity=1),
        gives={"request": "number"},
    ),
    Verb(
        "storeroom.answer_available", "shen", "/part-requests/{request}/answer-available",
        lambda known: {"bin": known["bin"]}, moves={"stock": 1},
    ),
    Verb("storeroom.issue", "shen", "/part-requests/{request}/issue", moves={"stock": 1}),
    Verb("workshop.start_repair", "chen", "/orders/{order}/start-repair", leaves=State.REPAIRING),
    Verb("workshop.log_labour", "chen", "/orders/{order}/log-labour", plainly(minutes=45, task="Changed the belt")),
    Verb(
        "workshop.fit_part", "chen", "/part-requests/{request}/fit",
        says=plainly(old_condition="Burnt out", old_outcome="SCRAP"),
    ),
    Verb("workshop.finish", "chen", "/orders/{order}/finish", plainly(work_done="Belt changed."), State.QC_PENDING),
    Verb(
        "quality.pass_order", "qin", "/orders/{order}/pass", lambda known: {"values": known["values"], "shelf": "R-01"},
        State.READY,
    ),
    Verb(
        "cashier.open_till_session", "cai", "/tills/{till}/open-session", plainly(float_minor=50000), moves={"money": 1},
        gives={"session": "id"},
    ),
    Verb(
        # The charge, and what was left before its part was ordered.
        "cashier.draw_bill", "cai", "/orders/{order}/draw-bill", moves={"money": 2},
        gives={"bill": "number", "total": "owed_minor"},
    ),
    Verb(
        "cashier.take_payment", "cai", "/bills/{bill}/pay", moves={"money": 1}, gives={"receipt": "receipt_number"},
        says=lambda known: {"method": "CASH", "amount_minor": known["total"], "tendered_minor": known["total"]},
    ),
    Verb("cashier.hand_over", "cai", "/orders/{order}/hand-over", _handing_over, State.DELIVERED),
)  # fmt: skip

ASIDE: tuple[Verb, ...] = (
    Verb("intake.take_in", "lin", "/take-in", _taking_in, rivals=False, after="customers.enrol"),
    Verb(
        "workorder.prioritise", "bo", "/orders/{order}/prioritise", plainly(priority="URGENT", reason="A baby is in the house"),
        after="intake.receive", rivals=False,
    ),
    Verb(
        "workorder.revise_promise", "lin", "/orders/{order}/revise-promise", after="intake.receive", rivals=False,
        says=plainly(to="2031-03-03T10:00:00+08:00", cause="WORKLOAD", reason="Two of us are ill"),
    ),
    Verb(
        "workorder.agree_to_promise", "lin", "/orders/{order}/agree-to-promise", after="workorder.revise_promise", rivals=False,
        says=plainly(agreed="RECORDED", agreed_note="By telephone at ten"),
    ),
    Verb(
        "workshop.propose_commitment", "chen", "/orders/{order}/propose-commitment", after="cashier.take_parts_deposit", rivals=False,
        gives={"commitment": "id"}, says=_proposing,
    ),
    Verb(
        "workshop.sign_commitment", "lin", "/commitments/{commitment}/sign", after="workshop.propose_commitment", rivals=False,
        says=lambda known: {"signature": known["consent"]},
    ),
    Verb(
        "workshop.refuse_commitment", "lin", "/commitments/{commitment}/refuse", plainly(note="Too late"),
        after="workshop.propose_commitment", rivals=False,
    ),
    Verb(
        "workshop.cancel_free", "lin", "/orders/{order}/cancel-free", plainly(reason="She waits no longer"),
        State.DECLINED, after="workshop.refuse_commitment", rivals=False,
    ),
    Verb("workshop.start_timer", "chen", "/orders/{order}/start-timer", after="workshop.start_repair", rivals=False),
    Verb("dispatch.assign/another", "bo", "/orders/{order}/assign", plainly(technician="P-wu"), State.DISPATCHED, after="intake.receive"),
    Verb("dispatch.refuse", "chen", "/orders/{order}/refuse", plainly(reason="On leave tomorrow"), after="dispatch.assign"),
    Verb("intake.cancel", "lin", "/orders/{order}/cancel", plainly(reason="The customer changed his mind"), after="intake.register"),
    Verb("workshop.decline_quote", "lin", "/quotes/{quote}/decline", plainly(reason="Too dear"), after="workshop.issue_quote"),
    Verb(
        "workshop.revise_quote", "chen", "/orders/{order}/revise-quote", plainly(offers=OFFERS[:1], service_hours=8),
        after="workshop.issue_quote",
    ),
    Verb("storeroom.cancel", "chen", "/part-requests/{request}/cancel", after="storeroom.answer_available"),
    Verb("stock.adjust", "ma", "/stock/adjust", _adjusting, after="storeroom.request_part"),
    Verb(
        "stock.set_apart", "shen", "/stock/set-apart", after="storeroom.request_part", moves={"stock": 1},
        says=lambda known: {
            "part": "COMP-1", "bin": known["bin"], "quantity": 1, "becomes": "DEFECTIVE", "reason": "Crushed", "document": "PC-1",
        },
    ),
    Verb("storeroom.take_back", "shen", "/part-requests/{request}/take-back", plainly(quantity=1), after="storeroom.issue"),
    Verb(
        "cashier.take_payment/half", "cai", "/bills/{bill}/pay", moves={"money": 1}, after="cashier.draw_bill",
        says=lambda known: {"method": "CARD", "amount_minor": known["total"] // 2, "terminal_ref": "T-1"},
    ),
    Verb(
        "cashier.ask_refund", "lin", "/payments/{receipt}/ask-refund", plainly(amount_minor=1000, reason="Scratched on the shelf"),
        after="cashier.take_payment",
    ),
    Verb(
        "cashier.void_payment", "cai", "/payments/{receipt}/void", plainly(reason="It was the neighbour's"), moves={"money": 1},
        after="cashier.take_payment",
    ),
    Verb("cashier.open_display", "cai", "/tills/{till}/open-display", after="cashier.take_payment"),
    Verb("cashier.show_bill", "cai", "/bills/{bill}/show", plainly(tendered_minor=900), after="cashier.open_display"),
    Verb("cashier.print_receipt", "cai", "/payments/{receipt}/print", after="cashier.take_payment"),
    Verb(
        "cashier.open_credit", "ma", "/credits", after="cashier.draw_bill", rivals=False,
        says=lambda known: {"customer": known["customer"], "limit_minor": 4_000_000, "days": 30},
    ),
    Verb("cashier.approve_credit", "fang", "/credits/{customer}/approve", after="cashier.open_credit", rivals=False),
    Verb(
        "cashier.take_payment/credit", "cai", "/bills/{bill}/pay", moves={"money": 1}, after="cashier.approve_credit",
        gives={"on_credit": "receipt_number"}, says=lambda known: {"method": "CREDIT", "amount_minor": known["total"]},
    ),
    Verb(
        "receivables.collect", "cai", "/credits/{customer}/collect", moves={"money": 1}, after="cashier.take_payment/credit",
        says=plainly(method="CARD", amount_minor=1000, terminal_ref="T-9"),
    ),
    Verb(
        "receivables.ask_write_off", "fang", "/debts/{on_credit}/ask-write-off", plainly(amount_minor=1000, reason="Bankrupt"),
        after="cashier.take_payment/credit", rivals=False,
    ),
    Verb(
        "receivables.approve_write_off", "ma", "/debts/{on_credit}/approve-write-off", moves={"money": 1},
        after="receivables.ask_write_off",
    ),
    Verb(
        "cashier.move_cash", "cai", "/till-sessions/{session}/move-cash", moves={"money": 1}, after="cashier.take_payment",
        says=lambda _known: {"kind": "MORE_FLOAT", "amount_minor": 100, "reason": "Coins", "paper": "CM-1"},
    ),
    Verb(
        "cashier.count_till", "cai", "/till-sessions/{session}/count", after="cashier.take_payment",
        says=lambda known: {"pieces": fewest(50000 + known["total"], "CNY"), "variance_reason": "A coin is missing"},
    ),
    Verb(
        "cashier.count_till/bare", "cai", "/till-sessions/{session}/count", after="cashier.open_till_session",
        says=lambda _known: {"pieces": fewest(50000, "CNY")},
    ),
    Verb("cashier.close_till_session", "cai", "/till-sessions/{session}/close", after="cashier.count_till/bare"),
    Verb("cashier.countersign", "ma", "/till-sessions/{session}/countersign", after="cashier.close_till_session", rivals=False),
    Verb(
        "cashier.count_till/wrong", "cai", "/till-sessions/{session}/count", after="cashier.open_till_session", rivals=False,
        says=lambda _known: {"pieces": fewest(40000, "CNY"), "variance_reason": "A note is missing"},
    ),
    Verb(
        "cashier.recount_till", "ma", "/till-sessions/{session}/recount", moves={"money": 1}, after="cashier.count_till/wrong",
        says=lambda _known: {"pieces": fewest(49000, "CNY")},
    ),
    Verb(
        "cashier.force_close", "ma", "/till-sessions/{session}/force-close", moves={"money": 1}, after="cashier.open_till_session",
        says=lambda _known: {"pieces": fewest(50000, "CNY"), "reason": "She is ill"},
    ),
    Verb(
        "cashier.ask_deposit_back", "lin", "/parts-deposits/{deposit}/ask-back", plainly(reason="It should be by the other card"),
        after="cashier.take_parts_deposit",
    ),
    Verb(
        "workorder.move_custody", "lin", "/orders/{order}/move-custody", plainly(to="IN_SHOP", holder="Shelf B-02", place="B-02"),
        after="intake.receive",
    ),
    Verb(
        "workorder.hold", "lin", "/orders/{order}/hold", plainly(hold="CUSTOMER_REQUEST", reason="He is away for a week"),
        after="intake.receive",
    ),
    Verb(
        "workorder.log_contact", "lin", "/orders/{order}/log-contact", plainly(channel="PHONE", outcome="NO_ANSWER"),
        after="workshop.issue_quote", rivals=False,
    ),
    Verb(
        "dispatch.hand_on", "bo", "/orders/{order}/hand-on", plainly(technician="P-wu", reason="Ill since this morning"),
        after="dispatch.accept",
    ),
    Verb(
        "workshop.declare_unrepairable", "chen", "/orders/{order}/declare-unrepairable", after="workshop.start_diagnosis",
        says=plainly(reason="EOL_PART", note="No drum is made any more", second_opinion="Wu has seen it too"),
    ),
    Verb(
        "workshop.ask_exception", "lin", "/orders/{order}/ask-exception", after="workshop.diagnose", rivals=False,
        says=plainly(part="COMP-1", unit_minor=99_999_900, reason="RARE_PART", note="The last one in the province"),
    ),
    Verb("workshop.ask_code", "lin", "/quotes/{quote}/ask-code", after="workshop.issue_quote", rivals=False),
    Verb(
        "storeroom.answer_none", "shen", "/part-requests/{request}/answer-none", plainly(kind="PURCHASE"),
        after="storeroom.request_part",
    ),
    Verb(
        "storeroom.receive_stock", "shen", "/stock/receive", after="storeroom.request_part", moves={"stock": 1},
        says=lambda known: {"part": "COMP-1", "bin": known["bin"], "quantity": 3, "document": "GRN-1"},
    ),
    Verb(
        "storeroom.record_old_part", "shen", "/part-requests/{request}/record-old-part", after="storeroom.issue",
        says=plainly(quantity=1, condition="Burnt out", outcome="SCRAP"),
    ),
    Verb(
        "quality.fail_order", "qin", "/orders/{order}/fail", after="workshop.finish",
        says=lambda known: {"values": known["values"], "defects": ["It rattles"]},
    ),
    Verb(
        "followup.record_call", "lin", "/orders/{order}/record-call", plainly(satisfaction=5, works=True),
        after="cashier.hand_over",
    ),
)  # fmt: skip
# One way through the store, beside a job that waits for its part: more comes, some is asked for elsewhere, and the bin is counted.
IN_THE_STORE: tuple[Verb, ...] = (
    Verb(
        "storeroom.receive_stock/more", "shen", "/stock/receive", after="storeroom.answer_available", moves={"stock": 1}, rivals=False,
        says=lambda known: {"part": "COMP-1", "bin": known["bin"], "quantity": 3, "document": "GRN-2"},
    ),
    Verb(
        "transfers.request", "shen", "/transfers", after="storeroom.receive_stock/more", rivals=False, gives={"transfer": "number"},
        says=plainly(
            from_unit="FS01", from_store="MAIN", to_unit="GZ02", to_store="OUT", lines=[{"part": "COMP-1", "quantity": 2}],
            reason="Two jobs wait there",
        ),
    ),
    Verb(
        "counting.plan", "fang", "/counts", after="transfers.request", rivals=False, gives={"count": "number"},
        says=lambda known: {
            "store": known["store"], "kind": "CYCLE", "bins": [known["bin"]], "keeper": "P-shen", "first_counter": "P-lin",
            "second_counter": "P-qin",
        },
    ),
    Verb("counting.freeze", "fang", "/counts/{count}/freeze", after="counting.plan", rivals=False),
    Verb(
        "counting.open_bin", "lin", "/counts/{count}/open-bin", lambda known: {"bin": known["bin"]}, after="counting.freeze",
        rivals=False,
    ),
    Verb(
        "counting.tally", "lin", "/counts/{count}/tally", plainly(part="COMP-1", quantity=4), after="counting.open_bin",
        rivals=False,
    ),
    Verb("counting.finish_bin", "lin", "/counts/{count}/finish-bin", after="counting.tally", rivals=False),
    Verb(
        "transfers.send", "shen", "/transfers/{transfer}/send", after="counting.freeze", moves={"stock": 1}, rivals=False,
        says=lambda known: {"picks": [{"part": "COMP-1", "bin": known["bin"], "quantity": 2}], "carrier": "Our own van"},
    ),
)  # fmt: skip
VERBS: tuple[Verb, ...] = (*STORY, *ASIDE, *IN_THE_STORE, *IN_THE_TILL, *IN_HANDS)
NAMED: Mapping[str, Verb] = {verb.name: verb for verb in VERBS}


def before(verb: Verb) -> str:
    """The verb of the story that was said last when this one is said; empty at the very beginning."""
    if verb.after:
        return verb.after
    told = [each.name for each in STORY]
    place = told.index(verb.name)
    return told[place - 1] if place else ""


def steps_aside(verb: Verb) -> int:
    """How many steps off the story's way it is said; none for one of the story."""
    return 1 + steps_aside(NAMED[verb.after]) if verb.after else 0
