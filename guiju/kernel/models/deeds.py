"""What a deed leaves behind: its entry in the trail, its step, its news, its number, its approval."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guiju.kernel.beginnings import Beginning
from guiju.kernel.constraints import AppendOnly, Never


class TrailEntry(models.Model):
    """One deed: who did what to what, when, why, and what it changed.

    key      known to the deed before the row is written, so that whatever it causes can name it
    because  the key of the deed that this is a consequence of
    mark     the installation's own, under all the other columns: a row without it was written by no deed
    source   G-1
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    verb = models.CharField(max_length=80)
    person_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    actor_kind = models.CharField(max_length=10)
    # The role by which it was allowed; empty for a consequence, which needed none.
    role = models.CharField(max_length=4, blank=True)
    channel = models.CharField(max_length=20)
    unit_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    because = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    mark = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="trail_by_subject"),
            models.Index(fields=["unit_id", "at"], name="trail_by_unit"),
            models.Index(fields=["person_id", "at"], name="trail_by_person"),
            models.Index(fields=["because"], name="trail_by_cause"),
            models.Index(fields=["at"], name="trail_by_time"),
            models.Index(fields=["verb", "at"], name="trail_by_verb"),
            models.Index(fields=["subject_label", "at"], name="trail_by_name"),
        ]
        constraints = [
            AppendOnly(name="trail_entry_is_never_changed"),
            Beginning("subject_label", name="trail_entry_is_found_by_its_things_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label}".strip()


class TrailSeal(models.Model):
    """One link of the chain: it seals its entry together with every link before it.

    A table of its own, so that a deed never waits for the head of the chain (docs/decisions/0005-audit-trail.md).
    """

    # No constraint in the database: a trail from which an entry was torn out must still be readable, to show the gap.
    entry = models.OneToOneField(TrailEntry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    seq = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(seq__gt=0), name="trail_seal_counts_from_one"),
            # Two sealers that raced can never both hang a link on the same head.
            models.UniqueConstraint(fields=["previous"], name="trail_seal_never_forks"),
            AppendOnly(name="trail_seal_is_never_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.digest[:12]}"


class Transition(models.Model):
    """One step in the life of a row.

    entry_key   the deed that took the step
    """

    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    verb = models.CharField(max_length=80)
    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    entry_key = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="transition_by_subject"),
            models.Index(fields=["entry_key"], name="transition_by_deed"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="transition_goes_somewhere"),
            AppendOnly(name="transition_is_never_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class News(models.Model):
    """Something that happened, told by the deed in which it happened and stored with it.

    listeners   how many reactions were told: so many deliveries must exist (I37)
    """

    kind = models.CharField(max_length=80)
    payload = models.JSONField()
    told_at = models.DateTimeField()
    entry_key = models.UUIDField()
    unit_id = models.BigIntegerField(null=True)
    listeners = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "news"
        indexes = [
            models.Index(fields=["kind", "told_at"], name="news_by_kind"),
            models.Index(fields=["entry_key"], name="news_by_deed"),
        ]
        constraints = [AppendOnly(name="news_once_told_is_never_changed")]

    def __str__(self) -> str:
        return self.kind


# What has not arrived: a few among a million.
NOT_DONE = Q(state__in=["PARKED", "PENDING"])


class Delivery(models.Model):
    """One reaction to one piece of news, brought about exactly once.

    attempts   started, also those that a killed worker never finished
    next_at    not before this instant
    """

    class State(models.TextChoices):
        PENDING = "PENDING", _("Pending")
        DONE = "DONE", _("Done")
        PARKED = "PARKED", _("Parked")

    news = models.ForeignKey(News, on_delete=models.PROTECT, related_name="+")
    reaction = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            # The work of the night shift: whatever the number of done ones, this index holds only what is left to do.
            models.Index(fields=["next_at", "id"], condition=Q(state="PENDING"), name="delivery_still_to_do"),
            models.Index(fields=["id"], condition=Q(state="PARKED"), name="delivery_parked"),
            models.Index(fields=["id"], condition=NOT_DONE, name="delivery_not_done"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["news", "reaction"], name="delivery_once_a_reaction"),
            models.CheckConstraint(
                condition=Q(state="DONE", done_at__isnull=False) | (~Q(state="DONE") & Q(done_at__isnull=True)),
                name="delivery_done_has_its_time",
            ),
            Never(
                name="delivery_done_stays_done",
                when="OLD.state = 'DONE' AND NEW.state <> 'DONE'",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.news_id} → {self.reaction}"


class Counter(models.Model):
    """The last number given in one series of one organisation in one year."""

    series = models.CharField(max_length=20)
    org = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "org", "year"], name="counter_one_a_series"),
            Never(name="counter_never_goes_back", when="NEW.last < OLD.last", events=["UPDATE"]),
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.org}-{self.year}: {self.last}"


class Approval(models.Model):
    """One person asked for exactly this; another one granted exactly this.

    digest       of the content: whoever changes one letter of it has no approval any more
    small_shop   the house is too small for two, and the owner said so for this case (5.4)
    source       G-2, 5.4, I35
    """

    class State(models.TextChoices):
        ASKED = "ASKED", _("Waiting for approval")
        GRANTED = "GRANTED", _("Approved")
        REJECTED = "REJECTED", _("Rejected")
        VOID = "VOID", _("Void")

    purpose = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=200)
    unit_id = models.BigIntegerField(null=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by_id = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_key = models.UUIDField()
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_key = models.UUIDField(null=True)
    small_shop = models.BooleanField(default=False)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit_id", "asked_at"], condition=Q(state="ASKED"), name="approval_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True) | ~Q(asked_by_id=F("decided_by_id")) | Q(small_shop=True),
                name="approval_by_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["GRANTED", "REJECTED"])
                | Q(decided_by_id__isnull=False, decided_at__isnull=False, decided_key__isnull=False),
                name="approval_names_who_decided",
            ),
            models.UniqueConstraint(
                fields=["purpose", "subject_type", "subject_id"],
                condition=Q(state__in=["ASKED", "GRANTED"]),
                name="approval_one_alive_a_subject",
            ),
            AppendOnly(
                name="approval_content_is_never_changed",
                may_change=[
                    "state",
                    "decided_by_id",
                    "decided_by_name",
                    "decided_at",
                    "decided_key",
                    "small_shop",
                    "reason",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_label}"
