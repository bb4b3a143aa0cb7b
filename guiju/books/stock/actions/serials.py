"""Single pieces by their serials: each goes with the move that carries it, and is in one place."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.books.stock import rules
from guiju.books.stock.actions.refusals import SerialElsewhere, SerialsMiscounted, SerialsMissing
from guiju.books.stock.models import Serial, SerialMove, StockAccount, StockMove
from guiju.books.stock.rules import Movement, Place
from guiju.kernel.refusing import refusing
from guiju.standing.catalogue.models import Part

# What was promised by name is handed out by name: the reservation has said which.
_OLDEST_FIRST = rules.PROMISES | {Movement.ISSUE}


def carry(moves: Sequence[StockMove], part: Part, named: Sequence[str]) -> None:
    """Let the serials go along with the moves; nothing to do for a part that is not tracked by them.

    The places of the moves are locked, so nobody else moves a serial out of them meanwhile. A move that was booked before has
    its serials already.

    raises   SerialsMissing, SerialsMiscounted, SerialElsewhere
    source   INV-4
    """
    if not part.is_serialised:
        return
    numbers = list(dict.fromkeys(number.strip().upper() for number in named if number.strip()))
    wanted = sum(move.amount for move in moves)
    if SerialMove.objects.filter(move__in=[move.pk for move in moves]).exists():
        return
    if numbers and len(numbers) != wanted:
        raise SerialsMiscounted(wanted=wanted, named=len(numbers))
    sources = {place.pk: place for place in StockAccount.objects.filter(pk__in=[move.source_id for move in moves])}
    lies = dict(Serial.objects.filter(part=part, number__in=numbers).values_list("number", "account_id"))
    for move in moves:
        source = sources[move.source_id]
        if numbers:
            mine = [number for number in numbers if lies.get(number, source.pk) == source.pk][: move.amount]
            numbers = [number for number in numbers if number not in mine]
            here = _named(part, source, move, mine)
        else:
            here = _unnamed(part, source, move)
        _go(move, here)
    if numbers:
        # It lies at another place than those from which these pieces were taken.
        raise SerialElsewhere(serial=numbers[0])


def carry_back(moves: Sequence[StockMove]) -> None:
    """What is undone takes its serials back to where they came from."""
    for move in moves:
        pieces = Serial.objects.filter(moves__move_id=move.undoes_id)
        if gone := pieces.exclude(account_id=move.source_id).first():
            raise SerialElsewhere(serial=gone.number)
        _go(move, list(pieces))


def _named(part: Part, source: StockAccount, move: StockMove, mine: Sequence[str]) -> list[Serial]:
    """The pieces of these numbers at the source; a number that was never read before may be one of those that have none yet."""
    known = list(Serial.objects.filter(account=source, number__in=mine))
    fresh = sorted(set(mine) - {piece.number for piece in known})
    if not fresh:
        return known
    if source.kind not in rules.WITHOUT_BOTTOM:
        nameless = source.balance + move.amount - Serial.objects.filter(account=source).count()
        if nameless < len(fresh):
            raise SerialElsewhere(serial=fresh[0])
    with refusing(serial_is_in_one_place=SerialElsewhere(serial=", ".join(fresh))):
        made = Serial.objects.bulk_create([Serial(part=part, number=number, account=source) for number in fresh])
    return [*known, *made]


def _unnamed(part: Part, source: StockAccount, move: StockMove) -> list[Serial]:
    """Which pieces go where nobody named them: the oldest of a promise; otherwise all there are, or none can be told."""
    pieces = list(Serial.objects.filter(part=part, account=source).order_by("pk")[: move.amount + 1])
    movement = Movement(move.kind)
    if movement in rules.PROMISES:
        return pieces[: move.amount]
    is_told = len(pieces) == move.amount or (movement in _OLDEST_FIRST and len(pieces) > move.amount)
    if not is_told or source.kind in {Place.SUPPLIER, Place.FOUND}:
        raise SerialsMissing(part=part.code, wanted=move.amount)
    return pieces[: move.amount]


def _go(move: StockMove, pieces: Sequence[Serial]) -> None:
    Serial.objects.filter(pk__in=[piece.pk for piece in pieces]).update(account=move.target_id)
    SerialMove.objects.bulk_create([SerialMove(move=move, serial=piece) for piece in pieces])
