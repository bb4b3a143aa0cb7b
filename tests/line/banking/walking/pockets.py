"""Cash in pouches and in the box of petty cash: taken at home, handed on and in, spent and counted."""

from __future__ import annotations

from typing import Any

from guiju.books.money.rules import MoneyKind
from guiju.kernel.coins import fewest
from guiju.line.banking import actions as banking
from guiju.line.banking.models import CashHandOver
from guiju.line.banking.rules.handing import Cause
from guiju.line.banking.rules.petty import Expense, SpendState
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import Method
from tests.books.stock.walking import Dice
from tests.cast import password_of
from tests.line.banking.walking.holding import AMOUNTS, FLOAT, Holding, Taken

THE_OTHER = {"chen": "wu", "wu": "chen"}


class Pockets(Holding):
    """Two technicians, and the keeper of a box."""

    def __init__(self) -> None:
        super().__init__()
        self.pouches = dict.fromkeys(THE_OTHER, 0)
        # What is offered: by whom, to whom or to the till, and how much; and what was counted of it.
        self.offer: tuple[CashHandOver, str, str, int] | None = None
        self.counted: int | None = None
        self.box: Any = None

    def pay_at_home(self, dice: Dice) -> None:
        at, minor = dice.of(range(len(self.bills))), dice.of(AMOUNTS)
        said = {"method": Method.CASH, "amount_minor": minor}
        possible = at not in self.waiting and minor <= self.left[at]
        payment = self.attempt(possible, lambda: cashier.take_payment(self.bills[at], **said, **self.who("chen")))
        if payment is not None:
            self.paid.append(Taken(payment, at))
            self.left[at] -= minor
            self.pouches["chen"] += minor
            self.carry(MoneyKind.OWED_BY_CUSTOMER, MoneyKind.POUCH, minor)

    def offer_pouch(self, dice: Dice) -> None:
        giver = dice.of(sorted(THE_OTHER))
        to, minor = dice.of((THE_OTHER[giver], "", "")), self.pouches[giver]
        person = self.shop.cast.people[to] if to else None
        is_possible = self.offer is None and minor > 0
        if self.offer is not None and giver != self.offer[1]:
            return
        row = self.attempt(is_possible, lambda: banking.offer_pouch(self.shop.unit, to=person, **self.who(giver)))
        if row is not None:
            self.offer, self.counted = (row, giver, to, minor), None

    def withdraw(self, _dice: Dice) -> None:
        if self.offer is not None:
            banking.withdraw_cash(self.offer[0], **self.who(self.offer[1]))
            self.offer = None

    def take_pouch(self, dice: Dice) -> None:
        if self.offer is None:
            return
        row, giver, to, minor = self.offer
        if to:
            banking.accept_cash(row, password=password_of(to), **self.who(to))
            self.pouches[giver] -= minor
            self.pouches[to] += minor
            self.offer = None
            return
        counted = max(0, minor + dice.of((0, 0, 0, -10, 100)))
        said = {"pieces": fewest(counted, "CNY"), "password": password_of("cai"), **self.who()}
        is_possible = self.at == "OPEN" and self.counted is None
        if self.attempt(is_possible, lambda: banking.count_pouch(row, **said)) is None:
            return
        self.counted = counted
        if counted == minor:
            self._in(giver, minor)

    def explain(self, _dice: Dice) -> None:
        if self.offer is None or self.counted is None:
            return
        row, giver, _to, minor = self.offer
        row.refresh_from_db()
        is_open = self.at == "OPEN" and row.session_id == self.session.pk  # type: ignore[union-attr]
        said = {"cause": Cause.CHANGE, "note": "Wrong change", "password": password_of(giver), **self.who(giver)}
        if self.attempt(is_open, lambda: banking.explain_difference(row, **said)) is not None:
            self._in(giver, minor)

    def _in(self, giver: str, minor: int) -> None:
        assert self.counted is not None
        self.pouches[giver] -= minor
        self.holds[MoneyKind.POUCH] -= minor
        self.holds[MoneyKind.TILL] += self.counted
        self.holds[MoneyKind.OVER_SHORT] += minor - self.counted
        self.offer = self.counted = None

    def spend(self, dice: Dice) -> None:
        if self.box is None:
            keeper = {"code": "P1", "keeper": self.shop.cast.people["lin"], "float_minor": FLOAT}
            self.box = banking.open_petty_box(self.shop.unit, **keeper, **self.who("fang"))
            self.holds[MoneyKind.PETTY] += FLOAT
        minor = dice.of((*AMOUNTS, FLOAT + 10))
        said: dict[str, Any] = {
            "kind": Expense.POSTAGE, "amount_minor": minor, "reason": "A parcel", "voucher": f"V-{self.steps}", **self.who("lin"),
        }  # fmt: skip
        possible = minor <= self.holds[MoneyKind.PETTY]
        expense = self.attempt(possible, lambda: banking.spend_petty(self.box, **said))
        # Above the limit another is asked first.
        if expense is not None and expense.state == SpendState.PAID:
            self.carry(MoneyKind.PETTY, MoneyKind.SPENT, minor)

    def top_up(self, dice: Dice) -> None:
        if self.box is None:
            return
        minor = dice.of(AMOUNTS)
        possible = self.holds[MoneyKind.PETTY] + minor <= FLOAT
        said = {"amount_minor": minor, **self.who("fang")}
        if self.attempt(possible, lambda: banking.top_up_petty(self.box, **said)) is not None:
            self.holds[MoneyKind.PETTY] += minor

    def count_box(self, dice: Dice) -> None:
        if self.box is None:
            return
        counted = max(0, self.holds[MoneyKind.PETTY] + dice.of((0, 0, -10, 100)))
        off = counted - self.holds[MoneyKind.PETTY]
        banking.count_petty(self.box, pieces=fewest(counted, "CNY"), reason="Not known", **self.who("ma"))
        self.holds[MoneyKind.PETTY] += off
        self.holds[MoneyKind.OVER_SHORT] -= off
