"""What several lists ask alike: in which unit, on which job, whose telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import phonenumbers
from django.db.models import Case, Model, OuterRef, Q, QuerySet, When
from django.urls import reverse

from guiju.desks.common.listing.filters import FEW, begins
from guiju.desks.common.place import here
from guiju.kernel import paging
from guiju.kernel.actor import Actor, either
from guiju.kernel.search import fold
from guiju.line.intake.models import ClaimTag
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers.models import Customer, Phone
from guiju.standing.people.models import Unit

# One letter would mean a tenth of all customers.
TEXT_SHORTEST = 2


@dataclass(frozen=True)
class HangsOn:
    """Rows that have no unit of their own, and are seen by whoever sees what they hang on.

    They are walked in their own order, and of each it is asked whether it is seen. Asked by a join, a database begins with all
    jobs of the unit and sorts what hangs on them.

    all    the rows as they are
    verb   the right by which they are seen
    above  what they hang on, and by which key
    unit   the way from there to its unit
    """

    all: Callable[[], QuerySet[Any]]
    verb: str
    above: type[Model] = WorkOrder
    key: str = "order_id"
    unit: str = "unit"

    def walked(self, _actor: Actor) -> QuerySet[Any]:
        """All of them, whosever."""
        return self.all()

    def seen(self, actor: Actor) -> Q | None:
        """That what it hangs on is seen; nothing for who sees all."""
        scope = actor.scope(self.verb)
        if scope.unit_ids is None:
            return None
        return paging.there_is(self._above(actor).filter(pk=OuterRef(self.key)))

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Those that this person may see."""
        seen = self.seen(actor)
        return self.all() if seen is None else self.all().filter(seen)

    def few(self, actor: Actor) -> list[int] | None:
        """The keys of all of a unit that has few: it need not look for its own among a million of others."""
        above = paging.few(self._above(actor), most=FEW)
        return None if above is None else paging.few(self.all().filter(**{f"{self.key}__in": above}), most=FEW)

    def _above(self, actor: Actor) -> QuerySet[Any]:
        own = Q(technician_id=actor.person_id) if self.above is WorkOrder else None
        return QuerySet(self.above).filter(actor.scope(self.verb).q(unit=self.unit, own=own))


@dataclass(frozen=True)
class SeenBy:
    """Rows that are seen in any of several ways, each of which has an index of its own: from either end, or by whoever takes part.

    They are walked in their own order, and of each it is asked whether it is seen. Asked by all ways at once, a database reads
    every row that is seen and sorts them.

    all   the rows as they are
    ways  the conditions, for who asks; nothing for who sees all
    leads which columns lead to them, where a way says more than its index: one's own, but in which units, too
    """

    all: Callable[[], QuerySet[Any]]
    ways: Callable[[Actor], Sequence[Q] | None]
    leads: Callable[[Actor], Sequence[Q] | None] | None = None

    def walked(self, _actor: Actor) -> QuerySet[Any]:
        """All of them, whosever."""
        return self.all()

    def seen(self, actor: Actor) -> Q | None:
        """That one of the ways leads to it; nothing for who sees all."""
        ways = self.ways(actor)
        return None if ways is None else either(ways)

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Those that this person may see."""
        seen = self.seen(actor)
        # Told of each row, and no way to find it: led by two indexes at once a database sorts all that they lead to.
        return self.all() if seen is None else self.all().filter(Case(When(seen, then=True), default=False))

    def few(self, actor: Actor) -> list[int] | None:
        """The keys of all, where they are few, each way by its index."""
        return all_of(*(few(self.all().filter(way)) for way in (self.leads or self.ways)(actor) or ()))


def in_unit(column: str = "unit") -> Any:
    """A filter's condition: in the unit of that code."""

    def holds(text: str, _actor: Actor) -> Q:
        # Found first, so that the index of the list's own table can be walked for it.
        return Q(**{f"{column}__in": list(Unit.objects.filter(code=text.upper()).values_list("pk", flat=True))})

    return holds


def customers_found(text: str, actor: Actor) -> list[int] | None:
    """The keys of those whose name begins so, or who have this telephone; of nobody for who may not see them.

    Asked one after the other: of both at once PostgreSQL thinks that each customer must be looked at.
    """
    seen = Customer.objects.visible_to(actor)
    if not actor.may("customers.see") or len(fold(text)) < TEXT_SHORTEST:
        return []
    owners = list(Phone.objects.filter(e164=e164(text)).values_list("customer", flat=True)[: FEW + 1])
    return all_of(few(seen.filter(begins("folded", fold(text)))), few(seen.filter(pk__in=owners)))


def e164(text: str) -> str:
    """The telephone number that was typed, with its country; nothing if it is none."""
    try:
        number = phonenumbers.parse(text, here().region)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def has_customer_like(text: str, actor: Actor, column: str = "customer") -> Q:
    """The same of a row: whether its customer is one of them."""
    if not actor.may("customers.see") or len(fold(text)) < TEXT_SHORTEST:
        return Q(pk__in=[])
    called = begins("folded", fold(text)) | paging.there_is(
        Phone.objects.filter(customer=OuterRef("pk"), e164=e164(text))
    )
    return paging.there_is(Customer.objects.visible_to(actor).filter(called, pk=OuterRef(column)))


def orders_like(text: str, actor: Actor) -> Q:
    """Jobs whose number begins so, by their claim tag, by the serial's beginning, or by whose they are."""
    tagged = paging.there_is(ClaimTag.objects.filter(order=OuterRef("pk"), number=text.upper()))
    found = begins("number", text.upper()) | tagged
    if len(fold(text)) < TEXT_SHORTEST:
        return found
    return found | begins("appliance__folded_serial", fold(text)) | has_customer_like(text, actor)


def orders_found(text: str, actor: Actor) -> list[int] | None:
    """Their keys, each kind by its own index; nothing if they are too many."""
    number = few(WorkOrder.objects.visible_to(actor).filter(begins("number", text.upper())))
    tagged = few(WorkOrder.objects.filter(pk__in=ClaimTag.objects.filter(number=text.upper()).values("order")))
    if number is None or tagged is None or len(fold(text)) < TEXT_SHORTEST:
        return all_of(number, tagged)
    machines = few(Appliance.objects.filter(begins("folded_serial", fold(text))))
    owners = customers_found(text, actor)
    if machines is None or owners is None:
        return None
    hanging = [
        few(WorkOrder.objects.filter(appliance__in=machines)),
        few(WorkOrder.objects.filter(customer__in=owners)),
    ]
    return all_of(number, tagged, *hanging)


def few(rows: QuerySet[Any]) -> list[int] | None:
    """The keys of these rows, unless they are too many; by an index."""
    return paging.few(rows, most=FEW)


def all_of(*parts: list[int] | None) -> list[int] | None:
    """All these keys, if none of the parts was too many."""
    if any(part is None for part in parts):
        return None
    keys = sorted({key for part in parts for key in part or ()})
    return keys if len(keys) <= FEW else None


def about_job(text: str) -> Q:
    """On a job whose number begins so."""
    return begins("order__number", text.upper())


def jobs_found(rows: QuerySet[Any], text: str, *, column: str = "order__in") -> list[int] | None:
    """The keys of what hangs on the jobs whose number begins so."""
    jobs = few(WorkOrder.objects.filter(begins("number", text.upper())))
    return None if jobs is None else few(rows.filter(**{column: jobs}))


def order_url(order: WorkOrder) -> str:
    """The page of a job that everybody may open who may see it."""
    return reverse("order", args=[order.number])
