"""One order as every desk shows it: its head, its facts, its story, its pictures and its papers.

A desk adds to this what its person does; it never gathers these facts again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from guiju.desks.common import ledger
from guiju.desks.common.states import word_for
from guiju.kernel import evidence, kept
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence
from guiju.kernel.prepared import Prepared
from guiju.kernel.words import pick
from guiju.line.cashier import queries as till
from guiju.line.cashier.models import Bill, HandOver, PartsDeposit, Refund
from guiju.line.exchange.models import ExchangeCase
from guiju.line.followup.models import UnclaimedCase
from guiju.line.intake import queries as intake
from guiju.line.intake.models import IntakeCheck, IntakePhoto, Loan, RequestPhoto, ServiceRequest
from guiju.line.quality import queries as quality
from guiju.line.quality.models import Inspection, InspectionPhoto
from guiju.line.quality.rules import Result
from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import MISSING, RequestState
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import CoverageDecision, HoldSpan, PromiseRevision, WorkOrder
from guiju.line.workorder.rules import Held
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import (
    CommitmentRevision,
    Diagnosis,
    DiagnosisPhoto,
    LabourEntry,
    LabourTimer,
    PartsCommitment,
    Quote,
    WorkCheckItem,
)
from guiju.line.workshop.queries import LIVING
from guiju.line.workshop.rules import QuoteState
from guiju.standing.warranty import queries as warranty

# What there is of an order, told by the statement that finds it: what is not there need not be asked for.
_OF_IT = {"order": OuterRef("pk")}
_MARKS = {
    "has_quote": Exists(Quote.objects.filter(**_OF_IT).exclude(state=QuoteState.SUPERSEDED)),
    "has_commitment": Exists(PartsCommitment.objects.filter(**_OF_IT, state__in=LIVING)),
    "has_bill": Exists(Bill.objects.filter(**_OF_IT)),
    # The request that waited before it, and whether a unit of ours was lent for it.
    "request_number": Subquery(ServiceRequest.objects.filter(**_OF_IT, due_at__isnull=False).values("number")[:1]),
    "has_deposit": Exists(PartsDeposit.objects.filter(**_OF_IT)),
    "has_loan": Exists(Loan.objects.filter(**_OF_IT)),
    "has_diagnosis": Exists(Diagnosis.objects.filter(**_OF_IT)),
    "has_requests": Exists(PartRequest.objects.filter(**_OF_IT)),
    "has_damage": Exists(DiagnosisPhoto.objects.filter(diagnosis__order=OuterRef("pk"))),
    "waits_for_parts": Exists(PartRequest.objects.filter(**_OF_IT, state__in=MISSING)),
    "has_refund": Exists(Refund.objects.filter(payment__bill__order=OuterRef("pk"))),
    "has_labour": Exists(LabourEntry.objects.filter(**_OF_IT)),
    "has_failed": Exists(Inspection.objects.filter(**_OF_IT, result=Result.FAIL)),
    "has_stood_still": Exists(HoldSpan.objects.filter(**_OF_IT)),
    "has_case": Exists(UnclaimedCase.objects.filter(**_OF_IT)),
    # The last exchange or refund that was asked for, and whether somebody has looked at the unit for it.
    "exchange_number": Subquery(ExchangeCase.objects.filter(**_OF_IT).order_by("-pk").values("number")[:1]),
    "exchange_state": Subquery(ExchangeCase.objects.filter(**_OF_IT).order_by("-pk").values("state")[:1]),
    # The law's own note on a repair that waits (TG-10); the paper itself says whether its days are over.
    "may_have_waited": Exists(CoverageDecision.objects.filter(**_OF_IT, rights__icontains="90D_PARTS")),
    "has_appraisal": Exists(ExchangeCase.objects.filter(**_OF_IT, appraised_at__isnull=False)),
    "has_ruling": Exists(workshop.unrepairable_approvals([OuterRef("pk")])),
}
# Asked of the technician and of the machine, who are joined: not in words that are made once.
_MARKS_THAT_JOIN = {
    "has_timer": Exists(
        LabourTimer.objects.filter(**_OF_IT, technician=OuterRef("technician"), stopped_at__isnull=True)
    ),
    # Where the time of its technician runs instead.
    "timer_elsewhere": Subquery(
        LabourTimer.objects.filter(technician=OuterRef("technician"), stopped_at__isnull=True)
        .exclude(order=OuterRef("pk"))
        .values("order__number")[:1]
    ),
    "has_checks": Exists(
        WorkCheckItem.objects.filter(Q(line__isnull=True) | Q(line=OuterRef("appliance__line")), until__isnull=True)
    ),
}


@dataclass(frozen=True)
class Entry:
    """One thing that happened, for the story of an order."""

    at: datetime
    title: str
    who: str = ""
    detail: str = ""
    state: str = ""
    icon: str = "point"


def open_order(request: HttpRequest, number: str) -> WorkOrder:
    """The order of that number, if the one who asks may see it; otherwise there is no such order."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _OPENED.first(actor, number=number)
    if found is None:
        raise Http404
    return found


@cache
def _all_marks() -> Mapping[str, RawSQL]:
    """What there is of an order, where it is and who pays, in words that are made once."""
    return kept.in_words(workorder.as_it_stands(WorkOrder.objects.all()).annotate(**_MARKS))


_OPENED: Prepared[WorkOrder] = Prepared(
    lambda actor, *, number: (
        WorkOrder.objects.visible_to(actor)
        .with_names()
        .annotate(**_all_marks(), **_MARKS_THAT_JOIN)
        .filter(number=number)
        .order_by()
    )
)


def summary(order: WorkOrder) -> dict[str, Any]:
    """What every desk shows of an order beside its own work.

    How it came and what happened to it stand below, and are asked for when somebody looks there: a page of a desk must not
    wait for them.
    """
    return {
        "order": order,
        "symptoms": list(order.symptoms.select_related("code")),
        "whereabouts": workorder.whereabouts(order),
        "coverage": workorder.coverage_of(order),
    }


def dossier(order: WorkOrder) -> dict[str, Any]:
    """All that is known of an order, read only."""
    return summary(order) | {
        "diagnoses": workshop.diagnoses_of(order),
        "quote": workshop.current_quote(order),
        "commitment": workshop.living_commitment(order),
        "requests": _with_availability(order),
        "old_parts": storeroom.old_parts_of(order),
        "labour": workshop.labour_of(order),
        "usages": workshop.usages_of(order),
        "work": workshop.summary_of(order),
        "inspections": quality.inspections_of(order),
        "bill": till.bill_of(order),
        "hand_over": till.hand_over_of(order),
    }


def _with_availability(order: WorkOrder) -> list[PartRequest]:
    """What the job asked for; of what it still waits for, whether it is to be had, in words and without a store's figures."""
    asked = storeroom.requests_of(order)
    for each in asked:
        if each.state in {RequestState.REQUESTED, RequestState.ON_ORDER}:
            each.order = order
            each.availability = storeroom.availability(each)  # type: ignore[attr-defined]
    return asked


def arrival(order: WorkOrder) -> dict[str, Any]:
    """How the appliance came over the counter."""
    return {
        "order": order,
        "check": intake.check_of(order),
        "accessories": intake.accessories_of(order),
        "photos": intake.photos_of(order),
        "sent_photos": intake.sent_photos(order),
        "loans": intake.loans_of(order),
    }


def story(order: WorkOrder) -> list[Entry]:
    """What happened to an order, newest first."""
    steps = [
        Entry(step.at, gettext(step.to_label), who=step.who, icon="arrow-right") for step in workorder.history(order)
    ]
    moves = [
        Entry(
            move.at,
            gettext("Handed to %(holder)s") % {"holder": _holder(order, move.to_held, move.to_holder)},
            who=_holder(order, move.from_held, move.from_holder),
            detail=move.place,
            icon="package",
        )
        for move in order.custody.all()
    ]
    contacts = [
        Entry(
            attempt.at,
            gettext("Contact: %(outcome)s") % {"outcome": word_for(attempt.outcome)},
            who=attempt.actor_name,
            detail=attempt.note,
            icon="phone",
        )
        for attempt in order.contact_attempts.all()
    ]
    return sorted([*steps, *moves, *contacts], key=lambda entry: entry.at, reverse=True)


def _holder(order: WorkOrder, held: str, name: str) -> str:
    """Who has it: the shop by its name in the reader's language, and not as it was called on the day."""
    return order.unit.name if held == Held.IN_SHOP else name


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The whole dossier of an order, for whoever may see it."""
    order = open_order(request, number)
    may = {"may_seal": request.actor.may("dossier.seal", on=order)}  # type: ignore[attr-defined]
    return render(request, "common/order.html", dossier(order) | may)


@require_safe
def came(request: HttpRequest, number: str) -> HttpResponse:
    """How it came, in its place on an order's page; on a page of its own where no script runs."""
    order = open_order(request, number)
    return _part(request, order, "common/order_arrival.html", arrival(order))


@require_safe
def happened(request: HttpRequest, number: str) -> HttpResponse:
    """What happened to it, likewise."""
    order = open_order(request, number)
    return _part(request, order, "common/order_story.html", {"order": order, "entries": story(order)})


@require_safe
def proof(request: HttpRequest, number: str) -> HttpResponse:
    """Who pays for each kind of cost, with every statement that it rests on, and what the customer may have instead."""
    order = open_order(request, number)
    return _part(request, order, "common/order_proof.html", {"order": order, **judged(order)})


@require_safe
def promises(request: HttpRequest, number: str) -> HttpResponse:
    """Every date that was promised, its cause and its proof, and what became of it."""
    order = open_order(request, number)
    return _part(request, order, "common/order_promises.html", {"order": order, **ledger.shown(order)})


def judged(order: WorkOrder) -> dict[str, Any]:
    """Who pays, and what the laws are called by which it was judged."""
    coverage = workorder.coverage_of(order)
    return {
        "coverage": coverage,
        "laws": [pick(names) for names in warranty.laws_in(coverage.version)] if coverage else [],
    }


def _part(request: HttpRequest, order: WorkOrder, template: str, context: dict[str, Any]) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, template, context)
    return render(request, "common/order_part.html", context | {"part": template, "order": order})


@require_safe
def picture(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """A picture or signature of an order."""
    order = open_order(request, number)
    return send_file(order, pk)


def file_of(order: WorkOrder, pk: int) -> Evidence:
    """A picture or signature that belongs to this order; it is shown with its order and in no other way (T05).

    One question for one file: a page asks it again for each of its pictures.
    """
    places: tuple[QuerySet[Any], ...] = (
        IntakePhoto.objects.filter(order=order, evidence=pk),
        IntakeCheck.objects.filter(order=order, signature=pk),
        RequestPhoto.objects.filter(request__order=order, evidence=pk),
        Loan.objects.filter(order=order, signature=pk),
        Quote.objects.filter(order=order, signature=pk),
        PartsCommitment.objects.filter(order=order, signature=pk),
        InspectionPhoto.objects.filter(inspection__order=order, photo=pk),
        DiagnosisPhoto.objects.filter(diagnosis__order=order, photo=pk),
        HandOver.objects.filter(order=order, signature=pk),
        PromiseRevision.objects.filter(Q(signature=pk) | Q(proof=pk), order=order),
        CommitmentRevision.objects.filter(commitment__order=order, signature=pk),
    )
    return get_object_or_404(Evidence, reduce(or_, map(Exists, places)), pk=pk)


def send_file(order: WorkOrder, pk: int) -> FileResponse:
    """A file of this order, and of no other."""
    return sent(file_of(order, pk))


def sent(kept: Evidence) -> FileResponse:
    """A file that whoever asks was found to be allowed to see."""
    response = FileResponse(evidence.open_file(kept), content_type=kept.mime)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
