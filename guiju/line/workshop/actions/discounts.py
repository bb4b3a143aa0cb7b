"""Taking something off a quote: within the published list always, and above the limit only with the manager's word."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.models import Approval
from guiju.kernel.refusing import Invalid, NotApproved, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import actions as workorder
from guiju.line.workshop.actions.options import as_alternatives, draw_up, option_of
from guiju.line.workshop.events import DiscountAsked, DiscountDecided
from guiju.line.workshop.models import Quote, QuoteOption
from guiju.line.workshop.queries import DISCOUNT_APPROVAL
from guiju.line.workshop.rules import QUOTE_ARROWS, REASON_LENGTH_MIN, DiscountReason, QuoteState, is_large_discount
from guiju.standing.policy import queries as policy


class BelowTheList(Refusal):
    """What is charged stays within the published list (PRC-1)."""

    sentence = N_("With this discount the quote is below the published list. At most %(most)s can be taken off.")
    field = "discount_minor"
    status = 422


class NotOpenForDiscount(Refusal):
    """An answered quote is what the customer agreed to."""

    sentence = N_("Only a quote that the customer has not answered can be discounted.")


class DiscountNotApproved(NotApproved):
    """More than the counter may take off on its own."""

    sentence = N_("A discount of more than %(percent)s %% waits for the outlet manager's approval.")


class DiscountOverTheLimit(Refusal):
    """The one who approves may not approve so much (5.3)."""

    sentence = N_("You may approve discounts up to %(limit)s. Somebody with a higher limit has to approve this one.")


def discount_quote(
    quote: Quote,
    *,
    discount_minor: int,
    reason: str,
    code: DiscountReason | None = None,
    option: int | None = None,
    by: Actor,
    at: datetime,
) -> Quote:
    """Take something off a quote; one that was sent already becomes a new version, which is sent anew.

    discount_minor  off the sum of the option's lines, in minor units of the quote's currency; 0 takes a discount back
    code            by which discounts are counted, named by whoever takes something off; the reason says it in words
    option          its place; the first one unless told otherwise
    raises          NotOpenForDiscount, BelowTheList, Invalid
    source          3.4, `quote.discount_limit`, PRC-1
    """
    with doing("workshop.discount_quote", on=quote.order, by=by, at=at, discount_minor=discount_minor) as deed:
        quote.order = workorder.lock(quote.order)
        quote = _still_open(quote)
        place = option_of(quote, option or quote.place).place
        _plausible(quote, place, discount_minor, reason, code)
        if quote.state == QuoteState.ISSUED:
            quote = _anew(quote, deed, at)
        _take_off(quote, place, discount_minor, reason, code)
        deed.note(
            quote=quote.number, total_minor=quote.total_minor, reason=quote.discount_reason, code=quote.discount_code
        )
        if _needs_manager(quote, at):
            approval.ask(DISCOUNT_APPROVAL, quote, _content(quote), by=by, at=at, deed=deed)
            deed.tell(DiscountAsked(quote.order_id, quote.order.number, quote.pk, discount_minor, quote.currency))
    return quote


def approve_discount(quote: Quote, *, by: Actor, at: datetime) -> Approval:
    """Allow the discount that was asked for, as somebody else than who asked.

    raises  NothingAsked, DiscountOverTheLimit, NotApproved where the quote has changed, approval's SamePerson
    source  3.4 "OM approve discounts", 5.3, 5.4
    """
    with doing("workshop.approve_discount", on=quote.order, by=by, at=at) as deed:
        workorder.lock(quote.order)
        quote = Quote.objects.select_for_update().get(pk=quote.pk)
        asked = approval.waiting(DISCOUNT_APPROVAL, quote)
        limit = policy.figure(f"limit.goodwill.{deed.role}", unit=quote.order.unit, on=quote.order.unit.day(at)).value
        if limit is not None and max(quote.options.values_list("discount_minor", flat=True)) > limit:
            raise DiscountOverTheLimit(limit=workorder.money(quote.order, limit))
        approval.grant(asked, content=_content(quote), by=by, at=at)
        deed.tell(DiscountDecided(quote.order_id, quote.order.number, quote.pk, granted=True))
    return asked


def reject_discount(quote: Quote, *, reason: str, by: Actor, at: datetime) -> Approval:
    """Refuse the discount that was asked for, and say why; the counter takes less off, or nothing.

    raises  NothingAsked, Invalid, approval's SamePerson
    """
    with doing("workshop.reject_discount", on=quote.order, by=by, at=at) as deed:
        workorder.lock(quote.order)
        asked = approval.waiting(DISCOUNT_APPROVAL, quote)
        _said_why(reason)
        approval.reject(asked, reason=reason.strip(), by=by, at=at)
        deed.tell(DiscountDecided(quote.order_id, quote.order.number, quote.pk, granted=False))
    return asked


def refuse_unapproved(quote: Quote, at: datetime) -> None:
    """Refuse to send a quote whose discount waits for the manager, or was refused.

    raises  DiscountNotApproved
    """
    if not _needs_manager(quote, at):
        return
    try:
        approval.require(DISCOUNT_APPROVAL, quote, _content(quote))
    except NotApproved:
        raise DiscountNotApproved(percent=_limit(quote, at)) from None


def _still_open(quote: Quote) -> Quote:
    locked = Quote.objects.select_for_update().get(pk=quote.pk)
    if locked.state not in {QuoteState.DRAFT, QuoteState.ISSUED}:
        raise NotOpenForDiscount
    locked.order = quote.order
    return locked


def _plausible(quote: Quote, place: int, discount_minor: int, reason: str, code: DiscountReason | None) -> None:
    """Something, for a reason, and not so much that a published price would be undercut."""
    if discount_minor < 0:
        raise Invalid(Sentence(N_("A discount takes something off.")), field="discount_minor")
    if discount_minor:
        if code is None:
            raise Invalid(Sentence(N_("Choose why something is taken off.")), field="code")
        _said_why(reason)
    most = sum(line.amount_minor - line.least_minor for line in quote.lines_of(place))
    if discount_minor > most:
        raise BelowTheList(most=workorder.money(quote.order, most))


def _take_off(quote: Quote, place: int, discount_minor: int, reason: str, code: DiscountReason | None) -> None:
    option = quote.options.get(place=place)
    total = option.total_minor + option.discount_minor - discount_minor
    off = {"total_minor": total, "discount_minor": discount_minor, "deposit_minor": min(option.deposit_minor, total)}
    QuoteOption.objects.filter(pk=option.pk).update(**off)
    some = discount_minor or quote.options.filter(discount_minor__gt=0).exists()
    changes: dict[str, Any] = {"discount_reason": reason.strip() or quote.discount_reason if some else ""}
    changes["discount_code"] = (str(code) if discount_minor and code else quote.discount_code) if some else ""
    if place == quote.place:
        changes |= off
    Quote.objects.filter(pk=quote.pk).update(**changes)
    for name, value in changes.items():
        setattr(quote, name, value)


def _said_why(reason: str) -> None:
    if len(reason.strip()) < REASON_LENGTH_MIN:
        raise Invalid(Sentence(N_("Give a reason of at least five letters.")), field="reason")


def _anew(sent: Quote, deed: Deed, at: datetime) -> Quote:
    """The same options as the next version: what was sent to the customer never changes."""
    alternatives = as_alternatives(sent)
    advance(sent, to=QuoteState.SUPERSEDED, arrows=QUOTE_ARROWS, by=deed.by, at=at, deed=deed)
    # What waits for an answer, or is a draft, is the last one there is.
    return draw_up(
        sent.order,
        alternatives,
        deed,
        at,
        after=sent.version,
        discount_reason=sent.discount_reason,
        discount_code=sent.discount_code,
    )


def _needs_manager(quote: Quote, at: datetime) -> bool:
    limit = _limit(quote, at)
    return any(
        is_large_discount(off, of_minor=total + off, limit_percent=limit)
        for off, total in quote.options.values_list("discount_minor", "total_minor")
    )


def _limit(quote: Quote, at: datetime) -> Decimal:
    on = quote.order.unit.day(at)
    limit: Decimal = policy.figure("quote.discount_limit", unit=quote.order.unit, on=on).value
    return limit


def _content(quote: Quote) -> dict[str, object]:
    """What the manager sees and grants, to the letter."""
    return {
        "quote": quote.number,
        "discount_minor": quote.discount_minor,
        "total_minor": quote.total_minor,
        "currency": quote.currency,
        "reason": quote.discount_reason,
        "code": quote.discount_code,
        "options": [
            list(each) for each in quote.options.order_by("place").values_list("place", "discount_minor", "total_minor")
        ],
    }
