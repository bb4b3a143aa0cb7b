"""What is on the way and since when, and whether the transfers and the stock book say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet, Sum

from guiju.books.stock.models import StockAccount, Store
from guiju.books.stock.rules import Place
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.readiness.transfers.models import Loss, Transfer, TransferLine
from guiju.readiness.transfers.rules import UNDER_WAY, State
from guiju.standing.policy import queries as policy


@dataclass(frozen=True)
class OnTheWay:
    """A transfer of which something is on the way.

    pieces    how many, over all its lines
    days      whole days since it was sent
    is_late   longer than `inv.transit_days` allows
    """

    transfer: Transfer
    pieces: int
    days: int
    is_late: bool


@dataclass(frozen=True)
class Elsewhere:
    """A store of any unit, as it is named to whoever asks it for parts."""

    store: Store
    unit_code: str
    unit_name: str


def under_way(*, by: Actor, at: datetime) -> list[OnTheWay]:
    """What is on the way from or to this person's units, the oldest first (F04)."""
    rows = Transfer.objects.visible_to(by).filter(state__in=sorted(UNDER_WAY)).select_related("unit", "to_unit")
    rows = rows.annotate(pieces=Sum(F("lines__sent") - F("lines__received") - F("lines__lost")))
    most: dict[int, int] = {}
    found = []
    for row in rows.order_by("sent_at", "pk"):
        if row.unit_id not in most:
            figure = policy.figure("inv.transit_days", unit=row.unit, on=row.unit.day(at))
            most[row.unit_id] = int(figure.value)
        days = (at - row.sent_at).days if row.sent_at else 0
        found.append(OnTheWay(row, getattr(row, "pieces", 0), days, is_late=days > most[row.unit_id]))
    return found


def waiting(*, by: Actor) -> QuerySet[Transfer]:
    """What this person's stores have to do something about: to send, and to receive."""
    to_send, to_receive = by.scope("transfers.send"), by.scope("transfers.receive")
    rows = Transfer.objects.filter(to_send.q(), state=State.REQUESTED.value)
    return rows | Transfer.objects.filter(to_receive.q(unit="to_unit"), state__in=sorted(UNDER_WAY))


def left_of(transfers: Iterable[Transfer]) -> dict[int, int]:
    """How many pieces of each are on the way, over all its lines; by the transfer's key."""
    lines = TransferLine.objects.filter(transfer__in=[each.pk for each in transfers]).order_by()
    left = lines.values("transfer").annotate(left=Sum(F("sent") - F("received") - F("lost")))
    return {row["transfer"]: row["left"] for row in left}


def lines_of(transfer: Transfer) -> list[TransferLine]:
    """The lines of a transfer, in the order in which they were asked for."""
    return list(transfer.lines.select_related("part").order_by("pk"))


def losses_of(transfer: Transfer) -> list[Loss]:
    """What of a transfer was declared lost, and by whom."""
    rows = Loss.objects.filter(line__transfer=transfer).select_related("line__part", "declared_by")
    return list(rows.order_by("pk"))


@reach.as_house
def stores() -> list[Elsewhere]:
    """The stores that can be asked for parts, wherever they are: their names and nothing of what lies there."""
    rows = Store.objects.select_related("unit").order_by("unit__code", "code")
    return [Elsewhere(row, row.unit.code, row.unit.name) for row in rows]


@reach.as_house
def store_anywhere(unit_code: str, code: str) -> Store | None:
    """A store by the codes of its unit and its own, wherever it is."""
    return Store.objects.select_related("unit").filter(unit__code=unit_code.upper(), code=code.upper()).first()


@invariant("INV-5")
def what_is_on_the_way_is_what_was_sent_and_has_not_come() -> Iterator[str]:
    """Of each line the stock book has on the way what was sent, less what came, less what is declared lost."""
    said = {
        (number, part_id): on_the_way
        for number, part_id, on_the_way in TransferLine.objects.annotate(
            on_the_way_now=F("sent") - F("received") - F("lost")
        ).values_list("transfer__number", "part_id", "on_the_way_now")
    }
    booked = {
        (reference, part_id): total
        for reference, part_id, total in StockAccount.objects.filter(kind=Place.TRANSIT)
        .values("reference", "part_id")
        .annotate(total=Sum("balance"))
        .values_list("reference", "part_id", "total")
    }
    for number, part_id in sorted(said.keys() | booked.keys()):
        key = number, part_id
        if said.get(key, 0) != booked.get(key, 0):
            yield f"{number}, part {part_id}: the transfer says {said.get(key, 0)}, the book {booked.get(key, 0)}"


@invariant("EX-15")
def a_transfer_closes_with_the_last_piece() -> Iterator[str]:
    """Closed means that nothing is on the way, and nothing on the way means closed."""
    totals = Transfer.objects.annotate(pieces=Sum(F("lines__sent") - F("lines__received") - F("lines__lost")))
    for number in totals.filter(state__in=sorted(UNDER_WAY), pieces=0).values_list("number", flat=True):
        yield f"{number} is open, and nothing of it is on the way"
    for number in totals.exclude(state__in=sorted(UNDER_WAY)).filter(pieces__gt=0).values_list("number", flat=True):
        yield f"{number} is over, and something of it is on the way"


@invariant("INV-5")
def the_lines_add_up() -> Iterator[str]:
    """What a line says came and is lost is what its arrivals and its declared losses add up to."""
    came = dict(TransferLine.objects.annotate(sum=Sum("arrivals__quantity")).values_list("pk", "sum"))
    lost = dict(TransferLine.objects.annotate(sum=Sum("losses__quantity")).values_list("pk", "sum"))
    for line in TransferLine.objects.select_related("transfer", "part"):
        if (line.received, line.lost) != (came[line.pk] or 0, lost[line.pk] or 0):
            yield f"{line}: {line.received} received and {line.lost} lost, its papers say {came[line.pk]} and {lost[line.pk]}"
