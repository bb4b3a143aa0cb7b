"""What is told of takings on their way to the bank; whoever answers for the outlet hears of what went wrong."""

from __future__ import annotations

from guiju.kernel.news import event


@event
class BagSealed:
    """Two people have signed for what is in a bag."""

    bag_id: int
    number: str
    amount_minor: int
    currency: str


@event
class BagLockedUp:
    """A bag lies in the safe."""

    bag_id: int
    number: str
    safe_id: int


@event
class BagRetrieved:
    """Two people have taken a bag out of the safe to bring it to the bank."""

    bag_id: int
    number: str
    carrier_id: int


@event
class DepositPrepared:
    """Somebody carries takings to the bank."""

    deposit_id: int
    number: str
    amount_minor: int
    currency: str


@event
class Deposited:
    """The bank has it, in time or late."""

    deposit_id: int
    number: str
    amount_minor: int
    currency: str
    is_late: bool


@event
class DepositTakenBack:
    """It was not brought to the bank after all."""

    deposit_id: int
    number: str


@event
class CashAlarmRaised:
    """Somebody has to look at cash that is not where it should be by now."""

    alarm_id: int
    kind: str
    unit_id: int
    subject: str


@event
class CashOffered:
    """Somebody offers cash to a colleague, or at the till; it is theirs until both have signed."""

    hand_over_id: int
    number: str
    hand: str
    giver_id: int
    receiver_id: int | None


@event
class CashHandedOver:
    """Both have signed: the cash is with whoever took it."""

    hand_over_id: int
    number: str
    giver_id: int
    receiver_id: int
    amount_minor: int
    currency: str


@event
class PettySpent:
    """Something small was paid out of petty cash."""

    expense_id: int
    number: str
    box_id: int
    amount_minor: int
    currency: str
