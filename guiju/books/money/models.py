"""The places of money, and the moves between them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from guiju.books.money import rules
from guiju.kernel import ledger
from guiju.kernel.amounts import EXPONENTS
from guiju.kernel.constraints import Never
from guiju.standing.people.models import Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


def _words(members: Iterable[StrEnum]) -> list[str]:
    # Plain words in a fixed order: a migration must not change with the enumeration that it was written from.
    return sorted(member.value for member in members)


class MoneyAccounts(models.QuerySet["MoneyAccount"]):
    """Questions about places."""

    def visible_to(self, by: Actor) -> MoneyAccounts:
        """The places of the units whose money this person may see."""
        return self.filter(by.scope("money.see").q())


class MoneyAccount(ledger.Account):
    """How much money is in one place, in minor units of its currency.

    reference   the order, the till or the customer, for places of which there is one each; else empty
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, rules.KIND_LABELS[kind]) for kind in rules.MoneyKind])
    reference = models.CharField(max_length=80, blank=True)
    currency = models.CharField(max_length=3)

    objects = MoneyAccounts.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "reference"], name="moneyaccount_by_reference"),
            # Who holds money now: behind it lie the bags and the paid jobs of years. Without a list of kinds: of one with marks in it
            # SQLite does not see that the index is its.
            models.Index(fields=["unit", "kind"], condition=~Q(balance=0), name="moneyaccount_that_holds"),
        ]
        constraints = [
            *ledger.Account.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "kind", "reference", "currency"], name="moneyaccount_one_a_place"),
            models.CheckConstraint(condition=Q(kind__in=_words(rules.MoneyKind)), name="moneyaccount_is_a_known_place"),
            models.CheckConstraint(condition=Q(currency__in=sorted(EXPONENTS)), name="moneyaccount_is_in_real_money"),
            models.CheckConstraint(
                condition=Q(kind__in=_words(rules.WITHOUT_BOTTOM), may_go_negative=True)
                | (~Q(kind__in=_words(rules.WITHOUT_BOTTOM)) & Q(may_go_negative=False)),
                name="moneyaccount_has_a_bottom",
            ),
            # More of a deposit cannot be used than was taken.
            models.CheckConstraint(
                condition=~Q(kind=rules.MoneyKind.DEPOSIT_HELD.value) | Q(balance__lte=0),
                name="moneyaccount_deposit_suffices",
            ),
            Never(
                name="moneyaccount_keeps_its_place",
                when="OLD.unit_id <> NEW.unit_id OR OLD.kind <> NEW.kind OR OLD.reference <> NEW.reference"
                " OR OLD.currency <> NEW.currency",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return " ".join(each for each in (self.kind, self.reference, self.currency) if each)


class ClosedPeriod(ledger.ClosedPeriod):
    """A time for which a unit's money book is closed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta(ledger.ClosedPeriod.Meta):
        pass


class MoneyMoves(models.QuerySet["MoneyMove"]):
    """Questions about moves."""

    def visible_to(self, by: Actor) -> MoneyMoves:
        """The moves of the units whose money this person may see."""
        scope = by.scope("money.see")
        return self.filter(scope.q(unit="source__unit") | scope.q(unit="target__unit"))


class MoneyMove(ledger.Move):
    """So much money went from one place to another.

    amount   minor units
    """

    source = models.ForeignKey(MoneyAccount, models.PROTECT, related_name="moves_out")
    target = models.ForeignKey(MoneyAccount, models.PROTECT, related_name="moves_in")

    objects = MoneyMoves.as_manager()

    class Meta:
        # A day's report and the journal ask by the time; the book grows for years behind it.
        indexes = [models.Index(fields=["at"], name="moneymove_by_time")]
        constraints = [
            *ledger.book(
                "moneymove",
                table="money_moneymove",
                periods="money_closedperiod",
                units="SELECT unit_id FROM money_moneyaccount WHERE id IN (NEW.source_id, NEW.target_id)",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[*_words(rules.Movement), "UNDO"]), name="moneymove_is_of_a_known_kind"
            ),
            Never(
                name="moneymove_is_of_one_currency",
                when="(SELECT currency FROM money_moneyaccount WHERE id = NEW.source_id)"
                " <> (SELECT currency FROM money_moneyaccount WHERE id = NEW.target_id)",
            ),
            Never(
                # What one unit takes is never another's; between units money goes by a settlement, which is not built yet.
                name="moneymove_stays_in_its_unit",
                when="(SELECT unit_id FROM money_moneyaccount WHERE id = NEW.source_id)"
                " <> (SELECT unit_id FROM money_moneyaccount WHERE id = NEW.target_id)",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse: only `kernel.ledger.post` writes moves, together with the balances."""
        raise TypeError("A move is written by kernel.ledger.post, never by itself.")
