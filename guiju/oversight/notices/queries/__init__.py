"""What a customer was told, in which words, and where to write to; which promises are in danger, and who has to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext, override

from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.intake.models import ServiceRequest
from guiju.line.storeroom.models import Procurement
from guiju.line.storeroom.rules import ProcurementState
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.rules import PROMISE_RUNS, Clock, State
from guiju.line.workshop.models import CommitmentRevision
from guiju.line.workshop.rules import CommitmentState
from guiju.oversight.notices import rules
from guiju.oversight.notices.models import (
    Attempt,
    Message,
    Preference,
    PromiseWarning,
    WallWarning,
    Wording,
)
from guiju.oversight.notices.queries.alarms import holder_to_be_told as holder_to_be_told
from guiju.oversight.notices.queries.alarms import is_told as is_told
from guiju.oversight.notices.queries.alarms import store_alarms as store_alarms
from guiju.oversight.notices.queries.alarms import to_be_told as to_be_told
from guiju.oversight.notices.rules import (
    BUILT_IN,
    LAST_HOURS,
    PURPOSES,
    SUBJECTS,
    WARN_KEYS,
    Channel,
    MessageState,
    Purpose,
    Stage,
    Template,
    WarningStep,
    as_braces,
)
from guiju.standing.customers.models import Customer
from guiju.standing.customers.rules import mask
from guiju.standing.people import queries as people
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy import queries as policy
from guiju.standing.pricing.queries.displays import Standing

LANGUAGES = ("en", "zh-hans", "zh-hant")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is written to, by which ways, and to what they agreed.

    preferred   what the customer chose; the telephone where nothing was
    """

    addresses: dict[Channel, str]
    preferred: Channel
    to_service: bool
    to_offers: bool

    def way(self) -> tuple[Channel, str] | None:
        """The way that the customer prefers, else one by which they can be reached at all."""
        order = (self.preferred, *(each for each in Channel if each is not self.preferred))
        return next(((each, self.addresses[each]) for each in order if self.addresses.get(each)), None)

    def wants(self, template: Template) -> bool:
        """Have they agreed to be written to about this? (CRM-3)"""
        purpose = PURPOSES[template]
        return purpose is Purpose.ASKED or (self.to_offers if purpose is Purpose.COMMERCIAL else self.to_service)


@dataclass(frozen=True, slots=True)
class Words:
    """A wording in force: with braces, in one language; version 0 came with the house."""

    subject: str
    text: str
    version: int
    starts_on: date | None = None
    unit: Unit | None = None


def recipient(order: WorkOrder | None, request: ServiceRequest | None) -> Recipient:
    """Whom a message about this job, or about this request, is for."""
    if order is not None:
        return of_customer(order.customer)
    if request is None:
        raise ValueError("A message is about an order or about a request.")
    typed = {Channel.SMS: request.phone, Channel.EMAIL: request.email}
    if request.customer is not None:
        known = of_customer(request.customer)
        # What was typed today is where the answer is expected.
        addresses = {**known.addresses, **{way: typed[way] for way in typed if typed[way]}}
        return Recipient(
            addresses, known.preferred, known.to_service or request.consent_at is not None, known.to_offers
        )
    preferred = Channel.SMS if request.phone else Channel.EMAIL
    return Recipient(typed, preferred, request.consent_at is not None, to_offers=False)


def of_customer(customer: Customer) -> Recipient:
    """How a customer of ours is reached."""
    phone, chosen = customer.phones.first(), preference_of(customer)
    addresses = {Channel.SMS: phone.e164 if phone else ""}
    if chosen is not None and chosen.address:
        addresses[Channel(chosen.channel)] = chosen.address
    preferred = Channel(chosen.channel) if chosen else Channel.SMS
    return Recipient(addresses, preferred, customer.consent_service, customer.consent_marketing)


def preference_of(customer: Customer) -> Preference | None:
    """What the customer chose, if anything."""
    return Preference.objects.filter(customer=customer).first()


def masked(channel: Channel, address: str) -> str:
    """An address as lists show it: enough to recognise, too little to write to."""
    if channel is Channel.SMS:
        return mask(address)
    name, at, host = address.partition("@")
    return f"{name[:2]}***{at}{host}" if at else f"{address[:3]}***"


def wording(template: Template, channel: Channel, language: str, *, unit: Unit, on: date) -> Words:
    """The words in force: the unit's own, else those of the nearest unit above, else what came with the house."""
    rows = Wording.objects.filter(
        unit__code__in=unit.lineage, template=template, channel=channel, language=language, starts_on__lte=on
    ).select_related("unit")
    # The nearest unit; in it what began last, and of two that began on one day the one that was written last.
    best = min(
        rows,
        key=lambda row: (unit.lineage.index(row.unit.code), -row.starts_on.toordinal(), -row.version),
        default=None,
    )
    if best is None or not best.text:
        return built_in(template, language)
    return Words(
        best.subject or built_in(template, language).subject, best.text, best.version, best.starts_on, best.unit
    )


def built_in(template: Template, language: str) -> Words:
    """The words that came with the house."""
    with override(language):
        return Words(as_braces(gettext(SUBJECTS[template])), as_braces(gettext(BUILT_IN[template])), 0)


def versions(template: Template, channel: Channel, language: str, *, unit: Unit) -> Sequence[Wording]:
    """Everything that this unit ever said, the last first."""
    rows = Wording.objects.filter(unit=unit, template=template, channel=channel, language=language)
    return list(rows.select_related("made_by").order_by("-version"))


def messages_of(order: WorkOrder) -> list[Message]:
    """The messages about a job, newest first."""
    return list(Message.objects.filter(order=order).order_by("-pk"))


def messages(by: Actor) -> QuerySet[Message]:
    """Every message that the person may see, newest first."""
    return Message.objects.visible_to(by).select_related("unit", "order", "request").order_by("-pk")


def attempts_of(message: Message) -> Sequence[Attempt]:
    """Every attempt, the last first."""
    return list(Attempt.objects.filter(message=message).order_by("-pk"))


@dataclass(frozen=True, slots=True)
class Danger:
    """One promise that will break or is broken, how urgent it is, and to whom that matters."""

    order: WorkOrder
    promise: PromiseRevision | None
    part: CommitmentRevision | None
    step: WarningStep
    stage: Stage
    due_at: datetime
    people: tuple[Person, ...]


# No figure warns earlier (`most` in parameters.toml).
HORIZON = timedelta(hours=240)
# Looked at together; the statements are per so many jobs and not per job.
JOBS_AT_ONCE = 500


def untold(at: datetime) -> Iterator[WorkOrder]:
    """The jobs of which somebody is still to be warned. Nothing is locked: the verb looks again."""
    running = WorkOrder.objects.open().filter(state__in=sorted(PROMISE_RUNS), promised_at__lte=at + HORIZON)
    # Their keys first: whoever warns writes between two rounds, and a statement that is still being read would wait for it.
    keys = list(running.order_by("promised_at").values_list("pk", flat=True))
    for first in range(0, len(keys), JOBS_AT_ONCE):
        some = keys[first : first + JOBS_AT_ONCE]
        orders = list(WorkOrder.objects.filter(pk__in=some).select_related("unit", "technician"))
        found = dangers(orders, at=at)
        told = _told([each.order.pk for each in found])
        yield from {each.order.pk: each.order for each in found if list(still_to_tell(each, told))}.values()


def still_to_tell(danger: Danger, told: frozenset[tuple[int | None, int | None, str, int]]) -> Iterator[Person]:
    """Who of those whom it concerns has not been told this yet."""
    for person in danger.people:
        if _key(danger.promise, danger.part, danger.step, person.pk) not in told:
            yield person


def told_of(order: WorkOrder) -> frozenset[tuple[int | None, int | None, str, int]]:
    """Which step of which promise whom was told, of one job."""
    return _told([order.pk])


def _told(order_ids: Sequence[int]) -> frozenset[tuple[int | None, int | None, str, int]]:
    rows = PromiseWarning.objects.filter(order__in=order_ids) if order_ids else PromiseWarning.objects.none()
    return frozenset(rows.values_list("promise", "part", "step", "person"))


def _key(
    promise: PromiseRevision | None, part: CommitmentRevision | None, step: WarningStep, person: int
) -> tuple[int | None, int | None, str, int]:
    return (promise.pk if promise else None, part.pk if part else None, str(step), person)


def dangers(orders: Sequence[WorkOrder], *, at: datetime) -> list[Danger]:
    """Which promises of these jobs are in danger or broken at that moment: of the job itself, and of its missing part.

    source   S6-10, S6-44, 3.3; the statements grow with the outlets and not with the jobs
    """
    keys = [order.pk for order in orders]
    clocks = workorder.clocks(orders, at=at)
    said = {each.order_id: each for each in PromiseRevision.objects.filter(order__in=keys).order_by("number")}
    signed, expected, look = _signed(keys), _expected(keys), _Look(at)
    found = list[Danger | None]()
    for order in orders:
        clock, promise, part = clocks.get(order.pk), said.get(order.pk), signed.get(order.pk)
        if clock is not None and promise is not None:
            found.append(look.at_job(order, clock, promise))
        if part is not None and order.state in PROMISE_RUNS:
            found.append(look.at_part(order, part, expected.get(order.pk)))
    return [each for each in found if each is not None]


class _Look:
    """One look at many jobs: what holds in an outlet, and who works there, is asked once."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.hours = cache(self._hours)
        self.acting = cache(self._acting)

    def at_job(self, order: WorkOrder, clock: Clock, promise: PromiseRevision) -> Danger | None:
        """How the job's own promise stands."""
        stage, hours = rules.stage_of(State(order.state)), self.hours(order.unit)
        early = hours[rules.hours_key(stage)]
        step = rules.step_of_job(clock, early_hours=early, last_hours=hours[LAST_HOURS], at=self.at)
        if step is None:
            return None
        whom = self._concerned(order, step, waits_for_part=stage is Stage.PARTS)
        return Danger(order, promise, None, step, stage, clock.due_at, whom)

    def at_part(self, order: WorkOrder, part: CommitmentRevision, expected_on: date | None) -> Danger | None:
        """How the signed date for its part stands."""
        hours, due_at = self.hours(order.unit), _end_of(part.promised_part_on, order.unit)
        step = rules.step_of_part(
            due_at,
            early_hours=hours[rules.hours_key(Stage.PARTS)],
            last_hours=hours[LAST_HOURS],
            is_expected_later=expected_on is not None and expected_on > part.promised_part_on,
            at=self.at,
        )
        if step is None:
            return None
        whom = self._concerned(order, step, waits_for_part=True)
        return Danger(order, None, part, step, Stage.PARTS, due_at, whom)

    def _concerned(self, order: WorkOrder, step: WarningStep, *, waits_for_part: bool) -> tuple[Person, ...]:
        told = {order.technician.pk: order.technician} if order.technician is not None else {}
        for role in rules.roles_told(step, waits_for_part=waits_for_part):
            for person in self.acting(role, order.unit) or self.acting(rules.INSTEAD, order.unit):
                told.setdefault(person.pk, person)
        return tuple(told.values())

    def _hours(self, unit: Unit) -> Mapping[str, int]:
        figures = policy.figures(WARN_KEYS, unit=unit, on=unit.day(self.at))
        return {key: int(each.value) for key, each in figures.items()}

    def _acting(self, role: str, unit: Unit) -> list[Person]:
        return people.people_with(role, unit, on=unit.day(self.at))


def _signed(order_ids: Sequence[int]) -> dict[int, CommitmentRevision]:
    """The date for a part that was signed last, of each job that still waits for it or waited in vain."""
    living = CommitmentRevision.objects.filter(
        commitment__order__in=order_ids,
        commitment__state__in=[str(CommitmentState.SIGNED), str(CommitmentState.BREACHED)],
        revision=F("commitment__revision"),
    )
    return {each.commitment.order_id: each for each in living.select_related("commitment")}


def _expected(order_ids: Sequence[int]) -> dict[int, date]:
    """The last day on which a supplier says that a part will come."""
    rows = Procurement.objects.filter(request__order__in=order_ids, state=ProcurementState.OPEN)
    return dict(rows.values_list("request__order").annotate(last=Max("expected_on")).exclude(last=None))


def _end_of(day: date, unit: Unit) -> datetime:
    """Midnight: on the day itself the part may still come."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(unit.time_zone))


def warnings(by: Actor) -> QuerySet[PromiseWarning]:
    """Every warning that this person may see, newest first."""
    return PromiseWarning.objects.visible_to(by).select_related("unit", "order", "person").order_by("-pk")


def warnings_of(order: WorkOrder) -> list[PromiseWarning]:
    """Who was warned of a job's promises, and when they looked."""
    return list(PromiseWarning.objects.filter(order=order).select_related("person").order_by("pk"))


def jobs_in_danger(by: Actor) -> QuerySet[WorkOrder]:
    """The jobs of which this person has been warned and has not looked; each once, however often."""
    return WorkOrder.objects.filter(pk__in=PromiseWarning.objects.waiting_for(by).values("order"))


def whom_to_tell(wall: Standing, *, at: datetime) -> list[Person]:
    """Who of that outlet has not been told yet how its wall stands; nobody where nothing is to be done there."""
    if not wall.is_awaited:
        return []
    said = WallWarning.objects.filter(unit=wall.unit, state=wall.state, price_list=wall.listed, proof=wall.proof)
    told = set(said.values_list("person", flat=True))
    on = wall.unit.day(at)
    whom = {
        person.pk: person
        for role in rules.WALL_ROLES[wall.state]
        for person in people.people_with(role, wall.unit, on=on) or people.people_with(rules.INSTEAD, wall.unit, on=on)
    }
    return [person for pk, person in whom.items() if pk not in told]


def wall_warnings(by: Actor) -> QuerySet[WallWarning]:
    """Every warning of a wall that this person may see, newest first."""
    rows = WallWarning.objects.visible_to(by)
    return rows.select_related("unit", "price_list", "proof__price_list", "person").order_by("-pk")


def wall_due(by: Actor) -> WallWarning | None:
    """The wall that waits for this person's photograph: the last one that they were told of, while no proof has come since."""
    if by.person_id is None or not by.may("pricing.prove_display"):
        return None
    mine = WallWarning.objects.filter(person_id=by.person_id).standing()
    return mine.select_related("unit", "proof__price_list").order_by("-pk").first()


@invariant("A12")
def what_was_sent_was_taken() -> Iterator[str]:
    """Whatever counts as sent was taken by a carrier."""
    taken = Attempt.objects.filter(is_taken=True).values("message")
    for each in Message.objects.filter(state=MessageState.SENT).exclude(pk__in=taken):
        yield f"The message {each.pk} counts as sent, and no carrier took it."
