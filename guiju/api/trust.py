"""What the house promises and proves: warranty terms, and the certificates of its people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from django.db.models import QuerySet
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.catalogue import ModelKey
from guiju.api.fields import Because, Day, FileText, Input, Line, Short
from guiju.api.finding import LineCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.people import PERSON
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.readiness.academy import actions as academy
from guiju.readiness.academy.models import Certificate
from guiju.readiness.academy.rules import Task
from guiju.standing.warranty import actions as warranty
from guiju.standing.warranty import rules
from guiju.standing.warranty.models import GuaranteeProfile, Terms

CERTIFICATE = Target("number", Short, finding.certificate)
Months = Annotated[int, Field(ge=0, le=600)]
Place = Annotated[Short, Field(max_length=20)]
Days = Annotated[int, Field(ge=0, le=32767)]


class TermsIn(Input):
    """What is promised from a day on, for one product line or for all that have no terms of their own."""

    line: LineCode | None = None
    model: ModelKey = None
    jurisdiction: Place = ""
    version: Short
    starts_on: Day
    whole_unit_months: Months | None = None
    # Of labour, parts and travel where they differ from the whole unit's; of main parts by their class.
    months: Annotated[dict[Short, Months], Field(max_length=8)] = Field(default_factory=dict)
    parts: Annotated[dict[Short, Months], Field(max_length=80)] = Field(default_factory=dict)
    starts_by: rules.StartsBy = rules.StartsBy.INVOICE
    excluded_causes: list[Short] = Field(default=sorted(rules.EXCLUDED_UNLESS_TERMS_SAY), max_length=40)
    repair_warranty_days: Days | None = None


class ProfileIn(Input):
    """A law as its file tells it, and who looked at it."""

    content: FileText
    reason: Line


class Certify(Input):
    """Which task on which line, from when to when, and by which exam."""

    line: LineCode | None = None
    task: Task
    starts_on: Day
    ends_on: Day
    basis: Annotated[Line, Field(max_length=200)]


class TermsOut(Mirror):
    """Warranty terms."""

    paths: ClassVar[Mapping[str, str]] = {"line": "line.code", "model": "model.code"}

    version: str
    line: str | None
    model: str | None
    jurisdiction: str
    starts_on: date
    ends_on: date | None
    whole_unit_months: int | None
    months: dict[str, int]
    parts: dict[str, int]
    repair_warranty_days: int | None
    excluded_causes: list[str]


class ProfileOut(Mirror):
    """A law that somebody adopted."""

    version: str
    jurisdiction: str
    starts_on: date
    ends_on: date | None
    reason: str


class CertificateOut(Mirror):
    """What somebody may do."""

    paths: ClassVar[Mapping[str, str]] = {"person": "person.number", "line": "line.code"}

    number: str
    person: str
    line: str | None
    task: str
    starts_on: date
    ends_on: date
    is_suspended: bool


def all_terms(by: Actor) -> QuerySet[Terms]:
    """The brand's promises, which are no secret to whoever may read them at all."""
    return Terms.objects.select_related("line", "model")


def all_profiles(by: Actor) -> QuerySet[GuaranteeProfile]:
    """The laws that were adopted; whoever may read the terms may read the law."""
    return GuaranteeProfile.objects.all()


def visible_certificates(by: Actor) -> QuerySet[Certificate]:
    """The certificates that the asker may see."""
    return Certificate.objects.visible_to(by).select_related("person", "line")


router = Router(tags=["warranty", "academy"])
speak(
    router,
    [
        Verb("/warranty-terms", warranty.set_terms, TermsIn, TermsOut),
        Verb("/warranty-profiles", warranty.adopt_profile, ProfileIn, ProfileOut),
        Verb("/people/{number}/certify", academy.certify, Certify, CertificateOut, PERSON),
        Verb("/certificates/{number}/suspend", academy.suspend, Because, CertificateOut, CERTIFICATE),
        Verb("/certificates/{number}/reinstate", academy.reinstate, Because, CertificateOut, CERTIFICATE),
    ],
)
show(
    router,
    [
        Listing(
            "/warranty-terms", "terms", "warranty.see", TermsOut, all_terms,
            filters={"line": Filter(Short, "line__code")}, sorts={"id": "pk", "starts_on": "starts_on"},
        ),
        Listing(
            "/warranty-profiles", "profiles", "warranty.see", ProfileOut, all_profiles,
            filters={"jurisdiction": Filter(Short, "jurisdiction")}, sorts={"id": "pk", "starts_on": "starts_on"},
        ),
        Listing(
            "/certificates", "certificates", "academy.see", CertificateOut, visible_certificates,
            filters={
                "person": Filter(Short, "person__number"), "line": Filter(Short, "line__code"),
                "task": Filter(list[Task], "task"), "is_suspended": Filter(bool, "is_suspended"),
                "ends_before": Filter(Day, "ends_on__lt"),
            },
            sorts={"id": "pk", "ends_on": "ends_on"},
        ),
    ],
)  # fmt: skip
