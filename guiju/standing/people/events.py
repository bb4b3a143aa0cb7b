"""What people tells."""

from datetime import date

from guiju.kernel.news import event


@event
class UnitCreated:
    """The organisation has a new unit."""

    unit_id: int
    code: str


@event
class Hired:
    """Somebody works for the house now, or waits to be admitted."""

    person_id: int
    number: str
    status: str


@event
class StatusChanged:
    """A person was admitted, suspended, reinstated, or has left."""

    person_id: int
    number: str
    status: str


@event
class RoleGranted:
    """A person holds a role in a unit."""

    person_id: int
    role: str
    unit_id: int
    starts_on: date


@event
class RoleEnded:
    """A person no longer holds a role in a unit from that day on."""

    person_id: int
    role: str
    unit_id: int
    ends_on: date


@event
class LoginMade:
    """A person can come in by a name of their own."""

    person_id: int
    username: str


@event
class KeyRevoked:
    """A program's key opens nothing any more."""

    person_id: int
    prefix: str
