"""What the telephone writes down: calls with their ticks and scores, call-backs, and the editions of menu and script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.intake.models import ServiceRequest
from guiju.line.telephone import rules
from guiju.line.telephone.rules import CallBackReason, CallBackState, CallState, Direction, EditionState, Step
from guiju.line.workorder.models import WorkOrder
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


def _holding_for(by: Actor, verb: str) -> Q:
    """The texts of the units where this person may see the telephone or write its texts, and those that hold from above."""
    scopes = by.scope("telephone.see"), by.scope(verb)
    # An empty Q is everything, and in an "or" it would be nothing.
    if any(scope.unit_ids is None for scope in scopes):
        return Q()
    return scopes[0].q() | scopes[1].q() | Q(unit__in=_above(by))


def _above(by: Actor) -> list[int]:
    """The units above the person's own: their texts hold for everybody below."""
    unit = Unit.objects.filter(pk=by.unit_id).first() if by.unit_id is not None else None
    lineage = unit.lineage if unit is not None and by.may("telephone.see") else ()
    return list(Unit.objects.filter(code__in=lineage).values_list("pk", flat=True))


class Edition(models.Model):
    """A text of a unit in its versions: one in force, at most one being written."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=EditionState.DRAFT.value)
    content = models.JSONField(default=dict)
    drafted_by_name = models.CharField(max_length=120)
    drafted_at = models.DateTimeField()
    published_by_name = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("unit", "-version")

    def __str__(self) -> str:
        return f"{self.unit_id} v{self.version}"


def edition(name: str) -> list[models.BaseConstraint]:
    """What is always true of the editions of one kind of text."""
    states = EditionState
    return [
        models.UniqueConstraint(fields=["unit", "version"], name=f"{name}_has_each_version_once"),
        models.UniqueConstraint(
            fields=["unit"], condition=Q(state=states.PUBLISHED.value), name=f"{name}_in_force_is_the_only_one"
        ),
        models.UniqueConstraint(
            fields=["unit"], condition=Q(state=states.DRAFT.value), name=f"{name}_draft_is_the_only_one"
        ),
        models.CheckConstraint(condition=Q(state__in=[each.value for each in states]), name=f"{name}_state_is_known"),
        models.CheckConstraint(
            condition=Q(state=states.DRAFT.value, published_at=None, retired_at=None)
            | Q(state=states.PUBLISHED.value, published_at__isnull=False, retired_at=None)
            | Q(state=states.RETIRED.value, published_at__isnull=False, retired_at__gte=F("published_at")),
            name=f"{name}_says_from_when_until_when_it_held",
        ),
        Never(
            name=f"{name}_once_published_is_never_edited",
            when="OLD.state <> 'DRAFT' AND (NEW.content <> OLD.content OR NEW.state = 'DRAFT' OR NEW.version <> OLD.version "
            "OR NEW.unit_id <> OLD.unit_id OR NEW.published_at <> OLD.published_at)",
            events=("UPDATE",),
        ),
        Never(name=f"{name}_once_published_is_never_lost", when="OLD.state <> 'DRAFT'", events=("DELETE",)),
    ]


class VoiceMenus(models.QuerySet["VoiceMenu"]):
    """Questions about many voice menus."""

    def visible_to(self, by: Actor) -> VoiceMenus:
        """Those that hold for this person, or that this person may write."""
        return self.filter(_holding_for(by, "telephone.write_menu"))


class VoiceMenu(Edition):
    """What a caller hears and may press; as data, so that any telephone system can be served with it (S6-04)."""

    objects = VoiceMenus.as_manager()

    class Meta(Edition.Meta):
        constraints = edition("voice_menu")


class CallScripts(models.QuerySet["CallScript"]):
    """Questions about many scripts."""

    def visible_to(self, by: Actor) -> CallScripts:
        """Those that hold for this person, or that this person may write."""
        return self.filter(_holding_for(by, "telephone.write_script"))


class CallScript(Edition):
    """The words for each courtesy of a call (S6-03)."""

    objects = CallScripts.as_manager()

    class Meta(Edition.Meta):
        constraints = edition("call_script")


class Calls(models.QuerySet["Call"]):
    """Questions about many calls."""

    def visible_to(self, by: Actor) -> Calls:
        """Only those of the units whose telephone this person may see."""
        return self.filter(by.scope("telephone.see").q())

    def with_names(self) -> Calls:
        """With all that a list shows of them."""
        return self.select_related("unit", "customer", "agent", "order", "request", "script")


class Call(models.Model):
    """One call, from the first ring until somebody hangs up.

    phone        the other side's number (E.164); empty when it is withheld
    system       the telephone system that tells of it; empty when somebody wrote it down by hand
    external_id  what that system calls it
    menu_place   where the caller stands in the menu, between two presses
    was_served   the menu gave what was wanted: nobody need be sorry that the caller hung up
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3)
    phone = models.CharField(max_length=16, blank=True)
    system = models.CharField(max_length=20, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, default=CallState.RINGING.value)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", null=True)
    agent = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    menu = models.ForeignKey(VoiceMenu, models.PROTECT, related_name="+", null=True)
    menu_path = models.JSONField(default=list)
    menu_place = models.JSONField(default=dict)
    wrong_lookups = models.PositiveSmallIntegerField(default=0)
    was_served = models.BooleanField(default=False)
    script = models.ForeignKey(CallScript, models.PROTECT, related_name="+", null=True)
    recording_ref = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    request = models.ForeignKey(ServiceRequest, models.PROTECT, related_name="+", null=True)
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+", null=True)

    objects = Calls.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["unit", "phone"], name="calls_of_a_number"),
            models.Index(fields=["unit", "-started_at"], name="calls_of_a_day"),
            models.Index(fields=["started_at"], name="calls_of_all_units"),
            models.Index(fields=["phone"], name="calls_of_a_number_anywhere"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "system", "external_id"],
                condition=~Q(external_id=""),
                name="call_has_one_record_per_system",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in CallState]), name="call_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=[each.value for each in Direction]), name="call_has_a_direction"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ENDED", "ABANDONED"], ended_at__isnull=False)
                | Q(state__in=["RINGING", "IN_MENU", "WAITING", "TALKING"], ended_at=None),
                name="call_that_is_over_has_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="TALKING") | Q(answered_at__isnull=False), name="call_that_is_answered_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="ABANDONED") | Q(answered_at=None), name="call_that_was_answered_is_not_abandoned"
            ),
            models.CheckConstraint(
                condition=Q(agent=None) | Q(answered_at__isnull=False), name="call_has_its_agent_when_answered"
            ),
            models.CheckConstraint(
                condition=(Q(answered_at=None) | Q(answered_at__gte=F("started_at")))
                & (Q(ended_at=None) | Q(ended_at__gte=F("started_at"))),
                name="call_times_follow_one_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def wait_seconds(self) -> int:
        """How long the caller waited for a person."""
        return rules.seconds_between(self.started_at, self.answered_at or self.ended_at)

    @property
    def talk_seconds(self) -> int:
        """How long we spoke."""
        return rules.seconds_between(self.answered_at, self.ended_at)

    @property
    def is_live(self) -> bool:
        """Somebody is on the line."""
        return self.state in rules.LIVE


class CallTick(models.Model):
    """One step of the script that was kept in a call."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="ticks")
    step = models.CharField(max_length=10)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["call", "step"], name="call_step_is_ticked_once"),
            models.CheckConstraint(condition=Q(step__in=[each.value for each in Step]), name="call_step_is_known"),
        ]


class CallBacks(models.QuerySet["CallBack"]):
    """Questions about many call-backs."""

    def visible_to(self, by: Actor) -> CallBacks:
        """Only those of the units whose telephone this person may see."""
        return self.filter(by.scope("telephone.see").q())


class CallBack(models.Model):
    """A call that we owe somebody, by when, and how often we tried."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    phone = models.CharField(max_length=16)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", null=True)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=CallBackState.OPEN.value)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    # Whose call it is; nobody's in particular until somebody tries.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    objects = CallBacks.as_manager()

    class Meta:
        ordering = ("due_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "phone"], condition=Q(state="OPEN"), name="call_back_is_owed_once_to_a_number"
            ),
            models.CheckConstraint(condition=~Q(phone=""), name="call_back_has_a_number"),
            models.CheckConstraint(
                condition=Q(reason__in=[each.value for each in CallBackReason]), name="call_back_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_at=None)
                | Q(state__in=["REACHED", "GIVEN_UP"], ended_at__isnull=False, tries__gte=1),
                name="call_back_ends_only_when_tried",
            ),
            Never(name="call_back_once_ended_stays_ended", when="OLD.state <> 'OPEN'", events=("UPDATE", "DELETE")),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.due_at:%Y-%m-%d %H:%M}"


class CallScore(models.Model):
    """What a manager heard in a call that the draw chose.

    month        the first day of the month whose sample it belongs to
    sample_size  how many calls of an agent were drawn for that month when it was scored
    """

    call = models.OneToOneField(Call, models.PROTECT, related_name="+")
    agent = models.ForeignKey(Person, models.PROTECT, related_name="+")
    scored_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    month = models.DateField()
    sample_size = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            AppendOnly(name="call_score_is_never_rewritten"),
            models.CheckConstraint(condition=~Q(scored_by=F("agent")), name="nobody_scores_their_own_call"),
            Never(
                name="call_score_is_of_the_one_who_spoke",
                when="(SELECT c.agent_id FROM telephone_call c WHERE c.id = NEW.call_id) IS NULL "
                "OR (SELECT c.agent_id FROM telephone_call c WHERE c.id = NEW.call_id) <> NEW.agent_id",
                events=("INSERT",),
            ),
        ]

    @property
    def unit_id(self) -> int:
        """The unit whose call it was."""
        return self.call.unit_id


class CallMark(models.Model):
    """The points for one step of a call that was listened to."""

    score = models.ForeignKey(CallScore, models.PROTECT, related_name="marks")
    step = models.CharField(max_length=10)
    mark = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            AppendOnly(name="call_mark_is_never_rewritten"),
            models.UniqueConstraint(fields=["score", "step"], name="call_step_is_marked_once"),
            models.CheckConstraint(condition=Q(step__in=[each.value for each in Step]), name="call_mark_step_is_known"),
            models.CheckConstraint(
                condition=Q(mark__gte=0, mark__lte=rules.MARK_MOST), name="call_mark_is_nought_to_five"
            ),
        ]
