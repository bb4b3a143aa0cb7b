"""Whatever is published is told to those who asked for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.oversight.webhooks import actions
from guiju.oversight.webhooks.queries import anybody_hears

__all__ = ["anybody_hears", "on_news"]


def on_news(news: Any, *, by: Actor, at: datetime) -> None:
    """Write down what each endpoint that hears this will be sent."""
    actions.tell(news, by=by, at=at)
