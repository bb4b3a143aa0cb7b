"""What the box on the first page finds while one types: people with their machines, and jobs by their number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guiju.desks.reception.finding import find_orders, url_of
from guiju.kernel.actor import Actor
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.queries import FoundAppliance

SHORTEST = 2
"""One letter is half of all customers."""
ROWS_MAX = 5
"""Of each kind: who has to read more has typed too little."""


@dataclass(frozen=True)
class Row:
    """One line under the box; Enter goes where it leads.

    is_under   it belongs to the line above: a machine to its owner
    """

    title: str | Promise
    url: str
    icon: str
    detail: str = ""
    state: str = ""
    does: str = ""
    is_under: bool = False


def found(actor: Actor, text: str) -> list[Row]:
    """A job whose number or tag it is; then people, each with their machines; then machines and jobs by a piece."""
    if len(text) < SHORTEST:
        return []
    everything = catalogue.find(text, by=actor, most=ROWS_MAX)
    hits = list(find_orders(actor, text, everything))
    standing = _open_orders(actor, [each.customer_id for each in everything.customers], everything.appliances)
    rows = [Row(hit.title, hit.url, hit.icon, str(hit.detail), hit.state) for hit in hits if hit.is_exact]
    for person in everything.customers:
        card = reverse("reception:customer", args=[person.customer_id])
        rows.append(Row(person.name, card, "user", " · ".join(person.phones_masked)))
        theirs = [each for each in everything.appliances if each.customer_id == person.customer_id]
        rows += [_machine(each, standing.get(each.appliance_id), actor) for each in theirs]
    shown = {row.url for row in rows}
    others = [Row(hit.title, hit.url, hit.icon, str(hit.detail), hit.state) for hit in hits]
    return rows + [row for row in others if row.url not in shown][:ROWS_MAX]


def _open_orders(actor: Actor, people: list[int], machines: tuple[FoundAppliance, ...]) -> dict[int, WorkOrder]:
    """The job on which each of these machines is."""
    about = Q(customer__in=people) | Q(appliance__in=[each.appliance_id for each in machines])
    orders = WorkOrder.objects.visible_to(actor).open().filter(about)
    return {order.appliance_id: order for order in orders.select_related("unit")}


def _machine(machine: FoundAppliance, standing: WorkOrder | None, actor: Actor) -> Row:
    name = f"{machine.brand} {machine.line} {machine.model}".strip()
    if standing is not None:
        url = url_of(standing, actor)
        return Row(name, url, "fridge", f"{machine.serial} · {standing.number}", standing.state, is_under=True)
    url = reverse("reception:take_in", args=[machine.appliance_id])
    return Row(name, url, "fridge", machine.serial, does=_("New job"), is_under=True)
