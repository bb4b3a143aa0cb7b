"""On which walls do the prices hang that hold today, and how do we know?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from guiju.kernel.actor import Actor
from guiju.standing.people.models import Unit
from guiju.standing.people.rules import UnitKind
from guiju.standing.policy import queries as policy
from guiju.standing.pricing import rules
from guiju.standing.pricing.models import DisplayProof, PriceList
from guiju.standing.pricing.rules import display

_DAYS, _NOTICE = "price.display_proof_days", "price.display_notice_days"


@dataclass(frozen=True)
class Standing:
    """How the wall of one outlet stands.

    listed   the nearest list in force; None where there is none
    proof    the last one, of whichever list
    due_on   the last day on which that proof is not too old
    days     how old a proof may be there
    """

    unit: Unit
    state: display.Wall
    listed: PriceList | None
    proof: DisplayProof | None
    due_on: date | None
    days: int

    @property
    def is_lacking(self) -> bool:
        """Whether the outlet has no proof that holds."""
        return self.state in display.LACKING

    @property
    def is_awaited(self) -> bool:
        """Whether somebody there should take the photograph now: it is lacking and may be given, or is due soon."""
        return self.state in display.AWAITED


def display_proofs(by: Actor) -> QuerySet[DisplayProof]:
    """The proofs that the asker may see, with what they show."""
    return DisplayProof.objects.visible_to(by).select_related("unit", "price_list__unit", "photo", "proved_by")


def walls(by: Actor, *, at: datetime) -> list[Standing]:
    """The open outlets whose prices the asker may see, those that lack a proof first."""
    outlets = Unit.objects.filter(by.scope("pricing.see").q(unit="pk"), kind=UnitKind.OUTLET, is_active=True)
    order = list(display.Wall)
    return sorted(_standing(list(outlets), at), key=lambda each: (order.index(each.state), each.unit.path))


def lacking_proof(by: Actor, *, at: datetime) -> list[Standing]:
    """The outlets without a proof that the prices in force hang there, and why: none, too old, of an earlier list.

    A question and not an invariant of `guiju verify`: it is a duty with a day, and a new list is in force before anybody can have
    hung it up.

    source   PRC-5
    """
    return [each for each in walls(by, at=at) if each.is_lacking]


def awaited_walls(*, at: datetime) -> list[Standing]:
    """Every open outlet that should prove its wall now, for the clock."""
    outlets = Unit.objects.filter(kind=UnitKind.OUTLET, is_active=True).order_by("path")
    return [each for each in _standing(list(outlets), at) if each.is_awaited]


def wall_of(unit: Unit, *, at: datetime) -> Standing:
    """How the wall of this outlet stands."""
    return _standing([unit], at)[0]


def _standing(units: Sequence[Unit], at: datetime) -> list[Standing]:
    last = _last_proofs(units)
    days = [unit.day(at) for unit in units] + [each.proved_on for each in last.values()]
    codes = {code for unit in units for code in unit.lineage}
    # What ended before the oldest of these proofs changed none of the walls that they show.
    lists = PriceList.objects.filter(
        Q(unit__isnull=True) | Q(unit__code__in=codes),
        Q(ends_on__isnull=True) | Q(ends_on__gt=min(days, default=date.min)),
        state__in=rules.SHOWN,
    ).select_related("unit")
    shown = list(lists)
    return [_judged(unit, last.get(unit.pk), shown, unit.day(at)) for unit in units]


def _last_proofs(units: Sequence[Unit]) -> dict[int, DisplayProof]:
    last = DisplayProof.objects.filter(unit__in=units).order_by().values("unit").annotate(last=Max("pk"))
    rows = DisplayProof.objects.filter(pk__in=last.values("last")).select_related("price_list", "photo", "proved_by")
    return {each.unit_id: each for each in rows}


def _judged(unit: Unit, proof: DisplayProof | None, shown: Sequence[PriceList], today: date) -> Standing:
    lineage = unit.lineage
    here = [each for each in shown if each.unit is None or each.unit.code in lineage]
    in_force = [
        each
        for each in here
        if rules.phase(starts_on=each.starts_on, ends_on=each.ends_on, on=today) == rules.Phase.IN_FORCE
    ]
    far = len(lineage)
    listed = min(in_force, key=lambda each: lineage.index(each.unit.code) if each.unit else far, default=None)
    figures = policy.figures((_DAYS, _NOTICE), unit=unit, on=today)
    days = int(figures[_DAYS].value)
    proved = display.Proved(proof.proved_on, proof.proved_at, proof.price_list_id) if proof else None
    state = display.judge(
        proved,
        current=listed.pk if listed else None,
        versions=tuple(
            display.Version(each.published_at, each.starts_on, each.ends_on) for each in here if each.published_at
        ),
        today=today,
        days=days,
        notice_days=int(figures[_NOTICE].value),
    )
    return Standing(unit, state, listed, proof, display.due_on(proved, days=days) if proved else None, days)
