"""The house's own wordings, how a customer wants to be told, the messages and attempts to send them, and what our people are warned of."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.intake.models import ServiceRequest
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.rules import PROMISE_RUNS
from guiju.line.workshop.models import CommitmentRevision
from guiju.oversight.notices.models.alarms import StoreAlarm as StoreAlarm
from guiju.oversight.notices.rules import Channel, MessageState, Stage, Template, WarningStep
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit
from guiju.standing.pricing.models import DisplayProof, PriceList
from guiju.standing.pricing.rules.display import AWAITED

_TEMPLATES = [each.value for each in Template]
_CHANNELS = [each.value for each in Channel]


class Wording(models.Model):
    """The words of one message by one way in one language, in one unit and those below it, from a day on.

    Never edited: another version takes its place. An empty text is the one that came with the house.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    template = models.CharField(max_length=20)
    channel = models.CharField(max_length=8)
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    starts_on = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "template", "channel", "language", "version"], name="a_wording_has_each_version_once"
            ),
            models.CheckConstraint(
                condition=Q(template__in=_TEMPLATES, channel__in=_CHANNELS, version__gt=0),
                name="a_wording_is_of_a_known_message",
            ),
            AppendOnly(name="a_wording_is_never_edited"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.channel} {self.language} v{self.version}"


class Preference(models.Model):
    """How a customer wants to be told; without one, by telephone.

    address   for e-mail and WeChat; the telephone stands on the customer's card
    """

    customer = models.OneToOneField(Customer, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8)
    address = models.CharField(max_length=254, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="SMS") | (Q(channel__in=_CHANNELS) & ~Q(address="")),
                name="a_preference_says_where_to_write",
            )
        ]

    def __str__(self) -> str:
        return self.channel


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about many messages."""

    def visible_to(self, by: Actor) -> MessageQuerySet:
        """Only those of the units whose messages this person may see."""
        return self.filter(by.scope("notices.see").q())


class Message(models.Model):
    """One message to one customer; for a code, the text is kept without it.

    deed      that it tells of: heard twice, it is told once
    version   of the wording; 0 is the one that came with the house
    sent_at   when a carrier took it; `receipt` is what the carrier calls it
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+", null=True)
    request = models.ForeignKey(ServiceRequest, models.PROTECT, related_name="+", null=True)
    quote_id = models.BigIntegerField(null=True)
    deed = models.UUIDField(null=True)
    template = models.CharField(max_length=20)
    channel = models.CharField(max_length=8, blank=True)
    to_masked = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField(default=0)
    subject = models.CharField(max_length=400, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=120, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(template__in=_TEMPLATES) & Q(state__in=[each.value for each in MessageState]),
                name="a_message_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(order__isnull=False) | Q(request__isnull=False), name="a_message_is_about_something"
            ),
            models.UniqueConstraint(
                fields=["deed", "template", "order"], condition=Q(order__isnull=False), name="a_deed_is_told_once"
            ),
            models.UniqueConstraint(
                fields=["deed", "template", "request"],
                condition=Q(request__isnull=False),
                name="an_answer_is_told_once",
            ),
            AppendOnly(
                name="a_message_is_never_edited",
                may_change=["channel", "to_masked", "state", "tries", "next_at", "sent_at", "receipt"],
            ),
        ]
        indexes = [
            models.Index(fields=["order", "at"], name="message_of_order"),
            models.Index(fields=["unit", "state", "-id"], name="message_of_unit"),
            models.Index(fields=["state", "-id"], name="message_by_state_anywhere"),
            models.Index(
                fields=["next_at", "id"], condition=Q(state__in=["QUEUED", "HELD"]), name="message_still_to_send"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.number}"

    @property
    def number(self) -> str:
        """Of the order or request that it is about."""
        about = self.order or self.request
        return about.number if about else ""


class Attempt(models.Model):
    """One attempt to send one message; written before it is made.

    says   what the carrier answered, or what went wrong
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_taken = models.BooleanField(default=False)
    says = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["message", "id"], name="attempts_of_message")]
        constraints = [
            AppendOnly(name="a_try_is_written_once", may_change=["ended_at", "is_taken", "says"]),
            Never(name="a_try_ends_once", when="OLD.ended_at IS NOT NULL", events=("UPDATE",)),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.channel}"


class PromiseWarnings(models.QuerySet["PromiseWarning"]):
    """Questions about many warnings."""

    def visible_to(self, by: Actor) -> PromiseWarnings:
        """One's own; who answers for a unit sees who was told there, and who has not looked."""
        return self.filter(by.scope("warnings.see").q(own=Q(person_id=by.person_id)))

    def waiting_for(self, by: Actor) -> PromiseWarnings:
        """Those that this very person has not seen yet, of jobs whose promise still runs."""
        mine = Q(person_id=by.person_id, person_id__isnull=False)
        return self.filter(mine, seen_at__isnull=True, order__state__in=sorted(map(str, PROMISE_RUNS)))


class PromiseWarning(models.Model):
    """One of our people is told that a promise will break, or is broken; each step of each promise once (S6-44, 3.3).

    promise   the line of the ledger that is in danger: when the job is ready
    part      or the signed date of its missing part; a date that was signed anew is another promise
    due_at    when it breaks, as it stood then; what the customer causes later may move it
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    promise = models.ForeignKey(PromiseRevision, models.PROTECT, related_name="+", null=True)
    part = models.ForeignKey(CommitmentRevision, models.PROTECT, related_name="+", null=True)
    step = models.CharField(max_length=8)
    stage = models.CharField(max_length=8)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = PromiseWarnings.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promise__isnull=True) ^ Q(part__isnull=True), name="a_warning_is_of_one_promise"
            ),
            models.CheckConstraint(
                condition=Q(step__in=[each.value for each in WarningStep], stage__in=[each.value for each in Stage]),
                name="a_warning_is_of_a_known_step",
            ),
            models.UniqueConstraint(
                fields=["promise", "step", "person"],
                condition=Q(promise__isnull=False),
                name="a_person_is_warned_of_a_promise_once",
            ),
            models.UniqueConstraint(
                fields=["part", "step", "person"],
                condition=Q(part__isnull=False),
                name="a_person_is_warned_of_a_part_once",
            ),
            AppendOnly(name="a_warning_is_never_rewritten", may_change=["seen_at"]),
            Never(name="a_warning_is_seen_once", when="OLD.seen_at IS NOT NULL", events=("UPDATE",)),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(seen_at__isnull=True), name="warning_still_to_see"),
            models.Index(fields=["person", "-id"], name="warning_of_person"),
            models.Index(fields=["unit", "-id"], name="warning_of_unit"),
            models.Index(fields=["order"], name="warning_of_order"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.step} {self.person_id}"

    @property
    def is_of_part(self) -> bool:
        """Whether it is the date of a missing part, and not of the job."""
        return self.part_id is not None

    def belongs_to(self, by: Actor) -> bool:
        """It is whose it was told."""
        return self.person_id == by.person_id


class WallWarnings(models.QuerySet["WallWarning"]):
    """Questions about many warnings of walls."""

    def visible_to(self, by: Actor) -> WallWarnings:
        """One's own; who answers for a unit sees who was told there."""
        return self.filter(by.scope("warnings.see").q(own=Q(person_id=by.person_id)))

    def standing(self) -> WallWarnings:
        """Those of which nothing has been done: no proof was given after the one that they were about."""
        return self.filter(~Exists(DisplayProof.objects.filter(unit=OuterRef("unit"), proved_at__gt=OuterRef("at"))))


class WallWarning(models.Model):
    """One of an outlet's people is told that the proof of its price board falls due, or is missing; each step once (PRC-5).

    state       of the wall as it stood then
    price_list  that should hang there
    proof       the last one; none where nobody has ever given one
    due_on      the last day of that proof, which may be `days` old
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8)
    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="+")
    proof = models.ForeignKey(DisplayProof, models.PROTECT, related_name="+", null=True)
    due_on = models.DateField(null=True)
    days = models.PositiveIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = WallWarnings.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in AWAITED]), name="a_wall_warning_is_of_a_known_step"
            ),
            models.UniqueConstraint(
                fields=["unit", "state", "price_list", "proof", "person"],
                condition=Q(proof__isnull=False),
                name="a_person_is_warned_of_a_wall_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "state", "price_list", "person"],
                condition=Q(proof__isnull=True),
                name="a_person_is_warned_of_a_bare_wall_once",
            ),
            AppendOnly(name="a_wall_warning_is_never_rewritten"),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="wall_warning_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.state} {self.person_id}"
