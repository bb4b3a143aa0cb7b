"""Days at one counter as plain numbers: what every verb of the walk-in does to the books, written a second time and by hand (G10).

Nothing here reads the database, the table of arrows or a rule of the house: the two tellings must agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# In the order of the road; the rest of the house knows them as `State`.
REGISTERED, RECEIVED, DISPATCHED, ACCEPTED, DIAGNOSING, QUOTED, APPROVED, REPAIRING, QC_PENDING, READY, DELIVERED = (
    "REGISTERED", "RECEIVED", "DISPATCHED", "ACCEPTED", "DIAGNOSING", "QUOTED", "APPROVED", "REPAIRING", "QC_PENDING", "READY",
    "DELIVERED",
)  # fmt: skip
DECLINED, CANCELLED = "DECLINED", "CANCELLED"
# The customer may stop as long as the work is not done.
STOPPED_IN = {RECEIVED, DISPATCHED, ACCEPTED, DIAGNOSING, QUOTED, APPROVED, REPAIRING, QC_PENDING}
ASKED_IN = {DIAGNOSING, APPROVED, REPAIRING}


@dataclass(slots=True)
class Asked:
    """A part that the job asked for: `stands` is where the request stands."""

    quantity: int
    stands: str = "REQUESTED"
    fitted: int = 0
    returned: int = 0

    @property
    def loose(self) -> int:
        """Issued, and neither fitted nor back on its shelf."""
        return self.quantity - self.fitted - self.returned if self.stands == "ISSUED" else 0


@dataclass(slots=True)
class Job:
    """One appliance on its way through the shop; money in fen.

    quote      DRAFT, ISSUED, APPROVED or empty
    approved   how many pieces of the part the customer agreed to
    """

    stands: str = REGISTERED
    held: str = "NONE"
    with_whom: str = ""
    is_diagnosed: bool = False
    quote: str = ""
    approved: int = 0
    asked: list[Asked] = field(default_factory=list)
    has_labour: bool = False
    total: int = 0
    is_billed: bool = False
    paid: int = 0
    refunds: dict[int, tuple[str, int]] = field(default_factory=dict)
    payments: list[int] = field(default_factory=list)

    @property
    def refunded(self) -> int:
        """What went back to the customer."""
        return sum(amount for stands, amount in self.refunds.values() if stands == "PAID")

    @property
    def owed(self) -> int:
        """What is still to be paid; a refund is not owed again."""
        return self.total - self.paid if self.is_billed else 0

    @property
    def fitted(self) -> int:
        """How many pieces are in the appliance."""
        return sum(each.fitted for each in self.asked)

    @property
    def is_missing(self) -> bool:
        """Whether a part that was asked for is not in the technician's hands."""
        return any(each.stands in {"REQUESTED", "RESERVED"} for each in self.asked)


@dataclass(slots=True)
class Shelf:
    """The one bin with the one part in it, and the one drawer."""

    free: int = 0
    till: int = 0
    jobs: list[Job] = field(default_factory=list)

    def reserved(self) -> int:
        """Lies in the bin and is promised."""
        return sum(each.quantity for job in self.jobs for each in job.asked if each.stands == "RESERVED")


def possible(job: Job, shelf: Shelf) -> Iterator[str]:
    """Everything that may be done about this job now, as the trade has it."""
    yield from _AT.get(job.stands, ())
    if job.stands in STOPPED_IN:
        yield "cancel"
    if job.stands in ASKED_IN:
        yield from ("request_part 1", "request_part 2")
    if job.stands in {RECEIVED, DISPATCHED}:
        yield from (f"assign {name}" for name in ("chen", "wu") if name != job.with_whom)
    if job.with_whom == "chen":
        yield from _WITH_CHEN.get(job.stands, ())
    yield from _of_the_bench(job)
    yield from _of_the_store(job, shelf)
    yield from _of_the_till(job)


# What depends on nothing else.
_AT = {
    REGISTERED: ("receive", "cancel"), DIAGNOSING: ("diagnose", "log_labour"), QUOTED: ("approve_quote", "decline_quote"),
    REPAIRING: ("diagnose", "log_labour"), QC_PENDING: ("pass", "fail"),
}  # fmt: skip
_WITH_CHEN = {DISPATCHED: ("accept", "refuse"), ACCEPTED: ("accept", "start_diagnosis")}


def _of_the_bench(job: Job) -> Iterator[str]:
    if job.stands == DIAGNOSING and job.is_diagnosed:
        yield from ("draft_quote 1", "draft_quote 2")
    if job.stands == DIAGNOSING and job.quote == "DRAFT":
        yield "issue_quote"
    if job.stands == APPROVED and not job.is_missing:
        yield "start_repair"
    if job.stands == REPAIRING and job.has_labour and not job.is_missing and not any(each.loose for each in job.asked):
        yield "finish"


def _of_the_store(job: Job, shelf: Shelf) -> Iterator[str]:
    for number, each in enumerate(job.asked):
        if each.stands == "REQUESTED" and each.quantity <= shelf.free:
            yield f"answer {number}"
        if each.stands == "RESERVED":
            yield f"issue {number}"
        if each.stands in {"REQUESTED", "RESERVED"}:
            yield f"drop {number}"
        if each.loose:
            yield f"take_back {number}"
            if job.stands == REPAIRING and job.fitted < job.approved:
                yield f"fit {number}"


def _of_the_till(job: Job) -> Iterator[str]:
    if job.stands == READY and not job.is_billed:
        yield "draw_bill"
    if job.owed:
        yield from ("pay half", "pay all")
    if job.stands == READY and job.is_billed and not job.owed and not job.refunded:
        yield "hand_over"
    for number in range(len(job.payments)):
        stands = job.refunds.get(number, ("", 0))[0]
        if not stands:
            yield f"ask_refund {number}"
        if stands == "ASKED":
            yield f"approve_refund {number}"
        if stands == "APPROVED":
            yield f"pay_refund {number}"


ROAD = (
    "receive", "assign chen", "accept", "start_diagnosis", "diagnose", "draft_quote 1", "issue_quote", "approve_quote",
    "request_part 1", "answer 0", "issue 0", "start_repair", "fit 0", "log_labour", "finish", "pass", "draw_bill", "pay all", "hand_over",
)  # fmt: skip
# Said at any time by somebody who has not looked.
ANYTHING = (
    *ROAD, "assign wu", "refuse", "draft_quote 2", "decline_quote", "request_part 2", "drop 0", "take_back 0", "fail", "cancel",
    "pay half", "ask_refund 0", "approve_refund 0", "pay_refund 0",
)  # fmt: skip


def done(job: Job, shelf: Shelf, verb: str, *, price: int) -> None:
    """What the verb changes, when it was done.

    price   of the labour and of what was approved, as the list has it
    """
    name, _, about = verb.partition(" ")
    if name == "cancel":
        job.stands = DECLINED if job.stands in STOPPED_IN else CANCELLED
    job.stands, job.held = _STANDS.get(name, job.stands), _HELD.get(name, job.held)
    if name in _OF_PARTS:
        _store(job, shelf, name, int(about))
    elif name in _OF_MONEY:
        _count(job, shelf, name, about, price)
    else:
        _note(job, name, about)


def _note(job: Job, name: str, about: str) -> None:
    if name in {"assign", "refuse"}:
        job.with_whom = about
    if name == "draft_quote":
        job.quote, job.approved = "DRAFT", int(about)
    job.is_diagnosed |= name == "diagnose"
    job.has_labour |= name == "log_labour"


_STANDS = {
    "receive": RECEIVED, "assign": DISPATCHED, "accept": ACCEPTED, "start_diagnosis": DIAGNOSING, "issue_quote": QUOTED,
    "approve_quote": APPROVED, "decline_quote": DECLINED, "start_repair": REPAIRING, "finish": QC_PENDING, "pass": READY,
    "fail": REPAIRING, "hand_over": DELIVERED,
}  # fmt: skip
_HELD = {"receive": "IN_SHOP", "start_diagnosis": "WITH_TECH", "pass": "IN_SHOP", "hand_over": "RETURNED"}
_OF_PARTS = {"request_part", "answer", "issue", "drop", "take_back", "fit"}
_OF_MONEY = {"draw_bill", "pay", "ask_refund", "approve_refund", "pay_refund"}


def _store(job: Job, shelf: Shelf, name: str, number: int) -> None:
    if name == "request_part":
        job.asked.append(Asked(number))
        return
    each = job.asked[number]
    if name == "answer":
        each.stands, shelf.free = "RESERVED", shelf.free - each.quantity
    elif name == "issue":
        each.stands = "ISSUED"
    elif name == "drop":
        shelf.free += each.quantity if each.stands == "RESERVED" else 0
        each.stands = "CANCELLED"
    elif name == "take_back":
        each.returned, shelf.free = each.returned + 1, shelf.free + 1
        if each.returned == each.quantity:
            each.stands = "RETURNED"
    else:
        each.fitted += 1


def _count(job: Job, shelf: Shelf, name: str, about: str, price: int) -> None:
    if name == "draw_bill":
        job.is_billed, job.total = True, price
    elif name == "pay":
        amount = job.owed if about == "all" else job.owed // 2
        job.payments.append(amount)
        job.paid, shelf.till = job.paid + amount, shelf.till + amount
    else:
        number = int(about)
        amount = job.payments[number] // 2
        job.refunds[number] = {"ask": "ASKED", "approve": "APPROVED", "pay": "PAID"}[name.partition("_")[0]], amount
        shelf.till -= amount if name == "pay_refund" else 0
