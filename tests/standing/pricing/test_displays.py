"""An open outlet shows with a photograph of the day that the list in force hangs on its wall (PRC-5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.standing.people import actions as people
from guiju.standing.people.models import Unit
from guiju.standing.policy import actions as policy
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing.models import DisplayProof, PriceList
from guiju.standing.pricing.queries import displays
from guiju.standing.pricing.rules.display import Proved, Version, Wall, judge
from tests.cast import NOON
from tests.line.cast_line import a_picture
from tests.standing.pricing.conftest import TODAY

Lists = Callable[..., PriceList]
Proves = Callable[..., DisplayProof]
DAY = timedelta(days=1)


@pytest.fixture
def photo(fs01_unit: Unit, lin: Actor) -> Callable[..., Evidence]:
    """A photograph of the wall in Foshan, each another one."""
    points = iter(range(40, 90))

    def take(*, at: datetime = NOON, unit: Unit = fs01_unit, by: Actor = lin, kind: str = "DISPLAY") -> Evidence:
        return evidence.keep_photo(a_picture(next(points)), unit_id=unit.pk, kind=kind, by=by, at=at)

    return take


@pytest.fixture
def prove(fs01_unit: Unit, lin: Actor, photo: Callable[..., Evidence]) -> Proves:
    """Lin takes a photograph of the wall and shows it."""

    def make(at: datetime = NOON, by: Actor = lin) -> DisplayProof:
        return pricing.prove_display(unit=fs01_unit, photo=photo(at=at), by=by, at=at)

    return make


def stands(unit: Unit, at: datetime = NOON) -> Wall:
    return displays.wall_of(unit, at=at).state


@pytest.mark.shows("PRC-5")
def test_a_proof_names_the_list_in_force_the_person_and_the_moment(
    publish: Lists, prove: Proves, fs01_unit: Unit, lin: Actor
) -> None:
    listed = publish()
    assert stands(fs01_unit) is Wall.UNPROVED
    proof = prove()
    assert (proof.price_list_id, proof.proved_by_id, proof.proved_on, proof.proved_at) == (
        listed.pk, lin.person_id, TODAY, NOON,
    )  # fmt: skip
    assert stands(fs01_unit) is Wall.PROVED


@pytest.mark.shows("PRC-5")
def test_a_proof_grows_old(publish: Lists, prove: Proves, fs01_unit: Unit) -> None:
    publish()
    prove()
    assert stands(fs01_unit, NOON + 83 * DAY) is Wall.PROVED
    assert stands(fs01_unit, NOON + 84 * DAY) is Wall.DUE_SOON
    assert stands(fs01_unit, NOON + 90 * DAY) is Wall.DUE_SOON
    assert stands(fs01_unit, NOON + 91 * DAY) is Wall.STALE
    prove(NOON + 91 * DAY)
    assert stands(fs01_unit, NOON + 91 * DAY) is Wall.PROVED


def test_how_old_it_may_be_is_a_figure(publish: Lists, prove: Proves, fs01_unit: Unit, nie: Actor) -> None:
    publish()
    prove()
    draft = policy.draft_value(
        "price.display_proof_days", unit=fs01_unit, value=30, starts_on=TODAY + DAY, reason="Often", by=nie, at=NOON
    )
    policy.adopt(draft, by=nie, at=NOON)
    standing = displays.wall_of(fs01_unit, at=NOON + 31 * DAY)
    assert (standing.state, standing.days, standing.due_on) == (Wall.STALE, 30, TODAY + 30 * DAY)


@pytest.mark.shows("PRC-5")
def test_a_new_version_makes_it_stale_on_the_day_on_which_it_holds(
    publish: Lists, prove: Proves, fs01_unit: Unit
) -> None:
    publish()
    prove()
    publish(starts_on=TODAY + 10 * DAY)
    assert stands(fs01_unit, NOON + 9 * DAY) is Wall.PROVED
    assert stands(fs01_unit, NOON + 10 * DAY) is Wall.CHANGED
    prove(NOON + 10 * DAY)
    assert stands(fs01_unit, NOON + 10 * DAY) is Wall.PROVED


def test_a_list_above_or_of_ones_own_changes_the_wall_too(
    publish: Lists, prove: Proves, fs01_unit: Unit, xu: Actor
) -> None:
    publish()
    own = publish(fs01_unit)
    assert prove().price_list_id == own.pk
    publish(starts_on=TODAY + 5 * DAY)
    assert stands(fs01_unit, NOON + 5 * DAY) is Wall.CHANGED
    prove(NOON + 5 * DAY)
    pricing.retire(own, ends_on=TODAY + 8 * DAY, by=xu, at=NOON + 5 * DAY)
    assert stands(fs01_unit, NOON + 7 * DAY) is Wall.PROVED
    assert stands(fs01_unit, NOON + 8 * DAY) is Wall.CHANGED


def test_a_list_that_begins_on_the_day_of_the_proof_after_it_changes_the_wall(
    publish: Lists, prove: Proves, fs01_unit: Unit
) -> None:
    publish(fs01_unit)
    proof = prove()
    brand = publish()
    assert (brand.starts_on, brand.published_at) == (proof.proved_on, proof.proved_at)
    assert stands(fs01_unit) is Wall.PROVED
    # The same, an hour after the photograph.
    facts = Proved(proof.proved_on, NOON - timedelta(hours=1), proof.price_list_id)
    version = Version(NOON, TODAY, None)
    told: dict[str, Any] = {"current": proof.price_list_id, "today": TODAY, "days": 90, "notice_days": 7}
    assert judge(facts, versions=(version,), **told) is Wall.CHANGED


@pytest.mark.shows("PRC-5")
@pytest.mark.both_databases
def test_head_office_sees_who_lacks_one_and_why_and_an_outlet_sees_itself(
    publish: Lists, prove: Proves, fs01_unit: Unit, cast: Any, nie: Actor, lin: Actor, zhou: Actor
) -> None:
    publish()
    prove()
    said = [(each.unit.code, each.state) for each in displays.walls(nie, at=NOON)]
    assert said == [("GZ02", Wall.UNPROVED), ("FS01", Wall.PROVED)]
    assert [each.unit.code for each in displays.lacking_proof(nie, at=NOON)] == ["GZ02"]
    assert [each.unit.code for each in displays.walls(lin, at=NOON)] == ["FS01"]
    assert displays.lacking_proof(lin, at=NOON) == []
    assert displays.display_proofs(lin).count() == 1
    assert displays.display_proofs(zhou).count() == 0
    people.change_unit(cast.units["GZ02"], is_active=False, by=nie, at=NOON)
    assert displays.lacking_proof(nie, at=NOON) == []


@pytest.mark.shows("PRC-5")
def test_only_the_people_of_that_outlet_prove_it(
    publish: Lists, prove: Proves, photo: Callable[..., Evidence], fs01_unit: Unit, ma: Actor, zhou: Actor, bo: Actor
) -> None:
    publish()
    for stranger in (zhou, bo):
        with pytest.raises(NotAllowed):
            pricing.prove_display(unit=fs01_unit, photo=photo(), by=stranger, at=NOON)
    assert prove(by=ma).proved_by_id == ma.person_id


def test_it_is_refused_in_words(
    publish: Lists, photo: Callable[..., Evidence], cast: Any, fs01_unit: Unit, lin: Actor, he: Actor
) -> None:
    def refused(**said: Any) -> str:
        told: dict[str, Any] = {"unit": fs01_unit, "photo": kept, "by": lin, "at": NOON} | said
        with pytest.raises((Invalid, pricing.NothingInForce, pricing.ShownAlready)) as refusal:
            pricing.prove_display(**told)
        return str(refusal.value)

    kept = photo()
    assert (
        refused()
        == "No price list is in force for Foshan Chancheng today, so there is none to show. Ask the head office."
    )
    publish()
    of_nothing_else = "The proof is a photograph of this outlet's wall, and of nothing else."
    assert refused(photo=photo(kind="INTAKE")) == of_nothing_else
    assert refused(photo=photo(unit=cast.units["GZ02"], by=he)) == of_nothing_else
    assert refused(at=NOON + DAY) == "The photograph is not of today. Take a new one."
    region = cast.units["SD"]
    assert refused(unit=region, by=lin.consequence_of(uuid4())) == "Only an outlet that is open has prices on its wall."
    pricing.prove_display(unit=fs01_unit, photo=kept, by=lin, at=NOON)
    again = "This photograph was a proof already. Take a new one of the wall as it is today."
    assert refused() == again


@pytest.mark.both_databases
def test_the_photograph_of_last_time_proves_nothing_today(publish: Lists, fs01_unit: Unit, lin: Actor) -> None:
    publish()

    def shown(at: datetime, points: int) -> DisplayProof:
        kept = evidence.keep_photo(a_picture(points), unit_id=fs01_unit.pk, kind="DISPLAY", by=lin, at=at)
        return pricing.prove_display(unit=fs01_unit, photo=kept, by=lin, at=at)

    shown(NOON, 40)
    with pytest.raises(pricing.ShownAlready):
        shown(NOON + 80 * DAY, 40)
    shown(NOON + 80 * DAY, 41)


@pytest.mark.shows("PRC-5")
@pytest.mark.both_databases
def test_the_database_too_wants_the_list_in_force_there(
    publish: Lists, draft: Lists, prove: Proves, photo: Callable[..., Evidence], cast: Any, fs01_unit: Unit, lin: Actor
) -> None:
    brand, coming = publish(), publish(starts_on=TODAY + 10 * DAY)
    others, unpublished = publish(cast.units["GZ02"]), draft(fs01_unit)
    told = {"unit": fs01_unit, "proved_by_id": lin.person_id, "proved_at": NOON}
    for listed, on in ((coming, TODAY), (brand, TODAY + 10 * DAY), (others, TODAY), (unpublished, TODAY)):
        with pytest.raises(IntegrityError, match="display_proof_is_of_a_list_in_force"), transaction.atomic():
            DisplayProof.objects.create(**told, photo=photo(), price_list=listed, proved_on=on)
    DisplayProof.objects.create(**told, photo=photo(), price_list=brand, proved_on=TODAY)
    DisplayProof.objects.create(**told, photo=photo(), price_list=coming, proved_on=TODAY + 10 * DAY)


@pytest.mark.both_databases
def test_the_database_too_wants_a_photograph_of_that_wall_once(
    publish: Lists, prove: Proves, photo: Callable[..., Evidence], cast: Any, fs01_unit: Unit, lin: Actor, he: Actor
) -> None:
    told = {
        "unit": fs01_unit,
        "proved_by_id": lin.person_id,
        "proved_at": NOON,
        "proved_on": TODAY,
        "price_list": publish(),
    }
    wrong = (photo(kind="INTAKE"), photo(unit=cast.units["GZ02"], by=he), photo(at=NOON + DAY))
    for each in wrong:
        with pytest.raises(IntegrityError, match="display_proof_photo_is_of_that_wall"), transaction.atomic():
            DisplayProof.objects.create(**told, photo=each)
    kept = prove().photo
    with pytest.raises(IntegrityError, match="a_photo_of_a_wall_proves_once"), transaction.atomic():
        DisplayProof.objects.create(**told, photo=kept)


@pytest.mark.both_databases
def test_a_proof_stays_as_it_was_shown(publish: Lists, prove: Proves) -> None:
    publish()
    proof = DisplayProof.objects.filter(pk=prove().pk)
    with pytest.raises(IntegrityError, match="display_proof_stays_as_it_was_shown"), transaction.atomic():
        proof.update(proved_on=F("proved_on") + DAY)
    with pytest.raises(IntegrityError, match="display_proof_stays_as_it_was_shown"), transaction.atomic():
        proof.delete()
