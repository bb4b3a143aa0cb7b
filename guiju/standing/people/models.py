"""Units, the people in them, their roles, their absences, and the keys by which they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from guiju.kernel import words
from guiju.kernel.beginnings import Beginning
from guiju.kernel.constraints import Never, NoOverlap
from guiju.kernel.remembered import remembered_list
from guiju.standing.people.rules import KIND_LABELS, LABELS, STATUS_LABELS, Role, Status, UnitKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from guiju.kernel.actor import Actor


class Units(models.QuerySet["Unit"]):
    """Questions about many units."""

    def visible_to(self, by: Actor) -> Units:
        """The units whose people this person may see, and their own."""
        scope = by.scope("people.see")
        if scope.unit_ids is None:
            return self
        return self.filter(Q(pk__in=scope.unit_ids) | Q(pk=by.unit_id))


@remembered_list
class Unit(models.Model):
    """A part of the organisation, under its parent; the head office is the root.

    currency, time_zone, jurisdiction  what its customers pay in, its clock, and whose law it works under (CN-44)
    path                               the codes from the root down to here, "HQ/SD/FS01/": ancestors without a question
    """

    code = models.CharField(max_length=8, unique=True)
    names = models.JSONField(default=dict)
    kind = models.CharField(max_length=12, choices=[(kind.value, KIND_LABELS[kind]) for kind in UnitKind])
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=120, unique=True)
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    currency = models.CharField(max_length=3, default="CNY")
    jurisdiction = models.CharField(max_length=8, default="CN")
    address = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    licence_no = models.CharField(max_length=60, blank=True)
    # Opening hours as the sign on the door says them.
    hours = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    objects = Units.as_manager()

    class Meta:
        ordering = ("path",)
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind=UnitKind.HQ), name="there_is_one_head_office"),
            models.CheckConstraint(
                condition=Q(kind=UnitKind.HQ, parent__isnull=True) | (~Q(kind=UnitKind.HQ) & Q(parent__isnull=False)),
                name="only_the_head_office_has_no_parent",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(UnitKind)), name="a_unit_is_of_a_known_kind"),
            Never(
                # Every right that a grant gives follows the tree: moving a unit would move rights that nobody granted.
                name="a_unit_keeps_its_place",
                when_postgres="OLD.path <> NEW.path OR OLD.parent_id IS DISTINCT FROM NEW.parent_id",
                when_sqlite="OLD.path <> NEW.path OR OLD.parent_id IS NOT NEW.parent_id",
                events=("UPDATE",),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the path, which follows from the parent."""
        if not self.path:
            self.path = f"{self.parent.path if self.parent else ''}{self.code}/"
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The unit's name in the reader's language."""
        return words.pick(self.names)

    @property
    def unit_id(self) -> int:
        """A unit stands in itself, so that deeds on it ask for rights there."""
        return self.pk

    @property
    def lineage(self) -> tuple[str, ...]:
        """The codes of this unit and those above it, the nearest first."""
        return tuple(reversed(self.path.strip("/").split("/")))

    def day(self, at: datetime) -> date:
        """The calendar day at that instant, on this unit's clock."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


class People(models.QuerySet["Person"]):
    """Questions about many people."""

    def visible_to(self, by: Actor) -> People:
        """The people of the units that this person may see, and the person themself."""
        scope = by.scope("people.see")
        if scope.unit_ids is None:
            return self
        return self.filter(Q(unit_id__in=scope.unit_ids) | Q(pk=by.person_id))


class Person(models.Model):
    """Somebody who works for the brand or for a partner; the number is on the badge."""

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10,
        choices=[(status.value, STATUS_LABELS[status]) for status in Status],
        default=Status.PENDING.value,
    )

    objects = People.as_manager()

    class Meta:
        ordering = ("number",)
        indexes = [
            models.Index(fields=["name"], name="person_by_name"),
            models.Index(fields=["unit", "name"], name="person_by_name_in_a_unit"),
            models.Index(fields=["unit", "number"], name="person_by_number_in_a_unit"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_person_has_a_name"),
            Beginning("name", name="a_person_is_found_by_the_beginning_of_the_name"),
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="a_person_has_a_known_status"),
        ]

    def __str__(self) -> str:
        return self.name

    def belongs_to(self, by: Actor) -> bool:
        """A person's record is their own."""
        return by.person_id is not None and by.person_id == self.pk


class Login(AbstractUser):
    """The name and password, or passkey, by which a person comes in; without a person it may do nothing."""

    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=7, default="zh-hans")

    @property
    def unit_id(self) -> int | None:
        """The unit of the person, so that deeds on a login ask for rights there."""
        return self.person.unit_id if self.person else None

    def belongs_to(self, by: Actor) -> bool:
        """A login is of the person who comes in by it."""
        return by.person_id is not None and by.person_id == self.person_id


class Pin(models.Model):
    """The few digits by which a person takes over a shared till screen; only their hash is kept.

    wrong_tries   since it was last right; with `rules.PIN_TRIES` it is locked for a while, with `rules.PIN_TRIES_MAX` for good
    """

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # A hash has its method and its salt in it, apart by a sign that no digits have.
            models.CheckConstraint(condition=Q(digest__contains="$"), name="a_pin_is_kept_as_a_hash"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def unit_id(self) -> int:
        """The unit of the person."""
        return self.person.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """It is of whoever comes in by it."""
        return by.person_id is not None and by.person_id == self.person_id


class RoleGrant(models.Model):
    """One person holds one role in one unit and all units under it, for a time.

    ends_on  the first day on which it no longer holds; empty while no end is known
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=2, choices=[(role.value, LABELS[role]) for role in Role])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("person", "role", "starts_on")
        constraints = [
            NoOverlap(["person", "role", "unit"], "starts_on", "ends_on", name="a_role_is_granted_once_at_a_time"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_role_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="a_role_is_a_known_one"),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("person")),
                name="nobody_grants_a_role_to_themself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"


class Leave(models.Model):
    """A person is away for a time [starts_at, ends_at)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at",)
        constraints = [
            NoOverlap(["person"], name="a_person_is_away_once_at_a_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_leave_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_at:%Y-%m-%d}"


class ApiKey(models.Model):
    """A key by which a program acts as one person, for the verbs it was made for; only its digest is kept.

    verbs         what it opens, and never more than the person may
    last_used_on  the day of its last use; a key that nobody uses is a key to revoke
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    label = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    verbs = models.JSONField(default=list)
    made_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("prefix",)
        constraints = [
            models.CheckConstraint(condition=~Q(digest="") & ~Q(prefix=""), name="a_key_has_its_digest"),
            Never(
                name="a_revoked_key_stays_revoked",
                when="OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS NULL OR NEW.revoked_at <> OLD.revoked_at)",
                events=("UPDATE",),
            ),
        ]

    def __str__(self) -> str:
        return f"gj_{self.prefix}_…"

    @property
    def unit_id(self) -> int:
        """The unit of the person."""
        return self.person.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """A key is of the person for whom it acts."""
        return by.person_id is not None and by.person_id == self.person_id


class SavedViews(models.QuerySet["SavedView"]):
    """Questions about many saved views."""

    def open_to(self, by: Actor) -> SavedViews:
        """One's own, and those that were shared with the unit in which one works or one above it."""
        shared = Q(shared_with__isnull=False, shared_with_id__in=_above(by.unit_id)) & ~Q(name="")
        return self.filter(Q(person_id=by.person_id, person_id__isnull=False) | shared)


def _above(unit_id: int | None) -> Any:
    """The unit and those above it, found in the same statement: a path begins with the path of each of them."""
    own = Unit.objects.filter(pk__in=[unit_id]).values("path")[:1]
    return (
        Unit.objects.annotate(own=models.Subquery(own, output_field=models.CharField()))
        .filter(own__startswith=F("path"))
        .values("pk")
    )


class SavedView(models.Model):
    """How a person likes to see a list: its filters and order, and which columns.

    name       empty for the columns that the person chose last, without giving them a name
    is_first   what the person sees who opens the list without asking for anything
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    listing = models.CharField(max_length=40)
    name = models.CharField(max_length=60, blank=True)
    query = models.CharField(max_length=2000, blank=True)
    columns = models.JSONField(default=list)
    is_first = models.BooleanField(default=False)
    shared_with = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    objects = SavedViews.as_manager()

    class Meta:
        ordering = ("name", "pk")
        indexes = [models.Index(fields=["listing", "shared_with"], name="saved_views_of_a_unit")]
        constraints = [
            models.UniqueConstraint(fields=["person", "listing", "name"], name="a_view_has_a_name_of_its_own"),
            models.UniqueConstraint(
                fields=["person", "listing"], condition=Q(is_first=True), name="a_person_sees_one_view_first"
            ),
            models.CheckConstraint(condition=~Q(listing=""), name="a_view_is_of_a_list"),
            models.CheckConstraint(
                condition=Q(shared_with__isnull=True) | ~Q(name=""), name="a_shared_view_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.name}".strip()

    @property
    def unit_id(self) -> int:
        """The unit of the person."""
        return self.person.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """A view is of the person who kept it."""
        return by.person_id is not None and by.person_id == self.person_id
