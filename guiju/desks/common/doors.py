"""Which doors stand open to strangers: a page is closed unless its view says otherwise."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


def public(view: View) -> View:
    """Let anybody see this page, signed in or not; it must itself decide what a stranger may see.

    Put it outermost, so that no other decorator hides the mark from the doorkeeper (conf.middleware).
    """
    view.is_public = True  # type: ignore[attr-defined]
    return view
