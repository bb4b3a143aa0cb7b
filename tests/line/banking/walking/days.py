"""Days pass, are told, and are closed; what was told stays as it was told."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from guiju.kernel.actor import Actor
from guiju.line.cashier import actions as cashier
from guiju.oversight.reports import actions as reports
from guiju.oversight.reports.models import CashDay
from guiju.oversight.reports.queries import cash
from tests.books.stock.walking import Dice
from tests.line.banking.walking.holding import Holding


class Days(Holding):
    """The calendar of one outlet."""

    def sleep(self, _dice: Dice) -> None:
        self.money.waits_until("09:00", days=1)

    def tell_day(self, dice: Dice) -> None:
        on = self.shop.unit.day(self.shop.now) - timedelta(days=dice.of((0, 1, 1, 1, 2)))
        is_over, is_open = on < self.shop.unit.day(self.shop.now), bool(self.at) and self.session.business_on <= on  # type: ignore[union-attr]
        clock = {"by": Actor.system("clock"), "at": self.shop.later(seconds=2)}
        is_possible = is_over and not is_open and on not in self.told
        day = self.attempt(is_possible, lambda: reports.make_cash_day(self.shop.unit, on=on, **clock))
        if day is not None:
            self.told[on] = False

    def close_day(self, dice: Dice) -> None:
        if not self.told:
            return
        day = CashDay.objects.select_related("unit").get(business_on=dice.of(sorted(self.told)))
        for session in cash.unsigned(day):
            signer = "fang" if session.closed_by_id == self.shop.cast.people["ma"].pk else "ma"
            cashier.countersign(session, **self.who(signer))
        is_possible = not self.told[day.business_on]
        if self.attempt(is_possible, lambda: reports.close_cash_day(day, **self.who("fang"))) is not None:
            self.told[day.business_on] = True

    def each_receipt_is_in_one_day(self) -> None:
        """Of every day that was told the receipts are those that were taken on it by the clock of the wall, and not one of another."""
        days = CashDay.objects.filter(business_on__in=self.told)
        said = {day.business_on: sum(each["receipts"] for each in day.figures["tenders"]) for day in days}
        taken = Counter(self.shop.unit.day(each.payment.at) for each in self.paid if not each.is_void)
        collected = Counter(self.shop.unit.day(each) for each in self.collected)
        assert said == {on: taken[on] + collected[on] for on in self.told}
