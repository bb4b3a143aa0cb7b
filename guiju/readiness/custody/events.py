"""What custody tells; whoever answers for the outlet and whoever audits it hear of what went wrong."""

from guiju.kernel.news import event


@event
class Opened:
    """Two custodians of two lock groups stand in a controlled store."""

    session_id: int
    number: str
    store_id: int
    first_id: int
    second_id: int


@event
class Denied:
    """Somebody tried to open a store who may not, or not with this first one (EX-13)."""

    session_id: int
    number: str
    store_id: int
    person_id: int | None
    why: str


@event
class Lapsed:
    """The second custodian did not come in time."""

    session_id: int
    number: str
    store_id: int


@event
class Overlong:
    """A store has been open for longer than the house allows; whoever answers for it has to close it."""

    session_id: int
    number: str
    store_id: int


@event
class Discrepant:
    """What was counted at the closing is not what the record says: the store is frozen until an auditor has settled it."""

    session_id: int
    number: str
    store_id: int


@event
class Settled:
    """An auditor has found the cause of a difference, and the store is open for use again."""

    session_id: int
    number: str
    store_id: int


@event
class Closed:
    """A store is locked again, and both have signed."""

    session_id: int
    number: str
    store_id: int


@event
class OpenedInEmergency:
    """One person alone has opened a store, for a reason; somebody else has to look into it."""

    session_id: int
    number: str
    store_id: int
    person_id: int


@event
class Reviewed:
    """Somebody else has looked into an emergency opening."""

    session_id: int
    number: str
    store_id: int


@event
class ReviewMissed:
    """Nobody has looked into an emergency opening in its time."""

    session_id: int
    number: str
    store_id: int
