"""What a visit costs: the call-out, and the remote fee beyond the free kilometres, each once however many appliances are seen.

source  EX-8, EX-9; domain 4.8 [S][33]
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from guiju.kernel.amounts import Money
from guiju.kernel.words import N_, Sentence


class Zone(StrEnum):
    """Where the customer lives, as the remote fee tells it apart."""

    CITY = "CITY"
    RURAL = "RURAL"


ZONE_LABELS: Mapping[Zone, str] = {Zone.CITY: N_("In the city"), Zone.RURAL: N_("In a town or in the country")}

# The length of the longest road in the country is less; more is a slip of the finger.
METRES_MAX = 5_000_000


@dataclass(frozen=True)
class RemoteRule:
    """From which distance on a kilometre costs what.

    free_km        one way, without a fee
    per_km_minor   for each further kilometre one way, in minor units
    cap_minor      the most for a visit; None: no cap
    version        names the figures that say so, for what was reckoned by them
    """

    zone: Zone
    free_km: int
    per_km_minor: int
    cap_minor: int | None = None
    version: str = ""


def remote_fee_minor(rule: RemoteRule, metres: int) -> int:
    """The remote fee of one visit, in minor units, rounded half up: (kilometres one way - free) x rate, never below nothing.

    metres   one way, from the outlet to the customer
    source   EX-8: 27.4 km in the country (27.4 - 10) x 2 = 34.80; EX-9: 18 km in the city 0.00
    """
    beyond = max(0, metres - rule.free_km * 1000)
    fee = int((Decimal(beyond * rule.per_km_minor) / 1000).quantize(Decimal(1), ROUND_HALF_UP))
    return fee if rule.cap_minor is None else min(fee, rule.cap_minor)


class Charge(StrEnum):
    """What a visit is charged for, beside the work."""

    CALL_OUT = "CALL_OUT"
    REMOTE = "REMOTE"


CHARGE_LABELS: Mapping[Charge, str] = {Charge.CALL_OUT: N_("Call-out"), Charge.REMOTE: N_("Remote fee")}


@dataclass(frozen=True)
class VisitCharge:
    """One charge of a visit, computed and not typed, with how it came about."""

    charge: Charge
    amount_minor: int
    because: Sentence


def visit_charges(
    rule: RemoteRule,
    *,
    metres: int,
    appliances: int = 1,
    call_out_minor: int | None = None,
    charged: frozenset[Charge] = frozenset(),
    currency: str = "CNY",
) -> list[VisitCharge]:
    """What one visit costs: each charge once, also where several appliances are seen, and not again where it was charged already.

    call_out_minor   as the list says; None where the list names no call-out, and then there is none
    charged          what another job of the same visit was charged with
    raises           ValueError for no appliance, or a distance that is no distance
    """
    if appliances < 1 or not 0 <= metres <= METRES_MAX:
        raise ValueError(f"{appliances} appliances, {metres} metres")
    found = []
    if call_out_minor is not None:
        found.append(
            VisitCharge(
                Charge.CALL_OUT, call_out_minor, Sentence(N_("For each visit, however many appliances are seen."))
            )
        )
    found.append(VisitCharge(Charge.REMOTE, remote_fee_minor(rule, metres), _how(rule, metres, currency)))
    return [each for each in found if each.charge not in charged]


def _how(rule: RemoteRule, metres: int, currency: str) -> Sentence:
    beyond = max(0, metres - rule.free_km * 1000)
    said = {"km": kilometres(metres), "free": rule.free_km, "rate": str(Money(rule.per_km_minor, currency))}
    if not beyond:
        return Sentence(N_("%(km)s km one way: the first %(free)s km cost nothing."), said)
    return Sentence(
        N_("%(km)s km one way less %(free)s km that cost nothing: %(beyond)s km at %(rate)s, once for the visit."),
        said | {"beyond": kilometres(beyond)},
    )


def kilometres(metres: int) -> str:
    """Metres as kilometres, without zeros that say nothing."""
    return f"{Decimal(metres) / 1000:.3f}".rstrip("0").rstrip(".")
