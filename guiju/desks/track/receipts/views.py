"""One page for whoever holds a receipt: valid or not, and what each charge is beside the published price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.desks.common.doors import public, sealed
from guiju.desks.common.place import place_of, standing_in
from guiju.kernel import reach, sealing
from guiju.line.cashier import queries
from guiju.line.cashier.models import Bill
from guiju.line.cashier.rules import SealedLine, SealedReceipt
from guiju.standing.people.models import Unit


@dataclass(frozen=True)
class Shown:
    """A line of the receipt, and what it is called."""

    line: SealedLine
    name: str
    # When the customer signed for a price outside the list.
    signed_at: datetime | None = None


@public
@require_safe
@reach.as_house
def check(request: HttpRequest, token: str) -> HttpResponse:
    """What the code says, if its seal holds; else that it does not, and what to do."""
    receipt, found = queries.read_receipt(token), queries.opened_receipt(token)
    if receipt is None or found is None:
        return sealed(render(request, "track/receipt.html", {"receipt": None}, status=422))
    unit = Unit.objects.filter(code=receipt.outlet).first()
    bill = queries.bill_by_number(receipt.bill)
    context = {
        "receipt": receipt, "lines": _named(receipt, bill), "bill": bill, "unit": unit, "token": token,
        "paid_on": date.fromisoformat(receipt.paid_on), "seal": found[1], "signature": found[1].signature.hex(),
        "is_fair": all(line.is_within_the_list for line in receipt.lines),
    }  # fmt: skip
    with standing_in(place_of(unit)):
        return sealed(render(request, "track/receipt.html", context))


def _named(receipt: SealedReceipt, bill: Bill | None) -> list[Shown]:
    """The lines by their names, where we still know them; the seal is under the codes."""
    charged = {(line.code, line.unit_minor): line for line in bill.lines.all()} if bill else {}
    signed = queries.exceptions_on(bill) if bill and not all(line.is_within_the_list for line in receipt.lines) else {}
    shown = []
    for line in receipt.lines:
        ours = charged.get((line.code, line.unit_minor))
        shown.append(Shown(line, ours.description if ours else line.code, signed.get(ours.pk) if ours else None))
    return shown


@public
@require_safe
def text(_request: HttpRequest, token: str) -> HttpResponse:
    """Exactly what the seal is under, for whoever checks it without us."""
    found = queries.opened_receipt(token)
    if found is None:
        raise Http404
    return sealed(HttpResponse(found[0], content_type="text/plain; charset=utf-8"))


@public
@require_safe
@reach.as_house
def keys(_request: HttpRequest) -> HttpResponse:
    """All public keys that were ever used."""
    return HttpResponse(sealing.published(), content_type="text/plain; charset=utf-8")
