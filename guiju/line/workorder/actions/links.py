"""The customer's link: given with the order, ended some weeks after it, and given anew at the counter."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel import secrets
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.line.workorder.actions.life import lock, require
from guiju.line.workorder.events import LinkRenewed
from guiju.line.workorder.models import TrackLink, WorkOrder
from guiju.line.workorder.rules import State


def renew_link(order: WorkOrder, *, by: Actor, at: datetime) -> TrackLink:
    """Give the customer a new link; whoever has the old one finds nothing behind it any more.

    raises   WrongState for an order that is not registered yet
    source   T31; 4.12 track.link_days
    """
    with doing("workorder.renew_link", on=order, by=by, at=at) as deed:
        order = lock(order)
        require(order, *(state for state in State if state is not State.DRAFT))
        salt = secrets.new_salt()
        digest = secrets.hash_token(secrets.track_token(order.pk, salt))
        link = TrackLink.objects.create(order=order, salt=salt, digest=digest, given_at=at)
        deed.tell(LinkRenewed(order.pk, order.number))
    return link
