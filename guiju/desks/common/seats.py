"""A request as the middleware hands it to a desk: it knows who sits there, and in which unit."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from guiju.kernel.actor import Actor
from guiju.standing.people.models import Unit


class SeatedRequest(HttpRequest):
    """The request of somebody who is signed in, for the type checker; at run time it is Django's own."""

    actor: Actor
    unit: Unit | None
    htmx: HtmxDetails
