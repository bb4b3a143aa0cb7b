"""Controlled stores with their locks and protections, and who holds the locks."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never, NoOverlap
from guiju.kernel.remembered import remembered_list
from guiju.kernel.words import pick
from guiju.readiness.custody import rules
from guiju.readiness.custody.rules import LockGroup
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


def words(members: Iterable[StrEnum]) -> list[str]:
    # Plain words in a fixed order: a migration must not change with the enumeration that it was written from.
    return sorted(member.value for member in members)


class ControlledStores(models.QuerySet["ControlledStore"]):
    """Questions about controlled stores."""

    def visible_to(self, by: Actor) -> ControlledStores:
        """Those of the units whose controlled stores this person may see."""
        return self.filter(by.scope("custody.see").q())


@remembered_list
class ControlledStore(models.Model):
    """A safe, a cage or a cabinet that nobody opens alone.

    guards   the row whose things lie inside, such as a bin or a till, for whoever asks whether it is open; none for most
    cameras  which cameras look at it, as they are numbered
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    names = models.JSONField(default=dict)
    kind = models.CharField(max_length=20, choices=[(kind.value, rules.STORE_LABELS[kind]) for kind in rules.StoreKind])
    state = models.CharField(
        max_length=10,
        choices=[(state.value, rules.STORE_STATE_LABELS[state]) for state in rules.StoreState],
        default=rules.StoreState.IN_USE.value,
    )
    cameras = models.CharField(max_length=80, blank=True)
    guards_type = models.CharField(max_length=60, blank=True)
    guards_id = models.BigIntegerField(null=True)

    objects = ControlledStores.as_manager()

    class Meta:
        ordering = ("unit_id", "code")
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="controlled_store_code_is_free"),
            models.CheckConstraint(condition=~Q(code=""), name="controlled_store_has_a_code"),
            models.CheckConstraint(condition=Q(kind__in=words(rules.StoreKind)), name="controlled_store_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(state__in=words(rules.StoreState)), name="controlled_store_state_is_known"),
            models.UniqueConstraint(
                fields=["guards_type", "guards_id"], condition=~Q(guards_type=""), name="a_thing_lies_behind_one_door"
            ),
            models.CheckConstraint(
                condition=Q(guards_type="", guards_id__isnull=True) | (~Q(guards_type="") & Q(guards_id__isnull=False)),
                name="what_is_guarded_is_named_whole",
            ),
            Never(name="controlled_store_keeps_its_unit", when="OLD.unit_id <> NEW.unit_id", events=["UPDATE"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The store's name in the reader's language."""
        return pick(self.names)


class Lock(models.Model):
    """A lock of a store, in one of its two groups."""

    store = models.ForeignKey(ControlledStore, models.PROTECT, related_name="locks")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=[(kind.value, rules.LOCK_LABELS[kind]) for kind in rules.LockKind])
    lock_group = models.CharField(
        max_length=1, choices=[(group.value, rules.GROUP_LABELS[group]) for group in LockGroup]
    )

    class Meta:
        ordering = ("store", "lock_group", "number")
        constraints = [
            models.UniqueConstraint(fields=["store", "number"], name="lock_number_is_free"),
            models.CheckConstraint(condition=~Q(number=""), name="lock_has_a_number"),
            models.CheckConstraint(condition=Q(kind__in=words(rules.LockKind)), name="lock_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(lock_group__in=words(LockGroup)), name="lock_is_in_a_known_group"),
            AppendOnly(name="lock_stays_in_its_group"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The unit of the store."""
        return self.store.unit_id


class CustodianGrants(models.QuerySet["CustodianGrant"]):
    """Questions about grants."""

    def visible_to(self, by: Actor) -> CustodianGrants:
        """Those of the stores that this person may see."""
        return self.filter(by.scope("custody.see").q(unit="store__unit"))


class CustodianGrant(models.Model):
    """One person holds the locks of one group of one store, for a time.

    ends_on  the first day on which it no longer holds; empty while no end is known
    """

    store = models.ForeignKey(ControlledStore, models.PROTECT, related_name="grants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lock_group = models.CharField(
        max_length=1, choices=[(group.value, rules.GROUP_LABELS[group]) for group in LockGroup]
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = CustodianGrants.as_manager()

    class Meta:
        ordering = ("store", "lock_group", "starts_on", "pk")
        constraints = [
            # Whatever the group: who holds one of them at a time can hold no other (CTL-2).
            NoOverlap(["store", "person"], "starts_on", "ends_on", name="nobody_holds_both_groups_of_a_store"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="custodian_grant_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(lock_group__in=words(LockGroup)), name="custodian_grant_is_of_a_known_group"),
            models.CheckConstraint(condition=~Q(granted_by=F("person")), name="nobody_makes_themself_a_custodian"),
            AppendOnly(name="custodian_grant_is_never_rewritten", may_change=["ends_on"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.store_id} {self.lock_group} {self.person_id}"

    @property
    def unit_id(self) -> int:
        """The unit of the store."""
        return self.store.unit_id


class ProtectionCheck(models.Model):
    """A door, a grille, an alarm was tested; the last test of each counts.

    next_on   the first day on which it is due again
    """

    store = models.ForeignKey(ControlledStore, models.PROTECT, related_name="checks")
    item = models.CharField(
        max_length=10, choices=[(each.value, rules.PROTECTION_LABELS[each]) for each in rules.Protection]
    )
    is_ok = models.BooleanField()
    checked_on = models.DateField()
    next_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("store", "item", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(item__in=words(rules.Protection)), name="protection_is_a_known_one"),
            models.CheckConstraint(condition=Q(next_on__gt=F("checked_on")), name="protection_is_due_again_later"),
            models.CheckConstraint(condition=Q(is_ok=True) | ~Q(note=""), name="what_failed_says_how"),
            AppendOnly(name="protection_check_is_never_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.store_id} {self.item} {self.checked_on}"

    @property
    def unit_id(self) -> int:
        """The unit of the store."""
        return self.store.unit_id
