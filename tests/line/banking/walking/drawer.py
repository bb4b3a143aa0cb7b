"""The drawer: its float, its blind count, and its end."""

from __future__ import annotations

from typing import Any

from guiju.books.money.rules import MoneyKind
from guiju.kernel.coins import fewest
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import TillSession
from guiju.line.cashier.rules import CashMove
from tests.books.stock.walking import Dice
from tests.line.banking.walking.holding import AMOUNTS, FLOAT, LIMIT, Holding


class Drawer(Holding):
    """One till."""

    def open(self, dice: Dice) -> None:
        minor = FLOAT + dice.of(AMOUNTS) * 10
        session = self.attempt(
            not self.at, lambda: cashier.open_till_session(self.till, float_minor=minor, **self.who())
        )
        if session is not None:
            self.session, self.at, self.float = session, "OPEN", minor
            self.taken_by_card = self.taken_by_wallet = 0
            self.money.__dict__["session"] = session
            self.holds[MoneyKind.TILL] += minor

    def more(self, dice: Dice) -> None:
        self._move(CashMove.MORE_FLOAT, dice.of(AMOUNTS), is_possible=True)

    def less(self, dice: Dice) -> None:
        minor = dice.of((*AMOUNTS, FLOAT))
        self._move(CashMove.LESS_FLOAT, minor, is_possible=minor <= self.float and minor <= self.holds[MoneyKind.TILL])

    def make_good(self, dice: Dice) -> None:
        self._move(CashMove.MAKE_GOOD, dice.of(AMOUNTS), is_possible=True)

    def _move(self, kind: CashMove, minor: int, *, is_possible: bool) -> None:
        if self.session is None:
            return
        said = {"kind": kind, "amount_minor": minor, "reason": "Coins", "paper": "CM-1"}
        is_possible = is_possible and self.at == "OPEN"
        if self.attempt(is_possible, lambda: cashier.move_cash(self.session, **said, **self.who())) is None:  # type: ignore[arg-type]
            return
        grown = {CashMove.MORE_FLOAT: minor, CashMove.LESS_FLOAT: -minor, CashMove.MAKE_GOOD: minor}[kind]
        self.holds[MoneyKind.TILL] += grown
        if kind is CashMove.MAKE_GOOD:
            self.holds[MoneyKind.OVER_SHORT] -= minor
        else:
            self.float += grown

    def count(self, dice: Dice) -> None:
        self._count(dice.of((0, 0, 10, -10, 100)), is_another=False)

    def count_wrong(self, dice: Dice) -> None:
        self._count(dice.of((LIMIT, -LIMIT, 3 * LIMIT)), is_another=False)

    def _count(self, off: int, *, is_another: bool) -> None:
        if self.session is None:
            return
        counted = max(0, self.holds[MoneyKind.TILL] + off)
        off = counted - self.holds[MoneyKind.TILL]
        said: dict[str, Any] = {
            "pieces": fewest(counted, "CNY"),
            "card_minor": self.taken_by_card,
            "wallet_minor": self.taken_by_wallet,
            "variance_reason": "Not known",
        }
        session = self.attempt(self._can_be_counted, lambda: cashier.count_till(self.session, **said, **self.who()))  # type: ignore[arg-type]
        if session is not None:
            self.session, self.at = session, "WRONG" if abs(off) >= LIMIT else "COUNTED"
            if self.at == "COUNTED":
                self._level(off)

    @property
    def _can_be_counted(self) -> bool:
        waits = any(each.session_id == self.session.pk for each in self.waiting.values())  # type: ignore[union-attr]
        return self.at == "OPEN" and not waits

    def recount(self, dice: Dice) -> None:
        if self.session is None:
            return
        off = dice.of((0, 0, -10, LIMIT))
        counted = max(0, self.holds[MoneyKind.TILL] + off)
        off, again = counted - self.holds[MoneyKind.TILL], fewest(counted, "CNY")
        if (
            self.attempt(
                self.at == "WRONG",
                lambda: cashier.recount_till(self.session, pieces=again, **self.who("fang")),  # type: ignore[arg-type]
            )
            is not None
        ):
            self.at = "COUNTED"
            self._level(off)

    def _level(self, off: int) -> None:
        self.holds[MoneyKind.TILL] += off
        self.holds[MoneyKind.OVER_SHORT] -= off

    def close(self, _dice: Dice) -> None:
        if self.session is None:
            return
        is_possible = self.at == "COUNTED" and self.takings <= 0
        self._closed(self.attempt(is_possible, lambda: cashier.close_till_session(self.session, **self.who())))  # type: ignore[arg-type]

    def force(self, dice: Dice) -> None:
        if self.session is None:
            return
        off = dice.of((0, 0, 0, -3 * LIMIT)) if self.at == "OPEN" else 0
        counted = max(0, self.holds[MoneyKind.TILL] + off)
        off = counted - self.holds[MoneyKind.TILL]
        said: dict[str, Any] = {
            "pieces": fewest(counted, "CNY"),
            "card_minor": self.taken_by_card,
            "wallet_minor": self.taken_by_wallet,
            "reason": "She is ill",
        }
        is_possible = (self._can_be_counted or self.at == "COUNTED") and self.takings + off <= 0
        closed = self.attempt(is_possible, lambda: cashier.force_close(self.session, **said, **self.who("ma")))  # type: ignore[arg-type]
        if closed is not None:
            self._level(off)
        self._closed(closed)

    def _closed(self, session: TillSession | None) -> None:
        if session is None:
            return
        self.closed[session.pk] = (session.counted_minor or 0, session.expected_minor or 0, session.z_number)
        self.holds[MoneyKind.TILL], self.float, self.at = 0, 0, ""
