"""The life of a request. Plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class RequestState(StrEnum):
    NEW = "NEW"
    TRIAGED = "TRIAGED"
    CONVERTED = "CONVERTED"
    RESOLVED_BY_ADVICE = "RESOLVED_BY_ADVICE"
    DUPLICATE = "DUPLICATE"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"
    CLOSED = "CLOSED"


# Domain 3.1. A walk-in's request is converted in the moment in which it is made; requests that wait for an answer (telephone,
# web, chat) get their own verbs with the telephone desk.
REQUEST_ARROWS: Mapping[RequestState, Mapping[RequestState, str]] = {
    RequestState.NEW: {
        RequestState.TRIAGED: "intake.triage",
        RequestState.CONVERTED: "intake.register",
        RequestState.DUPLICATE: "intake.link_duplicate",
        RequestState.REJECTED: "intake.reject",
        RequestState.CANCELLED: "intake.cancel",
    },
    RequestState.TRIAGED: {
        RequestState.RESOLVED_BY_ADVICE: "intake.advise",
        RequestState.CONVERTED: "intake.register",
        RequestState.DUPLICATE: "intake.link_duplicate",
        RequestState.REJECTED: "intake.reject",
        RequestState.CANCELLED: "intake.cancel",
    },
    RequestState.CONVERTED: {RequestState.CANCELLED: "intake.cancel", RequestState.CLOSED: "followup.close"},
    RequestState.RESOLVED_BY_ADVICE: {RequestState.TRIAGED: "intake.reopen"},
    RequestState.CLOSED: {RequestState.TRIAGED: "intake.reopen"},
    RequestState.DUPLICATE: {},
    RequestState.REJECTED: {},
    RequestState.CANCELLED: {},
}

REQUEST_LABELS: Mapping[RequestState, str] = {
    RequestState.NEW: N_("New request"),
    RequestState.TRIAGED: N_("Triaged"),
    RequestState.CONVERTED: N_("Turned into a work order"),
    RequestState.RESOLVED_BY_ADVICE: N_("Solved by advice"),
    RequestState.DUPLICATE: N_("Duplicate"),
    RequestState.REJECTED: N_("Not accepted"),
    RequestState.CANCELLED: N_("Cancelled"),
    RequestState.CLOSED: N_("Closed"),
}
