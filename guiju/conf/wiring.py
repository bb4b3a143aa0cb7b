"""Who reacts to whose news.

A context tells its news and knows nobody above it. A later context writes its reactions in `reactions.py` and knows nobody who calls
them. Here, and only here, the two are joined: one line a pair, `news.subscribe(events.Issued, reactions.on_issued)`, in the order of
the line. Reading this file answers "what happens next" for every event in the house.
"""

from guiju.kernel.news import subscribe


def connect() -> None:
    """Join each event to its reactions; called once, when every context is loaded."""
    from guiju.line.intake.events import Cancelled
    from guiju.line.storeroom import reactions as storeroom
    from guiju.line.storeroom.events import Issued
    from guiju.line.workshop import reactions as workshop

    subscribe(Cancelled, storeroom.on_cancelled)
    subscribe(Cancelled, workshop.on_cancelled)
    subscribe(Issued, workshop.on_issued)
