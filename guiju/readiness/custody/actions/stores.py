"""Controlled stores, their locks and protections, and who holds the locks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Model

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.custody import rules
from guiju.readiness.custody.models import ControlledStore, CustodianGrant, Lock, ProtectionCheck
from guiju.standing.people.models import Person, Unit
from guiju.standing.people.rules import Status


class StoreCodeTaken(Refusal):
    """Another controlled store of the unit has this code."""

    sentence = N_("Another controlled store has this code.")
    field = "code"


class GuardedAlready(Refusal):
    """What lies inside lies behind another door."""

    sentence = N_("What lies there is guarded by another controlled store.")
    field = "inside"


class LockKnown(Refusal):
    """The store has a lock of this number."""

    sentence = N_("The store has a lock of this number.")
    field = "number"


class HoldsALock(Refusal):
    """Whoever held both groups would open the store alone (CTL-2)."""

    sentence = N_("This person holds locks of this store in that time. Nobody holds two groups.")
    field = "person"


class CustodianOfOneself(Refusal):
    """Nobody lets themself in."""

    sentence = N_("Nobody makes themself a custodian.")
    field = "person"


class GrantDatesRefused(Refusal):
    """What was done without a lock must not look allowed afterwards."""

    sentence = N_("A custodian holds the locks from today or later, and ends after that.")
    field = "starts_on"
    status = 422


def set_up_store(
    unit: Unit,
    *,
    code: str,
    names: Mapping[str, str],
    kind: str,
    cameras: str = "",
    guards: Model | None = None,
    by: Actor,
    at: datetime,
) -> ControlledStore:
    """Set up a store that nobody opens alone.

    guards   the row whose things lie inside, so that its verbs can ask whether the store is open
    raises   StoreCodeTaken, GuardedAlready, Invalid
    source   S2-80, 2.15
    """
    with doing("custody.set_up_store", unit_id=unit.pk, by=by, at=at, kind=kind) as deed:
        with refusing(
            controlled_store_code_is_free=StoreCodeTaken,
            controlled_store_has_a_code=Invalid(Sentence(N_("Give the store a code.")), field="code"),
            controlled_store_is_of_a_known_kind=Invalid(Sentence(N_("Choose what the store is for.")), field="kind"),
            a_thing_lies_behind_one_door=GuardedAlready,
        ):
            store = ControlledStore.objects.create(
                unit=unit,
                code=code.strip(),
                names=dict(names),
                kind=kind,
                cameras=cameras.strip(),
                guards_type=guards._meta.label_lower if guards is not None else "",  # noqa: SLF001  (Django documents it)
                guards_id=guards.pk if guards is not None else None,
            )
        deed.about(store)
    return store


def add_lock(store: ControlledStore, *, number: str, kind: str, lock_group: str, by: Actor, at: datetime) -> Lock:
    """Note a lock of a store, and in which group it is.

    raises   LockKnown, Invalid
    """
    with doing("custody.add_lock", on=store, by=by, at=at, number=number, lock_group=lock_group) as deed:
        with refusing(
            lock_number_is_free=LockKnown,
            lock_has_a_number=Invalid(Sentence(N_("Give the lock its number.")), field="number"),
            lock_is_of_a_known_kind=Invalid(Sentence(N_("Say what opens the lock.")), field="kind"),
            lock_is_in_a_known_group=Invalid(Sentence(N_("A lock is in group 1 or 2.")), field="lock_group"),
        ):
            lock = Lock.objects.create(store=store, number=number.strip(), kind=kind, lock_group=lock_group)
        deed.about(lock)
    return lock


def grant(
    store: ControlledStore,
    *,
    person: Person,
    lock_group: str,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    at: datetime,
) -> CustodianGrant:
    """Give one person the locks of one group, for a time.

    ends_on   the first day on which it no longer holds
    raises    HoldsALock, CustodianOfOneself, GrantDatesRefused, Invalid, WrongState
    source    CTL-2, S2-80
    """
    with doing("custody.grant", on=store, by=by, at=at, person=person.number, lock_group=lock_group) as deed:
        if person.pk == by.person_id:
            raise CustodianOfOneself
        if person.status != Status.ACTIVE:
            raise WrongState
        if starts_on < store.unit.day(at) or (ends_on is not None and ends_on <= starts_on):
            raise GrantDatesRefused
        with refusing(
            nobody_holds_both_groups_of_a_store=HoldsALock,
            nobody_makes_themself_a_custodian=CustodianOfOneself,
            custodian_grant_is_of_a_known_group=Invalid(Sentence(N_("A lock is in group 1 or 2.")), field="lock_group"),
        ):
            given = CustodianGrant.objects.create(
                store=store, person=person, lock_group=lock_group, starts_on=starts_on, ends_on=ends_on,
                granted_by_id=by.natural_person_id,
            )  # fmt: skip
        deed.about(given)
    return given


def end_grant(given: CustodianGrant, *, reason: str, by: Actor, at: datetime) -> CustodianGrant:
    """Take the locks back: from today on the person opens nothing. Ending it again changes nothing.

    raises   Invalid
    """
    with doing("custody.end_grant", on=given, by=by, at=at, reason=reason):
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why the locks are taken back.")), field="reason")
        given = CustodianGrant.objects.select_for_update(of=("self",)).select_related("store__unit").get(pk=given.pk)
        today = max(given.store.unit.day(at), given.starts_on)
        if given.ends_on is None or given.ends_on > today:
            given.ends_on = today
            given.save(update_fields=["ends_on"])
    return given


def check_protection(
    store: ControlledStore, *, item: str, is_ok: bool, next_on: date, note: str = "", by: Actor, at: datetime
) -> ProtectionCheck:
    """Write down that a door, a grille or an alarm was tested; while one fails, nothing is taken out.

    next_on  the first day on which it is due again
    raises   Invalid
    source   S2-81, S2-83, CTL-5
    """
    with doing("custody.check_protection", on=store, by=by, at=at, item=item, is_ok=is_ok) as deed:
        today = store.unit.day(at)
        with refusing(
            protection_is_a_known_one=Invalid(Sentence(N_("Choose what was tested.")), field="item"),
            protection_is_due_again_later=Invalid(Sentence(N_("It is due again tomorrow at the earliest.")), field="next_on"),
            what_failed_says_how=Invalid(Sentence(N_("Say what is wrong with it.")), field="note"),
        ):  # fmt: skip
            check = ProtectionCheck.objects.create(
                store=store, item=item, is_ok=is_ok, checked_on=today, next_on=next_on, note=note.strip(),
                checked_by_id=by.natural_person_id,
            )  # fmt: skip
        deed.about(check)
        deed.note(label=rules.PROTECTION_LABELS[rules.Protection(item)])
    return check
