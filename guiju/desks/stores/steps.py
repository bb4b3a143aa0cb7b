"""The steps of a part request as a table: which verb, in which states, with which form, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.books.stock import queries as stock
from guiju.books.stock.queries import Lying
from guiju.desks.common import blind
from guiju.desks.common.steps import Step
from guiju.desks.stores.forms import ExpectForm, NoneForm, ReserveForm, TakeBackForm
from guiju.kernel.actor import Actor
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import RequestState

# What is offered in which state; whether this person may is asked of the rights.
OFFERED: Mapping[RequestState, frozenset[str]] = {
    RequestState.REQUESTED: frozenset({"available", "none", "cancel"}),
    RequestState.ON_ORDER: frozenset({"arrived", "expect", "cancel"}),
    RequestState.RESERVED: frozenset({"issue", "cancel"}),
    RequestState.ISSUED: frozenset({"take-back"}),
    RequestState.RETURNED: frozenset(),
    RequestState.CANCELLED: frozenset(),
}
STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("available", "storeroom.answer_available", storeroom.answer_available, _("Reserved for the job."), "reserve"),
        Step("none", "storeroom.answer_none", storeroom.answer_none, _("The technician knows that it is on order."), "none"),
        Step("expect", "storeroom.expect_on", storeroom.expect_on, _("The new date is noted."), "expect"),
        Step("arrived", "storeroom.reserve_arrived", storeroom.reserve_arrived, _("Reserved for the job."), "reserve"),
        Step("issue", "storeroom.issue", storeroom.issue, _("Issued to the job.")),
        Step("take-back", "storeroom.take_back", storeroom.take_back, _("Back on its shelf."), "back"),
        Step("cancel", "storeroom.cancel_request", storeroom.cancel_request, _("Cancelled.")),
    )
}  # fmt: skip


def here(asked: PartRequest, by: Actor) -> list[Lying]:
    """The bins of the job's own outlet in which the part is free."""
    return [
        each
        for each in blind.shown(stock.where_is(asked.part, by=by), by=by)
        if each.bin.store.unit_id == asked.order.unit_id and each.available
    ]


def _expect(asked: PartRequest, _by: Actor, *sent: Any) -> ExpectForm:
    procurement = getattr(asked, "procurement", None)
    known = {"expected_on": procurement.expected_on, "basis": procurement.basis} if procurement else {}
    return ExpectForm(*sent, initial=known, auto_id="expect_%s")


# Each form's ids begin with its name: a page holds many of them.
FORMS: Mapping[str, Callable[..., Any]] = {
    "reserve": lambda asked, by, *sent: ReserveForm(*sent, lying=here(asked, by), auto_id="reserve_%s"),
    "none": lambda _asked, _by, *sent: NoneForm(*sent, auto_id="none_%s"),
    "expect": _expect,
    "back": lambda asked, _by, *sent: TakeBackForm(
        *sent, initial={"quantity": asked.unused_quantity}, auto_id="back_%s"
    ),
}
