"""Roles, the life of a person in the house, and which duties one person may not hold at once. Plain values in and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from guiju.kernel.words import N_, Sentence


class Role(StrEnum):
    """What a person is for the house; the codes of domain 5.1. Customers and the clock hold no grant."""

    RECEPTIONIST = "RC"
    DISPATCHER = "DP"
    TECHNICIAN = "TE"
    INSPECTOR = "QC"
    STORE_KEEPER = "SK"
    PURCHASER = "PU"
    CASHIER = "CA"
    FINANCE = "FI"
    OUTLET_MANAGER = "OM"
    NETWORK_MANAGER = "NM"
    TRAINER = "TR"
    AUDITOR = "AU"
    LOGISTICS_MANAGER = "LM"
    DRIVER = "DR"
    ADMINISTRATOR = "AD"


LABELS: Mapping[Role, str] = {
    Role.RECEPTIONIST: N_("Receptionist"),
    Role.DISPATCHER: N_("Dispatcher"),
    Role.TECHNICIAN: N_("Technician"),
    Role.INSPECTOR: N_("Quality inspector"),
    Role.STORE_KEEPER: N_("Store keeper"),
    Role.PURCHASER: N_("Purchaser"),
    Role.CASHIER: N_("Cashier"),
    Role.FINANCE: N_("Finance"),
    Role.OUTLET_MANAGER: N_("Outlet manager"),
    Role.NETWORK_MANAGER: N_("Network manager"),
    Role.TRAINER: N_("Trainer"),
    Role.AUDITOR: N_("Auditor"),
    Role.LOGISTICS_MANAGER: N_("Logistics manager"),
    Role.DRIVER: N_("Driver"),
    Role.ADMINISTRATOR: N_("System administrator"),
}

# Who approves other people's business; whoever makes the logins must not be one of them (5.4).
APPROVERS = frozenset({Role.OUTLET_MANAGER, Role.NETWORK_MANAGER, Role.FINANCE, Role.LOGISTICS_MANAGER})


class UnitKind(StrEnum):
    """What a part of the organisation is."""

    HQ = "HQ"
    REGION = "REGION"
    OUTLET = "OUTLET"
    DEPARTMENT = "DEPARTMENT"
    SECTION = "SECTION"
    STORE = "STORE"
    CANTEEN = "CANTEEN"
    CLINIC = "CLINIC"
    GARAGE = "GARAGE"


KIND_LABELS: Mapping[UnitKind, str] = {
    UnitKind.HQ: N_("Head office"),
    UnitKind.REGION: N_("Region"),
    UnitKind.OUTLET: N_("Service outlet"),
    UnitKind.DEPARTMENT: N_("Department"),
    UnitKind.SECTION: N_("Section"),
    UnitKind.STORE: N_("Store room"),
    UnitKind.CANTEEN: N_("Canteen"),
    UnitKind.CLINIC: N_("Clinic"),
    UnitKind.GARAGE: N_("Garage"),
}


class Status(StrEnum):
    """Where a person stands with the house; only the active act."""

    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    LEFT = "LEFT"


STATUS_LABELS: Mapping[Status, str] = {
    Status.PENDING: N_("Waiting to be admitted"),
    Status.ACTIVE: N_("Active"),
    Status.SUSPENDED: N_("Suspended"),
    Status.LEFT: N_("Has left"),
}

ARROWS: Mapping[Status, Mapping[Status, str]] = {
    Status.PENDING: {Status.ACTIVE: "people.admit", Status.LEFT: "people.part_with"},
    Status.ACTIVE: {Status.SUSPENDED: "people.suspend", Status.LEFT: "people.part_with"},
    Status.SUSPENDED: {Status.ACTIVE: "people.reinstate", Status.LEFT: "people.part_with"},
    Status.LEFT: {},
}


class Duty(StrEnum):
    """What a person does to one document; two of a kind that must differ are listed in MUST_DIFFER."""

    REQUESTER = "REQUESTER"
    APPROVER = "APPROVER"
    BUYER = "BUYER"
    RECEIVER = "RECEIVER"
    PAYER = "PAYER"
    CASHIER = "CASHIER"
    LEDGER_KEEPER = "LEDGER_KEEPER"
    RECONCILER = "RECONCILER"
    REFUND_APPROVER = "REFUND_APPROVER"
    FIRST_CUSTODIAN = "FIRST_CUSTODIAN"
    SECOND_CUSTODIAN = "SECOND_CUSTODIAN"
    NIGHT_DUTY_OFFICER = "NIGHT_DUTY_OFFICER"
    STORE_KEEPER = "STORE_KEEPER"
    COUNT_APPROVER = "COUNT_APPROVER"
    FULL_COUNT_TEAM = "FULL_COUNT_TEAM"
    TECHNICIAN = "TECHNICIAN"
    INSPECTOR = "INSPECTOR"
    WARRANTY_CLAIM_REVIEWER = "WARRANTY_CLAIM_REVIEWER"
    OUTLET_EVALUATOR = "OUTLET_EVALUATOR"
    OUTLET_APPROVER = "OUTLET_APPROVER"
    INTERESTED_IN_OUTLET = "INTERESTED_IN_OUTLET"
    UNIT_INSPECTOR = "UNIT_INSPECTOR"
    UNIT_HEAD = "UNIT_HEAD"
    CORRECTIVE_ACTION_OWNER = "CORRECTIVE_ACTION_OWNER"
    CORRECTION_VERIFIER = "CORRECTION_VERIFIER"
    QUESTION_AUTHOR = "QUESTION_AUTHOR"
    PAPER_REVIEWER = "PAPER_REVIEWER"
    CANDIDATE = "CANDIDATE"
    FEE_SCHEDULE_EDITOR = "FEE_SCHEDULE_EDITOR"
    SETTLEMENT_APPROVER = "SETTLEMENT_APPROVER"
    SETTLEMENT_PAYER = "SETTLEMENT_PAYER"
    MEDICAL_APPROVER = "MEDICAL_APPROVER"
    FINANCE_APPROVER = "FINANCE_APPROVER"
    CLAIMANT = "CLAIMANT"
    ADMINISTRATOR = "ADMINISTRATOR"
    BUSINESS_APPROVER = "BUSINESS_APPROVER"
    POLICY_AUTHOR = "POLICY_AUTHOR"
    POLICY_APPROVER = "POLICY_APPROVER"


@dataclass(frozen=True)
class Separation:
    """Duties on one document that as many people must hold, and what it guards against."""

    duties: frozenset[Duty]
    against: str


def _apart(against: str, *duties: Duty) -> Separation:
    return Separation(frozenset(duties), against)


# Domain 5.4, line by line.
MUST_DIFFER: tuple[Separation, ...] = (
    _apart(N_("purchasing fraud"), Duty.REQUESTER, Duty.APPROVER, Duty.BUYER, Duty.RECEIVER, Duty.PAYER),
    _apart(N_("loss of cash"), Duty.CASHIER, Duty.LEDGER_KEEPER, Duty.RECONCILER, Duty.REFUND_APPROVER),
    _apart(N_("one person alone at the safe"), Duty.FIRST_CUSTODIAN, Duty.SECOND_CUSTODIAN, Duty.NIGHT_DUTY_OFFICER),
    _apart(N_("loss of stock"), Duty.STORE_KEEPER, Duty.COUNT_APPROVER, Duty.FULL_COUNT_TEAM),
    _apart(N_("poor work and false claims"), Duty.TECHNICIAN, Duty.INSPECTOR, Duty.WARRANTY_CLAIM_REVIEWER),
    _apart(N_("favour in choosing outlets"), Duty.OUTLET_EVALUATOR, Duty.OUTLET_APPROVER, Duty.INTERESTED_IN_OUTLET),
    _apart(
        N_("checks that check nothing"),
        Duty.UNIT_INSPECTOR, Duty.UNIT_HEAD, Duty.CORRECTIVE_ACTION_OWNER, Duty.CORRECTION_VERIFIER,
    ),
    _apart(N_("dishonest exams"), Duty.QUESTION_AUTHOR, Duty.PAPER_REVIEWER, Duty.CANDIDATE),
    _apart(N_("settling in one's own favour"), Duty.FEE_SCHEDULE_EDITOR, Duty.SETTLEMENT_APPROVER, Duty.SETTLEMENT_PAYER),
    _apart(N_("false medical claims"), Duty.MEDICAL_APPROVER, Duty.FINANCE_APPROVER, Duty.CLAIMANT),
    _apart(N_("abuse of system access"), Duty.ADMINISTRATOR, Duty.BUSINESS_APPROVER),
    _apart(N_("rules that one person makes alone"), Duty.POLICY_AUTHOR, Duty.POLICY_APPROVER),
)  # fmt: skip

# A shop with fewer active people than this cannot keep all duties apart (5.4, small-shop mode).
SMALL_SHOP_BELOW = 3


@dataclass(frozen=True)
class Verdict:
    """Whether one person may hold both duties, and why not.

    needs_review  allowed in a small shop only: the case stands on the owner's monthly list
    """

    outcome: bool
    because: tuple[Sentence, ...] = ()
    needs_review: bool = False

    @property
    def refused(self) -> bool:
        """Two people are needed."""
        return not self.outcome


# A PIN is short, so it is tried a few times only: locked for a quarter of an hour, and after as many again until it is set anew.
PIN_DIGITS = (4, 8)
PIN_TRIES = 5
PIN_TRIES_MAX = 10
PIN_LOCK_MINUTES = 15
# The channel in the trail of whoever came in by one.
BY_PIN = "pin"


def pin_fault(pin: str, *, known: Iterable[str]) -> Sentence | None:
    """What is wrong with a PIN: too short, too long, or among the first that anybody would try.

    known   what others know of the person: telephone and staff number
    """
    least, most = PIN_DIGITS
    if not (pin.isascii() and pin.isdecimal() and least <= len(pin) <= most):
        return Sentence(N_("A PIN has 4 to 8 digits."))
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if (len(steps) == 1 and steps <= {0, 1, 9}) or len(set(pin)) < 3 or pin[: len(pin) // 2] * 2 == pin:
        return Sentence(N_("This PIN is among the first that anybody would try."))
    if _reads_as_a_date(pin):
        return Sentence(N_("This PIN reads as a date or a year: choose one that is nobody's birthday."))
    if any(pin in "".join(filter(str.isdecimal, each)) for each in known):
        return Sentence(N_("This PIN stands in your telephone or staff number."))
    return None


def _reads_as_a_date(pin: str) -> bool:
    """As a year, or as month and day in either order, alone or with a year of two or four digits."""
    if len(pin) == 4 and 1930 <= int(pin) <= 2039:
        return True
    tails = {4: [pin], 6: [pin[:4], pin[2:]], 8: [pin[:4], pin[4:]]}.get(len(pin), [])
    years = {8: [pin[4:], pin[:4]]}.get(len(pin), [])
    is_year = not years or any(1930 <= int(year) <= 2039 for year in years)
    return is_year and any(_month_and_day(each[:2], each[2:]) or _month_and_day(each[2:], each[:2]) for each in tails)


def _month_and_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def is_small_shop(head_count: int) -> bool:
    """Too few people to keep all duties apart; a unit with nobody is not a shop yet."""
    return 0 < head_count < SMALL_SHOP_BELOW


def may_both(
    one: Duty, other: Duty, *, head_count: int, owner_approved: bool = False, evidence_complete: bool = False
) -> Verdict:
    """Judge whether one person may do both on the same document.

    head_count  active people of the unit; below 3 the owner may approve the case when its evidence is complete
    source      domain 5.4, G-2
    """
    broken = next((rule for rule in MUST_DIFFER if one != other and {one, other} <= rule.duties), None)
    if broken is None:
        return Verdict(True)
    two = Sentence(
        N_("Two different people are needed here, against %(against)s."), {"against": Sentence(broken.against)}
    )
    if not is_small_shop(head_count):
        return Verdict(False, (two,))
    missing = []
    if not owner_approved:
        missing.append(Sentence(N_("In a shop this small the owner may approve the case.")))
    if not evidence_complete:
        missing.append(Sentence(N_("In a shop this small the case needs all its evidence.")))
    return Verdict(False, (two, *missing)) if missing else Verdict(True, needs_review=True)


def roles_in_conflict(held: frozenset[str], added: str) -> frozenset[str]:
    """The roles a person holds beside which the added one may not stand: who makes logins approves nothing."""
    if added == Role.ADMINISTRATOR:
        return held & APPROVERS
    if added in APPROVERS:
        return held & {Role.ADMINISTRATOR}
    return frozenset()
