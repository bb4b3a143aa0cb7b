"""A shop that is too small for five hands: fewer people do, case by case, with a reason, and the brand's auditor looks at each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply import queries
from guiju.readiness.supply.models import EmergencyReview, PurchaseOrder, PurchaseRequest
from guiju.readiness.supply.rules import HANDS, RequestState
from guiju.standing.people import queries as people
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy

# Shorter than this nobody can say why.
REASON_LENGTH_MIN = 10


class NotSoSmall(Refusal):
    """Whoever has enough people keeps the duties apart (5.4)."""

    sentence = N_("This unit has people enough, or its figure `pur.people_min` asks for five different ones.")


class TooFewPeople(Refusal):
    """Fewer would have had a hand in it than were allowed."""

    sentence = N_("%(least)s different people are needed in this purchase. Somebody else has to do this.")


class ReviewedByAnInsider(Refusal):
    """Whoever had a part in it does not review it."""

    sentence = N_("You had a part in this purchase. Somebody else has to review it.")


def buy_with_few(request: PurchaseRequest, *, because: str, by: Actor, at: datetime) -> PurchaseRequest:
    """Let as few people do as the unit's figure of the day allows, before it is approved; the auditor reviews it afterwards.

    because  why nobody else can, in a sentence
    raises   NotSoSmall, Invalid, WrongState
    source   5.4 "small-shop mode", Q-12; `pur.people_min`
    """
    with doing("supply.buy_with_few", on=request, by=by, at=at, because=because) as deed:
        rows = PurchaseRequest.objects.select_for_update(of=("self",)).select_related("unit__parent")
        request = rows.get(pk=request.pk)
        if request.state not in {RequestState.DRAFT, RequestState.SUBMITTED}:
            raise WrongState
        if len(because.strip()) < REASON_LENGTH_MIN:
            raise Invalid(Sentence(N_("Say in a sentence why nobody else can.")), field="because")
        least = _least(request.unit, at)
        if least >= HANDS or not people.is_small_shop(request.unit):
            raise NotSoSmall
        request.people_min, request.few_because = least, because.strip()[:300]
        request.save(update_fields=["people_min", "few_because"])
        EmergencyReview.objects.get_or_create(
            request=request, defaults={"due_on": queries.review_day(request.unit, at)}
        )
        deed.note(people_min=least)
    return request


def _least(unit: Unit, at: datetime) -> int:
    """What the figure says here and above: nobody lets themself off, so a unit's own figure only asks for more."""
    over = [unit, *([unit.parent] if unit.parent is not None else [])]
    return max(int(policy.figure("pur.people_min", unit=each, on=unit.day(at)).value) for each in over)


def review_few(review: EmergencyReview, *, was_justified: bool, note: str, by: Actor, at: datetime) -> EmergencyReview:
    """Look afterwards at what fewer people bought, as the brand's auditor.

    raises   ReviewedByAnInsider, Invalid, WrongState
    source   5.4 "monthly owner review list"
    """
    with doing("supply.review_few", on=review.request, by=by, at=at, was_justified=was_justified):
        if not note.strip():
            raise Invalid(Sentence(N_("Say what you found.")), field="note")
        review = EmergencyReview.objects.select_for_update(of=("self",)).select_related("request").get(pk=review.pk)
        if review.reviewed_at is not None or review.request.people_min >= HANDS:
            raise WrongState
        if by.person_id in queries.hands_of([review.request]):
            raise ReviewedByAnInsider
        review.reviewed_by_id, review.reviewed_at = by.natural_person_id, at
        review.was_justified, review.note = was_justified, note.strip()[:400]
        with refusing(a_review_is_by_somebody_who_had_no_part=ReviewedByAnInsider):
            review.save()
    return review


def refuse_too_few(
    requests: Iterable[PurchaseRequest], by: Actor, *, left: int, order: PurchaseOrder | None = None
) -> None:
    """Refuse a hand after which fewer different people would have had one than the purchase asks for.

    left     the hands still to come: after the approval the buyer, the receiver and the payer
    raises   TooFewPeople
    """
    rows = list(requests)
    least = max((each.people_min for each in rows), default=HANDS)
    if least >= HANDS:
        # Five of five: the database compares each pair.
        return
    if len(queries.hands_of(rows, order=order) | {by.natural_person_id}) + left < least:
        raise TooFewPeople(least=least)
