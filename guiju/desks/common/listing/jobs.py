"""All jobs: the list that every desk of the line opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common import forms
from guiju.desks.common.listing import Act, Choice, Column, Days, Kind, Listing, Tick, Words, choices_of, show
from guiju.desks.common.listing.joined import in_unit, order_url, orders_found, orders_like
from guiju.kernel.actor import Actor
from guiju.line.dispatch import actions as dispatch
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import IS_OPEN, WorkOrder
from guiju.line.workorder.rules import ENDED, HOLD_LABELS, PRIORITY_LABELS, PRIORITY_RANKS, Priority
from guiju.standing.people.models import Person
from guiju.standing.people.queries import people_with

TECHNICIANS_MAX = 300


def _technicians(actor: Actor) -> list[tuple[str, str]]:
    """Those who have jobs that this person may see."""
    rows = Person.objects.visible_to(actor).order_by("name").values_list("pk", "name")
    return [("0", gettext("Nobody")), *((str(pk), name) for pk, name in rows[:TECHNICIANS_MAX])]


def _of_technician(chosen: str, _actor: Actor) -> Q:
    return Q(technician__isnull=True) if chosen == "0" else Q(technician_id=int(chosen))


def _of_priority(chosen: str, _actor: Actor) -> Q:
    # By its rank, behind which an index stands.
    return Q(priority_rank=PRIORITY_RANKS[Priority(chosen)])


class AssignForm(forms.Form):
    """Who does all of them."""

    technician = django_forms.ChoiceField(label=_("Technician"))

    def __init__(self, *sent: Any, rows: Sequence[WorkOrder], actor: Actor) -> None:
        super().__init__(*sent)
        units = {row.unit_id: row.unit for row in rows}
        found = {each.number: each for unit in units.values() for each in people_with("TE", unit, on=unit.day(now()))}
        self._people = found
        field: Any = self.fields["technician"]
        field.choices = [(number, each.name) for number, each in sorted(found.items(), key=lambda one: one[1].name)]

    def clean_technician(self) -> Person:
        """The person of that number."""
        return self._people[self.cleaned_data["technician"]]


class HoldForm(forms.Form):
    """What stops all of them."""

    hold = django_forms.ChoiceField(label=_("What stops the work?"))
    reason = django_forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *sent: Any, rows: Sequence[WorkOrder], actor: Actor) -> None:
        super().__init__(*sent)
        field: Any = self.fields["hold"]
        field.choices = [(str(hold), gettext(word)) for hold, word in HOLD_LABELS.items()]


class PriorityForm(forms.Form):
    """How pressing all of them are."""

    priority = django_forms.ChoiceField(label=_("Priority"))
    reason = django_forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *sent: Any, rows: Sequence[WorkOrder], actor: Actor) -> None:
        super().__init__(*sent)
        field: Any = self.fields["priority"]
        field.choices = [(str(each), gettext(word)) for each, word in PRIORITY_LABELS.items()]


def _phones(order: WorkOrder) -> str:
    return ", ".join(each.e164 for each in order.customer.phones.all()[:2])


def _dressed(rows: Sequence[WorkOrder]) -> None:
    prefetch_related_objects(rows, "customer__phones")


def _machine(order: WorkOrder) -> str:
    return f"{order.appliance.brand.name} {order.appliance.line.name}"


def _is_late(order: WorkOrder) -> bool:
    return order.promised_at is not None and order.promised_at < now() and order.state not in ENDED


JOBS = Listing(
    slug="orders",
    title=_("All jobs"),
    url="orders",
    verbs=("workorder.see",),
    rows=lambda actor: WorkOrder.objects.visible_to(actor).with_names(),
    first="-opened",
    name_of=lambda order: order.number,
    is_personal=True,
    begun=_("There is no job yet."),
    dressed=_dressed,
    late=_is_late,
    columns=(
        Column("number", _("Job"), "number", Kind.NUMBER, url=order_url, is_whole=True),
        Column("state", _("State"), "state", Kind.STATE, machine="order"),
        Column("customer", _("Customer"), "customer.name"),
        Column("phone", _("Telephone"), _phones, Kind.PHONE, is_default=False, verb="customers.see",
               whole=_phones, whole_verb="customers.read_phone"),
        Column("appliance", _("Appliance"), _machine),
        Column("serial", _("Serial"), "appliance.serial", Kind.NUMBER, is_default=False),
        Column("technician", _("Technician"), "technician.name"),
        Column("promised", _("Promised"), "promised_at", Kind.WHEN, sort="promised_at", may_be_empty=True),
        Column("opened", _("Opened"), "opened_at", Kind.WHEN, sort="opened_at"),
        Column("coverage", _("Coverage"), "coverage", Kind.STATE, machine="coverage", is_default=False),
        Column("billing", _("Billing"), "billing", Kind.WORD, machine="billing", is_default=False),
        Column("priority", _("Priority"), "priority", Kind.STATE, machine="priority", sort="priority_rank"),
        Column("mode", _("Mode"), "mode", Kind.WORD, machine="mode", is_default=False),
        Column("hold", _("Stands still because"), "hold", Kind.WORD, machine="hold", is_default=False),
        Column("held", _("Where it is"), "held", Kind.WORD, machine="held", is_default=False),
        Column("shelf", _("Shelf"), "shelf", Kind.NUMBER, is_default=False),
        Column("outcome", _("Outcome"), "outcome", Kind.WORD, machine="outcome", is_default=False),
        Column("received", _("Received"), "received_at", Kind.WHEN, is_default=False),
        Column("ready", _("Ready"), "ready_at", Kind.WHEN, is_default=False),
        Column("delivered", _("Handed over"), "delivered_at", Kind.WHEN, is_default=False),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("q", _("Number, serial, customer"), holds=orders_like, finds=orders_found,
              hint=_("Its beginning, or a whole telephone number")),
        Choice("state", _("State"), column="state", options=choices_of("order"), is_indexed=True),
        Choice("priority", _("Priority"), options=choices_of("priority"), holds=_of_priority, is_indexed=True),
        Choice("technician", _("Technician"), options=_technicians, holds=_of_technician, is_indexed=True),
        Choice("coverage", _("Coverage"), column="coverage", options=choices_of("coverage")),
        Days("opened", _("Opened"), column="opened_at", is_indexed=True),
        Days("promised", _("Promised"), column="promised_at", is_indexed=True),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
        Tick("open", _("Only open jobs"), holds=lambda _actor: IS_OPEN, is_indexed=True),
        Tick("hold", _("Only what stands still"), holds=lambda _actor: ~Q(hold=""), is_indexed=True),
    ),
    acts=(
        Act("assign", _("Assign to a technician"), "dispatch.assign", "user-plus", act=dispatch.assign, form=AssignForm),
        Act("hold", _("Let the work stand still"), "workorder.hold", "player-pause", act=workorder.hold, form=HoldForm),
        Act("priority", _("Set the priority"), "workorder.prioritise", "flag", act=workorder.prioritise, form=PriorityForm),
        Act("release", _("Let the work go on"), "workorder.release_hold", "player-play", act=workorder.release_hold),
    ),
)  # fmt: skip


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Every job that this person may see."""
    return show(request, JOBS)
