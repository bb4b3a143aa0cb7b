"""What hangs on the outlet's door, sticks on a machine or lies in its box, so that a stranger can ask for a repair or register it.

source  peers.md A04, A05
"""

from dataclasses import dataclass

from guiju.oversight.papers.rules.shared import Letterhead, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSheet:
    """The sheet for the door; of one machine where it is named. Its code leads to the request's page, or to that of a registration.

    address   as the code says it, for whoever types: it is no secret
    """

    letterhead: Letterhead
    address: str
    machine: Words | None = None
    serial_number: str | None = None
    is_registering: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationLabel:
    """The label in the product box: whoever scans it registers the appliance, with what stands on it filled in already.

    source  B11; domain.md S2 "in the product box"
    """

    letterhead: Letterhead
    machine: Words | None = None
    serial_number: str | None = None
