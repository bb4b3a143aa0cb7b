"""What the till would miss."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

TILL_DESK = "tests/line/cashier"
DEPOSITS = "tests/line/cashier/test_parts_deposits.py"

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/line/cashier/test_bills.py": "a_till_has_one_open_session a_charged_price_is_in_the_published_range",
    TILL_DESK: (
        "a_bill_stays_within_what_was_approved refunds_stay_within_their_payment credit_stays_within_its_limit "
        "cash_goes_into_an_open_till"
    ),
    "tests/line/cashier/test_voids.py": (
        "a_payment_is_void_before_its_till_is_counted what_went_back_cannot_be_void a_void_payment_is_not_refunded "
        "a_payment_is_void_for_a_reason a_void_is_never_edited"
    ),
    DEPOSITS: (
        "work_order_owes_a_deposit_while_parts_may_be_ordered work_order_over_holds_no_deposit "
        "a_part_is_ordered_once_its_deposit_is_left a_quotes_deposit_is_held_once "
        "a_deposit_is_no_more_than_was_agreed a_deposit_is_credited_or_given_back_to_the_cent "
        "a_deposit_goes_back_for_a_reason cash_of_a_deposit_goes_back_against_a_signature "
        "a_deposit_goes_back_by_card_under_a_number a_deposit_goes_back_the_way_it_came_or_by_the_bank "
        "a_parts_deposit_is_settled_once a_parts_deposit_is_never_edited a_cash_parts_deposit_goes_into_an_open_till "
        "a_parts_deposit_by_card_has_its_reference a_payment_out_of_a_deposit_names_it "
        "a_deposit_pays_the_bill_of_its_own_job"
    ),
    "tests/line/cashier/test_closing.py": (
        "somebody_else_counts_again a_count_is_never_edited cash_moves_in_an_open_till "
        "a_till_is_counted_before_it_is_closed who_closes_for_another_says_why a_closing_is_countersigned_by_another "
        "a_session_is_never_erased no_more_float_leaves_than_came a_closed_session_is_never_reopened"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "endless_tries": Saboteur(
        "a claim code may be guessed for ever",
        instead("guiju.line.cashier.models:ClaimGuard", "is_locked", False),
        TILL_DESK,
    ),
    "a_large_difference_stands": Saboteur(
        "however much a drawer differs, nobody else counts it",
        instead("guiju.line.cashier.rules", "needs_second", lambda _variance, *, limit_minor: False),
        "tests/line/cashier/test_closing.py",
    ),
    "tenders_uncounted": Saboteur(
        "a till is closed and nobody looked at the card terminal",
        instead("guiju.line.cashier.queries.tills", "taken_by_tender", lambda _session: {}),
        "tests/line/cashier/test_closing.py",
    ),
    "ordered_at_once": Saboteur(
        "a part is ordered before its deposit is left",
        instead("guiju.line.workorder.actions", "refuse_without_deposit", lambda _order: None),
        DEPOSITS,
    ),
    "deposit_forgotten": Saboteur(
        "the appliance goes home and the deposit stays here",
        instead("guiju.line.cashier.actions.delivery", "deposit_held", lambda _order: {}),
        DEPOSITS,
    ),
    "deposit_back_alone": Saboteur(
        "one person alone gives a deposit back while the repair goes on",
        instead("guiju.line.cashier.actions.parts_deposits", "_way", lambda _deposit: "FREELY"),
        DEPOSITS,
    ),
}
