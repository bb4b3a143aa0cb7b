"""What customers are told, in which words, when, and how often it is tried."""

from collections.abc import Mapping

from guiju.oversight.notices.rules.cash import CASH_LABELS, CASH_ROLES
from guiju.oversight.notices.rules.life import (
    ARROWS,
    LABELS,
    SENDABLE_AGAIN,
    TRIES_MAX,
    MessageState,
    not_before,
    wait,
)
from guiju.oversight.notices.rules.promises import (
    INSTEAD,
    LAST_HOURS,
    STAGE_LABELS,
    STEP_LABELS,
    WARN_KEYS,
    Stage,
    WarningStep,
    hours_key,
    roles_told,
    stage_of,
    step_of_job,
    step_of_part,
)
from guiju.oversight.notices.rules.stores import AT_A_DOOR, STORE_LABELS, STORE_ROLES, Alarm
from guiju.oversight.notices.rules.templates import (
    BUILT_IN,
    CHANNEL_LABELS,
    COMMON,
    DOTS,
    HIDDEN,
    PLACES,
    PURPOSES,
    REQUIRED,
    SUBJECTS,
    TEMPLATE_LABELS,
    Channel,
    Purpose,
    Template,
)
from guiju.oversight.notices.rules.walls import WALL_ROLES
from guiju.oversight.notices.rules.wording import (
    EMAIL_LENGTH_MAX,
    SMS_PARTS_MAX,
    SUBJECT_LENGTH_MAX,
    Length,
    as_braces,
    faults,
    fill,
    length_of,
    places_in,
    sample,
)

ALARM_LABELS: Mapping[Alarm, str] = {**STORE_LABELS, **CASH_LABELS}
ALARM_ROLES: Mapping[Alarm, tuple[str, ...]] = {**STORE_ROLES, **CASH_ROLES}
OF_CASH = frozenset(CASH_LABELS)

__all__ = [
    "ALARM_LABELS",
    "ALARM_ROLES",
    "ARROWS",
    "AT_A_DOOR",
    "BUILT_IN",
    "CHANNEL_LABELS",
    "COMMON",
    "DOTS",
    "EMAIL_LENGTH_MAX",
    "HIDDEN",
    "INSTEAD",
    "LABELS",
    "LAST_HOURS",
    "OF_CASH",
    "PLACES",
    "PURPOSES",
    "REQUIRED",
    "SENDABLE_AGAIN",
    "SMS_PARTS_MAX",
    "STAGE_LABELS",
    "STEP_LABELS",
    "SUBJECTS",
    "SUBJECT_LENGTH_MAX",
    "TEMPLATE_LABELS",
    "TRIES_MAX",
    "WALL_ROLES",
    "WARN_KEYS",
    "Alarm",
    "Channel",
    "Length",
    "MessageState",
    "Purpose",
    "Stage",
    "Template",
    "WarningStep",
    "as_braces",
    "faults",
    "fill",
    "hours_key",
    "length_of",
    "not_before",
    "places_in",
    "roles_told",
    "sample",
    "stage_of",
    "step_of_job",
    "step_of_part",
    "wait",
]  # fmt: skip
