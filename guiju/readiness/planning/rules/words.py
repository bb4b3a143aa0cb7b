"""The words of planning: kinds of demand, states of a suggestion, reasons; and the bounds that the kinds are told by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_

# Syntetos, Boylan & Croston 2005: asked for in three periods of four is often; sizes whose CV² is under one half are even.
GAP_OFTEN = 1.32
CV2_EVEN = 0.49
# Fewer known periods than these tell no kind from another.
HISTORY_SHORT = 12


class Kind(StrEnum):
    """How a part is asked for."""

    SMOOTH = "SMOOTH"
    ERRATIC = "ERRATIC"
    INTERMITTENT = "INTERMITTENT"
    LUMPY = "LUMPY"
    NEW = "NEW"
    NONE = "NONE"


KIND_LABELS: Mapping[Kind, str] = {
    Kind.SMOOTH: N_("Often and even"),
    Kind.ERRATIC: N_("Often and uneven"),
    Kind.INTERMITTENT: N_("Now and then"),
    Kind.LUMPY: N_("Now and then, uneven"),
    Kind.NEW: N_("Short history"),
    Kind.NONE: N_("Never asked for"),
}

# Written beside every plan: what was planned by an older rule can be told from what is planned by this one.
VERSION = "2026-12"


class Engine(StrEnum):
    """What reckoned a plan."""

    WHOLE = "WHOLE"
    PLAIN = "PLAIN"


ENGINE_LABELS: Mapping[Engine, str] = {
    Engine.WHOLE: N_("The full rule"),
    Engine.PLAIN: N_("The plain rule, because the extra guiju[planning] is not installed"),
}


class Echelon(StrEnum):
    """Where a store stands among those that fill one another."""

    ALONE = "ALONE"
    CENTRE = "CENTRE"
    OUTLET = "OUTLET"


ECHELON_LABELS: Mapping[Echelon, str] = {
    Echelon.ALONE: N_("It buys for itself"),
    Echelon.CENTRE: N_("It buys, and fills others"),
    Echelon.OUTLET: N_("It is filled by another store"),
}


class Reason(StrEnum):
    """Why so many are suggested; each is a sentence with its figures."""

    RATE = "RATE"
    NEVER = "NEVER"
    COVERS = "COVERS"
    SERVICE = "SERVICE"
    FLOOR = "FLOOR"
    BORROWED = "BORROWED"
    UNKNOWN = "UNKNOWN"
    JOINED = "JOINED"
    SUPERSEDED = "SUPERSEDED"
    GOING = "GOING"
    LAST_BUY = "LAST_BUY"
    LEARNT = "LEARNT"
    UNLEARNT = "UNLEARNT"
    PRICELESS = "PRICELESS"
    PLAIN = "PLAIN"
    SERVES = "SERVES"
    FED = "FED"
    AT_ONCE = "AT_ONCE"
    POOLED = "POOLED"
    SHARED = "SHARED"
    NOWHERE = "NOWHERE"
    LEAST = "LEAST"


REASONS: Mapping[Reason, str] = {
    Reason.LEAST: N_(
        "At least %(least)s are kept here, as was decided: %(why)s. The plan alone would keep %(reckoned)s."
    ),
    Reason.RATE: N_("About %(rate)s a month are expected, from %(months)s months; %(asked)s of them with a demand."),
    Reason.NEVER: N_("It was not asked for in %(months)s months."),
    Reason.COVERS: N_("It must last %(months)s months: until what is ordered is here, and until the next look."),
    Reason.SERVICE: N_("In %(percent)s of 100 such spans it will last. Cheap parts get more than dear ones."),
    Reason.FLOOR: N_("It is dear; no part is kept for less than %(percent)s of 100 spans."),
    Reason.BORROWED: N_("It was hardly ever asked for, so the rate of its kind of part was added."),
    Reason.UNKNOWN: N_(
        "%(months)s months without stock are left out: what nobody could be given is not what nobody wanted."
    ),
    Reason.JOINED: N_("The demand for %(parts)s, which it replaces, is counted in."),
    Reason.SUPERSEDED: N_("It is replaced by %(part)s: no more of it are kept."),
    Reason.GOING: N_("The maker stops supplying it on %(day)s; only what follows a decline is counted."),
    Reason.LAST_BUY: N_(
        "Until %(day)s about %(quantity)s will be asked for: keep so many, and they are ordered while they can be had."
    ),
    Reason.LEARNT: N_(
        "To serve %(target)s of 100 requests the plan aims at %(aim)s: so it came out when past months were played again."
    ),
    Reason.UNLEARNT: N_("The aim is %(target)s of 100 requests; there is too little history to learn what it takes."),
    Reason.PRICELESS: N_("Its cost is not known; it was taken to cost what half of the parts cost."),
    Reason.PLAIN: N_(
        "Reckoned by the plain rule, with the same service for every part: the extra guiju[planning] is not installed."
    ),
    Reason.SERVES: N_(
        "Stores that it fills: %(outlets)s. Their demand is counted here; what they ask for waits %(days)s days on the mean."
    ),
    Reason.FED: N_(
        "%(store)s fills this store: what it has is here within %(days)s days, what it lacks is here later."
    ),
    Reason.AT_ONCE: N_("Of 100 pieces asked for, %(percent)s will find one here. Cheap parts get more than dear ones."),
    Reason.NOWHERE: N_(
        "It is asked for too seldom to keep any, here or at %(store)s: what is wanted of it is bought when it is wanted."
    ),
    Reason.SHARED: N_(
        "It was hardly ever asked for here, so a share of what is asked for in the other stores was added."
    ),
    Reason.POOLED: N_(
        "It is asked for too seldom here, or is too dear, to lie on this shelf; it is kept at %(store)s."
    ),
}
