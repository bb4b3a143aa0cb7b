"""What buying would miss."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/readiness/supply/test_asking.py": (
        "a_supplier_is_admitted_by_another_person a_supplier_asks_one_price_a_day a_price_of_the_past_is_never_edited "
        "a_supplier_has_one_account_to_verify an_account_is_never_edited an_account_is_verified_by_a_second_person "
        "a_purchase_is_approved_by_another_person nobody_approves_a_line_of_their_own "
        "a_purchase_line_is_fixed_once_approved a_review_is_by_somebody_who_had_no_part"
    ),
    "tests/readiness/supply/test_buying.py": (
        "an_award_has_its_quotes_or_its_exception an_exception_is_made_by_another_person "
        "no_more_is_ordered_than_was_approved only_the_central_buyer_buys_central_parts a_supplier_offers_once "
        "an_order_is_approved_by_another_person whoever_asked_does_not_approve_the_order an_order_goes_to_whoever_won "
        "a_line_is_bought_at_the_price_that_won no_more_comes_than_was_ordered what_is_inspected_has_come "
        "no_more_is_paid_than_was_accepted what_was_ordered_may_come accepted_and_rejected_are_what_came "
        "a_dear_delivery_is_seen_by_two the_receiver_had_no_hand_in_the_order a_delivery_note_is_received_once "
        "what_is_paid_was_matched the_payer_had_no_hand_in_the_purchase an_invoice_of_a_supplier_is_entered_once "
        "a_sent_order_is_cancelled_with_the_supplier a_part_is_bought_centrally_once money_goes_to_a_verified_account "
        "an_order_line_is_what_was_approved the_buyer_neither_asks_nor_approves"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "opened_untold": Saboteur(
        "opening stock comes without its lot and its serials",
        instead("guiju.readiness.supply.actions.files", "_untold", lambda *_a: None),
        "tests/readiness/supply/test_files.py",
    ),
    "always_small": Saboteur(
        "any unit buys with as few people as it likes",
        instead("guiju.standing.people.queries", "is_small_shop", lambda _unit: True),
        "tests/readiness/supply/test_few.py",
    ),
    "one_hand_is_enough": Saboteur(
        "nobody counts how many people had a hand in a small shop's purchase",
        instead("guiju.readiness.supply.actions.invoices", "refuse_too_few", lambda *_a, **_k: None),
        "tests/readiness/supply/test_few.py",
    ),
    "in_pieces_unseen": Saboteur(
        "nobody reads what was split to stay under a limit",
        instead("guiju.readiness.supply.queries", "splits", lambda *_a: []),
        "tests/desks/back_office/test_buying.py",
    ),
}
