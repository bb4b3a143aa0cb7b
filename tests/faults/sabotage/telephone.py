"""What the telephone would miss."""

from __future__ import annotations

from collections.abc import Mapping

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/line/telephone/test_scoring.py": (
        "nobody_scores_their_own_call call_mark_is_never_rewritten call_score_is_of_the_one_who_spoke"
    ),
    "tests/line/telephone/test_editions.py": (
        "voice_menu_once_published_is_never_edited voice_menu_once_published_is_never_lost"
    ),
    "tests/line/telephone/test_call_backs.py": "call_back_once_ended_stays_ended",
    "tests/line/telephone/test_calls.py": "call_has_one_record_per_system",
}
