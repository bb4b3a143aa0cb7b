"""Certificates: who may do which work, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.models import News, TrailEntry
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.readiness.academy import actions as academy
from guiju.readiness.academy import queries
from guiju.readiness.academy.models import Certificate
from guiju.readiness.academy.rules import Skill, Task, holds
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.people import actions as people
from guiju.standing.people.models import Person, Unit
from tests.cast import NOON, Cast

TODAY = date(2026, 11, 2)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def air(nie: Actor) -> ProductLine:
    """Room air-conditioners."""
    return catalogue.add_line(code="AC", names={"en": "Air conditioner"}, by=nie, at=NOON)


def certified(person: Person, line: ProductLine | None, by: Actor, **others: Any) -> Certificate:
    given: dict[str, Any] = {
        "task": Task.REFRIGERATION, "starts_on": TODAY, "ends_on": TODAY + timedelta(days=365), "basis": "State certificate 44-1287",
    }  # fmt: skip
    return academy.certify(person, line=line, by=by, at=NOON, **given | others)


def test_a_trainer_certifies_and_it_is_told(chen_person: Person, air: ProductLine, tao: Actor) -> None:
    certificate = certified(chen_person, air, tao)
    assert queries.certificates(chen_person, on=TODAY) == {Skill(air.pk, "REFRIGERATION")}
    assert certificate.number.startswith("CERT-FS01-20261102-")
    assert News.objects.latest("pk").kind == "academy.Certified"
    assert TrailEntry.objects.latest("pk").subject_label == certificate.number


@pytest.mark.shows("EX-25", "PPL-1")
def test_a_certificate_does_not_hold_on_the_day_of_its_end(
    chen_person: Person, fs01_unit: Unit, air: ProductLine, tao: Actor
) -> None:
    """Its last day is today: tomorrow's jobs are for somebody else, today's are not."""
    certified(chen_person, air, tao, starts_on=TODAY - timedelta(days=300), ends_on=TOMORROW)
    skill = Skill(air.pk, Task.REFRIGERATION)
    assert skill in queries.certificates(chen_person, on=TODAY)
    assert skill not in queries.certificates(chen_person, on=TOMORROW)
    assert queries.holders(air.pk, Task.REFRIGERATION, on=TODAY, unit=fs01_unit) == [chen_person]
    assert queries.holders(air.pk, Task.REFRIGERATION, on=TOMORROW, unit=fs01_unit) == []


@pytest.mark.parametrize(("day", "held"), [(-1, False), (0, True), (9, True), (10, False)])
def test_it_holds_from_its_first_day_to_the_day_before_its_end(day: int, held: bool) -> None:
    on, ends = TODAY + timedelta(days=day), TODAY + timedelta(days=10)
    assert holds(starts_on=TODAY, ends_on=ends, is_suspended=False, on=on) is held
    assert holds(starts_on=TODAY, ends_on=ends, is_suspended=True, on=on) is False


def test_the_query_and_the_rule_agree(chen_person: Person, air: ProductLine, tao: Actor) -> None:
    certificate = certified(chen_person, air, tao, ends_on=TODAY + timedelta(days=2))
    for day in range(-1, 4):
        on = TODAY + timedelta(days=day)
        by_rule = holds(starts_on=certificate.starts_on, ends_on=certificate.ends_on, is_suspended=False, on=on)
        assert bool(queries.certificates(chen_person, on=on)) is by_rule


def test_only_a_trainer_certifies_and_never_themself(
    chen_person: Person, tao_person: Person, air: ProductLine, tao: Actor, ma: Actor
) -> None:
    certified(chen_person, air, tao)
    with pytest.raises(NotAllowed):
        certified(chen_person, air, ma, task=Task.REPAIR)
    with pytest.raises(academy.CertifiedByOneself):
        certified(tao_person, air, tao)


@pytest.mark.both_databases
def test_the_same_certificate_is_given_once(chen_person: Person, air: ProductLine, tao: Actor) -> None:
    certified(chen_person, air, tao)
    with pytest.raises(academy.CertifiedAlready):
        certified(chen_person, air, tao)
    certified(chen_person, air, tao, starts_on=TOMORROW)
    assert Certificate.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"task": "MAGIC"}, academy.TaskUnknown),
        ({"basis": " "}, academy.BasisMissing),
        ({"ends_on": TODAY}, academy.DatesRefused),
    ],
    ids=["task", "basis", "dates"],
)
def test_a_certificate_is_for_a_task_on_a_basis_for_a_time(
    chen_person: Person, air: ProductLine, tao: Actor, wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        certified(chen_person, air, tao, **wrong)
    certified(chen_person, air, tao)


@pytest.mark.both_databases
def test_two_person_custody_is_for_no_line_and_repair_is_for_one(
    chen_person: Person, air: ProductLine, tao: Actor, lin_person: Person
) -> None:
    custody = {"task": Task.CUSTODY, "basis": "Exam of 2026-10-01"}
    certified(chen_person, None, tao, **custody)
    assert queries.may(chen_person.pk, Task.CUSTODY, on=TODAY)
    assert not queries.may(lin_person.pk, Task.CUSTODY, on=TODAY)
    for line, wrong, refusal in (
        (air, custody, academy.LineRefused),
        (None, {"task": Task.REPAIR}, academy.LineMissing),
        (None, custody, academy.CertifiedAlready),
    ):
        with pytest.raises(refusal):
            certified(chen_person, line, tao, **wrong)
    with pytest.raises(IntegrityError, match="names_a_line"), transaction.atomic():
        Certificate.objects.update(line=air)


def test_nobody_who_has_left_is_certified(chen_person: Person, air: ProductLine, tao: Actor, nie: Actor) -> None:
    people.part_with(chen_person, reason="moved", by=nie, at=NOON)
    with pytest.raises(WrongState):
        certified(chen_person, air, tao)


def test_a_suspended_certificate_holds_again_when_reinstated(
    chen_person: Person, air: ProductLine, tao: Actor, nie: Actor, ma: Actor
) -> None:
    certificate = certified(chen_person, air, tao)
    with pytest.raises(NotAllowed):
        academy.suspend(certificate, reason="accident", by=ma, at=NOON)
    for _ in range(2):
        academy.suspend(certificate, reason="accident", by=nie, at=NOON)
    assert queries.certificates(chen_person, on=TODAY) == frozenset()
    with pytest.raises(NotAllowed):
        academy.reinstate(certificate, reason="cleared", by=tao, at=NOON)
    for _ in range(2):
        academy.reinstate(certificate, reason="cleared", by=nie, at=NOON)
    assert queries.certificates(chen_person, on=TODAY)
    told = [news.kind for news in News.objects.filter(kind__startswith="academy").order_by("pk")]
    assert told == ["academy.Certified", "academy.CertificateSuspended", "academy.CertificateReinstated"]


def test_holders_are_active_people_of_the_unit_and_below(
    cast: Cast, air: ProductLine, tao: Actor, nie: Actor, fs01_unit: Unit, sd_unit: Unit
) -> None:
    for name in ("chen", "wu", "sun"):
        certified(cast.people[name], air, tao)
    people.suspend(cast.people["wu"], reason="x", by=nie, at=NOON)

    def names(unit: Unit) -> list[str]:
        return [person.name for person in queries.holders(air.pk, Task.REFRIGERATION, on=TODAY, unit=unit)]

    assert names(fs01_unit) == ["chen"]
    assert names(sd_unit) == ["chen", "sun"]


def test_what_expires_soon_is_seen_before_it_does(
    chen_person: Person, wu_person: Person, air: ProductLine, tao: Actor, fs01_unit: Unit
) -> None:
    soon = certified(chen_person, air, tao, ends_on=TODAY + timedelta(days=30))
    certified(wu_person, air, tao)
    assert queries.expiring(fs01_unit, on=TODAY, within_days=30) == [soon]
    assert queries.expiring(fs01_unit, on=TODAY, within_days=29) == []


def test_a_technician_sees_the_own_certificates_and_a_manager_the_outlets(
    cast: Cast, air: ProductLine, tao: Actor, chen: Actor, ma: Actor, he: Actor
) -> None:
    for name in ("chen", "wu", "sun"):
        certified(cast.people[name], air, tao)

    def seen(by: Actor) -> list[str]:
        return sorted(certificate.person.name for certificate in Certificate.objects.visible_to(by))

    assert (seen(chen), seen(ma), seen(he), seen(tao)) == (["chen"], ["chen", "wu"], ["sun"], ["chen", "sun", "wu"])


@pytest.mark.both_databases
@pytest.mark.no_books
def test_the_database_refuses_a_certificate_without_end_or_basis(
    chen_person: Person, air: ProductLine, tao: Actor
) -> None:
    certificate = certified(chen_person, air, tao)
    for change in ({"ends_on": TODAY}, {"basis": ""}, {"task": "MAGIC"}, {"certified_by": chen_person}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.filter(pk=certificate.pk).update(**change)
