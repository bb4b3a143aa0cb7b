"""What the counting of stores would miss."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/readiness/counting/test_counts.py": (
        "a_count_is_approved_before_it_is_booked a_difference_is_explained_before_it_is_approved "
        "a_count_has_two_counters a_count_is_handed_in_before_it_is_judged a_count_is_in_a_known_state "
        "a_count_is_of_a_known_kind a_spot_check_says_why the_keeper_counts_no_whole_store "
        "a_store_is_handed_over_to_another a_count_is_frozen_before_it_is_counted a_count_is_of_its_stores_unit "
        "a_count_once_over_never_changes a_bin_is_in_one_open_count a_bin_is_once_in_a_count "
        "a_bin_set_free_stays_free a_counted_bin_is_in_a_known_state a_sheet_once_ended_never_changes "
        "an_ended_sheet_keeps_its_lines a_bin_is_counted_by_a_counter_of_its_count nobody_counts_what_they_approved "
        "an_unknown_scan_is_kept a_counted_line_says_what_was_expected "
        "a_difference_has_its_cause_and_who_answers_for_it a_line_of_a_count_that_is_over_never_changes "
        "a_part_stands_once_in_a_counted_bin an_approval_of_a_count_stays nobody_approves_what_they_kept_or_counted "
        "a_count_is_approved_by_different_people"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "a_count_that_sees": Saboteur(
        "whoever counts reads on the page how many there should be",
        instead("guiju.readiness.counting.queries", "is_blind", lambda _count: False),
        "tests/readiness/counting/test_blind.py",
    ),
    "a_counter_who_reads": Saboteur(
        "whoever counts a bin reads elsewhere what lies in it",
        instead("guiju.desks.common.blind", "shown", lambda lying, **_k: list(lying)),
        "tests/desks/stores/test_who_sees.py",
    ),
}
