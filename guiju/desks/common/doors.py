"""Which doors stand open to strangers: a page is closed unless its view says otherwise."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponse

# The address is the key: nobody keeps the page, no search engine lists it, and no other site is told where one came from.
# Not "no-referrer": with it a browser sends our own forms without their origin, and they would be refused as forged.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}

View = TypeVar("View", bound=Callable[..., object])


def public(view: View) -> View:
    """Let anybody see this page, signed in or not; it must itself decide what a stranger may see.

    Put it outermost, so that no other decorator hides the mark from the doorkeeper (conf.middleware).
    """
    view.is_public = True  # type: ignore[attr-defined]
    return view


def sealed(response: HttpResponse) -> HttpResponse:
    """Answer a page whose address is its key, so that the key goes nowhere else."""
    for name, value in HEADERS.items():
        response[name] = value
    return response
