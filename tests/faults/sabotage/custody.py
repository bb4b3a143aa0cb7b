"""What a controlled store would miss."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

from tests.faults.sabotage.ways import Saboteur, instead

CUSTODY = "tests/readiness/custody/test_sessions.py"

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    CUSTODY: (
        "a_custodian_holds_a_lock_of_the_store a_store_is_counted_before_it_is_locked "
        "a_store_is_locked_by_those_who_opened_it a_store_is_opened_by_two_of_two_groups_in_time "
        "a_store_is_opened_once_at_a_time access_names_its_authority an_emergency_is_due_for_review "
        "controlled_movement_adds_up controlled_movement_has_its_authority controlled_movement_is_never_changed "
        "custodian_grant_is_never_rewritten nobody_holds_both_groups_of_a_store nobody_makes_themself_a_custodian "
        "nobody_opens_a_frozen_store nobody_reviews_their_own_emergency nothing_leaves_a_store_that_is_not_protected "
        "nothing_moves_behind_a_locked_door what_was_counted_stays_counted "
        "what_went_wrong_is_settled_by_a_third_person who_signed_in_stays_who_signed_in"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "alone_at_the_safe": Saboteur(
        "whoever stands at a controlled store is let in",
        instead("guiju.readiness.custody.rules", "judge", lambda *_a, **_k: SimpleNamespace(refused=False)),
        CUSTODY,
    ),
    "any_custodian": Saboteur(
        "a custodian signs without a password",
        instead("guiju.standing.people.queries", "knows_password", lambda *_a: True),
        CUSTODY,
    ),
    "endless_window": Saboteur(
        "the second custodian comes whenever they like",
        instead("guiju.readiness.custody.actions.doors", "_lapse", lambda *_a: None),
        CUSTODY,
    ),
    "unprotected": Saboteur(
        "what protects a store is not looked at",
        instead("guiju.readiness.custody.queries", "weak", lambda *_a, **_k: []),
        CUSTODY,
    ),
    "uncounted": Saboteur(
        "whatever is counted is right", instead("guiju.readiness.custody.rules", "differing", lambda *_a: []), CUSTODY
    ),
}
