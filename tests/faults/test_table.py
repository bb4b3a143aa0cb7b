"""Every verb of the line and of the books is asked by the harnesses, or it stands here why not."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from tests.architecture.source import files
from tests.faults.hands import IN_HANDS
from tests.faults.story import Story
from tests.faults.takings import IN_THE_TILL
from tests.faults.verbs import ASIDE, IN_THE_STORE, STORY, VERBS

pytestmark = [pytest.mark.no_books]

# Why no row of the table says a verb, and no row has it as its consequence. It may shrink, never grow without a reason.
UNSAID: Mapping[str, str] = {
    "it goes two steps away from the walk-in, and waits for its rows": (
        "cashier.approve_deposit_back cashier.return_parts_deposit"
        " workorder.release_hold workshop.discount_quote"
        " workshop.approve_discount workshop.reject_discount workshop.confirm_unrepairable workshop.reject_unrepairable"
        " workshop.prepare_return workshop.enter_code storeroom.expect_on storeroom.reserve_arrived"
        " storeroom.buy_again storeroom.lose_date workshop.wait_for_parts workshop.resume_repair"
        " workshop.renegotiate_commitment workshop.meet_commitment workshop.resolve_commitment"
        " workshop.breach_commitment workshop.void_commitment stock.undo money.waive"
        " workshop.approve_exception workshop.reject_exception workshop.sign_line"
        " stock.clear stock.scrap stock.send_back stock.move"
    ),
    "it is for another walk-in than this one: in warranty, without a fault, on credit, or by the owner of a small shop": (
        "workorder.override_coverage workshop.approve_free workshop.find_no_fault quality.allow_self_check"
        " cashier.change_credit cashier.reject_credit cashier.suspend_credit cashier.resume_credit cashier.close_credit"
        " receivables.pause_letters receivables.resume_letters receivables.reject_write_off"
    ),
    "it comes days later, and the walk-in ends on its day": (
        "receivables.remind "
        "dispatch.time_out followup.claim_rework followup.close followup.remind followup.send_demand"
        " followup.review_disposal cashier.propose_refund followup.approve_disposal followup.dispose followup.welcome_back"
        " workorder.raise_rights workshop.expire_quote money.close_period stock.close_period"
    ),
    "it begins before the counter: a request from outside, or a loaner": (
        "intake.submit intake.triage intake.reject intake.reopen intake.convert intake.link_duplicate intake.read_contact"
        " intake.solve_by_advice intake.cancel_request intake.close_request intake.add_loaner intake.retire_loaner"
        " intake.lend intake.take_loaner_back intake.except_loaner registration.register registration.confirm"
        " registration.refuse"
    ),
    "it is the telephone's, whose exchange sends again by itself; tests/line/telephone/test_races.py": (
        "telephone.answer telephone.finish_call_back telephone.give_up_call_back telephone.hang_up telephone.lead_to"
        " telephone.log telephone.press telephone.promise_call_back telephone.publish_menu telephone.publish_script"
        " telephone.read_number telephone.ring telephone.score telephone.tick telephone.try_call_back"
        " telephone.write_menu telephone.write_note telephone.write_script"
    ),
    "it is an exchange, which takes five people and as many steps; tests/line/exchange/test_cases.py": (
        "exchange.open_case exchange.appraise exchange.confirm_appraisal exchange.approve exchange.reject exchange.withdraw"
        " exchange.offer_option exchange.allocate exchange.add_unit exchange.retire_unit exchange.dispose_old"
        " exchange.offer_unit exchange.agree_to_unit exchange.decline_unit cashier.refund_unit cashier.refund_difference"
    ),
    "its answer holds a secret, so no key keeps it": "workorder.renew_link",
    "it comes of a claim code that was wrong five times, a deed of its own": (
        "cashier.count_wrong_code cashier.release_claim_code"
    ),
    "it comes of a count that does not agree": "money.post_variance money.hold_surplus",
    "it came with the counter's and the bench's new ways, and waits for its row": (
        "cashier.return_deposit cashier.take_deposit intake.prioritise_request intake.renew_claim_code intake.take_in"
        " storeroom.keep_old_parts"
        " quality.end_item workorder.prioritise workshop.check workshop.correct_labour workshop.end_check workshop.end_timer"
        " workshop.set_check workshop.stop_timer"
    ),
    "it is done in the other store; tests/readiness/transfers": "stock.arrive stock.lose_on_the_way",
    "it is of old parts, whose parcel goes from one house to another; tests/line/storeroom/test_old_parts.py": (
        "storeroom.send_old_parts storeroom.receive_old_parts storeroom.audit_old_part storeroom.credit_old_part storeroom.ask_scrap"
        " storeroom.scrap_old_part storeroom.miss_old_part storeroom.find_old_part storeroom.charge_overdue"
    ),
    "it is a correction by hand that nobody says over the API": "money.post",
    "what goes back in cash may be rounded, so the cashier posts the whole document": "money.give_back",
    "it is of the bank's file, or comes by the clock; tests/line/banking": (
        "banking.raise_alarm banking.acknowledge banking.bring_statement banking.settle_tender banking.reconcile banking.settle_exception"
        " banking.except_deposit"
    ),
    "it comes of a wrong password, a deed of its own": "banking.count_wrong_password banking.count_wrong_signature",
    "it is between a wallet's provider and the house, who ask one another again; tests/line/cashier/test_wallets.py": (
        "cashier.ask_wallet cashier.cancel_wallet cashier.receive_wallet cashier.match_wallet cashier.return_wallet"
        " cashier.retry_wallet_return"
    ),
}


def verbs() -> Iterator[str]:
    """What `doing` is told in the line and in the books; `_do` is the money book's own way to say it."""
    for file in files():
        if file.band in {"line", "books"}:
            for node in file.nodes:
                said = isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"doing", "_do"}
                if said and isinstance(first := node.args[0], ast.Constant):
                    yield str(first.value)


@pytest.mark.shows("G04", "G05", "G08")
def test_a_verb_is_in_the_table_or_it_stands_here_why_not(story: Story) -> None:
    done = {line["verb"] for line in story.copies.rows(story.kept[STORY[-1].name])["kernel_trailentry"]}
    for verb in (*ASIDE, *IN_THE_STORE, *IN_THE_TILL, *IN_HANDS):
        done |= {line["verb"] for line in story.rows_after(verb)["kernel_trailentry"]}
    all_of_them, explained = set(verbs()), {verb for said in UNSAID.values() for verb in said.split()}
    assert sorted(all_of_them - done - explained) == [], "a verb that no harness asks"
    assert sorted(explained - all_of_them) == [], "a verb that is gone needs no excuse"
    assert len({verb.name for verb in VERBS}) == len(VERBS)
