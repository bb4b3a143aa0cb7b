"""Whoever comes to the counter for the first time: their card, their machine's card and the order, in one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.line.intake.actions.ordering import register
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers import actions as customers
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit


def take_in(
    *,
    unit: Unit,
    customer: Customer | Mapping[str, Any],
    appliance: Appliance | Mapping[str, Any],
    by: Actor,
    at: datetime,
    **ordered: Any,
) -> WorkOrder:
    """Take a repair in whole: a card for who is new here, a card for a machine that is, and the order of both, or nothing of it.

    customer, appliance   a card, or what `customers.enrol` and `catalogue.register_appliance` are told to make one
    ordered               what `register` is told: the problem, the symptoms, that the terms are accepted, …
    raises                what those three raise
    source                S6-01, S6-07; I38: a counter that is cut off leaves no card without its order behind
    """
    with doing("intake.take_in", unit_id=unit.pk, by=by, at=at) as deed:
        because = deed.consequence()
        if not isinstance(customer, Customer):
            customer = customers.enrol(unit=unit, **customer, by=because, at=at)
        is_new = not isinstance(appliance, Appliance)
        if not isinstance(appliance, Appliance):
            appliance = catalogue.register_appliance(unit=unit, customer=customer, **appliance, by=because, at=at)
        order = register(unit=unit, customer=customer, appliance=appliance, **ordered, by=because, at=at)
        deed.about(order)
        deed.note(customer=customer.pk, appliance=appliance.pk, is_new=is_new)
    return order
