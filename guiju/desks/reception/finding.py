"""What the search box finds at the counter: orders, customers, appliances."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from guiju.desks.common.fields import halfwidth
from guiju.desks.common.find import HITS_MAX, Hit
from guiju.kernel.actor import Actor
from guiju.kernel.search import fold
from guiju.line.intake.models import ClaimTag
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers import queries as customers
from guiju.standing.customers.models import Customer

# Fewer letters of an order's number would mean half of all orders.
NUMBER_SHORTEST = 4
# Who sits at the counter opens an order there; everybody else reads its dossier.
AT_THE_COUNTER = "intake.register"


def find_orders(actor: Actor, text: str) -> Iterator[Hit]:
    """Orders by a piece of their number, by the claim tag, by the link that the customer shows, or by whose they are."""
    typed = halfwidth(text).strip()
    linked = workorder.by_track_token(typed.rstrip("/").rpartition("/t/")[2]) if "/t/" in typed else None
    seen = WorkOrder.objects.visible_to(actor).with_names()
    wanted = Q(pk=linked.pk) if linked is not None else _meant(actor, typed)
    for order in seen.filter(wanted).order_by("-pk")[:HITS_MAX]:
        is_exact = linked is not None or order.number == typed.upper()
        yield Hit(order.number, url_of(order, actor), _detail(order), "file-text", order.state, is_exact)


def _meant(actor: Actor, typed: str) -> Q:
    """What an order must satisfy to be meant by this text."""
    wanted = Q(appliance__folded_serial__contains=fold(typed)) if fold(typed) else Q(pk=None)
    if len(typed) >= NUMBER_SHORTEST:
        tagged = ClaimTag.objects.filter(number__iexact=typed).values("order_id")
        wanted |= Q(number__icontains=typed) | Q(pk__in=tagged)
    # Whose telephone or name it is, may ask only who may read the customers' cards.
    if actor.may("customers.see") and (about := customers.matching(typed)) is not None:
        people = Customer.objects.visible_to(actor).filter(about)
        wanted |= Q(customer__in=people)
    return wanted


def find_customers(actor: Actor, text: str) -> Iterator[Hit]:
    """Customers by a piece of a number or name; numbers are masked, and the whole one is read on the card."""
    for found in catalogue.find(text, by=actor, most=HITS_MAX).customers:
        url = reverse("reception:customer", args=[found.customer_id])
        yield Hit(found.name, url, " · ".join([*found.phones_masked, found.unit_code]), "user")


def find_appliances(actor: Actor, text: str) -> Iterator[Hit]:
    """Appliances by a piece of their serial, or by whose they are."""
    typed = fold(text)
    # A bench or a store may know a machine and not whose it is.
    knows_customers = actor.may("customers.see")
    if knows_customers:
        found = catalogue.find(text, by=actor, most=HITS_MAX).appliances
    else:
        machines = Appliance.objects.visible_to(actor).filter(folded_serial__contains=typed)
        found = tuple(catalogue.shown(machines, most=HITS_MAX)) if typed else ()
    for each in found:
        owner = each.customer_name if knows_customers else ""
        detail = " · ".join(part for part in (each.serial, owner) if part)
        url = reverse("reception:appliance", args=[each.appliance_id])
        yield Hit(f"{each.brand} {each.line} {each.model}".strip(), url, detail, "fridge")


def url_of(order: WorkOrder, actor: Actor) -> str:
    """Where this person opens an order."""
    name = "reception:order" if actor.may(AT_THE_COUNTER, on=order) else "order"
    return reverse(name, args=[order.number])


def _detail(order: WorkOrder) -> str:
    machine = f"{order.appliance.brand.name} {order.appliance.line.name}"
    return " · ".join(part for part in (order.customer.name, machine, order.appliance.serial) if part)
