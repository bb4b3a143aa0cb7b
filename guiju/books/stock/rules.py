"""Where a part can be, whose and how good it is there, and why it moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guiju.kernel.words import N_


class Place(StrEnum):
    """Where a part can be."""

    BIN = "BIN"
    HELD = "HELD"
    DEFECTIVE = "DEFECTIVE"
    TO_RETURN = "TO_RETURN"
    QUARANTINED = "QUARANTINED"
    ON_ORDER = "ON_ORDER"
    TRANSIT = "TRANSIT"
    FITTED = "FITTED"
    SUPPLIER = "SUPPLIER"
    LOSS = "LOSS"
    FOUND = "FOUND"
    SCRAP = "SCRAP"


PLACE_LABELS: Mapping[Place, str] = {
    Place.BIN: N_("On the shelf"),
    Place.HELD: N_("Reserved"),
    Place.DEFECTIVE: N_("Defective"),
    Place.TO_RETURN: N_("To be returned"),
    Place.QUARANTINED: N_("Quarantined"),
    Place.ON_ORDER: N_("On order"),
    Place.TRANSIT: N_("On the way"),
    Place.FITTED: N_("Issued"),
    Place.SUPPLIER: N_("Supplier"),
    Place.LOSS: N_("Lost"),
    Place.FOUND: N_("Found"),
    Place.SCRAP: N_("Scrapped"),
}

# What lies in a bin and is not to be used: set apart, with a reason.
SET_APART = frozenset({Place.DEFECTIVE, Place.TO_RETURN, Place.QUARANTINED})
# A reserved part still lies in its bin; only its promise has changed. So does what is set apart; only its condition has.
IN_A_BIN = frozenset({Place.BIN, Place.HELD}) | SET_APART
# Because of one job, one order or one transfer, which is named.
FOR_A_REFERENCE = frozenset({Place.HELD, Place.ON_ORDER, Place.TRANSIT, Place.FITTED})
# Outside the house: more comes from there than ever was seen to go in.
WITHOUT_BOTTOM = frozenset({Place.SUPPLIER, Place.FOUND})
# Still the house's own: what is valued, and what a serial can be found in.
STILL_OURS = IN_A_BIN | {Place.TRANSIT}


class Condition(StrEnum):
    """How good the pieces in a bin are: only good ones are reserved and issued."""

    GOOD = "GOOD"
    DEFECTIVE = "DEFECTIVE"
    TO_RETURN = "TO_RETURN"
    QUARANTINED = "QUARANTINED"


CONDITION_LABELS: Mapping[Condition, str] = {
    Condition.GOOD: N_("Good"),
    Condition.DEFECTIVE: N_("Defective"),
    Condition.TO_RETURN: N_("To be returned"),
    Condition.QUARANTINED: N_("Quarantined"),
}
# A condition is a kind of place within its bin: the good ones lie on the shelf itself.
PLACE_OF: Mapping[Condition, Place] = {
    Condition.GOOD: Place.BIN,
    Condition.DEFECTIVE: Place.DEFECTIVE,
    Condition.TO_RETURN: Place.TO_RETURN,
    Condition.QUARANTINED: Place.QUARANTINED,
}


class Owner(StrEnum):
    """Whose the pieces are. A move never changes it."""

    OWN = "OWN"
    HQ_CONSIGNED = "HQ_CONSIGNED"
    CUSTOMER = "CUSTOMER"


OWNER_LABELS: Mapping[Owner, str] = {
    Owner.OWN: N_("Our own"),
    Owner.HQ_CONSIGNED: N_("Consigned by head office"),
    Owner.CUSTOMER: N_("The customer's"),
}
# A customer's own part is kept for that customer, and promised to no other job.
PROMISED = (Owner.OWN, Owner.HQ_CONSIGNED)


@dataclass(frozen=True, slots=True)
class Which:
    """Which pieces of a part: how good, whose, of which lot, with which serials.

    expires_on   the last day on which the lot may be used; said when it is received
    serials      one a piece, for a part that is tracked by its serials
    """

    condition: Condition = Condition.GOOD
    owner: Owner = Owner.OWN
    lot: str = ""
    expires_on: date | None = None
    serials: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """The kind of place in a bin where they lie."""
        return PLACE_OF[Condition(self.condition)]


# Good pieces; our own before those that head office has consigned.
ANY = Which()


class Movement(StrEnum):
    """Why a part moves."""

    RECEIPT = "RECEIPT"
    RESERVE = "RESERVE"
    RELEASE = "RELEASE"
    ISSUE = "ISSUE"
    TAKE_BACK = "TAKE_BACK"
    MOVE = "MOVE"
    SET_APART = "SET_APART"
    CLEAR = "CLEAR"
    SCRAP = "SCRAP"
    SEND_BACK = "SEND_BACK"
    SEND = "SEND"
    ARRIVE = "ARRIVE"
    LOST_ON_THE_WAY = "LOST_ON_THE_WAY"
    LOSS = "LOSS"
    FOUND = "FOUND"
    UNDO = "UNDO"


MOVEMENT_LABELS: Mapping[Movement, str] = {
    Movement.RECEIPT: N_("Receipt of goods"),
    Movement.RESERVE: N_("Reservation"),
    Movement.RELEASE: N_("Reservation released"),
    Movement.ISSUE: N_("Issue"),
    Movement.TAKE_BACK: N_("Return from a job"),
    Movement.MOVE: N_("Put into another bin"),
    Movement.SET_APART: N_("Set apart"),
    Movement.CLEAR: N_("Found good again"),
    Movement.SCRAP: N_("Scrapped"),
    Movement.SEND_BACK: N_("Sent back"),
    Movement.SEND: N_("Sent to another store"),
    Movement.ARRIVE: N_("Came from another store"),
    Movement.LOST_ON_THE_WAY: N_("Lost on the way"),
    Movement.LOSS: N_("Loss"),
    Movement.FOUND: N_("Find at a count"),
    Movement.UNDO: N_("Entry undone"),
}

# What only changes the promise: the piece itself stays where it lies.
PROMISES = frozenset({Movement.RESERVE, Movement.RELEASE})
# A move that a person judges says why it was needed.
WITH_A_REASON = frozenset({
    Movement.SET_APART, Movement.CLEAR, Movement.SCRAP, Movement.LOST_ON_THE_WAY,
    Movement.LOSS, Movement.FOUND, Movement.UNDO,
})  # fmt: skip
# What a mistaken entry can be undone for; the others have a verb of their own that gives back.
CAN_BE_UNDONE = frozenset({Movement.RECEIPT, Movement.LOSS, Movement.FOUND})
# What may be drawn from several heaps when nobody said which: own before consigned, and what expires first before the rest.
DRAWN = frozenset({
    Movement.RESERVE, Movement.RELEASE, Movement.ISSUE, Movement.TAKE_BACK, Movement.ARRIVE, Movement.LOST_ON_THE_WAY, Movement.LOSS,
})  # fmt: skip
# For what an expired lot is no longer good (INV-8).
NOT_WHEN_EXPIRED = frozenset({Movement.RESERVE, Movement.ISSUE})


@dataclass(frozen=True, slots=True)
class Heap:
    """What lies in one place of one owner and one lot."""

    owner: Owner
    lot: str
    amount: int
    expires_on: date | None = None

    def is_expired(self, on: date) -> bool:
        """Whether the lot may no longer be used on that day."""
        return self.expires_on is not None and self.expires_on < on


def draw(heaps: Iterable[Heap], wanted: int) -> list[Heap]:
    """Take so many from the heaps: own before consigned, what expires first before the rest; as many as there are, at most."""
    taken: list[Heap] = []
    order = sorted(heaps, key=lambda heap: (list(Owner).index(heap.owner), heap.expires_on or date.max, heap.lot))
    for heap in order:
        amount = min(wanted, heap.amount)
        if amount > 0:
            taken.append(Heap(heap.owner, heap.lot, amount, heap.expires_on))
            wanted -= amount
    return taken


def distance(path: str, other: str) -> tuple[int, int]:
    """How far another unit is in the tree: so many steps down to it, behind so many up; (0, 0) is the unit itself.

    path, other   the codes from the root down, such as "HQ/SD/FS01/"

    In this order whoever stands above comes before whoever stands beside.
    """
    mine, theirs = path.strip("/").split("/"), other.strip("/").split("/")
    shared = 0
    while shared < min(len(mine), len(theirs)) and mine[shared] == theirs[shared]:
        shared += 1
    return len(theirs) - shared, len(mine) - shared


class Method(StrEnum):
    """By which rule the pieces in store are valued."""

    AVERAGE = "AVERAGE"
    FIFO = "FIFO"


METHOD_LABELS: Mapping[Method, str] = {
    Method.AVERAGE: N_("Moving average"),
    Method.FIFO: N_("First in, first out"),
}


class Pool:
    """Pieces of one part that are valued together, in layers as they came: each so many, and what they cost as a whole.

    By moving average there is one layer only. Values are whole minor units; what is taken from a layer is rounded half up and what
    is left keeps the rest, so that the pools together are always worth what came in, to the cent.
    """

    def __init__(self, method: Method) -> None:
        self.method = method
        self.layers: list[tuple[int, int]] = []
        # What a piece cost last, as a value and a quantity: for pieces that nobody knows the price of.
        self.last: tuple[int, int] | None = None

    @property
    def quantity(self) -> int:
        """How many pieces."""
        return sum(quantity for quantity, _ in self.layers)

    @property
    def value(self) -> int:
        """What they are worth, in minor units."""
        return sum(value for _, value in self.layers)

    def put(self, layers: Iterable[tuple[int, int]]) -> None:
        """Add what came, layer by layer."""
        for quantity, value in layers:
            self.last = (value, quantity)
            if self.method is Method.AVERAGE and self.layers:
                ((before, worth),) = self.layers
                self.layers = [(before + quantity, worth + value)]
            else:
                self.layers.append((quantity, value))

    def take(self, quantity: int) -> list[tuple[int, int]]:
        """Take so many out, the oldest first."""
        taken = []
        while quantity and self.layers:
            there, value = self.layers[0]
            part = min(quantity, there)
            worth = share(value, part, there)
            taken.append((part, worth))
            quantity -= part
            self.layers[0] = (there - part, value - worth)
            if part == there:
                self.layers.pop(0)
        return taken

    def undo(self, quantity: int, value: int) -> list[tuple[int, int]]:
        """Take out what came by mistake, at what it was said to be worth; where it has been mixed with less, as any others."""
        for place in range(len(self.layers) - 1, -1, -1):
            there, worth = self.layers[place]
            if there == quantity or (there > quantity and worth >= value and self.method is Method.AVERAGE):
                given = worth if there == quantity else value
                self.layers[place] = (there - quantity, worth - given)
                if there == quantity:
                    self.layers.pop(place)
                return [(quantity, given)]
        return self.take(quantity)

    def guess(self, quantity: int, unit_cost: int | None) -> int:
        """What pieces of unknown price are worth: as the others here, else as the last ones, else as the catalogue says."""
        if self.quantity:
            return share(self.value, quantity, self.quantity)
        if self.last is not None:
            return share(self.last[0], quantity, self.last[1])
        return quantity * (unit_cost or 0)


def share(value: int, part: int, whole: int) -> int:
    """So much of a value as a part is of the whole, rounded half up."""
    return (2 * value * part + whole) // (2 * whole)


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
