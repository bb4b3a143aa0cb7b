"""A request as the middleware hands it to a view, for the type checker."""

from django.http import HttpRequest

from guiju.kernel.actor import Actor
from guiju.standing.people.models import Unit


class Request(HttpRequest):
    """A request of somebody who is signed in."""

    actor: Actor
    unit: Unit | None
