"""What whoever watches would miss: reports, warnings, webhooks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/oversight/reports/test_cash_days.py": (
        "a_cash_day_is_made_once a_cash_day_says_who_closed_it a_cash_day_is_never_rewritten a_cash_day_is_closed_once"
    ),
    "tests/oversight/reports/test_reports.py": (
        "a_store_report_is_made_once a_store_report_is_of_a_known_period a_store_report_says_who_confirmed_it "
        "a_store_report_is_never_rewritten a_store_report_is_confirmed_once"
    ),
    "tests/oversight/webhooks/test_endpoints.py": (
        "what_a_webhook_says_is_never_changed what_was_revoked_hears_nothing_more"
    ),
    "tests/oversight/notices/test_warnings.py": (
        "a_person_is_warned_of_a_promise_once a_person_is_warned_of_a_part_once"
    ),
    "tests/oversight/notices/test_walls.py": (
        "a_person_is_warned_of_a_wall_once a_person_is_warned_of_a_bare_wall_once a_wall_warning_is_of_a_known_step "
        "a_wall_warning_is_never_rewritten"
    ),
}

SABOTEURS: Mapping[str, Saboteur] = {
    "any_network": Saboteur(
        "webhooks go into our own network",
        instead("guiju.oversight.webhooks.rules.addresses", "_is_public", lambda _a: True),
        "tests/oversight/webhooks/test_rules.py",
    ),
    "unsigned_webhooks": Saboteur(
        "a webhook is signed by anybody",
        instead("guiju.oversight.webhooks.rules.signature", "sign", lambda *_a, **_k: "v1,"),
        "tests/oversight/webhooks/test_sending.py",
    ),
    "never_idle": Saboteur(
        "dead stock keeps its worth in the report",
        instead("guiju.oversight.reports.rules", "why_idle", lambda *_a, **_k: None),
        "tests/oversight/reports/test_reports.py",
    ),
    "quiet_doors": Saboteur(
        "nobody hears what is wrong at a store",
        instead("guiju.oversight.notices.rules", "ALARM_ROLES", defaultdict(tuple)),
        "tests/oversight/notices/test_alarms.py",
    ),
}
