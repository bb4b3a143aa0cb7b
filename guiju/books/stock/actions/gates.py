"""Who is asked when pieces go into a bin or out of one: contexts above the book, which the book does not know.

A promise moves nothing and asks nobody; nor does a count when it is posted, for it says what lies there and carries nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from guiju.books.stock.models import Bin, StockMove
from guiju.books.stock.rules import Movement
from guiju.kernel.deed import Deed
from guiju.standing.catalogue.models import Part


@dataclass(frozen=True, slots=True)
class Passing:
    """So many of a part go out of one bin, into one, or from one to another; booked already, and undone by a refusal.

    source, target   None for what is in no bin: a job, a supplier, what is on the way
    """

    part: Part
    quantity: int
    source: Bin | None
    target: Bin | None
    document: str
    deed: Deed


Gate = Callable[[Passing], None]

_gates: dict[str, Gate] = {}


def ask_before_passing(gate: Gate) -> None:
    """Let a context above be asked; it refuses or lets pass. Called by `conf.wiring` alone; twice is once."""
    _gates[f"{gate.__module__}.{gate.__qualname__}"] = gate


def pass_through(
    moves: Sequence[StockMove], part: Part, *, ends: tuple[Bin | None, Bin | None], quantity: int, deed: Deed
) -> None:
    """Ask each gate about what was just booked; what an earlier deed has booked has passed long ago."""
    source, target = ends
    if source == target or not moves or moves[0].entry_key != deed.key:
        return
    is_counted = moves[0].kind in {Movement.LOSS, Movement.FOUND} and deed.by.because is not None
    if not is_counted:
        for gate in _gates.values():
            gate(Passing(part, quantity, source, target, moves[0].document, deed))


def pass_back(undone: Sequence[StockMove], deed: Deed) -> None:
    """The same of moves that take others back."""
    for move in _with_bins(undone):
        pass_through([move], move.source.part, ends=(move.source.bin, move.target.bin), quantity=move.amount, deed=deed)


def _with_bins(moves: Sequence[StockMove]) -> Iterator[StockMove]:
    keys = [move.pk for move in moves]
    rows = StockMove.objects.filter(pk__in=keys).order_by("line")
    yield from rows.select_related("source__part", "source__bin__store__unit", "target__bin__store__unit")
