"""How a price list is examined, agreed to, shown and taken down."""

from datetime import date, datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.people import queries as people
from guiju.standing.pricing import queries, rules
from guiju.standing.pricing.actions.writing import lock
from guiju.standing.pricing.models import PriceList

# Letters; less than this tells nobody anything (2.2 Reason).
REASON_LENGTH_MIN = 5
# Of a list that misses everything, a refusal names the first; its page shows all.
FINDINGS_TOLD_MAX = 12


class NothingPriced(Refusal):
    """An empty list shows the customer nothing."""

    sentence = N_("The list has no lines yet.")


class Unfit(Refusal):
    """Something is the matter with the list, told line by line."""

    sentence = N_("The list cannot be shown like this.")
    status = 422


class SamePerson(Refusal):
    """Who wrote a list does not approve it."""

    sentence = N_("You wrote on this list, so another person must approve it.")
    status = 403


class ListsOverlap(Refusal):
    """Two lists of one scope on one day."""

    sentence = N_("Another published list is in force on some of these days.")
    field = "starts_on"


class StartsInPast(Refusal):
    """What was shown yesterday can't be changed today."""

    sentence = N_("Another list was in force since then. Let this one start today or later.")
    field = "starts_on"
    status = 422


def check(price_list: PriceList, *, by: Actor, at: datetime) -> PriceList:
    """Have the list examined; what was examined is not written on any more, and waits for a second person.

    raises   NothingPriced, Unfit, WrongState
    source   3.23; PRC-1, PT-1
    """
    with doing("pricing.check", on=price_list, by=by, at=at) as deed:
        price_list = lock(price_list)
        _go(price_list, rules.State.CHECKED, deed, checked_by_id=by.person_id, checked_at=at)
        found = queries.examination(price_list, today=queries.home_of(price_list.unit).day(at))
        _refuse_unfit(found)
        deed.note(notes=[str(each.fault) for each in found])
    return price_list


def approve(price_list: PriceList, *, by: Actor, at: datetime) -> PriceList:
    """Agree to exactly what was examined, as somebody who wrote nothing of it.

    raises   SamePerson, WrongState
    source   3.23, G-2, 5.4
    """
    with doing("pricing.approve", on=price_list, by=by, at=at) as deed:
        price_list = lock(price_list)
        small = people.is_small_shop(queries.home_of(price_list.unit))
        authors = {price_list.drafted_by_id, *price_list.lines.values_list("added_by_id", flat=True)}
        if not small and by.person_id in authors:
            raise SamePerson
        _go(price_list, rules.State.APPROVED, deed, approved_by_id=by.person_id, approved_at=at, small_shop=small)
    return price_list


def reopen(price_list: PriceList, *, reason: str, by: Actor, at: datetime) -> PriceList:
    """Send a list that is not published yet back to its author: it is a draft again, and checked and approved anew.

    raises   Invalid, WrongState
    """
    with doing("pricing.reopen", on=price_list, by=by, at=at, reason=reason.strip()) as deed:
        price_list = lock(price_list)
        if len(reason.strip()) < REASON_LENGTH_MIN:
            raise Invalid(Sentence(N_("Give a reason of at least five letters.")), field="reason")
        nobody: dict[str, None] = dict.fromkeys(("checked_by", "checked_at", "approved_by", "approved_at"))
        _go(price_list, rules.State.DRAFT, deed, **nobody)
    return price_list


def publish(price_list: PriceList, *, by: Actor, at: datetime) -> PriceList:
    """Put an approved list in force from its first day on; the open list before it ends on that day. It is never edited again.

    raises   NothingPriced, Unfit, ListsOverlap, StartsInPast, WrongState
    source   PRC-3, G-2, G-4; 3.23
    """
    with doing("pricing.publish", on=price_list, by=by, at=at) as deed:
        price_list = lock(price_list)
        today = queries.home_of(price_list.unit).day(at)
        if price_list.state == rules.State.APPROVED:
            # The catalogue and the other lists have gone on since it was examined.
            _refuse_unfit(queries.examination(price_list, today=today))
            _succeed(price_list, today=today, deed=deed)
        with refusing(price_lists_of_one_scope_never_overlap=ListsOverlap):
            _go(price_list, rules.State.PUBLISHED, deed, published_by_id=by.person_id, published_at=at)
        deed.note(lines=price_list.lines.count())
    return price_list


def retire(price_list: PriceList, *, ends_on: date, by: Actor, at: datetime) -> PriceList:
    """Take a published list down from a day on; it stays readable for ever.

    ends_on   the first day on which it is no longer in force
    raises    Invalid, WrongState
    source    PRC-3
    """
    with doing("pricing.retire", on=price_list, by=by, at=at) as deed:
        price_list = lock(price_list)
        if ends_on <= price_list.starts_on or (price_list.ends_on is not None and ends_on > price_list.ends_on):
            raise Invalid(Sentence(N_("Name a day on which the list is in force.")), field="ends_on")
        _go(price_list, rules.State.RETIRED, deed, ends_on=ends_on)
    return price_list


def _go(price_list: PriceList, to: rules.State, deed: Deed, **also: Any) -> None:
    advance(price_list, to=to, arrows=rules.ARROWS, labels=rules.LABELS, by=deed.by, at=deed.at, deed=deed, **also)


def _refuse_unfit(found: list[rules.Finding]) -> None:
    """Refuse what an examination found, the list without a line before all.

    raises   NothingPriced, ListsOverlap, Unfit
    """
    refused = [each for each in found if each.refuses]
    if not refused:
        return
    first = refused[0]
    if first.fault == rules.Fault.EMPTY:
        raise NothingPriced
    if first.fault == rules.Fault.OVERLAP:
        raise ListsOverlap(first.sentence)
    raise Unfit(*(each.sentence for each in refused[:FINDINGS_TOLD_MAX]))


def _succeed(price_list: PriceList, *, today: date, deed: Deed) -> None:
    """End the open list of the same scope on the day on which this one starts."""
    before = PriceList.objects.select_for_update().filter(
        queries.of_scope(price_list.unit_id), state=rules.State.PUBLISHED, ends_on__isnull=True
    )
    for earlier in before.filter(starts_on__lt=price_list.starts_on):
        if price_list.starts_on < today:
            raise StartsInPast
        if price_list.ends_on is None:
            earlier.ends_on = price_list.starts_on
            earlier.save(update_fields=["ends_on"])
            deed.note(ends=earlier.number)
