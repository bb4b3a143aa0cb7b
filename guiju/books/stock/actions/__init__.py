"""The verbs of the store's book. Each is one document; the same document again changes nothing."""

from guiju.books.stock.actions.counting import go_on, settle, stand_still
from guiju.books.stock.actions.furnishing import add_bin, close_period, open_store
from guiju.books.stock.actions.gates import ask_before_passing
from guiju.books.stock.actions.jobs import issue, release, reserve, take_back
from guiju.books.stock.actions.refusals import (
    BinOfAnotherUnit,
    BinStandsStill,
    CodeTaken,
    CountedSince,
    LotExpired,
    NotEnough,
    NotIssued,
    NotOnTheWay,
    NotReserved,
    NotSetApart,
    SerialElsewhere,
    SerialsMiscounted,
    SerialsMissing,
)
from guiju.books.stock.actions.shelves import adjust, clear, move, receive, scrap, send_back, set_apart, undo
from guiju.books.stock.actions.transit import arrive, lose_on_the_way, send
from guiju.kernel.ledger import AlreadyUndone, DocumentReused, PeriodClosed
from guiju.kernel.refusing import Refusal

__all__ = [
    "AlreadyUndone",
    "BinOfAnotherUnit",
    "BinStandsStill",
    "CodeTaken",
    "CountedSince",
    "DocumentReused",
    "LotExpired",
    "NotEnough",
    "NotIssued",
    "NotOnTheWay",
    "NotReserved",
    "NotSetApart",
    "PeriodClosed",
    "Refusal",
    "SerialElsewhere",
    "SerialsMiscounted",
    "SerialsMissing",
    "add_bin",
    "adjust",
    "arrive",
    "ask_before_passing",
    "clear",
    "close_period",
    "go_on",
    "issue",
    "lose_on_the_way",
    "move",
    "open_store",
    "receive",
    "release",
    "reserve",
    "scrap",
    "send",
    "send_back",
    "set_apart",
    "settle",
    "stand_still",
    "take_back",
    "undo",
]
