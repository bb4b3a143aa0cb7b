"""What the telephone tells."""

from datetime import date, datetime

from guiju.kernel.news import event


@event
class Rang:
    call_id: int
    direction: str


@event
class Answered:
    """agent_id   the person's key; None while the telephone system has not said who"""

    call_id: int
    agent_id: int | None


@event
class HungUp:
    call_id: int
    state: str


@event
class CallBackPromised:
    call_back_id: int
    reason: str
    due_at: datetime


@event
class CallBackEnded:
    """state   REACHED, or GIVEN_UP after as many tries as the house makes"""

    call_back_id: int
    state: str
    tries: int


@event
class LedTo:
    """A request or an order came of a call; what it is not is None."""

    call_id: int
    request_id: int | None
    order_id: int | None


@event
class Scored:
    call_id: int
    agent_id: int
    month: date


@event
class MenuPublished:
    menu_id: int
    version: int


@event
class ScriptPublished:
    script_id: int
    version: int
