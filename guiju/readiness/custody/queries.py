"""Which controlled stores there are, who holds their locks, what is open, and what somebody has to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Model, Q

from guiju.kernel.actor import Actor
from guiju.kernel.remembered import Remembered
from guiju.kernel.verification import invariant
from guiju.readiness.academy import queries as academy
from guiju.readiness.academy.rules import Task
from guiju.readiness.custody import rules
from guiju.readiness.custody.models import (
    AccessSession,
    ControlledMovement,
    ControlledStore,
    CustodianGrant,
    ProtectionCheck,
)
from guiju.readiness.custody.rules import LockGroup, State, StoreState

# What went wrong is shown for that long after it is over.
SHOWN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """A controlled store as whoever stands before it sees it.

    session   the opening that is under way, if any
    weak      what protects it and failed its last test, or was not tested in time
    lacks     the lock groups that nobody holds today, or that have no lock
    """

    store: ControlledStore
    session: AccessSession | None
    weak: Sequence[rules.Protection]
    lacks: Sequence[LockGroup]

    @property
    def may_be_opened(self) -> bool:
        """Whether somebody may ask for it now."""
        return self.session is None and self.store.state == StoreState.IN_USE and not self.lacks


def guard_of(row: Model) -> ControlledStore | None:
    """The controlled store in which this lies, if it lies in one."""
    return next(iter(guards_of([row])), None)


def guards_of(rows: Sequence[Model]) -> list[ControlledStore]:
    """The controlled stores behind whose doors these rows lie, in a fixed order; one question for all, remembered as a list is."""
    asked = {(row._meta.label_lower, row.pk) for row in rows}  # noqa: SLF001  (Django documents it)
    found = _GUARDING(kinds=sorted({kind for kind, _ in asked}), keys=sorted({key for _, key in asked}))
    return [store for store in found if (store.guards_type, store.guards_id) in asked]


# Every move of a part asks, and next to nothing lies behind such a door.
_GUARDING: Remembered[ControlledStore] = Remembered(
    lambda *, kinds, keys: (
        ControlledStore.objects.filter(guards_type__in=kinds, guards_id__in=keys).select_related("unit").order_by("pk")
    )
)


def under_way(store: ControlledStore) -> AccessSession | None:
    """The opening that is under way."""
    rows = AccessSession.objects.filter(store=store, state__in=sorted(rules.UNDER_WAY))
    return rows.select_related("store__unit", "first_by", "second_by").first()


def custodian(store: ControlledStore, person_id: int, *, on: date) -> rules.Custodian:
    """A person at the door of a store, as the house knows them that day."""
    held = CustodianGrant.objects.filter(_holding(on), store=store, person=person_id)
    group = held.values_list("lock_group", flat=True).first()
    return rules.Custodian(
        person_id, LockGroup(group) if group else None, academy.may(person_id, Task.CUSTODY, on=on)
    )  # fmt: skip


def grants(store: ControlledStore, *, on: date) -> list[CustodianGrant]:
    """Who holds locks of a store that day or later."""
    rows = CustodianGrant.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), store=store)
    return list(rows.select_related("person").order_by("lock_group", "starts_on", "pk"))


def _holding(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def last_checks(store: ControlledStore) -> dict[rules.Protection, ProtectionCheck]:
    """The last test of each protection."""
    last: dict[rules.Protection, ProtectionCheck] = {}
    for check in ProtectionCheck.objects.filter(store=store).select_related("checked_by").order_by("pk"):
        last[rules.Protection(check.item)] = check
    return last


def weak(store: ControlledStore, *, on: date) -> list[rules.Protection]:
    """What protects a store and failed its last test, or was not tested in time; the door, where nothing ever was.

    source   CTL-5, S2-81, S2-83
    """
    last = last_checks(store)
    if not last:
        return [rules.Protection.DOOR]
    return [item for item, check in last.items() if not check.is_ok or check.next_on <= on]


def lacking(store: ControlledStore, *, on: date) -> list[LockGroup]:
    """The lock groups without a lock, or that nobody holds that day."""
    locks = set(store.locks.values_list("lock_group", flat=True))
    held = set(CustodianGrant.objects.filter(_holding(on), store=store).values_list("lock_group", flat=True))
    return [group for group in LockGroup if group not in locks & held]


def doors(*, by: Actor, at: datetime) -> list[AtTheDoor]:
    """Every controlled store that this person may see, as it stands now."""
    rows = ControlledStore.objects.visible_to(by).select_related("unit").prefetch_related("locks", "grants", "checks")
    live = {
        session.store_id: session
        for session in AccessSession.objects.visible_to(by).with_names().filter(state__in=sorted(rules.UNDER_WAY))
    }
    return [_at_the_door(store, live.get(store.pk), store.unit.day(at)) for store in rows]


def _at_the_door(store: ControlledStore, session: AccessSession | None, on: date) -> AtTheDoor:
    """The same as `weak` and `lacking`, of what was read for all stores at once."""
    last = {rules.Protection(check.item): check for check in sorted(store.checks.all(), key=lambda each: each.pk)}
    failing = [item for item, check in last.items() if not check.is_ok or check.next_on <= on]
    locks = {lock.lock_group for lock in store.locks.all()}
    held = {
        grant.lock_group
        for grant in store.grants.all()
        if grant.starts_on <= on and (grant.ends_on is None or grant.ends_on > on)
    }
    lacks = [group for group in LockGroup if group not in locks & held]
    return AtTheDoor(store, session, failing if last else [rules.Protection.DOOR], lacks)


def last_known(store: ControlledStore, item: str, serial: str = "") -> int | None:
    """How many of a thing lay in a store when it was last looked at; None for what was never there."""
    rows = ControlledMovement.objects.filter(session__store=store, item=item, serial=serial)
    last = rows.order_by("-pk").values_list("counted", "after").first()
    if last is None:
        return None
    counted, after = last
    return after if counted is None else counted


def touched(session: AccessSession) -> list[ControlledMovement]:
    """The last movement of each thing that was touched: what has to be counted at the closing."""
    last: dict[tuple[str, str], ControlledMovement] = {}
    for movement in ControlledMovement.objects.filter(session=session).order_by("line"):
        last[movement.item, movement.serial] = movement
    return sorted(last.values(), key=lambda each: each.line)


def alerts(*, by: Actor, at: datetime) -> list[AccessSession]:
    """What went wrong and waits for somebody, and lately what was denied; the newest first."""
    wrong = Q(state__in=[State.ALARM, State.DISCREPANCY])
    denied = Q(state=State.DENIED, requested_at__gt=at - SHOWN_FOR)
    unreviewed = Q(is_emergency=True, reviewed_at__isnull=True)
    rows = AccessSession.objects.visible_to(by).with_names().filter(wrong | denied | unreviewed)
    return list(rows.order_by("-pk"))


@invariant("CTL-1")
def every_opening_had_two_of_two_groups() -> Iterator[str]:
    """Two different people of two lock groups stand behind each opening that was no emergency."""
    opened = AccessSession.objects.filter(state__in=sorted(rules.ENTERED), is_emergency=False)
    for number in opened.filter(
        Q(second_by=None) | Q(first_by=F("second_by")) | Q(first_group=F("second_group"))
    ).values_list("number", flat=True):
        yield f"{number}: opened without two people of two groups"


@invariant("CTL-2")
def nobody_holds_both_groups() -> Iterator[str]:
    """At no day does one person hold two grants of one store."""
    # One that ended on the day on which the next began comes first.
    rows = CustodianGrant.objects.order_by(
        "store", "person", "starts_on", F("ends_on").asc(nulls_last=True)
    ).values_list("store__code", "person__number", "starts_on", "ends_on")
    before: tuple[str, str, date, date | None] | None = None
    for row in rows:
        if before is not None and before[:2] == row[:2] and (before[3] is None or before[3] > row[2]):
            yield f"{row[0]}: {row[1]} holds two grants on {row[2]}"
        before = row


@invariant("CTL-3")
def what_was_counted_is_what_is_written() -> Iterator[str]:
    """A store that was locked without anybody settling it holds what its record says; a frozen one has its difference."""
    closed = AccessSession.objects.filter(state=State.CLOSED, settled_by=None)
    wrong = ControlledMovement.objects.filter(session__in=closed, counted__isnull=False).exclude(counted=F("after"))
    for number, item in wrong.values_list("session__number", "item"):
        yield f"{number}: {item} was counted otherwise, and nobody settled it"
    frozen = set(ControlledStore.objects.filter(state=StoreState.FROZEN).values_list("pk", "code"))
    differing = set(
        AccessSession.objects.filter(state=State.DISCREPANCY).values_list("store_id", "store__code")
    )  # fmt: skip
    for _pk, code in frozen ^ differing:
        yield f"{code}: frozen without a difference, or a difference without being frozen"
