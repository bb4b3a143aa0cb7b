"""Where a part can be, and why it moves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class Place(StrEnum):
    """Where a part can be."""

    BIN = "BIN"
    HELD = "HELD"
    ON_ORDER = "ON_ORDER"
    FITTED = "FITTED"
    SUPPLIER = "SUPPLIER"
    LOSS = "LOSS"
    FOUND = "FOUND"
    SCRAP = "SCRAP"


PLACE_LABELS: Mapping[Place, str] = {
    Place.BIN: N_("On the shelf"),
    Place.HELD: N_("Reserved"),
    Place.ON_ORDER: N_("On order"),
    Place.FITTED: N_("Issued to a job"),
    Place.SUPPLIER: N_("Supplier"),
    Place.LOSS: N_("Lost"),
    Place.FOUND: N_("Found"),
    Place.SCRAP: N_("Scrapped"),
}

# A reserved part still lies in its bin; only its promise has changed.
IN_A_BIN = frozenset({Place.BIN, Place.HELD})
# Because of one job or one order, which is named.
FOR_A_REFERENCE = frozenset({Place.HELD, Place.ON_ORDER, Place.FITTED})
# Outside the house: more comes from there than ever was seen to go in.
WITHOUT_BOTTOM = frozenset({Place.SUPPLIER, Place.FOUND})


class Movement(StrEnum):
    """Why a part moves."""

    RECEIPT = "RECEIPT"
    RESERVE = "RESERVE"
    RELEASE = "RELEASE"
    ISSUE = "ISSUE"
    TAKE_BACK = "TAKE_BACK"
    LOSS = "LOSS"
    FOUND = "FOUND"
    UNDO = "UNDO"


MOVEMENT_LABELS: Mapping[Movement, str] = {
    Movement.RECEIPT: N_("Receipt of goods"),
    Movement.RESERVE: N_("Reservation"),
    Movement.RELEASE: N_("Reservation released"),
    Movement.ISSUE: N_("Issue"),
    Movement.TAKE_BACK: N_("Return from a job"),
    Movement.LOSS: N_("Loss"),
    Movement.FOUND: N_("Find at a count"),
    Movement.UNDO: N_("Entry undone"),
}

# From where to where each of them goes.
WAYS: Mapping[Movement, tuple[Place, Place]] = {
    Movement.RECEIPT: (Place.SUPPLIER, Place.BIN),
    Movement.RESERVE: (Place.BIN, Place.HELD),
    Movement.RELEASE: (Place.HELD, Place.BIN),
    Movement.ISSUE: (Place.HELD, Place.FITTED),
    Movement.TAKE_BACK: (Place.FITTED, Place.BIN),
    Movement.LOSS: (Place.BIN, Place.LOSS),
    Movement.FOUND: (Place.FOUND, Place.BIN),
}

# A move that a count makes says why it was needed.
WITH_A_REASON = frozenset({Movement.LOSS, Movement.FOUND, Movement.UNDO})
# What a mistaken entry can be undone for; the others have a verb of their own that gives back.
CAN_BE_UNDONE = frozenset({Movement.RECEIPT, Movement.LOSS, Movement.FOUND})


class Direction(StrEnum):
    """What a count shows."""

    LOSS = "LOSS"
    FOUND = "FOUND"


class StoreKind(StrEnum):
    """What a store is for."""

    HQ = "HQ"
    REGION = "REGION"
    OUTLET = "OUTLET"
    VAN = "VAN"
    QUARANTINE = "QUARANTINE"
    OLD_PARTS = "OLD_PARTS"
    CONSIGNMENT = "CONSIGNMENT"
    EXCHANGE_UNITS = "EXCHANGE_UNITS"


STORE_LABELS: Mapping[StoreKind, str] = {
    StoreKind.HQ: N_("Head office store"),
    StoreKind.REGION: N_("Regional store"),
    StoreKind.OUTLET: N_("Outlet store"),
    StoreKind.VAN: N_("Van"),
    StoreKind.QUARANTINE: N_("Quarantine"),
    StoreKind.OLD_PARTS: N_("Old parts"),
    StoreKind.CONSIGNMENT: N_("Consignment stock"),
    StoreKind.EXCHANGE_UNITS: N_("Exchange units"),
}
