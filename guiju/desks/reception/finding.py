"""What the search box finds at the counter: orders, customers, appliances."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from guiju.desks.common import opening
from guiju.desks.common.fields import halfwidth
from guiju.desks.common.find import HITS_MAX, Hit
from guiju.kernel import secrets
from guiju.kernel.actor import Actor
from guiju.kernel.paging import FEW_FOUND, newest
from guiju.line.intake.models import ClaimTag
from guiju.line.intake.rules import CLAIM_MARK
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers import queries as customers

# Fewer letters of an order's number would mean half of all orders.
NUMBER_SHORTEST = 4
# Who sits at the counter opens an order there; everybody else reads its dossier.
AT_THE_COUNTER = "intake.register"
TAG_SERIES = "CT-"
STICKER = "/q/a-"
OF_APPLIANCE = "/find?q="


def find_orders(actor: Actor, text: str, among: catalogue.FoundAll | None = None) -> Iterator[Hit]:
    """Orders by a piece of their number, by the claim tag, by the link that the customer shows, or by whose they are.

    among   the customers and machines whom this text means, where they are known already
    """
    # On the appliance stands the address of this very search.
    typed = halfwidth(text).strip().rpartition(OF_APPLIANCE)[2]
    link = typed.partition(CLAIM_MARK)[0].rstrip("/")
    linked = workorder.by_track_token(link.rpartition("/t/")[2]) if "/t/" in link else None
    seen = WorkOrder.objects.visible_to(actor).with_names()
    keys = [linked.pk] if linked is not None else _meant(actor, typed, among)
    for order in seen.filter(pk__in=keys).order_by("-pk")[:HITS_MAX]:
        is_exact = linked is not None or typed.upper() == order.number or _is_tag(typed)
        # One job is opened where this person works on it; a list of many need not know so much of each.
        url = opening.address(actor, order) if is_exact else url_of(order, actor)
        yield Hit(order.number, url, _detail(order), "file-text", order.state, is_exact)


def _is_tag(typed: str) -> bool:
    """A whole claim tag's number finds its job and no other."""
    return ClaimTag.objects.filter(number=typed.upper()).exists() if typed.upper().startswith(TAG_SERIES) else False


def _meant(actor: Actor, typed: str, among: catalogue.FoundAll | None) -> list[int]:
    """The keys of the orders that this text means. Asked one after the other: each way has an index of its own."""
    seen, tag = WorkOrder.objects.visible_to(actor), typed.upper()
    keys: list[int] = []
    if tag.startswith(TAG_SERIES):
        keys += ClaimTag.objects.filter(number=tag).values_list("order_id", flat=True)
    if len(typed) >= NUMBER_SHORTEST:
        keys += newest(seen, "number", tag, most=HITS_MAX)
    # Whose telephone or name it is, may ask only who may read the customers' cards.
    knows = actor.may("customers.see")
    if among is not None:
        machines = [each.appliance_id for each in among.appliances]
        people = [each.customer_id for each in among.customers] if knows else []
    else:
        machines = catalogue.with_serial(typed, by=actor, most=HITS_MAX)
        people = customers.meant(typed, by=actor, most=HITS_MAX) if knows else []
    # One after the other: of either at once PostgreSQL reads all jobs of the unit.
    for theirs in (Q(appliance_id__in=machines), Q(customer_id__in=people)):
        keys += seen.filter(theirs).order_by().values_list("pk", flat=True)[:FEW_FOUND]
    return keys


def find_customers(actor: Actor, text: str) -> Iterator[Hit]:
    """Customers by a piece of a number or name; numbers are masked, and the whole one is read on the card."""
    for found in catalogue.find(text, by=actor, most=HITS_MAX).customers:
        url = reverse("reception:customer", args=[found.customer_id])
        yield Hit(found.name, url, " · ".join([*found.phones_masked, found.unit_code]), "user")


def find_appliances(actor: Actor, text: str) -> Iterator[Hit]:
    """Appliances by a piece of their serial, or by whose they are."""
    if STICKER in text:
        yield from _by_sticker(actor, text)
        return
    # A bench or a store may know a machine and not whose it is.
    knows_customers = actor.may("customers.see")
    owners = customers.meant(text, by=actor, most=HITS_MAX) if knows_customers else []
    keys = catalogue.meant(text, by=actor, owners=owners, most=HITS_MAX)
    for each in catalogue.shown(Appliance.objects.filter(pk__in=keys[:HITS_MAX]), most=HITS_MAX):
        owner = each.customer_name if knows_customers else ""
        detail = " · ".join(part for part in (each.serial, owner) if part)
        url = reverse("reception:appliance", args=[each.appliance_id])
        yield Hit(f"{each.brand} {each.line} {each.model}".strip(), url, detail, "fridge")


def _by_sticker(actor: Actor, text: str) -> Iterator[Hit]:
    """The machine whose sticker was scanned."""
    pk = secrets.read_sticker("appliance", text.strip().rstrip("/").rpartition(STICKER)[2])
    machines = Appliance.objects.visible_to(actor).select_related("brand", "line").filter(pk__in=[pk])
    for machine in machines if pk is not None else ():
        url = reverse("reception:appliance", args=[machine.pk])
        yield Hit(f"{machine.brand.name} {machine.line.name}", url, machine.serial, "fridge", is_exact=True)


def url_of(order: WorkOrder, actor: Actor) -> str:
    """Where this person opens an order."""
    return at_the_counter(actor, order) or reverse("order", args=[order.number])


def at_the_counter(actor: Actor, order: WorkOrder) -> str:
    """The job's page at the reception, for those who take in there."""
    return reverse("reception:order", args=[order.number]) if actor.may(AT_THE_COUNTER, on=order) else ""


def _detail(order: WorkOrder) -> str:
    machine = f"{order.appliance.brand.name} {order.appliance.line.name}"
    return " · ".join(part for part in (order.customer.name, machine, order.appliance.serial) if part)
