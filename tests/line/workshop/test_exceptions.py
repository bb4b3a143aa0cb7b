"""No line outside the list without the network manager's exception and the customer's own signature on that very line (EX-10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from guiju.kernel.actor import Actor
from guiju.kernel.approval import NothingAsked
from guiju.kernel.refusing import Invalid, NotAllowed, NotApproved
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries as till
from guiju.line.cashier.models import BillLine
from guiju.line.cashier.rules import SealedLine
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries, rules
from guiju.line.workshop.actions import consent, drafting, exceptions
from guiju.line.workshop.models import PriceException, Quote, QuoteLine
from guiju.line.workshop.rules import Consent, ExceptionReason
from guiju.standing.catalogue.models import FaultCode
from guiju.standing.policy import actions as policy
from tests.line import stages
from tests.line.cast_line import COMPRESSOR, LABOUR, Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DEAR = 70000
WHY = "The maker asks 650 for this compressor since October"


def asked(shop: Shop, order: WorkOrder, *, unit_minor: int = DEAR, **thing: Any) -> PriceException:
    """The technician asks for a price outside the list."""
    return workshop.ask_exception(
        order, **(thing or {"part": shop.compressor}), unit_minor=unit_minor, reason=ExceptionReason.PRICE_ROSE, note=WHY,
        by=shop.actor("chen"), at=shop.later(),
    )  # fmt: skip


def quoted(shop: Shop, order: WorkOrder, *offers: workshop.Offer) -> Quote:
    """A quote with these lines, sent to the customer."""
    draft = workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    workshop.issue_quote(draft, by=shop.reception, at=shop.later())
    return Quote.objects.select_related("order").get(pk=draft.pk)


@pytest.mark.shows("EX-10", "S1-41", "PRC-1", "C03")
def test_a_price_above_the_list_needs_the_network_managers_exception_and_the_customers_own_signature(
    shop: Shop,
) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    chen, nie, customer = shop.actor("chen"), shop.actor("nie"), Actor.customer(order.pk, order.unit_id, "Liang Ming")
    dear = workshop.Offer(part=shop.compressor, unit_minor=DEAR)
    told_apart = {"service_hours": 8, "by": chen}

    # The list says 380 to 620. Chen quotes 700: refused.
    with pytest.raises(drafting.OutsideTheList) as refused:
        workshop.draft_quote(order, offers=[dear], at=shop.later(), **told_apart)  # type: ignore[arg-type]
    assert refused.value.status == 422
    # He asks for it, with his reason. Asked is not granted.
    exception = asked(shop, order)
    with pytest.raises(drafting.OutsideTheList):
        workshop.draft_quote(order, offers=[dear], at=shop.later(), **told_apart)  # type: ignore[arg-type]
    # Neither the outlet's manager nor finance may grant it; the network manager does.
    for name in ("ma", "xu", "chen", "lin"):
        with pytest.raises(NotAllowed):
            workshop.approve_exception(exception, by=shop.actor(name), at=shop.later())
    workshop.approve_exception(exception, by=nie, at=shop.later())
    # For this price and no other.
    with pytest.raises(drafting.OutsideTheList):
        quoted(shop, order, workshop.Offer(part=shop.compressor, unit_minor=DEAR + 1))
    quote = quoted(shop, order, workshop.Offer(item=shop.labour), dear)
    (line,) = queries.unsigned_lines(quote)
    # A signature under the whole quote is not one on this line, and a code or a recorded call is none at all.
    for how in (
        {"how": Consent.SIGNATURE, "signature": shop.a_signature()},
        {"how": Consent.RECORDED, "note": "Call 17"},
    ):
        with pytest.raises(exceptions.LineUnsigned, match="COMP-1 costs"):
            workshop.approve_quote(quote, by=customer, at=shop.later(), **how)  # type: ignore[arg-type]
    workshop.sign_line(line, signature=shop.a_signature(), by=customer, at=shop.later())
    with pytest.raises(exceptions.SignedAlready):
        workshop.sign_line(line, signature=shop.a_signature(), by=customer, at=shop.later())
    workshop.approve_quote(quote, how=Consent.SIGNATURE, signature=shop.a_signature(), by=customer, at=shop.later())
    assert fresh(order).state == State.APPROVED
    assert [each["granted"] for each in told("workshop.ExceptionDecided")] == [True]


@pytest.mark.shows("S1-41", "PRC-1")
def test_the_bill_and_the_sealed_receipt_show_the_list_beside_the_signed_price(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    workshop.approve_exception(asked(shop, order), by=shop.actor("nie"), at=shop.later())
    quote = quoted(shop, order, workshop.Offer(part=shop.compressor, unit_minor=DEAR))
    line = quote.lines.select_related("quote__order", "part", "item").get()
    workshop.sign_line(line, signature=shop.a_signature(), by=shop.reception, at=shop.later())
    workshop.approve_quote(
        quote, how=Consent.SIGNATURE, signature=shop.a_signature(), by=shop.reception, at=shop.later()
    )
    ready = stages.ready_after_approval(shop, order)
    bill = cashier.draw_bill(ready, by=shop.actor("cai"), at=shop.later())
    charged = BillLine.objects.get(bill=bill)
    assert (charged.list_min_minor, charged.list_max_minor, charged.unit_minor) == (38000, 62000, DEAR)
    assert till.exceptions_on(bill) == {charged.pk: queries.signed_at(line)}
    assert not SealedLine("COMP-1", 1, DEAR, DEAR, 38000, 62000).is_within_the_list
    with pytest.raises(IntegrityError, match="a_charged_price_is_in_the_published_range"), transaction.atomic():
        BillLine.objects.create(
            bill=bill, kind="PART", part=shop.compressor, quantity=1, unit_minor=DEAR, amount_minor=DEAR,
            list_min_minor=38000, list_max_minor=62000,
        )  # fmt: skip


@pytest.mark.shows("PRC-1", "PRC-4")
def test_what_the_list_does_not_name_is_charged_by_the_same_way_only(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    item = shop._item("CLEAN-X", "OTHER", standard_minutes=10, service_hours=1)
    with pytest.raises(drafting.NotListed):
        quoted(shop, order, workshop.Offer(item=item, unit_minor=3000))
    workshop.approve_exception(asked(shop, order, item=item, unit_minor=3000), by=shop.actor("nie"), at=shop.later())
    quote = quoted(
        shop, order, workshop.Offer(item=shop.labour), workshop.Offer(item=item, unit_minor=3000, is_optional=True)
    )
    line = quote.lines.get(item=item)
    assert (line.is_listed, line.list_max_minor) == (False, 0)
    # Left out, it needs no signature.
    workshop.approve_quote(
        quote,
        how=Consent.SIGNATURE,
        declined=[line.pk],
        signature=shop.a_signature(),
        by=shop.reception,
        at=shop.later(),
    )


def test_an_exception_is_asked_with_a_reason_and_only_for_what_the_list_does_not_allow(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    with pytest.raises(exceptions.WithinTheList):
        asked(shop, order, unit_minor=62000)
    with pytest.raises(Invalid) as nothing:
        asked(shop, order, unit_minor=0)
    assert nothing.value.field == "unit_minor"
    who: dict[str, Any] = {"unit_minor": DEAR, "reason": ExceptionReason.PRICE_ROSE, "by": shop.actor("chen")}
    with pytest.raises(Invalid) as silent:
        workshop.ask_exception(order, part=shop.compressor, note=" no ", at=shop.later(), **who)
    assert silent.value.field == "note"
    with pytest.raises(Invalid):
        workshop.ask_exception(order, note=WHY, at=shop.later(), **who)
    exception = asked(shop, order)
    nie = shop.actor("nie")
    with pytest.raises(Invalid):
        workshop.reject_exception(exception, reason="no", by=nie, at=shop.later())
    workshop.reject_exception(exception, reason="Order it from the other maker", by=nie, at=shop.later())
    for again in (workshop.approve_exception, workshop.reject_exception):
        with pytest.raises((NothingAsked, NotApproved)):
            again(
                exception,
                by=nie,
                at=shop.later(),
                **({} if again is workshop.approve_exception else {"reason": "Once more"}),
            )
    with pytest.raises(drafting.OutsideTheList):
        quoted(shop, order, workshop.Offer(part=shop.compressor, unit_minor=DEAR))


def test_only_a_line_outside_the_list_is_signed_and_only_while_the_quote_waits(shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    line = quote.lines.select_related("quote__order", "part", "item").get(part=shop.compressor)
    with pytest.raises(exceptions.NothingToSign):
        workshop.sign_line(line, signature=shop.a_signature(), by=shop.reception, at=shop.later())
    assert fresh(order).state == State.QUOTED


def test_the_database_lets_no_line_outside_the_list_through(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    exception = asked(shop, order)
    draft = workshop.draft_quote(
        order, offers=stages.offers(shop), service_hours=8, by=shop.actor("chen"), at=shop.later()
    )
    line = draft.lines.get(part=shop.compressor)
    values = {
        field.attname: getattr(line, field.attname) for field in QuoteLine._meta.concrete_fields if field.name != "id"
    }
    outside = {"unit_minor": DEAR, "amount_minor": DEAR}
    for odd, name in (
        (outside, "a_quoted_price_is_in_the_published_range"),
        # Asked, not granted.
        (outside | {"exception_id": exception.pk}, "a_price_outside_the_list_was_granted"),
        ({"price_line_id": None}, "a_quoted_price_is_in_the_published_range"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            QuoteLine.objects.create(**values | odd)
    workshop.approve_exception(exception, by=shop.actor("nie"), at=shop.later())
    other = {"unit_minor": DEAR + 1, "amount_minor": DEAR + 1, "exception_id": exception.pk}
    with pytest.raises(IntegrityError, match="a_price_outside_the_list_was_granted"), transaction.atomic():
        QuoteLine.objects.create(**values | other)


@pytest.mark.shows("PRC-1", "PRC-2", "C03")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    asks=some.lists(some.tuples(some.booleans(), some.integers(1, 90_000), some.integers(1, 3)), min_size=1, max_size=4)
)
def test_no_random_quote_passes_the_guard_outside_the_list(
    diagnosed: Callable[[], tuple[Shop, WorkOrder]], asks: list[tuple[bool, int, int]]
) -> None:
    shop, order = diagnosed()
    offers = [
        workshop.Offer(quantity, price, **({"part": shop.compressor} if is_part else {"item": shop.labour}))
        for is_part, price, quantity in asks
    ]
    allowed = all(
        least <= price <= most
        for is_part, price, _quantity in asks
        for least, most in [COMPRESSOR if is_part else LABOUR]
    )
    try:
        with transaction.atomic():
            quote = workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.now)
            lines = list(quote.lines.all())
            transaction.set_rollback(True)
    except drafting.OutsideTheList:
        assert not allowed
    else:
        assert allowed
        assert all(line.list_min_minor <= line.unit_minor <= line.list_max_minor for line in lines)


@pytest.fixture
def diagnosed(shop: Shop) -> Callable[[], tuple[Shop, WorkOrder]]:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    return lambda: (shop, order)


# --- The level of the labour


@pytest.mark.shows("S1-38")
def test_labour_is_no_heavier_than_the_fault(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    assert shop.labour.fault_level == 2
    FaultCode.objects.filter(pk=shop.fault.pk).update(labour_level=1)
    with pytest.raises(drafting.LabourTooHeavy, match="heavier work than the fault"):
        quoted(shop, order, workshop.Offer(item=shop.labour))
    # The way out is the same as for a price: granted, and signed.
    exception = asked(shop, order, item=shop.labour, unit_minor=8000)
    workshop.approve_exception(exception, by=shop.actor("nie"), at=shop.later())
    (line,) = queries.unsigned_lines(quoted(shop, order, workshop.Offer(item=shop.labour, unit_minor=8000)))
    assert line.exception_id == exception.pk


def test_labour_as_heavy_as_the_fault_is_charged_without_asking(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    FaultCode.objects.filter(pk=shop.fault.pk).update(labour_level=2)
    quoted(shop, order, workshop.Offer(item=shop.labour))


@given(some.integers(0, 4), some.lists(some.none() | some.integers(0, 4), max_size=4))
def test_labour_fits_the_heaviest_fault_and_a_fault_of_unknown_weight_judges_nothing(
    level: int, faults: list[int | None]
) -> None:
    known = [each for each in faults if each is not None]
    is_judged = bool(known) and None not in faults
    assert rules.labour_fits(level, faults) == (not is_judged or any(level <= each for each in known))


def test_a_price_that_ended_says_since_when(shop: Shop) -> None:
    order, listed = stages.a_diagnosed_order(shop), shop.price_list
    from guiju.standing.pricing import actions as pricing

    pricing.retire(listed, ends_on=shop.unit.day(shop.now), by=shop.actor("xu"), at=shop.later())
    with pytest.raises(drafting.NotListed, match=f"Its last price was on list {listed.number}, which ended on"):
        quoted(shop, order, workshop.Offer(item=shop.labour))


def test_the_consent_module_asks_the_guard() -> None:
    assert consent.refuse_unsigned is exceptions.refuse_unsigned


@pytest.mark.shows("PRC-4")
def test_a_call_out_is_not_charged_where_nobody_called(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    with pytest.raises(drafting.NoVisit):
        quoted(shop, order, workshop.Offer(item=shop._item("CALL-OUT", "CALL_OUT")))


@pytest.mark.shows("C08")
def test_the_test_costs_nothing_when_the_repair_goes_ahead(shop: Shop) -> None:
    order, _ = stages.a_diagnosed_order(shop), shop.price_list
    with pytest.raises(drafting.TestIsCredited, match="when the repair goes ahead, the test costs nothing"):
        quoted(shop, order, workshop.Offer(item=shop.labour), workshop.Offer(item=shop.test))
    policy.set_value(
        "price.test_fee_credited", unit=shop.unit, value=0, starts_on=shop.unit.day(shop.now), reason="The shop asks it always",
        by=shop.actor("fang"), at=shop.later(),
    )  # fmt: skip
    quoted(shop, order, workshop.Offer(item=shop.labour), workshop.Offer(item=shop.test))


@pytest.mark.shows("C08", "PRC-4")
def test_the_bill_says_that_the_test_fee_is_credited(shop: Shop) -> None:
    order = stages.a_paid_order(shop)
    bill = till.bill_of(order)
    assert bill is not None
    assert till.credited_fee_minor(bill) == order.test_fee_minor > 0
