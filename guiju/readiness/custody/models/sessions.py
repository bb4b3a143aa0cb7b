"""Each opening of a controlled store, and what went through its door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.readiness.custody import rules
from guiju.readiness.custody.models.stores import ControlledStore, words
from guiju.readiness.custody.rules import State
from guiju.standing.people.models import Person

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class AccessSessions(models.QuerySet["AccessSession"]):
    """Questions about openings."""

    def visible_to(self, by: Actor) -> AccessSessions:
        """Those of the stores that this person may see."""
        return self.filter(by.scope("custody.see").q(unit="store__unit"))

    def with_names(self) -> AccessSessions:
        """With the rows that a page names."""
        return self.select_related(
            "store__unit", "requested_by", "first_by", "second_by", "denied_person", "reviewed_by", "settled_by"
        )


_TWO = (
    Q(first_by__isnull=False, second_by__isnull=False)
    & ~Q(first_by=F("second_by"))
    & ((Q(first_group="1") & Q(second_group="2")) | (Q(first_group="2") & Q(second_group="1")))
    & Q(second_at__isnull=False, window_until__isnull=False, second_at__lte=F("window_until"))
)
_HOLDS_NO_LOCK = (
    "(coalesce(OLD.{which}_by_id, 0) <> coalesce(NEW.{which}_by_id, 0) AND NOT EXISTS (SELECT 1 FROM custody_custodiangrant g"
    " WHERE g.store_id = NEW.store_id AND g.person_id = NEW.{which}_by_id AND g.lock_group = NEW.{which}_group"
    " AND g.starts_on <= NEW.{which}_on AND (g.ends_on IS NULL OR g.ends_on > NEW.{which}_on)))"
)
_KEPT = ("first_by_id", "second_by_id", "requested_by_id", "store_id")


class AccessSession(models.Model):
    """One opening of one controlled store: asked for, signed in by two, things moved, counted, signed out by two.

    authority      the document because of which it is opened
    first, second  who signed in, by which lock group, and when each signed out
    window_until   the second must have come by then; `until`: they must have left by then
    denied_because the sentences of the refusal, to be spoken later
    settled        whoever closed it after an alarm or a difference, and what was found
    """

    number = models.CharField(max_length=40, unique=True)
    store = models.ForeignKey(ControlledStore, models.PROTECT, related_name="+")
    authority_kind = models.CharField(
        max_length=20, choices=[(each.value, rules.AUTHORITY_LABELS[each]) for each in rules.Authority]
    )
    authority = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=200)
    state = models.CharField(
        max_length=12, choices=[(each.value, rules.STATE_LABELS[each]) for each in State], default=State.REQUESTED.value
    )
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    first_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first_group = models.CharField(max_length=1, blank=True)
    first_at = models.DateTimeField(null=True)
    first_on = models.DateField(null=True)
    first_out_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second_group = models.CharField(max_length=1, blank=True)
    second_at = models.DateTimeField(null=True)
    second_on = models.DateField(null=True)
    second_out_at = models.DateTimeField(null=True)
    window_until = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    camera_ok = models.BooleanField(null=True)
    protections_ok = models.BooleanField(null=True)
    wrong_passwords = models.PositiveSmallIntegerField(default=0)
    denied_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    denied_because = models.JSONField(default=list)
    recounted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    lock_photo = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    is_emergency = models.BooleanField(default=False)
    review_by = models.DateTimeField(null=True)
    review_missed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.CharField(max_length=400, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_note = models.CharField(max_length=400, blank=True)

    objects = AccessSessions.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["store", "-id"], name="access_of_a_store"),
            models.Index(fields=["state", "id"], name="access_by_state"),
            models.Index(fields=["state"], condition=Q(state__in=words(rules.UNDER_WAY)), name="access_under_way"),
            models.Index(
                fields=["review_by"], condition=Q(is_emergency=True, reviewed_at__isnull=True), name="access_to_review"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=words(State)), name="access_state_is_known"),
            models.CheckConstraint(
                condition=Q(authority_kind__in=words(rules.Authority)), name="access_authority_is_of_a_known_kind"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="access_says_what_for"),
            # CTL-4
            models.CheckConstraint(
                condition=~Q(authority="") | Q(is_emergency=True), name="access_names_its_authority"
            ),
            # CTL-1
            models.CheckConstraint(
                condition=~Q(state__in=words(rules.ENTERED)) | _TWO | Q(is_emergency=True, first_by__isnull=False),
                name="a_store_is_opened_by_two_of_two_groups_in_time",
            ),
            models.UniqueConstraint(
                fields=["store"],
                condition=Q(state__in=words(rules.UNDER_WAY)),
                name="a_store_is_opened_once_at_a_time",
            ),
            Never(
                name="a_custodian_holds_a_lock_of_the_store",
                when=f"{_HOLDS_NO_LOCK.format(which='first')} OR {_HOLDS_NO_LOCK.format(which='second')}",
                events=["UPDATE"],
            ),
            Never(
                name="who_signed_in_stays_who_signed_in",
                when=" OR ".join(
                    f"(OLD.{column} IS NOT NULL AND coalesce(NEW.{column}, 0) <> OLD.{column})" for column in _KEPT
                )
                + " OR OLD.authority <> NEW.authority OR OLD.is_emergency <> NEW.is_emergency",
                events=["UPDATE"],
            ),
            Never(
                name="nobody_opens_a_frozen_store",
                when="NEW.state IN ('FIRST_AUTH', 'OPEN') AND EXISTS (SELECT 1 FROM custody_controlledstore c"
                " WHERE c.id = NEW.store_id AND c.state = 'FROZEN')",
            ),
            # CTL-3
            Never(
                name="a_store_is_counted_before_it_is_locked",
                when="NEW.state = 'RECOUNTED' AND EXISTS (SELECT 1 FROM custody_controlledmovement m WHERE m.session_id = NEW.id"
                " AND (m.counted IS NULL OR m.counted <> m.after) AND NOT EXISTS (SELECT 1 FROM custody_controlledmovement n"
                " WHERE n.session_id = m.session_id AND n.item = m.item AND n.serial = m.serial AND n.line > m.line))",
                events=["UPDATE"],
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED.value)
                | Q(settled_by__isnull=False)
                | (Q(first_out_at__isnull=False) & (Q(second_out_at__isnull=False) | Q(is_emergency=True))),
                name="a_store_is_locked_by_those_who_opened_it",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True)
                | (~Q(settled_by=F("first_by")) & ~Q(settled_by=F("second_by")) & ~Q(settled_note="")),
                name="what_went_wrong_is_settled_by_a_third_person",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | (~Q(reviewed_by=F("first_by")) & ~Q(review_note="")),
                name="nobody_reviews_their_own_emergency",
            ),
            models.CheckConstraint(
                condition=Q(is_emergency=False) | Q(review_by__isnull=False), name="an_emergency_is_due_for_review"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The unit of the store."""
        return self.store.unit_id

    @property
    def custodian_ids(self) -> frozenset[int]:
        """Who has signed in."""
        return frozenset(each for each in (self.first_by_id, self.second_by_id) if each is not None)

    def belongs_to(self, by: Actor) -> bool:
        """An opening is of those who signed in, and of whoever asked for it."""
        return by.person_id is not None and by.person_id in self.custodian_ids | {self.requested_by_id}


class ControlledMovement(models.Model):
    """Something was put into a controlled store or taken out of it; the things are described by whoever opened it.

    before, after  how many of it lay there; `counted` is what both found at the closing
    return_by      the day by which what was taken out must be back; empty for good
    """

    session = models.ForeignKey(AccessSession, models.PROTECT, related_name="movements")
    line = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=120)
    serial = models.CharField(max_length=60, blank=True)
    direction = models.CharField(
        max_length=3, choices=[(each.value, rules.DIRECTION_LABELS[each]) for each in rules.Direction]
    )
    quantity = models.BigIntegerField()
    before = models.BigIntegerField()
    after = models.BigIntegerField()
    authority = models.CharField(max_length=60)
    return_by = models.DateField(null=True)
    moved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    counted = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("session", "line")
        indexes = [models.Index(fields=["item", "serial"], name="controlled_item")]
        constraints = [
            models.UniqueConstraint(fields=["session", "line"], name="controlled_movement_has_its_line"),
            models.CheckConstraint(condition=~Q(item=""), name="controlled_movement_names_the_thing"),
            models.CheckConstraint(condition=~Q(authority=""), name="controlled_movement_has_its_authority"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, before__gte=0, after__gte=0)
                & (
                    Q(direction="IN", after=F("before") + F("quantity"))
                    | Q(direction="OUT", after=F("before") - F("quantity"))
                ),
                name="controlled_movement_adds_up",
            ),
            Never(
                name="nothing_moves_behind_a_locked_door",
                when="NOT EXISTS (SELECT 1 FROM custody_accesssession s WHERE s.id = NEW.session_id"
                " AND s.state IN ('OPEN', 'ALARM'))",
                events=["INSERT"],
            ),
            # CTL-5: what comes back may be put in.
            Never(
                name="nothing_leaves_a_store_that_is_not_protected",
                when="NEW.direction = 'OUT' AND EXISTS (SELECT 1 FROM custody_accesssession s WHERE s.id = NEW.session_id"
                " AND s.is_emergency = false AND (s.camera_ok = false OR s.protections_ok = false))",
                events=["INSERT"],
            ),
            AppendOnly(name="controlled_movement_is_never_changed", may_change=["counted"]),
            Never(
                name="what_was_counted_stays_counted",
                when="OLD.counted IS NOT NULL AND (NEW.counted IS NULL OR NEW.counted <> OLD.counted)",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.serial}".strip()

    @property
    def unit_id(self) -> int:
        """The unit of the store."""
        return self.session.unit_id
