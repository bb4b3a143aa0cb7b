"""What an exchange would miss."""

from __future__ import annotations

from collections.abc import Mapping

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/line/exchange/test_constraints.py": (
        "a_bill_line_is_a_part_a_service_or_a_unit a_charge_for_a_unit_is_what_was_agreed_to "
        "exchange_appraisal_confirms_fault_serial_and_proof exchange_appraisal_is_confirmed_by_another "
        "exchange_appraisal_says_what_was_found exchange_case_is_in_a_known_state_for_a_known_ground "
        "exchange_case_is_open_once_for_an_order exchange_case_names_what_was_paid exchange_case_over_never_changes "
        "exchange_closed_owes_no_difference exchange_closed_says_what_became_of_the_old_unit "
        "exchange_difference_goes_back_by_another_than_granted_it exchange_difference_number_is_unique "
        "exchange_difference_was_agreed_to exchange_done_knows_both_units exchange_granted_says_what_was_chosen "
        "exchange_is_approved_by_somebody_else exchange_is_rejected_for_a_reason exchange_offer_adds_up "
        "exchange_offer_counts_one_at_a_time exchange_offer_declined_is_over_and_was_never_agreed_to "
        "exchange_offer_is_agreed_to_by_signature exchange_offer_is_never_rewritten "
        "exchange_offer_over_stays_as_it_was_answered exchange_outlet_fee_names_its_figure exchange_refund_adds_up "
        "exchange_refund_has_its_reference exchange_refund_is_paid_by_another_than_granted_it "
        "exchange_refund_number_is_unique exchange_refunded_says_how_much exchange_unit_costs_something "
        "exchange_unit_given_is_the_one_that_was_agreed_to exchange_unit_goes_to_one_customer "
        "exchange_unit_has_a_serial exchange_unit_is_never_edited exchange_unit_is_retired_for_a_reason "
        "exchange_unit_refurbished_is_never_new exchange_unit_serial_stands_once_in_a_unit "
        "exchange_unit_used_or_other_was_agreed_in_writing"
    ),
}
