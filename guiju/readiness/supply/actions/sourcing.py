"""How a supplier is found: asked by value, for one store or many, compared, and chosen with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.amounts import MINOR_MAX
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply import queries
from guiju.readiness.supply.actions import requests as asking
from guiju.readiness.supply.actions.suppliers import buyers_unit, lock_active
from guiju.readiness.supply.events import PurchaseAwarded
from guiju.readiness.supply.models import (
    PurchaseRequest,
    QuoteLine,
    RequestLine,
    Sourcing,
    Supplier,
    SupplierQuote,
)
from guiju.readiness.supply.rules import (
    HANDS,
    REQUEST_ARROWS,
    REQUEST_LABELS,
    SOURCING_ARROWS,
    SOURCING_LABELS,
    Method,
    RequestState,
    SourcingState,
    method_for,
    quotes_needed,
)
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


class NotOnePurchase(Refusal):
    """Requests are pooled when they are of one kind: all in one currency, all at leisure or all at once."""

    sentence = N_("These requests cannot be bought together: another currency, or one of them is an emergency.")
    field = "requests"


class HadAHand(Refusal):
    """Whoever asked or approved does not buy (5.4)."""

    sentence = N_("You asked for %(number)s or approved it. Somebody else has to buy it.")
    field = "requests"


class OfferedAlready(Refusal):
    """A quote is given once (4.9)."""

    sentence = N_("This supplier has made its offer already; an offer is given once.")
    field = "supplier"


class NoPrice(Refusal):
    """An offer is for all of it."""

    sentence = N_("There is no price of this supplier for %(name)s.")
    field = "prices"


class TenderClosed(Refusal):
    """After the hour nobody offers any more."""

    sentence = N_("The tender has closed.")


class TenderOpen(Refusal):
    """Before the hour nobody looks."""

    sentence = N_("The tender closes at %(when)s; nothing is awarded before.")


class TooFewQuotes(Refusal):
    """Three are compared, or somebody else says why fewer must do (PUR-7)."""

    sentence = N_("%(needed)s valid offers are needed, and there are %(there)s.")


class QuoteExpired(Refusal):
    """What is offered until Friday is not taken on Saturday."""

    sentence = N_("This offer was valid until %(until)s.")


class NotTheCheapest(Refusal):
    """A dearer offer may be the better one, for a reason."""

    sentence = N_("There is a cheaper offer. Say why this one is chosen.")
    field = "reason"


class YourOwnException(Refusal):
    """Whoever buys does not except themself."""

    sentence = N_("You are the buyer. Somebody else has to allow that fewer offers do.")


def source(
    requests: Sequence[PurchaseRequest], *, unit: Unit, closes_at: datetime | None = None, by: Actor, at: datetime
) -> Sourcing:
    """Look for a supplier, for one approved request or for those of several stores together.

    unit        the buyer's: its own requests and those of the units under it; what is bought centrally needs the head office
    closes_at   for a tender: until then offers come in
    raises      WrongState, NotOnePurchase, CentralOnly, HadAHand, Invalid
    source      `pur.method_table`, S2-46, J07
    """
    with doing("supply.source", unit_id=unit.pk, by=by, at=at) as deed:
        rows = [asking.lock(each) for each in sorted(requests, key=lambda each: each.pk)]
        if not rows:
            raise Invalid(Sentence(N_("Choose what to buy.")), field="requests")
        lines = list(
            RequestLine.objects.filter(request__in=rows, withdrawn_at__isnull=True)
            .select_related("part")
            .order_by("pk")
        )
        _refuse_odd(rows, lines, unit, deed)
        weight = max(sum(each.amount_minor for each in lines), *(each.weight_minor or 0 for each in rows), 0)
        method = _method(weight, rows, unit, deed)
        if method is Method.TENDER and (closes_at is None or closes_at <= at):
            raise Invalid(Sentence(N_("Say until when offers for the tender may come.")), field="closes_at")
        found = Sourcing.objects.create(
            number=next_number("SO", unit.code, unit.day(at)), unit=unit, method=method, weight_minor=weight,
            currency=rows[0].currency, quotes_needed=quotes_needed(method), buyer_id=by.natural_person_id, opened_at=at,
            closes_at=closes_at if method is Method.TENDER else None,
        )  # fmt: skip
        begin(found, by=by, at=at, deed=deed)
        for row in rows:
            _step(row, RequestState.SOURCING, deed, sourcing=found)
        deed.about(found)
        deed.note(method=str(method), weight_minor=weight, requests=[row.number for row in rows])
    return found


def take_quote(
    sourcing: Sourcing,
    *,
    supplier: Supplier,
    valid_until: date,
    basis: str,
    prices: Mapping[int, int] | None = None,
    lead_days: int | None = None,
    terms: str = "",
    by: Actor,
    at: datetime,
) -> SupplierQuote:
    """Write down what a supplier offers for all of it; once, and it is never changed.

    prices      for one, by the key of the requested line, in minor units; None takes the supplier's prices in force
    lead_days   None takes the longest of those prices
    raises      WrongState, OfferedAlready, NoPrice, TenderClosed, SupplierNotInUse, Invalid
    source      PUR-7, 4.9 "one unchangeable quote"
    """
    with doing("supply.take_quote", on=sourcing, by=by, at=at, supplier=supplier.code) as deed:
        sourcing = _lock_open(sourcing)
        supplier = lock_active(supplier)
        if sourcing.closes_at is not None and at >= sourcing.closes_at:
            raise TenderClosed
        if not basis.strip():
            raise Invalid(Sentence(N_("Say where this offer is from.")), field="basis")
        if valid_until < sourcing.unit.day(at):
            raise Invalid(Sentence(N_("This offer is no longer valid.")), field="valid_until")
        lines = queries.lines_of(sourcing)
        priced = _priced(sourcing, lines, supplier, prices, sourcing.unit.day(at))
        total = sum(line.quantity * price for line, price, _lead in priced)
        if total > MINOR_MAX:
            raise Invalid(Sentence(N_("Give a price above nothing.")), field="prices")
        with refusing(a_supplier_offers_once=OfferedAlready):
            quote = SupplierQuote.objects.create(
                sourcing=sourcing, supplier=supplier, total_minor=total, terms=terms.strip(), valid_until=valid_until,
                lead_days=max(lead for _line, _price, lead in priced) if lead_days is None else lead_days,
                basis=basis.strip(), taken_by_id=by.natural_person_id, taken_at=at,
            )  # fmt: skip
        QuoteLine.objects.bulk_create(
            [QuoteLine(quote=quote, line=line, price_minor=price) for line, price, _ in priced]
        )
        deed.note(total_minor=total)
    return quote


def ask_exception(sourcing: Sourcing, *, reason: str, by: Actor, at: datetime) -> Sourcing:
    """Say why fewer offers must do than the method asks for; somebody else has to allow it.

    raises   WrongState, Invalid
    source   PUR-7
    """
    with doing("supply.ask_exception", on=sourcing, by=by, at=at, reason=reason):
        sourcing = _lock_open(sourcing)
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        if sourcing.excepted_by_id is not None:
            raise Invalid(Sentence(N_("This was allowed already.")), field="reason")
        Sourcing.objects.filter(pk=sourcing.pk).update(exception=reason.strip()[:400])
        sourcing.exception = reason.strip()[:400]
    return sourcing


def grant_exception(sourcing: Sourcing, *, by: Actor, at: datetime) -> Sourcing:
    """Allow that fewer offers do, for the reason that the buyer gave.

    raises   WrongState, Invalid where nobody asked, YourOwnException
    """
    with doing("supply.grant_exception", on=sourcing, by=by, at=at) as deed:
        sourcing = _lock_open(sourcing)
        if not sourcing.exception:
            raise Invalid(Sentence(N_("Nobody has asked for an exception here.")))
        with refusing(an_exception_is_made_by_another_person=YourOwnException):
            Sourcing.objects.filter(pk=sourcing.pk).update(excepted_by_id=by.natural_person_id, excepted_at=at)
        sourcing.excepted_by_id, sourcing.excepted_at = by.person_id, at
        deed.note(reason=sourcing.exception)
    return sourcing


def award(quote: SupplierQuote, *, reason: str = "", by: Actor, at: datetime) -> Sourcing:
    """Choose an offer: the cheapest that is valid, or a dearer one for a reason.

    raises   WrongState, TooFewQuotes, QuoteExpired, NotTheCheapest, TenderOpen, SupplierNotInUse
    source   3.8, PUR-7, S2-48
    """
    with doing("supply.award", on=quote.sourcing, by=by, at=at, supplier=quote.supplier.code, reason=reason) as deed:
        sourcing = _lock_open(quote.sourcing)
        lock_active(quote.supplier)
        today = sourcing.unit.day(at)
        if sourcing.closes_at is not None and at < sourcing.closes_at:
            raise TenderOpen(when=sourcing.closes_at)
        valid = [each for each in sourcing.quotes.all() if each.valid_until >= today]
        if quote.valid_until < today:
            raise QuoteExpired(until=quote.valid_until)
        if len(valid) < sourcing.quotes_needed and sourcing.excepted_by_id is None:
            raise TooFewQuotes(needed=sourcing.quotes_needed, there=len(valid))
        is_cheapest = quote.total_minor <= min(each.total_minor for each in valid)
        if not is_cheapest and not reason.strip():
            raise NotTheCheapest
        advance(
            sourcing, to=SourcingState.AWARDED, arrows=SOURCING_ARROWS, labels=SOURCING_LABELS, by=by, at=at, deed=deed,
            awarded_to=quote, awarded_at=at, awarded_on=today, reason=reason.strip() or "CHEAPEST",
        )  # fmt: skip
        for row in PurchaseRequest.objects.filter(sourcing=sourcing, state=RequestState.SOURCING).order_by("pk"):
            _step(row, RequestState.AWARDED, deed)
        deed.tell(PurchaseAwarded(sourcing.pk, sourcing.number, quote.supplier_id))
    return sourcing


def abandon_sourcing(sourcing: Sourcing, *, reason: str, by: Actor, at: datetime) -> Sourcing:
    """Give up this search: what was approved can be sourced anew.

    raises   WrongState, Invalid
    """
    with doing("supply.abandon_sourcing", on=sourcing, by=by, at=at, reason=reason) as deed:
        sourcing = _lock_open(sourcing)
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why.")), field="reason")
        advance(
            sourcing, to=SourcingState.ABANDONED, arrows=SOURCING_ARROWS, labels=SOURCING_LABELS, by=by, at=at, deed=deed,
            reason=reason.strip()[:400],
        )  # fmt: skip
        for row in PurchaseRequest.objects.filter(sourcing=sourcing, state=RequestState.SOURCING).order_by("pk"):
            _step(row, RequestState.APPROVED, deed)
    return sourcing


def _step(row: PurchaseRequest, to: RequestState, deed: Deed, **also: Any) -> None:
    advance(row, to=to, arrows=REQUEST_ARROWS, labels=REQUEST_LABELS, by=deed.by, at=deed.at, deed=deed, **also)


def _lock_open(sourcing: Sourcing) -> Sourcing:
    """Lock a sourcing in which offers still come in.

    raises   SourcingClosed
    """
    row = Sourcing.objects.select_for_update(of=("self",)).select_related("unit").get(pk=sourcing.pk)
    if row.state != SourcingState.OPEN:
        raise SourcingClosed
    return row


class SourcingClosed(Refusal):
    """A supplier was chosen, or the search was given up."""

    sentence = N_("This search for a supplier is over.")


def _refuse_odd(rows: Sequence[PurchaseRequest], lines: Sequence[RequestLine], unit: Unit, deed: Deed) -> None:
    if len({(row.currency, row.is_emergency) for row in rows}) > 1:
        raise NotOnePurchase
    person = deed.by.natural_person_id
    for row in rows:
        # Whoever buys for the brand reaches every unit; whoever buys for an outlet, that one.
        if not deed.by.may("supply.source", unit_id=row.unit_id) or not (row.unit.path or "").startswith(unit.path):
            raise NotAllowed
        if row.people_min >= HANDS and person in {row.requested_by_id, row.decided_by_id}:
            raise HadAHand(number=row.number)
    for line in lines:
        if line.asked_by_id == person and next(row for row in rows if row.pk == line.request_id).people_min >= HANDS:
            raise HadAHand(number=next(row.number for row in rows if row.pk == line.request_id))
    buyers_unit(unit, [line.part for line in lines if line.part is not None])


def _method(weight: int, rows: Sequence[PurchaseRequest], unit: Unit, deed: Deed) -> Method:
    keys = ["pur.three_quotes_from", "pur.tender_above"]
    figures = policy.figures(keys, unit=unit, on=unit.day(deed.at))
    three, tender = (figures[key].value for key in keys)
    return method_for(weight, three_quotes_from=three, tender_above=tender, is_emergency=rows[0].is_emergency)


def _priced(
    sourcing: Sourcing, lines: Sequence[RequestLine], supplier: Supplier, prices: Mapping[int, int] | None, on: date
) -> list[tuple[RequestLine, int, int]]:
    """Each line with what one costs, and in how many days it comes."""
    priced = []
    for line in lines:
        if prices is not None:
            price, lead = prices.get(line.pk, 0), 0
        else:
            offer = queries.price_of(supplier, line.part, currency=sourcing.currency, on=on) if line.part else None
            price, lead = (offer.price_minor, offer.lead_days) if offer is not None else (0, 0)
        if not 0 < price <= MINOR_MAX:
            raise NoPrice(name=line.name)
        priced.append((line, price, lead))
    return priced
