"""What customers are told, in which words, when, and how often it is tried."""

from guiju.oversight.notices.rules.life import (
    ARROWS,
    LABELS,
    SENDABLE_AGAIN,
    TRIES_MAX,
    MessageState,
    not_before,
    wait,
)
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

__all__ = [
    "ARROWS", "BUILT_IN", "CHANNEL_LABELS", "COMMON", "DOTS", "EMAIL_LENGTH_MAX", "HIDDEN", "LABELS", "PLACES", "PURPOSES", "REQUIRED",
    "SENDABLE_AGAIN", "SMS_PARTS_MAX", "SUBJECTS", "SUBJECT_LENGTH_MAX", "TEMPLATE_LABELS", "TRIES_MAX",
    "Channel", "Length", "MessageState", "Purpose", "Template",
    "as_braces", "faults", "fill", "length_of", "not_before", "places_in", "sample", "wait",
]  # fmt: skip
