"""What the registration of an appliance would miss."""

from __future__ import annotations

from collections.abc import Mapping

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/line/registration": (
        "registration_channel_is_known registration_confirmed_has_its_card registration_decided_never_changes "
        "registration_is_refused_for_a_reason registration_names_unit_and_owner registration_proof_is_kept_once "
        "registration_proof_is_never_edited registration_puzzle_is_solved_once registration_state_is_known "
        "registration_words_are_never_rewritten"
    ),
}
