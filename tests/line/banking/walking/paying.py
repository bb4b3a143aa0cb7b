"""Payments, what goes back of them, and what is taken wrongly."""

from __future__ import annotations

from typing import Any

from guiju.books.money.rules import MoneyKind
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import Method
from tests.books.stock.walking import Dice
from tests.line.banking.walking.holding import AMOUNTS, ON_CREDIT, Holding, Taken


class Paying(Holding):
    """At the counter."""

    def pay(self, dice: Dice) -> None:
        self._pay(dice, Method.CASH, self.at == "OPEN", {}, MoneyKind.TILL)

    def pay_card(self, dice: Dice) -> None:
        if self._pay(dice, Method.CARD, True, {"terminal_ref": "C-1"}, MoneyKind.CARD) and self.at == "OPEN":
            self.taken_by_card += self.paid[-1].minor

    def pay_transfer(self, dice: Dice) -> None:
        self._pay(dice, Method.TRANSFER, True, {"terminal_ref": "W-1"}, MoneyKind.TRANSFER)

    def pay_on_credit(self, dice: Dice) -> None:
        left = ON_CREDIT - self.owed
        # The account is of the customer of the first bill.
        if self._pay(dice, Method.CREDIT, True, {}, MoneyKind.CREDIT, most=left, bills=1):
            self.owed += self.paid[-1].minor

    def _pay(
        self,
        dice: Dice,
        method: Method,
        is_possible: bool,
        more: dict[str, Any],
        into: MoneyKind,
        *,
        most: int = 10**9,
        bills: int = 2,
    ) -> bool:
        at, minor = dice.of(range(bills)), dice.of(AMOUNTS)
        said = {"method": method, "amount_minor": minor, **more}
        payment = self.attempt(
            is_possible and at not in self.waiting and minor <= min(self.left[at], most),
            lambda: cashier.take_payment(self.bills[at], **said, **self.who()),
        )
        if payment is None:
            return False
        self.paid.append(Taken(payment, at))
        self.left[at] -= minor
        self.carry(MoneyKind.OWED_BY_CUSTOMER, into, minor)
        return True

    def refund(self, dice: Dice) -> None:
        cash = [each for each in self.paid if each.payment.method == Method.CASH]
        if not cash:
            return
        taken, minor = dice.of(cash), dice.of(AMOUNTS)
        said = {"amount_minor": minor, "reason": "Scratched"}
        is_possible = not taken.is_void and minor <= taken.minor - taken.refunded
        if self.attempt(is_possible, lambda: cashier.ask_refund(taken.payment, **said, **self.who("lin"))) is None:
            return
        cashier.approve_refund(taken.payment, **self.who("fang"))
        is_possible = self.at == "OPEN" and minor <= self.holds[MoneyKind.TILL]
        if self.attempt(is_possible, lambda: cashier.pay_refund(taken.payment, **said, **self.who())) is not None:
            taken.refunded += minor
            self.holds[MoneyKind.TILL] -= minor

    def void(self, dice: Dice) -> None:
        if not self.paid:
            return
        taken = dice.of(self.paid)
        into = {
            Method.CASH: MoneyKind.TILL,
            Method.CARD: MoneyKind.CARD,
            Method.TRANSFER: MoneyKind.TRANSFER,
            Method.WALLET: MoneyKind.WALLET,
        }
        place = into.get(Method(taken.payment.method))
        is_open = self.at == "OPEN" and taken.payment.session_id == self.session.pk  # type: ignore[union-attr]
        is_whole = place is not None and not taken.is_void and not taken.refunded
        lies_there = place != MoneyKind.TILL or taken.minor <= self.holds[MoneyKind.TILL]
        void = self.attempt(
            is_open and is_whole and lies_there,
            lambda: cashier.void_payment(taken.payment, reason="The neighbour's", **self.who()),
        )
        if void is None or place is None:
            return
        taken.is_void = True
        self.left[taken.bill] += taken.minor
        self.carry(place, MoneyKind.OWED_BY_CUSTOMER, taken.minor)
        if place == MoneyKind.CARD:
            self.taken_by_card -= taken.minor
        if place == MoneyKind.WALLET:
            self.taken_by_wallet -= taken.minor
