"""What the rest of the line would miss: jobs, intake, the bench, the storeroom, the final test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.faults.sabotage.ways import Saboteur, instead


def _everywhere(_actor: Any, _verb: str) -> Any:
    from guiju.kernel.actor import EVERYTHING

    return EVERYTHING


# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/line/workorder/test_constraints.py": (
        "work_order_is_the_only_open_one_of_its_appliance work_order_over_never_changes "
        "work_order_first_promise_never_changes work_order_outcome_is_set_once work_order_ends_with_an_outcome "
        "work_order_billing_is_known work_order_channel_is_known work_order_coverage_is_known "
        "work_order_custody_is_known work_order_delivered_has_its_time work_order_fee_collection_is_known "
        "work_order_hold_is_known_and_has_a_reason work_order_holds_what_it_received "
        "work_order_is_registered_with_a_promise work_order_mode_is_known work_order_over_holds_no_appliance "
        "work_order_priority_is_known work_order_ready_has_its_time work_order_state_is_known "
        "work_order_test_fee_is_no_gift work_order_times_run_forward"
    ),
    "tests/line/intake": "loaner_is_lent_to_one_order_at_a_time",
    "tests/line/workorder": "work_order_promise_never_changes_silently custody_is_never_rewritten",
    "tests/line/storeroom/test_old_parts.py": (
        "an_old_part_is_in_a_known_state an_old_part_away_was_sent_in_a_parcel an_old_part_is_destroyed_by_two "
        "a_missing_old_part_is_charged a_credit_names_its_note what_was_examined_was_in_the_sample "
        "what_is_charged_is_chargeable a_return_batch_is_in_a_known_state a_return_batch_has_its_waybill "
        "a_return_batch_is_opened_by_another a_return_batch_over_never_changes"
    ),
    "tests/line/workshop/test_quotes.py": "an_issued_quote_keeps_its_lines",
    "tests/line/storeroom": "fitted_and_returned_parts_were_issued",
    "tests/line/quality/test_inspections.py": "nobody_inspects_their_own_repair an_inspection_is_never_edited",
    "tests/desks/test_one_person_shop.py": "a_self_check_was_allowed",
    "tests/line/workorder/test_come_back.py": (
        "come_back_names_repair_and_fault come_back_is_paid_by_a_known_bearer come_back_is_never_rewritten"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "no_scope": Saboteur(
        "everybody sees every unit",
        instead("guiju.kernel.actor:Actor", "scope", _everywhere),
        "tests/line/workorder/test_visible_to.py",
    ),
    "sample_foretold": Saboteur(
        "an outlet knows beforehand which old parts are examined",
        instead("guiju.line.storeroom.actions.parcels", "sample", lambda *_a, **_k: frozenset()),
        "tests/line/storeroom/test_old_parts.py",
    ),
    "any_part_fits": Saboteur(
        "a part of another model is asked for",
        instead("guiju.standing.catalogue.queries", "unfit", lambda *_a: []),
        "tests/line/storeroom/test_fitting.py",
    ),
    "told_to_the_counter": Saboteur(
        "whoever counts a part reads on the board how few there are",
        instead("guiju.line.storeroom.queries.shortages", "_counted", lambda *_a: set()),
        "tests/line/storeroom/test_shortages.py",
    ),
}
