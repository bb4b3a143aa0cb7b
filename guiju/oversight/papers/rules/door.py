"""What hangs on the outlet's door or sticks on a machine, so that a stranger can ask for a repair at any hour.

source  peers.md A04, A05
"""

from dataclasses import dataclass

from guiju.oversight.papers.rules.shared import Letterhead, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSheet:
    """The sheet for the door; of one machine where it is named. Its code leads to the request's page.

    address   as the code says it, for whoever types: it is no secret
    """

    letterhead: Letterhead
    address: str
    machine: Words | None = None
    serial_number: str | None = None
