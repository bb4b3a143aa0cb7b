"""The cards of customers and appliances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common.perform import perform
from guiju.desks.reception.forms.cards import ApplianceForm, NewcomerForm, PhoneForm
from guiju.desks.reception.guard import needs
from guiju.kernel.actor import Actor
from guiju.line.telephone.models import Call
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ENDED
from guiju.standing.catalogue import actions as catalogue_book
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Appliance
from guiju.standing.catalogue.queries import FoundAppliance
from guiju.standing.customers import actions as customers_book
from guiju.standing.customers import queries as customers
from guiju.standing.customers.models import Customer
from guiju.standing.warranty import queries as warranty

JOBS_SHOWN_MOST = 50


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_http_methods(["GET", "HEAD", "POST"])
@needs("customers.enrol")
def new_customer(request: HttpRequest) -> HttpResponse:
    """A new customer and the appliance, in one go; on to the job."""
    actor, unit = _actor(request), request.unit  # type: ignore[attr-defined]
    form = NewcomerForm(request.POST or None, initial={"phone": _number_asked(request)})

    def enter(_typed: Any) -> dict[str, int]:
        about_customer, about_appliance = form.cards()
        at = timezone.now()
        with transaction.atomic():
            phone = about_customer.pop("phone")
            customer = customers_book.enrol(unit=unit, phones=[phone], **about_customer, by=actor, at=at)
            if form.is_card_only:
                return {"customer": customer.pk}
            machine = catalogue_book.register_appliance(
                unit=unit, customer=customer, **about_appliance, by=actor, at=at
            )
        return {"customer": customer.pk, "appliance": machine.pk}

    if request.method == "POST":
        done = perform(request, form, enter)
        if done and "appliance" in done.answer:
            return redirect("reception:take_in", done.answer["appliance"])
        if done:
            messages.success(request, _("The card of the customer is made."))
            return redirect("reception:customer", done.answer["customer"])
    known = customers.find(str(form.data.get("phone", "")), by=actor, most=3) if "phone" in form.errors else []
    return render(
        request, "reception/new_customer.html", {"form": form, "known": known}, status=422 if form.errors else 200
    )


def _number_asked(request: HttpRequest) -> str:
    """The number that the address brings along, or that of the call which it names: a number is no part of a link (G-6)."""
    key = request.GET.get("call", "")
    if not key.isascii() or not key.isdigit():
        return request.GET.get("phone", "")
    call = Call.objects.visible_to(_actor(request)).filter(pk=int(key[:18])).first()
    return call.phone if call is not None else ""


@require_safe
@needs("customers.see")
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """A customer's card: numbers masked, the appliances, the jobs."""
    return _show_customer(request, _customer(request, pk), PhoneForm())


@require_POST
@needs("customers.read_phone")
def read_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole numbers this once; who read them is written down."""
    found = _customer(request, pk)
    done = perform(request, None, lambda _: customers_book.read_phone(found, by=_actor(request), at=timezone.now()))
    return _show_customer(request, found, PhoneForm(), numbers=done.answer or [])


@require_POST
@needs("customers.add_phone")
def add_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one more number on the card."""
    found = _customer(request, pk)
    form = PhoneForm(request.POST)
    actor, at = _actor(request), timezone.now()
    if perform(request, form, lambda data: customers_book.add_phone(found, phone=data["phone"], by=actor, at=at)):
        messages.success(request, _("The number stands on the card."))
        return redirect("reception:customer", found.pk)
    return _show_customer(request, found, form)


def _customer(request: HttpRequest, pk: int) -> Customer:
    return get_object_or_404(Customer.objects.visible_to(_actor(request)).select_related("unit"), pk=pk)


@dataclass(frozen=True)
class Brought:
    """A machine on its owner's card: the job on which it is, or the key that begins one."""

    machine: FoundAppliance
    order: WorkOrder | None
    key: str


def brought(machines: Iterable[FoundAppliance], jobs: Iterable[WorkOrder]) -> list[Brought]:
    """The first machine that can be taken in is begun by `o`, the others by the digits from 2."""
    standing = {job.appliance_id: job for job in jobs if job.state not in ENDED}
    keys = iter("o23456789")
    rows = []
    for each in machines:
        order = standing.get(each.appliance_id)
        rows.append(Brought(each, order, "" if order else next(keys, "")))
    return rows


def _show_customer(
    request: HttpRequest, found: Customer, form: PhoneForm, *, numbers: list[str] | None = None
) -> HttpResponse:
    actor = _actor(request)
    jobs = list(
        WorkOrder.objects.visible_to(actor).with_names().filter(customer=found).order_by("-pk")[:JOBS_SHOWN_MOST]
    )
    machines = Appliance.objects.visible_to(actor).filter(customer=found)
    context = {
        "customer": found,
        "card": customers.card(found),
        "numbers": numbers or [],
        "jobs": jobs,
        "machines": brought(catalogue.shown(machines), jobs),
        "form": form,
        "may_take_in": actor.may("intake.register", on=found),
        "may_read": actor.may("customers.read_phone", on=found),
        "may_change": actor.may("customers.change", on=found),
    }
    return render(request, "reception/customer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("catalogue.register_appliance")
def new_appliance(request: HttpRequest, pk: int) -> HttpResponse:
    """Another appliance of a customer whom we know; on to the job."""
    owner = _customer(request, pk)
    form = ApplianceForm(request.POST or None, initial={"serial": request.GET.get("serial", "")})
    actor, at = _actor(request), timezone.now()
    if request.method == "POST":
        done = perform(
            request, form,
            lambda data: catalogue_book.register_appliance(unit=owner.unit, customer=owner, **data, by=actor, at=at).pk,
        )  # fmt: skip
        if done:
            return redirect("reception:take_in", done.answer)
    status = 422 if form.errors else 200
    return render(request, "reception/new_appliance.html", {"form": form, "customer": owner}, status=status)


@require_safe
@needs("catalogue.see")
def appliance(request: HttpRequest, pk: int) -> HttpResponse:
    """An appliance with everything that was done to it, and who would pay today."""
    actor = _actor(request)
    rows = Appliance.objects.visible_to(actor).select_related("unit", "brand", "line", "model", "customer")
    machine = get_object_or_404(rows, pk=pk)
    # Of a job its number is said here, and what was wrong: to join all its names took PostgreSQL longer to plan than to do.
    jobs = list(WorkOrder.objects.visible_to(actor).filter(appliance=machine).order_by("-pk")[:JOBS_SHOWN_MOST])
    knows_customer = machine.customer is not None and actor.may("customers.see", on=machine.customer)
    considered = warranty.consider(machine, on=machine.unit.day(timezone.now()))
    context = {
        "appliance": machine,
        "knows_customer": knows_customer,
        "jobs": jobs,
        # The latest, if any: a machine on an open job is taken in for no other.
        "standing": next((job for job in jobs if job.state not in ENDED), None),
        "past": catalogue.history(machine, by=actor),
        "verdict": considered.verdict,
        "rights": considered.rights,
        "may_take_in": knows_customer and actor.may("intake.register", on=machine),
    }
    return render(request, "reception/appliance.html", context)
