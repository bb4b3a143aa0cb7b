"""What the telephone asks: who calls, what the menu says, whom we owe a call, and which calls are listened to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Avg, Q, Sum
from django.utils.translation import override

from guiju.kernel import words
from guiju.kernel.verification import invariant
from guiju.kernel.words import N_, Sentence
from guiju.line.telephone import rules
from guiju.line.telephone.models import Call, CallBack, CallBacks, CallMark, Calls, CallScore, CallScript, VoiceMenu
from guiju.line.telephone.rules import Act, CallState, EditionState, Heard, Limits, Prompt, Section, Step
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import CUSTOMER_SEES, PROMISE_RUNS, State
from guiju.standing.customers import rules as numbers
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy import queries as policy

Text = TypeVar("Text", VoiceMenu, CallScript)

LOOKUP_MEMORY = timedelta(hours=24)
TICKET_DATE_DIGITS = 8


# --- Who calls


def call_of(unit: Unit, *, system: str, external_id: str) -> Call | None:
    """The call that this telephone system means, if it has told of it before."""
    if not external_id:
        return None
    return Call.objects.with_names().filter(unit=unit, system=system, external_id=external_id).first()


def customer_of(unit: Unit, phone: str) -> Customer | None:
    """The customer of this outlet who has the number."""
    return Customer.objects.filter(unit=unit, phones__e164=phone).first() if phone else None


def live(calls: Calls) -> Calls:
    """Those of the calls with somebody on the line, the longest waiting first."""
    return calls.filter(state__in=rules.LIVE).order_by("started_at")


def unheard(calls: Calls, *, since: datetime) -> Calls:
    """Those who hung up before anybody answered."""
    return calls.filter(state=CallState.ABANDONED, started_at__gte=since)


def earlier_calls(call: Call) -> Calls:
    """What the same number called about before; nobody's where it is withheld."""
    return Call.objects.with_names().filter(unit=call.unit, phone=call.phone).exclude(Q(pk=call.pk) | Q(phone=""))


def owed(call_backs: CallBacks) -> CallBacks:
    """The calls that we still owe, the most urgent first."""
    return call_backs.filter(state="OPEN").select_related("customer", "person", "call", "unit").order_by("due_at")


def call_back_to(unit: Unit, phone: str) -> CallBack | None:
    """The call that we owe this number now."""
    return CallBack.objects.filter(unit=unit, phone=phone, state="OPEN").first()


# --- What is said


def menu_for(unit: Unit) -> VoiceMenu | None:
    """The menu in force: the unit's own, else that of the nearest unit above."""
    return _nearest(unit, VoiceMenu.objects.filter(_in_force(unit)).select_related("unit"))


def script_for(unit: Unit) -> CallScript | None:
    """The script in force, found the same way; None is the house's own words."""
    return _nearest(unit, CallScript.objects.filter(_in_force(unit)).select_related("unit"))


def _in_force(unit: Unit) -> Q:
    return Q(unit__code__in=unit.lineage, state=EditionState.PUBLISHED)


def _nearest(unit: Unit, editions: Iterable[Text]) -> Text | None:
    return min(editions, key=lambda each: unit.lineage.index(each.unit.code), default=None)


@dataclass(frozen=True)
class ScriptLine:
    """One step of the script as the agent reads it."""

    step: Step
    label: str
    words: str
    is_ticked: bool


def script_lines(call: Call) -> list[ScriptLine]:
    """The script of this call, in the reader's language, with what is ticked."""
    content = call.script.content if call.script else rules.HOUSE_SCRIPT
    ticked = set(call.ticks.values_list("step", flat=True))
    return [ScriptLine(step, rules.STEP_LABELS[step], words.pick(content.get(step)), step in ticked) for step in Step]


def limits(unit: Unit, at: datetime, *, wrong_before: int = 0) -> Limits:
    """How often a caller may go wrong here today."""
    keys = ("call.wrong_keys_max", "call.wrong_lookups_max")
    figures = policy.figures(keys, unit=unit, on=unit.day(at))
    most = figures["call.wrong_lookups_max"].value
    return Limits(figures["call.wrong_keys_max"].value, max(1, most - wrong_before))


def wrong_lookups_before(call: Call, at: datetime) -> int:
    """How many tickets this number has guessed wrongly in earlier calls of the last day."""
    if not call.phone:
        return 0
    lately = Call.objects.filter(unit=call.unit, phone=call.phone, started_at__gte=at - LOOKUP_MEMORY)
    return lately.exclude(pk=call.pk).aggregate(sum=Sum("wrong_lookups"))["sum"] or 0


def repair_status(unit: Unit, *, ticket: str, phone: str) -> Prompt | None:
    """How a repair stands, in plain words and without a name; None when ticket and number do not belong together.

    ticket   the digits of the order's number: its day and its count
    """
    day, count = ticket[:TICKET_DATE_DIGITS], ticket[TICKET_DATE_DIGITS:]
    reading = numbers.read(phone, region=numbers.region_of(unit.jurisdiction))
    if not count or reading.refused:
        return None
    order = (
        WorkOrder.objects.filter(unit__path__startswith=unit.path, number__endswith=f"-{day}-{count.zfill(5)}")
        .filter(customer__phones__e164=reading.e164)
        .select_related("unit")
        .first()
    )
    return _told(order) if order is not None else None


def _told(order: WorkOrder) -> Prompt:
    state = State(order.state)
    # The date in the waiting state's words is the part's; on the telephone the repair's own date says more.
    seen = Sentence(N_("Waiting for a part")) if state is State.WAITING_PARTS else Sentence(CUSTOMER_SEES[state])
    if state in PROMISE_RUNS and order.promised_at is not None:
        blanks = {"state": seen, "date": order.unit.day(order.promised_at)}
        sentence = Sentence(N_("Your repair stands at: %(state)s. It is promised for %(date)s."), blanks)
    else:
        sentence = Sentence(N_("Your repair stands at: %(state)s."), {"state": seen})
    # A telephone that plays recordings has one for each state.
    return Prompt(f"status-{state.lower()}", sentence=sentence)


@dataclass(frozen=True)
class Said:
    """One thing that is said, with the name of its recording."""

    name: str
    text: str


@dataclass(frozen=True)
class Spoken:
    """What a telephone system has to do next, all in the caller's language.

    agents   the queue or number that is dialled for a person
    """

    says: tuple[Said, ...]
    language: str
    act: Act
    digits_most: int
    agents: str


def spoken(heard: Heard, *, agents: str) -> Spoken:
    """Put what a caller hears into words."""
    language = heard.place.language
    with override(language):
        says = tuple(
            Said(each.name, words.pick(each.words, language) if each.words is not None else str(each.sentence))
            for each in heard.prompts
        )
    return Spoken(says, language, heard.act, heard.digits_most, heard.agents or agents)


def recordings(tree: dict[str, Any]) -> dict[str, str]:
    """Everything that a telephone may have to play from recordings, by name, in the reader's language."""
    found = {each.name: words.pick(each.words) for each in rules.prompts_of(tree)}
    found |= {name: str(sentence) for name, sentence in rules.HOUSE.items()}
    for state, seen in CUSTOMER_SEES.items():
        if seen and state is not State.WAITING_PARTS:
            says = Sentence(N_("Your repair stands at: %(state)s."), {"state": Sentence(seen)})
            found[f"status-{state.lower()}"] = str(says)
    waiting = Sentence(N_("Your repair stands at: %(state)s."), {"state": Sentence(N_("Waiting for a part"))})
    return found | {f"status-{State.WAITING_PARTS.lower()}": str(waiting)}


def local(unit: Unit, at: datetime) -> datetime:
    """The moment on the unit's own clock."""
    return at.astimezone(ZoneInfo(unit.time_zone))


def section_for(menu: VoiceMenu, unit: Unit, at: datetime) -> Section:
    """Which part of the menu holds now."""
    return rules.section_at(menu.content, local(unit, at), closed=policy.days_off(unit, since=unit.day(at)))


def due_for(unit: Unit, at: datetime) -> datetime:
    """By when a caller of this moment is to be called back."""
    menu = menu_for(unit)
    minutes = policy.figure("call.call_back_minutes", unit=unit, on=unit.day(at)).value
    closed = policy.days_off(unit, since=unit.day(at))
    return rules.call_back_due(menu.content if menu else None, local(unit, at), closed=closed, minutes=minutes)


def language_for(unit: Unit, customer: Customer | None) -> str:
    """In which language the menu greets: the customer's own, else that of the place."""
    if customer is not None:
        return words.language_of(customer.language)
    return "zh-hant" if numbers.region_of(unit.jurisdiction) in {"TW", "HK", "MO"} else "zh-hans"


# --- Which calls are listened to


@dataclass(frozen=True)
class Sample:
    """One agent's month: the calls that the draw chose, and what was heard in them.

    wanted   how many calls at least
    calls    drawn now, and those that were drawn and scored earlier in the month
    """

    agent: Person
    month: date
    seed: str
    wanted: int
    calls: list[Call]
    scored: set[int]
    average: Any

    @property
    def lacking(self) -> int:
        """How many are still to be scored."""
        return max(0, min(self.wanted, len(self.calls)) - len(self.scored))


def sample_size(unit: Unit, on: date) -> int:
    """How many calls of each agent are listened to in a month, at least."""
    size: int = policy.figure("call.sample_per_agent_month", unit=unit, on=on).value
    return size


def drawn(unit: Unit, agent: Person, month: date, *, until: datetime, size: int) -> tuple[int, ...]:
    """The calls that the draw chooses among those that had ended by then; anybody can draw again.

    source   S6-03
    """
    keys = _of_month(unit, agent, month).filter(ended_at__lte=until).values_list("pk", flat=True)
    return rules.draw(keys, seed=rules.seed_of(unit.code, agent.number, month), size=size)


def _of_month(unit: Unit, agent: Person, month: date) -> Calls:
    zone = ZoneInfo(unit.time_zone)
    begins = datetime(month.year, month.month, 1, tzinfo=zone)
    ends = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=zone)
    calls: Calls = Call.objects.filter(unit=unit, agent=agent, state=CallState.ENDED)
    return calls.filter(started_at__gte=begins, started_at__lt=ends)


def samples(unit: Unit, month: date, *, at: datetime) -> list[Sample]:
    """Every agent of the unit who spoke in that month, with the calls to listen to."""
    zone = ZoneInfo(unit.time_zone)
    begins = datetime(month.year, month.month, 1, tzinfo=zone)
    spoke = Call.objects.filter(unit=unit, started_at__gte=begins, agent__isnull=False).values("agent")
    found = [_sample(unit, agent, month, at) for agent in Person.objects.filter(pk__in=spoke).order_by("number")]
    return [each for each in found if each.calls]


def _sample(unit: Unit, agent: Person, month: date, at: datetime) -> Sample:
    size = sample_size(unit, unit.day(at))
    scores = CallScore.objects.filter(agent=agent, month=month, call__unit=unit)
    scored = set(scores.values_list("call_id", flat=True))
    keys = {*drawn(unit, agent, month, until=at, size=size), *scored}
    marks = CallMark.objects.filter(score__in=scores)
    return Sample(
        agent=agent,
        month=month,
        seed=rules.seed_of(unit.code, agent.number, month),
        wanted=size,
        calls=list(Call.objects.with_names().filter(pk__in=keys).order_by("started_at")),
        scored=scored,
        average=marks.aggregate(mean=Avg("mark"))["mean"],
    )


def averages(unit: Unit, agent: Person, month: date) -> dict[str, Any]:
    """The mean of each step's points in that month."""
    marks = CallMark.objects.filter(score__agent=agent, score__month=month, score__call__unit=unit)
    return dict(marks.values("step").annotate(mean=Avg("mark")).values_list("step", "mean").order_by("step"))


def score_of(call: Call) -> CallScore | None:
    """What was heard in this call, if it was listened to."""
    return CallScore.objects.select_related("scored_by").prefetch_related("marks").filter(call=call).first()


# --- What must always be true


@invariant("CRM-4")
def every_menu_in_force_lets_a_caller_out() -> Iterator[str]:
    """No caller is lost in a menu: whatever is or was in force had no problem when the rules read it."""
    for menu in VoiceMenu.objects.exclude(state=EditionState.DRAFT).select_related("unit"):
        for problem in rules.problems_of(menu.content):
            yield f"voice menu {menu.unit.code} v{menu.version}: {problem.place}: {problem.because}"


@invariant("S6-04")
def whoever_hung_up_unheard_is_called_back() -> Iterator[str]:
    """Each abandoned call whose number is known has its call-back."""
    abandoned = Call.objects.filter(state=CallState.ABANDONED).exclude(phone="")
    owed_to: dict[tuple[int, str], list[CallBack]] = {}
    for each in CallBack.objects.filter(phone__in=abandoned.values("phone")):
        owed_to.setdefault((each.unit_id, each.phone), []).append(each)
    for call in abandoned:
        promised = owed_to.get((call.unit_id, call.phone), [])
        if not any(
            each.ended_at is None or call.ended_at is None or each.ended_at >= call.ended_at for each in promised
        ):
            yield f"call {call.pk} was abandoned and nobody calls back"


@invariant("S6-03")
def scored_calls_were_drawn() -> Iterator[str]:
    """No manager chose a call: the same draw, made again, holds every call that was scored."""
    for score in CallScore.objects.select_related("call__unit", "agent"):
        again = drawn(score.call.unit, score.agent, score.month, until=score.at, size=score.sample_size)
        if score.call_id not in again:
            yield f"call {score.call_id} was scored and not drawn"
