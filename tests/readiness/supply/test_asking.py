"""What is asked to be bought: approved by limit, by somebody else, and as one purchase where it is one; suppliers and their accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.models import News
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, WrongState
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply import queries
from guiju.readiness.supply.actions import limits, requests, suppliers
from guiju.readiness.supply.models import EmergencyReview, Offer, PurchaseRequest, RequestLine, SupplierBank
from guiju.readiness.supply.rules import Asked, Category, Purpose, Weight, splits, weigh
from tests.readiness.supply.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.books_of("guiju.readiness.supply")]


@pytest.mark.shows("S2-47", "S2-48", "PUR-8")
def test_a_supplier_its_prices_and_its_account_are_seen_by_two(market: Market) -> None:
    hai = supply.propose_supplier(code="hai", name="Hai", categories=[Category.PARTS], **market.at("pan"))
    with pytest.raises(NotAllowed):
        supply.admit_supplier(hai, **market.at("pan"))
    supply.admit_supplier(hai, **market.at("xu"))
    with pytest.raises(suppliers.SupplierCodeTaken):
        supply.propose_supplier(code="HAI", name="Other", categories=[Category.PARTS], **market.at("pan"))
    with pytest.raises(Invalid):
        supply.propose_supplier(code="//hai", name="Other", categories=[Category.PARTS], **market.at("pan"))
    with transaction.atomic(), pytest.raises(IntegrityError):
        type(hai).objects.filter(pk=hai.pk).update(admitted_by=hai.proposed_by_id)

    about: dict[str, Any] = {"part": market.drum, "currency": "CNY", "lead_days": 7, "basis": "Letter"}
    supply.set_offer(hai, price_minor=9000, starts_on=market.today, **about, **market.at("pan"))
    later = market.today + timedelta(days=10)
    supply.set_offer(hai, price_minor=9900, starts_on=later, **about, **market.at("pan"))
    with pytest.raises(suppliers.PricedAlready), transaction.atomic():
        supply.set_offer(hai, price_minor=1, starts_on=market.today, **about, **market.at("pan"))
    assert [(each.price_minor, each.ends_on) for each in queries.prices_of(market.drum)] == [
        (9900, None),
        (9000, later),
    ]
    now = queries.price_of(hai, market.drum, currency="CNY", on=market.today)
    assert now is not None
    assert now.price_minor == 9000
    with transaction.atomic(), pytest.raises(IntegrityError):
        Offer.objects.filter(pk=now.pk).update(price_minor=1)

    account: dict[str, Any] = {"holder": "Hai Ltd", "bank": "ICBC", "basis": "Letter of 1 November"}
    first = supply.ask_bank(hai, account="6222 0001", **account, **market.at("pan"))
    with pytest.raises(suppliers.VerifyFirst), transaction.atomic():
        supply.ask_bank(hai, account="6222 9999", **account, **market.at("ping"))
    supply.verify_bank(first, verified="Rang Ms Hai at the number of 2024", **market.at("xu"))
    second = supply.ask_bank(hai, account="6222 0002", **account, **market.at("pan"))
    # Until it is verified, money goes where it went.
    assert SupplierBank.objects.get(supplier=hai, state="IN_FORCE").account == "6222 0001"
    with transaction.atomic(), pytest.raises(IntegrityError):
        SupplierBank.objects.filter(pk=first.pk).update(account="6222 6666")
    with transaction.atomic(), pytest.raises(IntegrityError):
        SupplierBank.objects.filter(pk=second.pk).update(decided_by=second.asked_by_id)
    supply.verify_bank(second, verified="Rang Ms Hai again", **market.at("xu"))
    assert list(SupplierBank.objects.filter(supplier=hai).values_list("state", flat=True)) == ["IN_FORCE", "REPLACED"]
    third = supply.ask_bank(hai, account="6222 0003", **account, **market.at("pan"))
    supply.refuse_bank(third, reason="They know nothing of it", **market.at("xu"))
    assert SupplierBank.objects.get(supplier=hai, state="IN_FORCE") == second


@pytest.mark.shows("S2-47", "5.4", "J09")
def test_a_purchase_is_asked_for_by_one_and_approved_by_another(market: Market) -> None:
    row = market.draft()
    line = row.lines.get()
    assert (row.state, line.estimate_minor, line.category) == ("DRAFT", 10_000, "part:DRUM-1")
    with pytest.raises(NotAllowed):
        supply.submit_request(row, **market.at("kuai"))
    supply.submit_request(row, **market.at("shen"))
    with pytest.raises(NotAllowed):
        market.approve(row, by="shen")
    supply.return_request(row, reason="How many are there?", **market.at("ma"))
    row.refresh_from_db()
    assert (row.state, row.said) == ("DRAFT", "How many are there?")
    supply.submit_request(row, **market.at("shen"))
    with pytest.raises(requests.ChangedMeanwhile):
        supply.approve_request(row, total_minor=1, **market.at("ma"))
    row = market.approve(row)
    assert (row.state, row.weight_minor) == ("APPROVED", 40_000)
    assert [each.kind for each in News.objects.filter(kind__startswith="supply.").order_by("pk")] == [
        "supply.PurchaseRequested", "supply.PurchaseRequested", "supply.PurchaseApproved",
    ]  # fmt: skip
    with pytest.raises(WrongState):
        market.approve(row)
    # A manager who asks finds somebody else, whatever else they may.
    own = market.submitted(by="ma")
    with pytest.raises(requests.YourOwnRequest), transaction.atomic():
        market.approve(own)
    market.approve(own, by="lu")
    with transaction.atomic(), pytest.raises(IntegrityError):
        PurchaseRequest.objects.filter(pk=own.pk).update(decided_by=own.requested_by_id)
    with transaction.atomic(), pytest.raises(IntegrityError):
        RequestLine.objects.filter(request=own).update(quantity=400)
    RequestLine.objects.filter(request=own).update(asked_by=market.cast.people["chen"])
    for name in ("ma", "chen"):
        with transaction.atomic(), pytest.raises(IntegrityError):
            PurchaseRequest.objects.filter(pk=own.pk).update(decided_by=market.cast.people[name])
    rejected = supply.reject_request(market.submitted(), reason="Enough of them", **market.at("ma"))
    assert (rejected.state, rejected.lines.filter(withdrawn_at=None).count()) == ("REJECTED", 0)


@pytest.mark.shows("PUR-6", "J08", "5.3")
def test_a_purchase_split_just_under_a_limit_is_one_purchase(market: Market) -> None:
    # 1,900 yuan each, where a manager's limit is 2,000.
    first, second = market.asked(19), market.submitted(19)
    with pytest.raises(limits.PurchaseOverTheLimit) as over:
        market.approve(second)
    assert f"3800.00 CNY. It is one purchase with: {first.number}." in str(over.value)
    # The twin that is permitted: another thing, the same day; and the same thing, approved by a higher limit.
    market.approve(market.submitted(19, part=market.part("BELT-1")))
    second = market.approve(second, by="lu")
    assert (second.weight_minor, second.joined) == (380_000, [first.number])
    # And the other outlet's is not ours.
    market.approve(market.submitted(19, by="tang", unit="GZ02"), by="he")
    market.now += timedelta(days=31)
    market.approve(market.submitted(19))


def test_what_is_one_purchase_is_arithmetic(market: Market) -> None:
    day = market.today
    mine = [Asked("C", "part:X", 100, day)]
    others = [
        Asked("B", "part:X", 10, day - timedelta(days=29)), Asked("A", "part:X", 1, day - timedelta(days=30)),
        Asked("D", "part:Y", 1000, day),
    ]  # fmt: skip
    assert weigh(mine, others, on=day) == Weight(100, 10, ("B",))


@pytest.mark.shows("PUR-6", "J08")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([("A", 90, 0), ("B", 90, 29)], [("small", "AB")]),
        ([("A", 90, 0), ("B", 90, 30)], []),
        ([("A", 50, 0), ("B", 50, 1)], []),
        ([("A", 101, 0), ("B", 90, 1)], []),
        ([("A", 101, 0), ("B", 90, 1), ("C", 20, 2)], [("small", "BC")]),
        ([("A", 900, 0), ("B", 90, 1), ("C", 90, 2)], [("large", "ABC")]),
        ([("A", 90, 0), ("B", 90, 20), ("C", 90, 40)], [("small", "BC"), ("small", "AB")]),
        ([("A", 60, 0), ("A", 60, 0)], []),
    ],
    ids=["split", "a month between", "within", "one is over", "small ones beside a large one", "highest", "two windows", "one request"],
)  # fmt: skip
def test_what_is_split_is_arithmetic(asked: list[tuple[str, int, int]], found: list[tuple[str, str]]) -> None:
    day = date(2026, 11, 1)
    rows = [Asked(number, "part:X", amount, day + timedelta(days=later)) for number, amount, later in asked]
    told = splits([*rows, Asked("Z", "part:Y", 99, day)], {"small": 100, "large": 1000})
    assert [(each.limit, "".join(piece.number for piece in each.pieces)) for each in told] == found


@pytest.mark.shows("S2-36", "5.3")
def test_above_its_threshold_a_body_decides(market: Market) -> None:
    row = market.submitted(600)
    with pytest.raises(limits.PurchaseOverTheLimit):
        market.approve(row, by="lu", decision="Minutes 7")
    with pytest.raises(limits.DecisionMissing):
        market.approve(row, by="xu")
    assert market.approve(row, by="xu", decision="Minutes 7").decision == "Minutes 7"


@pytest.mark.shows("3.8")
def test_an_emergency_is_small_rare_and_looked_at_afterwards(market: Market) -> None:
    def emergency(quantity: int, code: str) -> PurchaseRequest:
        return market.submitted(
            quantity, part=market.part(code), reference="WO-1", is_emergency=True, purpose=Purpose.JOB
        )

    with pytest.raises(Invalid):
        market.draft(is_emergency=True)
    with pytest.raises(limits.TooDearForAnEmergency):
        market.approve(emergency(21, "BIG-1"), by="lu")
    row = market.approve(emergency(20, "SMALL-0"))
    review = EmergencyReview.objects.get(request=row)
    # Monday noon; three working days on is Thursday.
    assert review.due_on == market.today + timedelta(days=3)
    own = market.approve(emergency(1, "OWN-0"), by="lu")
    with pytest.raises(requests.ReviewedByYourself), transaction.atomic():
        supply.review_emergency(own.review, was_justified=True, note="So it was", **market.at("lu"))
    supply.review_emergency(review, was_justified=False, note="It lay in the van", **market.at("lu"))
    with pytest.raises(Invalid):
        supply.review_emergency(review, was_justified=True, note="Or not", **market.at("nie"))
    for number in range(1, 4):
        market.approve(emergency(1, f"SMALL-{number}"))
    with pytest.raises(limits.TooManyEmergencies):
        market.approve(emergency(1, "SMALL-5"))


@pytest.mark.shows("D11", "S6-19")
def test_what_jobs_wait_for_joins_the_request_of_the_day(market: Market) -> None:
    house, chen, wu = market.actor("shen").consequence_of(uuid4()), market.cast.people["chen"], market.cast.people["wu"]

    def ask(origin: str, who: Any, **more: Any) -> RequestLine:
        return supply.ask_for_job(
            market.unit, part=market.drum, quantity=1, origin=origin, reference="WO-1", asked_by_id=who.pk, need_by=None,
            by=house, at=market.now, **more,
        )  # fmt: skip

    first, second = ask("PT-1", chen), ask("PT-2", wu)
    assert ask("PT-1", chen) == first
    assert (first.request, first.request.state) == (second.request, "SUBMITTED")
    assert ask("PT-3", chen, is_emergency=True).request != first.request
    market.approve(first.request)
    assert ask("PT-4", chen).request != first.request
    assert supply.withdraw("PT-2", by=house, at=market.now)
    assert supply.withdraw("PT-1", by=house, at=market.now)
    assert not supply.withdraw("PT-1", by=house, at=market.now)
    first.request.refresh_from_db()
    assert first.request.state == "CANCELLED"


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        (lambda m: supply.draft_request(m.unit, lines=[], reason="x", **m.at("shen")), Invalid),
        (lambda m: supply.draft_request(m.unit, lines=[supply.Wanted(1)], reason="x", **m.at("shen")), Invalid),
        (lambda m: m.draft(0), Invalid),
        (lambda m: m.draft(need_by=m.today - timedelta(days=1)), Invalid),
        (lambda m: m.draft(by="cai"), NotAllowed),
        (lambda m: m.draft(unit="GZ02"), NotAllowed),
        (lambda m: supply.reject_request(m.submitted(), reason=" ", **m.at("ma")), Invalid),
        (lambda m: supply.cancel_request(m.draft(), reason=" ", **m.at("shen")), Invalid),
        (lambda m: m.approve(m.submitted(part=m.part("NEW-1", cost_minor=None))), requests.NoEstimate),
        (lambda m: m.approve(m.draft()), WrongState),
        (lambda m: supply.estimate(m.asked().lines.get(), estimate_minor=1, **m.at("shen")), Invalid),
    ],
)  # fmt: skip
def test_what_is_refused(market: Market, what: Callable[[Market], Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        what(market)
    # The twins that are permitted.
    supply.cancel_request(market.draft(need_by=market.today), reason="Found some", **market.at("shen"))
    row = market.submitted(part=market.part("NEW-2", cost_minor=None))
    supply.estimate(row.lines.get(), estimate_minor=500, **market.at("ping"))
    market.approve(row)
