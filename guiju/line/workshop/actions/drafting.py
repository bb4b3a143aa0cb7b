"""Drawing a quote up: from the published list, line by line, with the range beside each price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import queries
from guiju.line.workshop.models import PriceException
from guiju.line.workshop.rules import (
    LineKind,
    PartMark,
    QuotedLine,
    labour_fits,
)
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.catalogue.rules import ItemKind
from guiju.standing.policy import queries as policy
from guiju.standing.pricing import queries as pricing
from guiju.standing.pricing.models import PriceLine
from guiju.standing.pricing.rules import Place


class NotListed(Refusal):
    """What is not on the published list cannot be charged (PRC-1)."""

    sentence = N_("%(code)s is not on the published price list.")
    field = "lines"
    status = 422


class OutsideTheList(Refusal):
    """The price is outside the published range (S1-41, EX-10)."""

    sentence = N_(
        "%(code)s may cost between %(minimum)s and %(maximum)s. Anything else needs the network manager's exception"
        " and the customer's explicit signature."
    )
    field = "lines"
    status = 422


class NoVisit(Refusal):
    """Nobody came to the customer's home for it."""

    sentence = N_("%(code)s is charged once for a visit at the customer's home, and for nothing else.")
    field = "lines"
    status = 422


class TestIsCredited(Refusal):
    """Who has it repaired does not pay for the test as well (C08)."""

    sentence = N_(
        "%(code)s is charged only where the customer declines: when the repair goes ahead, the test costs nothing."
    )
    field = "lines"
    status = 422


class LabourTooHeavy(Refusal):
    """What is charged for the work is what such a fault takes (S1-38)."""

    sentence = N_(
        "%(code)s is heavier work than the fault that was found. Choose the level of the fault, or ask the network manager."
    )
    field = "lines"
    status = 422


@dataclass(frozen=True)
class Offer:
    """One line as the technician offers it: a service item or a part, and a price inside the published range.

    quantity     in the part's base unit, or times the service
    unit_minor   in minor units of the order's currency; None takes the list's lowest price
    is_optional the repair is possible without it: the customer may leave it out
    mark         what a part is; for a service it says nothing
    """

    quantity: int = 1
    unit_minor: int | None = None
    item: ServiceItem | None = None
    part: Part | None = None
    is_optional: bool = False
    mark: PartMark = PartMark.ORIGINAL

    @property
    def code(self) -> str:
        return (self.part or self.item).code  # type: ignore[union-attr]


@dataclass(frozen=True)
class Priced:
    """What a line may cost: by the published list, or by the network manager's leave for this job."""

    line: PriceLine | None
    granted: PriceException | None
    quoted: QuotedLine


class Guard:
    """Lets through what the list in force allows, and what was granted for this very job; nothing else (PRC-1, EX-10)."""

    def __init__(self, order: WorkOrder, on: date, levels: list[int | None] | None = None) -> None:
        self.order, self.on = order, on
        if levels is not None:
            self.levels = levels

    @cached_property
    def granted(self) -> list[PriceException]:
        """Asked only when something is outside the list."""
        return queries.granted_exceptions(self.order)

    @cached_property
    def levels(self) -> list[int | None]:
        """How heavy the faults are that were found."""
        return queries.fault_levels(self.order)

    def priced(self, offer: Offer, line: PriceLine | None) -> Priced:
        """The line as it may be quoted.

        raises   Invalid, NotListed, OutsideTheList, LabourTooHeavy
        """
        if offer.quantity < 1:
            raise Invalid(Sentence(N_("A quote line is for at least one.")), field="lines")
        refusal = self._refusal(offer, line)
        leave = self._leave(offer) if refusal is not None else None
        if refusal is not None and leave is None:
            raise refusal
        least, most = (line.min_minor, line.max_minor) if line else (0, 0)
        unit_minor = least if offer.unit_minor is None else offer.unit_minor
        return Priced(line, leave, QuotedLine(_kind(offer), offer.code, offer.quantity, unit_minor, least, most))

    def _refusal(self, offer: Offer, line: PriceLine | None) -> Refusal | None:
        if offer.item is not None and offer.item.kind == ItemKind.CALL_OUT and self._is_no_visit(offer):
            return NoVisit(code=offer.code)
        if offer.item is not None and offer.item.kind == ItemKind.TEST and self.credits_the_test:
            return TestIsCredited(code=offer.code)
        if line is None:
            return NotListed(*self._expired(offer), code=offer.code)
        if not line.min_minor <= (line.min_minor if offer.unit_minor is None else offer.unit_minor) <= line.max_minor:
            return OutsideTheList(
                code=offer.code,
                minimum=orders.money(self.order, line.min_minor),
                maximum=orders.money(self.order, line.max_minor),
            )
        item = offer.item
        if item is not None and item.kind == ItemKind.LABOUR and not labour_fits(item.fault_level, self.levels):
            return LabourTooHeavy(code=offer.code)
        return None

    @cached_property
    def credits_the_test(self) -> bool:
        """Whether the test costs nothing when the repair goes ahead: asked only where somebody would charge it."""
        return bool(policy.figure("price.test_fee_credited", unit=self.order.unit, on=self.on).value)

    def _is_no_visit(self, offer: Offer) -> bool:
        """A call-out is for a visit, once."""
        return orders.place_of(self.order) != Place.HOME or offer.quantity > 1

    def _expired(self, offer: Offer) -> list[Sentence]:
        """When the price ended, where there was one."""
        ended = pricing.last_price(item=offer.item, part=offer.part, unit=self.order.unit)
        if ended is None or ended.price_list.ends_on is None:
            return []
        said = {"number": ended.price_list.number, "day": ended.price_list.ends_on}
        return [Sentence(N_("Its last price was on list %(number)s, which ended on %(day)s."), said)]

    def _leave(self, offer: Offer) -> PriceException | None:
        def is_this(each: PriceException) -> bool:
            thing = (offer.item.pk if offer.item else None, offer.part.pk if offer.part else None)
            return (each.item_id, each.part_id) == thing and each.unit_minor == offer.unit_minor

        return next(filter(is_this, self.granted), None)


def _kind(offer: Offer) -> LineKind:
    if offer.item is None:
        return LineKind.PART
    return {ItemKind.TEST: LineKind.TEST, ItemKind.LABOUR: LineKind.LABOUR}.get(offer.item.kind, LineKind.OTHER)  # type: ignore[call-overload,no-any-return]
