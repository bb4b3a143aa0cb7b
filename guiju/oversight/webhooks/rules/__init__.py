"""What is told to others, how it is signed, where it may go, and how often it is tried."""

from guiju.oversight.webhooks.rules.addresses import Refused, networks, read_url, why_not
from guiju.oversight.webhooks.rules.life import (
    ARROWS,
    DELIVERY_LABELS,
    LABELS,
    PAUSE_LABELS,
    DeliveryState,
    EndpointState,
    Pause,
    asked_for,
    rest,
    wait,
)
from guiju.oversight.webhooks.rules.published import PUBLISHED, TEST, TYPES, Published, body_of, content_of
from guiju.oversight.webhooks.rules.signature import MARK, headers, secret_text, sign

__all__ = [
    "ARROWS", "DELIVERY_LABELS", "LABELS", "MARK", "PAUSE_LABELS", "PUBLISHED", "TEST", "TYPES",
    "DeliveryState", "EndpointState", "Pause", "Published", "Refused",
    "asked_for", "body_of", "content_of", "headers", "networks", "read_url", "rest", "secret_text", "sign", "wait", "why_not",
]  # fmt: skip
