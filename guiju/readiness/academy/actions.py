"""Certifying people, and suspending what they were certified for."""

from __future__ import annotations

from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Refusal, WrongState, refusing
from guiju.kernel.words import N_
from guiju.readiness.academy import events
from guiju.readiness.academy.models import Certificate
from guiju.readiness.academy.rules import WITHOUT_LINE, Task
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.people.models import Person
from guiju.standing.people.rules import Status


class TaskUnknown(Refusal):
    """Nobody is certified for a task that the house does not know."""

    sentence = N_("There is no such task.")
    field = "task"
    status = 422


class LineMissing(Refusal):
    """Work on appliances is work on a kind of them."""

    sentence = N_("Say for which product line.")
    field = "line"
    status = 422


class LineRefused(Refusal):
    """What is the same for every appliance names none of them."""

    sentence = N_("This certificate is for no product line.")
    field = "line"
    status = 422


class BasisMissing(Refusal):
    """A certificate without an exam or a document certifies nothing."""

    sentence = N_("Name the exam that was passed, or the document that you have seen.")
    field = "basis"
    status = 422


class DatesRefused(Refusal):
    """It must hold for a day at least."""

    sentence = N_("A certificate ends after it starts.")
    field = "ends_on"
    status = 422


class CertifiedAlready(Refusal):
    """The same certificate a second time."""

    sentence = N_("This person has a certificate for this from that day on.")
    field = "person"


class CertifiedByOneself(Refusal):
    """Nobody is their own examiner."""

    sentence = N_("Nobody certifies themself.")
    field = "person"


def certify(
    person: Person,
    *,
    line: ProductLine | None = None,
    task: str,
    starts_on: date,
    ends_on: date,
    basis: str,
    by: Actor,
    at: datetime,
) -> Certificate:
    """Certify that a person may do a task on a product line.

    line      none for a task that is the same whatever the appliance
    ends_on   the first day on which it no longer holds
    basis     the exam that was passed, or the external document that was seen (PPL-2)
    raises    TaskUnknown, LineMissing, LineRefused, BasisMissing, DatesRefused, CertifiedByOneself, CertifiedAlready, WrongState
    """
    with doing("academy.certify", on=person, by=by, at=at, line=line.code if line else "", task=task) as deed:
        if task not in list(Task):
            raise TaskUnknown
        if (line is None) is not (task in WITHOUT_LINE):
            raise LineMissing if line is None else LineRefused
        if not basis.strip():
            raise BasisMissing
        if ends_on <= starts_on:
            raise DatesRefused
        if by.person_id == person.pk:
            raise CertifiedByOneself
        if person.status == Status.LEFT:
            raise WrongState
        with refusing(
            a_person_is_certified_once_from_a_day_on=CertifiedAlready,
            a_person_is_certified_once_for_what_has_no_line=CertifiedAlready,
        ):
            certificate = Certificate.objects.create(
                number=next_number("CERT", person.unit.code, person.unit.day(at)),
                person=person, line=line, task=task, basis=basis.strip(),
                starts_on=starts_on, ends_on=ends_on, certified_by_id=by.person_id,
            )  # fmt: skip
        deed.about(certificate)
        deed.tell(events.Certified(person.pk, line.pk if line else None, task, ends_on))
    return certificate


def suspend(certificate: Certificate, *, reason: str, by: Actor, at: datetime) -> Certificate:
    """Let a certificate not hold for the time being. Suspending it again changes nothing."""
    with doing("academy.suspend", on=certificate, by=by, at=at, reason=reason) as deed:
        certificate = _lock(certificate)
        if not certificate.is_suspended:
            certificate.is_suspended = True
            certificate.save(update_fields=["is_suspended"])
            deed.tell(events.CertificateSuspended(certificate.person_id, certificate.line_id, certificate.task))
    return certificate


def reinstate(certificate: Certificate, *, reason: str, by: Actor, at: datetime) -> Certificate:
    """Let a suspended certificate hold again, for what is left of its time."""
    with doing("academy.reinstate", on=certificate, by=by, at=at, reason=reason) as deed:
        certificate = _lock(certificate)
        if certificate.is_suspended:
            certificate.is_suspended = False
            certificate.save(update_fields=["is_suspended"])
            deed.tell(events.CertificateReinstated(certificate.person_id, certificate.line_id, certificate.task))
    return certificate


def _lock(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_for_update(of=("self",)).select_related("person").get(pk=certificate.pk)
