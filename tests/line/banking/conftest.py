"""An outlet with takings in its drawer and a safe: cai holds lock group 1, ma group 2, and qin is on duty at night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import pytest

from guiju.kernel import evidence
from guiju.kernel.coins import fewest
from guiju.line.banking import actions as banking
from guiju.line.banking.models import BankDeposit, SafeBag
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Bill, TillSession
from guiju.line.cashier.rules import Method
from guiju.readiness.academy import actions as academy
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody.models import AccessSession, ControlledStore
from tests.cast import password_of
from tests.line import stages
from tests.line.cast_line import Shop, a_picture


@dataclass
class Money:
    """The drawer, the safe, and what is done with takings; `at` is the shop's clock."""

    shop: Shop
    _pictures: int = field(default=100)

    def by(self, name: str) -> Any:
        return self.shop.actor(name)

    @property
    def at(self) -> datetime:
        return self.shop.now

    @cached_property
    def session(self) -> TillSession:
        return stages.an_open_till(self.shop)

    @cached_property
    def bill(self) -> Bill:
        return stages.a_bill(self.shop, stages.a_ready_order(self.shop))

    def takes(self, amount_minor: int) -> None:
        """A customer pays so much in cash."""
        _ = self.session
        cashier.take_payment(
            self.bill,
            method=Method.CASH,
            amount_minor=amount_minor,
            tendered_minor=amount_minor,
            by=self.by("cai"),
            at=self.at,
        )

    def waits_until(self, clock: str, *, days: int = 0) -> datetime:
        """Let the wall clock in Foshan (eight hours before UTC) show that time, so many days later."""
        local = self.at + timedelta(hours=8)
        hour, minute = map(int, clock.split(":"))
        then = (
            local.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=days) - timedelta(hours=8)
        )
        assert then >= self.at
        self.shop.now = then
        return then

    def pack(self, amount_minor: int, seal: str = "S-1", name: str = "cai", **others: Any) -> SafeBag:
        """Count takings into a bag."""
        given: dict[str, Any] = {
            "seal_number": seal,
            "pieces": pieces(amount_minor),
            "by": self.by(name),
            "at": self.at,
        }
        return banking.seal_bag(self.session, **given | others)

    def countersign(self, bag: SafeBag, name: str = "lin", **others: Any) -> SafeBag:
        """The second person counts and signs."""
        given: dict[str, Any] = {"password": password_of(name), "by": self.by(name), "at": self.at}
        return banking.countersign_bag(bag, **given | others)

    def a_sealed_bag(self, amount_minor: int, seal: str = "S-1") -> SafeBag:
        return self.countersign(self.pack(amount_minor, seal))

    @cached_property
    def safe(self) -> ControlledStore:
        """The safe with two locks."""
        return a_safe(self.shop)

    def opened(self, first: str = "cai", second: str = "ma", *, camera_ok: bool = True) -> AccessSession:
        """The safe, opened by two."""
        session = custody.open_session(
            self.safe,
            authority_kind="DEPOSIT",
            authority="BG",
            purpose="The evening's takings",
            by=self.by(first),
            at=self.at,
        )
        session = custody.sign_first(session, password=password_of(first), by=self.by(first), at=self.at)
        return custody.sign_second(
            session, password=password_of(second), camera_ok=camera_ok, by=self.by(second), at=self.at
        )

    def locked(self, session: AccessSession, counted: Mapping[int, int]) -> None:
        """Counted, and locked by the same two."""
        custody.recount(session, counted=counted, by=self.by("cai"), at=self.at)
        for name in ("cai", "ma"):
            custody.sign_out(session, password=password_of(name), by=self.by(name), at=self.at)

    def on_duty(self, name: str = "qin", **others: Any) -> Any:
        """Somebody watches tonight."""
        unit = self.shop.unit
        given: dict[str, Any] = {"night": unit.day(self.at), "officer": self.shop.cast.people[name]}
        return banking.name_officer(unit, **given | others, by=self.by("ma"), at=self.at)

    def a_bag_in_the_safe(self, amount_minor: int, seal: str = "S-1") -> SafeBag:
        """Sealed, put in, and the safe locked again."""
        bag = self.a_sealed_bag(amount_minor, seal)
        session = self.opened()
        self.on_duty()
        bag = banking.lock_up(bag, safe=self.safe, by=self.by("cai"), at=self.at)
        self.locked(session, {1: 1})
        return bag

    def prepare(self, amount_minor: int, name: str = "cai", **others: Any) -> BankDeposit:
        """The day's takings leave for the bank."""
        given: dict[str, Any] = {"pieces": pieces(amount_minor), "by": self.by(name), "at": self.at}
        return banking.prepare(self.session, **given | others)

    def bank(self, deposit: BankDeposit, name: str = "cai", **others: Any) -> BankDeposit:
        """The bank takes it and gives its slip."""
        self._pictures += 1
        photo = evidence.keep_photo(
            a_picture(self._pictures), unit_id=self.shop.unit.pk, kind="DEPOSIT_SLIP", by=self.by(name), at=self.at
        )
        given: dict[str, Any] = {
            "slip_number": f"SLIP-{self._pictures}", "photo": photo, "by": self.by(name), "at": self.at,
        }  # fmt: skip
        return banking.bank_it(deposit, **given | others)


def pieces(amount_minor: int) -> dict[int, int]:
    """The amount in as few notes and coins as can be."""
    return fewest(amount_minor, "CNY")


def a_safe(shop: Shop, code: str = "SAFE", **ask: Any) -> ControlledStore:
    """A safe with its locks, its custodians and their certificates."""
    unit, then = shop.unit, shop.now
    today = unit.day(then)
    safe = custody.set_up_store(
        unit, code=code, names={"en": "Safe"}, kind="SAFE", cameras="C1", **ask, by=shop.actor("lu"), at=then
    )
    for group, name in (("1", "cai"), ("2", "ma")):
        custody.add_lock(safe, number=f"L{group}", kind="KEY", lock_group=group, by=shop.actor("lu"), at=then)
        custody.grant(
            safe, person=shop.cast.people[name], lock_group=group, starts_on=today, by=shop.actor("lu"), at=then
        )
        academy.certify(
            shop.cast.people[name], task="CUSTODY", starts_on=today, ends_on=today + timedelta(days=9999), basis="Exam",
            by=shop.actor("tao"), at=then,
        )  # fmt: skip
    custody.check_protection(
        safe, item="DOOR", is_ok=True, next_on=today + timedelta(days=9999), by=shop.actor("ma"), at=then
    )
    return safe


@pytest.fixture
def money(shop: Shop) -> Money:
    """The outlet whose takings are followed."""
    return Money(shop)
