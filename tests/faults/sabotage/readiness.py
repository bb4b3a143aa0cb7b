"""What the rest of what is made ready would miss: transfers, requisitions, upkeep, plans, certificates."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

UPKEEP = "tests/readiness/upkeep/test_upkeep.py"

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/readiness/requisitions/test_requisitions.py": (
        "requisition_is_handed_out_once_signed requisition_is_signed_by_another requisition_is_handed_out_by_a_third "
        "requisition_keeps_who_asked_and_signed requisitionline_gives_no_more_than_signed "
        "requisitionline_is_handed_out_once_signed requisitionline_takes_back_no_more_than_given "
        "requisitionline_is_what_was_signed"
    ),
    "tests/readiness/academy": "nobody_certifies_themself",
    "tests/readiness/planning/test_planning.py": (
        "a_plan_is_reckoned_by_a_known_rule a_plan_stays_as_it_was_reckoned a_suggestion_is_of_a_known_kind "
        "a_suggestion_stays_as_it_was_reckoned a_part_is_suggested_once_in_a_plan "
        "another_level_than_suggested_has_a_reason a_decision_is_about_what_was_suggested "
        "a_suggestion_is_answered_for_good a_level_is_what_somebody_decided a_part_has_one_level_in_a_store "
        "a_part_has_one_minimum_in_a_store a_minimum_keeps_something_and_says_why"
    ),
    "tests/readiness/planning/test_echelons.py": "an_outlet_alone_is_filled_by_another_store",
    "tests/readiness/transfers/test_transfers.py": (
        "transferline_sends_no_more_than_asked transferline_receives_no_more_than_sent "
        "transferline_asks_for_something transfer_goes_to_another_store transfer_says_what_for "
        "transfer_is_in_a_known_state transfer_that_ended_says_when transfer_under_way_was_sent_by_somebody "
        "transfer_not_sent_says_why transfer_closes_with_nothing_on_the_way arrival_is_never_changed "
        "arrival_is_of_something transferline_of_a_part_stands_once loss_is_declared_by_a_second_person loss_says_why "
        "loss_is_of_something loss_has_a_known_cause loss_is_never_changed"
    ),
    UPKEEP: (
        "a_store_is_inspected_once_a_week a_done_inspection_says_who_and_how what_is_not_in_order_says_what_is_done "
        "an_inspection_once_done_is_never_edited a_reading_is_never_changed what_is_done_about_the_climate_names_who "
        "incompatible_goods_never_share_a_group a_store_is_aired_once_at_a_time fire_equipment_number_is_free "
        "a_reading_is_one_of_this_world"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "any_climate": Saboteur(
        "whatever the thermometer shows is right",
        instead("guiju.readiness.upkeep.rules", "is_outside", lambda *_a: False),
        UPKEEP,
    ),
    "anywhere": Saboteur(
        "hazardous goods lie wherever there is room",
        instead("guiju.readiness.upkeep.queries", "why_not_there", lambda *_a: []),
        UPKEEP,
    ),
    "under_the_minimum": Saboteur(
        "the plan suggests less than a planner wants at least",
        instead("guiju.readiness.planning.actions.reckoning", "_raised", lambda each, _minimum: each),
        "tests/readiness/planning/test_planning.py",
    ),
    "through_the_door": Saboteur(
        "parts pass a locked door",
        instead("guiju.readiness.upkeep.actions", "_through", lambda *_a: None),
        "tests/readiness/upkeep/test_guarded.py",
    ),
    "unasked": Saboteur(
        "the stock book asks nobody at its bins",
        instead("guiju.books.stock.actions.booking", "pass_through", lambda *_a, **_k: None),
        f"{UPKEEP} tests/readiness/upkeep/test_guarded.py",
    ),
}
