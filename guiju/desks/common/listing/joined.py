"""What several lists ask alike: in which unit, on which job, whose telephone."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from guiju.desks.common.listing.filters import begins
from guiju.desks.common.place import here
from guiju.kernel.actor import Actor
from guiju.kernel.search import either, fold
from guiju.line.intake.models import ClaimTag
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers.models import Customer, Phone
from guiju.standing.people.models import Unit

# One letter would mean a tenth of all customers.
TEXT_SHORTEST = 2


def of_order(rows: QuerySet[Any], actor: Actor, verb: str) -> QuerySet[Any]:
    """What hangs on the jobs that this person may see by that right: a unit's, or a technician's own."""
    return of_seen(rows, actor, verb, WorkOrder.objects.all(), key="order_id")


def of_seen(
    rows: QuerySet[Any], actor: Actor, verb: str, above: QuerySet[Any], *, key: str, unit: str = "unit"
) -> QuerySet[Any]:
    """What hangs on rows that this person may see by that right.

    The rows are walked in their own order, and for each it is asked whether it is seen. Asked by a join, a database begins
    with all jobs of the unit and sorts what hangs on them.
    """
    scope = actor.scope(verb)
    if scope.unit_ids is None:
        return rows
    own = Q(technician_id=actor.person_id) if above.model is WorkOrder else None
    return rows.filter(Exists(above.filter(scope.q(unit=unit, own=own), pk=OuterRef(key))))


def in_unit(column: str = "unit") -> Any:
    """A filter's condition: in the unit of that code."""

    def holds(text: str, _actor: Actor) -> Q:
        # Found first, so that the index of the list's own table can be walked for it.
        return Q(**{f"{column}__in": list(Unit.objects.filter(code=text.upper()).values_list("pk", flat=True))})

    return holds


def customers_like(text: str, actor: Actor) -> QuerySet[Customer]:
    """The customers whose name begins so, or who have this telephone; nobody for who may not see them."""
    seen = Customer.objects.visible_to(actor)
    if not actor.may("customers.see") or len(fold(text)) < TEXT_SHORTEST:
        return seen.none()
    return seen.filter(
        begins("folded", fold(text)) | Q(pk__in=Phone.objects.filter(e164=e164(text)).values("customer"))
    )


def e164(text: str) -> str:
    """The telephone number that was typed, with its country; nothing if it is none."""
    try:
        number = phonenumbers.parse(text, here().region)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def orders_like(text: str, actor: Actor) -> Q:
    """Jobs whose number begins so, by their claim tag, by the serial's beginning, or by whose they are."""
    word = text.upper()
    found = WorkOrder.objects.filter(begins("number", word)).values("pk")
    tagged = ClaimTag.objects.filter(number=word).values("order")
    machines = Appliance.objects.filter(begins("folded_serial", fold(text))).values("pk")
    by_machine = WorkOrder.objects.filter(appliance__in=machines).values("pk")
    by_customer = WorkOrder.objects.filter(customer__in=customers_like(text, actor).values("pk")).values("pk")
    parts = [found, tagged]
    if len(fold(text)) >= TEXT_SHORTEST:
        parts += [by_machine, by_customer]
    return either(*parts)


def order_url(order: WorkOrder) -> str:
    """The page of a job that everybody may open who may see it."""
    return reverse("order", args=[order.number])
