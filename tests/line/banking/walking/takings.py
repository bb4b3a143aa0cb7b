"""Takings on their way to the bank: by day, and overnight in the safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guiju.books.money.rules import MoneyKind
from guiju.line.banking import actions as banking
from guiju.line.banking import rules
from guiju.line.banking.models import SafeBag
from guiju.readiness.custody.models import AccessSession
from tests.books.stock.walking import Dice
from tests.cast import password_of
from tests.line.banking.walking.holding import AMOUNTS, Holding


class Takings(Holding):
    """From the drawer to the bank's own word."""

    def prepare(self, dice: Dice) -> None:
        minor = dice.of(AMOUNTS)
        deposit = self._leave(minor, lambda: self.money.prepare(minor), is_alone=self.is_bank_day)
        if deposit is not None:
            self.deposits.append(deposit)
            self.carry(MoneyKind.TILL, MoneyKind.CARRIER, minor)

    def pack(self, dice: Dice) -> None:
        minor = dice.of(AMOUNTS)
        seal = f"S-{self.steps}"
        bag = self._leave(minor, lambda: self.money.pack(minor, seal), is_alone=not self._waits)
        if bag is not None:
            self.bags["packed"].append(bag)

    @property
    def _waits(self) -> bool:
        """Whether another bag of this session waits; one of a drawer that was closed meanwhile stands in nobody's way."""
        return any(each.session_id == self.session.pk for each in self.bags["packed"]) if self.session else False

    def _leave(self, minor: int, act: Callable[[], Any], *, is_alone: bool = True) -> Any:
        if self.session is None:
            return None
        self.shop.later(seconds=2)
        return self.attempt(bool(self.at) and minor <= self.takings and is_alone, act)

    def countersign(self, _dice: Dice) -> None:
        if not self.bags["packed"]:
            return
        bag = self.bags["packed"][0]
        is_possible = bag.session_id == self.session.pk and bool(self.at) and bag.amount_minor <= self.takings  # type: ignore[union-attr]
        sealed = self.attempt(is_possible, lambda: self.money.countersign(bag))
        if sealed is not None:
            self.bags["packed"].remove(bag)
            self.bags["sealed"].append(sealed)
            self.carry(MoneyKind.TILL, MoneyKind.BAG, bag.amount_minor)

    def unpack(self, _dice: Dice) -> None:
        if self.bags["packed"]:
            banking.unpack_bag(self.bags["packed"].pop(), **self.who())

    def lock_up(self, dice: Dice) -> None:
        if not self.bags["sealed"]:
            return
        bag = dice.of(self.bags["sealed"])
        door = self._opened()
        self._on_duty()
        found = banking.lock_up(bag, safe=self.money.safe, **self.who())
        self.money.locked(door, {1: 1})
        self.bags["sealed"].remove(bag)
        self.bags["safe"].append(found)
        self.carry(MoneyKind.BAG, MoneyKind.SAFE, bag.amount_minor)

    def retrieve(self, dice: Dice) -> None:
        if not self.bags["safe"]:
            return
        bag = dice.of(self.bags["safe"])
        door = self._opened()
        found = banking.retrieve(bag, seal_ok=True, **self.who())
        self.money.locked(door, {1: 0})
        self.bags["safe"].remove(bag)
        self.bags["hand"].append(found)
        self.carry(MoneyKind.SAFE, MoneyKind.CARRIER, bag.amount_minor)

    def _opened(self) -> AccessSession:
        self.shop.later(seconds=2)
        return self.money.opened()

    def _on_duty(self) -> None:
        night = rules.night_of(self.shop.now, self.shop.unit.time_zone)
        if night not in self.nights:
            self.nights.add(night)
            self.money.on_duty(night=night)

    def carry_bags(self, _dice: Dice) -> None:
        bags = [*self.bags["sealed"], *self.bags["hand"]]
        if not bags:
            return
        deposit = self.attempt(self.is_bank_day, lambda: banking.prepare_bags(bags, **self.who()))
        if deposit is None:
            return
        self.deposits.append(deposit)
        self.carry(MoneyKind.BAG, MoneyKind.CARRIER, sum(each.amount_minor for each in self.bags["sealed"]))
        self.bags["sealed"], self.bags["hand"] = [], []

    def bank_it(self, dice: Dice) -> None:
        if not self.deposits:
            return
        deposit = self.deposits.pop(dice.of(range(len(self.deposits))))
        self.shop.later(seconds=2)
        self.banked.append(self.money.bank(deposit, self.carriers.get(deposit.pk, "cai")))
        self.carry(MoneyKind.CARRIER, MoneyKind.BANK, deposit.amount_minor)

    def hand_on(self, dice: Dice) -> None:
        if not self.deposits:
            return
        deposit = dice.of(self.deposits)
        giver = self.carriers.get(deposit.pk, "cai")
        to = {"cai": "ma", "ma": "cai"}[giver]
        row = banking.offer_deposit(deposit, to=self.shop.cast.people[to], **self.who(giver))
        if dice.of((True, True, False)):
            banking.accept_cash(row, password=password_of(to), **self.who(to))
            deposit.refresh_from_db()
            self.carriers[deposit.pk] = to
        else:
            banking.refuse_cash(row, note="I have no time", **self.who(to))

    def confirm(self, dice: Dice) -> None:
        if not self.banked:
            return
        deposit = self.banked.pop(dice.of(range(len(self.banked))))
        on, minor = self.shop.unit.day(self.shop.now), deposit.amount_minor
        content = f"date,amount,reference\n{on},{minor // 100}.{minor % 100:02},{deposit.slip_number}\n".encode()
        (line,) = banking.bring_statement(self.shop.unit, content=content, **self.who("fang"))
        banking.reconcile(deposit, line=line, **self.who("fang"))

    def take_back(self, dice: Dice) -> None:
        if not self.deposits:
            return
        deposit = dice.of(self.deposits)
        is_open = deposit.session_id is None or (bool(self.at) and deposit.session_id == self.session.pk)  # type: ignore[union-attr]
        said = {"note": "The bank was full", **self.who(self.carriers.get(deposit.pk, "cai"))}
        if self.attempt(is_open, lambda: banking.take_back(deposit, **said)) is None:
            return
        self.deposits.remove(deposit)
        into = MoneyKind.TILL if deposit.session_id else MoneyKind.BAG
        self.carry(MoneyKind.CARRIER, into, deposit.amount_minor)
        if into is MoneyKind.BAG:
            self.bags["sealed"] += SafeBag.objects.filter(state="SEALED", deposit=None).exclude(
                pk__in=[each.pk for each in self.bags["sealed"]]
            )
