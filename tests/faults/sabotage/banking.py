"""What the takings would miss on their way to the bank."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

TAKINGS = "tests/line/banking/test_takings.py"
HOURS = "tests/line/banking/test_hours.py"

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    TAKINGS: (
        "a_bag_is_sealed_by_two a_bag_holds_something what_is_in_a_bag_is_worth_its_amount "
        "a_bag_in_the_safe_names_who_put_it_there a_bag_at_the_bank_is_of_a_deposit a_bag_on_the_way_has_its_carrier "
        "a_bag_goes_through_the_safes_door_by_two what_is_deposited_is_worth_its_amount "
        "a_deposit_at_the_bank_has_its_slip nobody_carries_much_alone why_a_deposit_came_back_is_said "
        "a_deposit_is_something_or_said_to_be_nil what_was_sealed_stays_as_it_was_sealed "
        "what_was_prepared_stays_as_it_was_prepared nobody_is_their_own_escort "
        "who_carried_a_deposit_does_not_confirm_it an_exception_is_settled_by_somebody_else "
        "who_was_on_duty_stays_who_was_on_duty who_puts_a_bag_in_the_safe_is_not_on_duty "
        "a_bag_number_is_used_once_in_an_outlet a_slip_is_of_one_deposit "
        "one_bag_of_a_till_waits_for_its_second_signature"
    ),
    "tests/line/banking/test_statements.py": (
        "an_exception_is_settled_with_what_the_bank_has a_line_confirms_a_deposit_of_its_amount"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "float_to_the_bank": Saboteur(
        "more leaves the drawer than its takings",
        instead("guiju.line.banking.actions.bags", "refuse_more_than_takings", lambda *_a: None),
        TAKINGS,
    ),
    "a_bank_without_holidays": Saboteur(
        "the bank is open every day", instead("guiju.line.banking.queries", "is_bank_day", lambda *_a: True), TAKINGS
    ),
    "never_late": Saboteur(
        "no deposit is late", instead("guiju.line.banking.models.deposits:BankDeposit", "is_late", False), TAKINGS
    ),
    "silent_clock": Saboteur(
        "nobody is told of cash that is not at the bank",
        instead("guiju.line.banking.queries", "due", lambda *_a, **_k: []),
        HOURS,
    ),
}
