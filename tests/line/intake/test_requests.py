"""A request of whoever asks: submitted, triaged, and what becomes of it (domain 3.1)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.followup import actions as followup
from guiju.line.intake import actions as intake
from guiju.line.intake import queries
from guiju.line.intake.models import RequestPhoto, ServiceRequest
from guiju.line.intake.rules import RequestState
from guiju.line.workorder.models import ContactAttempt, WorkOrder
from guiju.standing.policy import actions as policy
from tests.cast import NOON
from tests.line import stages
from tests.line.cast_line import Shop, a_picture, fresh, told

WHY = "It works again by itself"


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stranger(shop: Shop) -> Actor:
    """Somebody at the open door of FS01."""
    return Actor.stranger(shop.unit.pk)


def typing(shop: Shop, **changed: Any) -> dict[str, Any]:
    """What a stranger types on the public page."""
    typed = {
        "unit": shop.unit, "channel": "WEB", "contact_name": "Ou Yang", "phone": "138 0000 7788", "product_line": shop.line,
        "brand": "Haier", "serial": "HA-1", "symptoms": [shop.symptom], "description": "The drum does not turn.",
        "photos": [a_picture(1), a_picture(2)], "proof": "PUZZLE",
    }  # fmt: skip
    return typed | changed


def submitted(shop: Shop, **changed: Any) -> ServiceRequest:
    """A request that waits."""
    by = changed.pop("by", Actor.stranger(shop.unit.pk))
    return intake.submit(**typing(shop, **changed), by=by, at=shop.later())


def triaged(shop: Shop, **changed: Any) -> ServiceRequest:
    return intake.triage(submitted(shop, **changed), product_line=shop.line, by=shop.reception, at=shop.later())


def converting(shop: Shop, **changed: Any) -> dict[str, Any]:
    _ = shop.price_list, shop.labour
    machine = changed.get("appliance") or shop.an_appliance()
    return {"customer": machine.customer, "appliance": machine, "terms_accepted": True} | changed


# --- submit


@pytest.mark.shows("S6-01", "S6-02", "A02", "A04", "CRM-1")
def test_a_strangers_request_is_numbered_and_keeps_what_was_typed_and_the_photos(shop, stranger):
    request = intake.submit(**typing(shop), by=stranger, at=NOON)
    request.refresh_from_db()
    assert (request.number, request.state, request.unit) == ("RQ-FS01-20261102-00001", "NEW", shop.unit)
    assert (request.phone, request.contact_name, request.brand) == ("+8613800007788", "Ou Yang", "Haier")
    assert [each.code for each in request.symptoms.all()] == [shop.symptom]
    assert {photo.evidence.kind for photo in request.photos.all()} == {"REQUEST"}
    assert (request.photos.count(), request.consent_at, request.proof) == (2, NOON, "PUZZLE")


@pytest.mark.shows("S6-01")
def test_it_tells_it_and_says_when_somebody_answers(shop, stranger):
    request = intake.submit(**typing(shop), by=stranger, at=NOON)
    assert request.due_at == NOON + timedelta(hours=2)
    assert [(each["number"], each["channel"]) for each in told("intake.RequestSubmitted")] == [(request.number, "WEB")]


@pytest.mark.shows("S6-01")
def test_a_request_of_the_evening_is_answered_in_the_morning(shop, stranger):
    half_past_five = NOON.replace(hour=9, minute=30)
    request = intake.submit(**typing(shop), by=stranger, at=half_past_five)
    assert request.due_at == half_past_five.replace(day=3, hour=2, minute=30), "half an hour today, the rest tomorrow"


@pytest.mark.shows("G-6", "A06")
def test_the_telephone_finds_the_card_and_the_trail_names_nobody(shop, stranger):
    known = shop.a_customer()
    number = known.phones.get().e164
    assert intake.submit(**typing(shop, phone=number), by=stranger, at=shop.later()).customer == known
    assert submitted(shop, phone="", email="ou@example.com").customer is None
    entry = TrailEntry.objects.filter(verb="intake.submit").first()
    assert (entry.actor_name, entry.actor_kind, entry.role) == ("stranger", "STRANGER", "ST")
    assert "Ou Yang" not in str(entry.facts)


@pytest.mark.shows("S6-01")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": "", "email": "nobody"}, "email"),
        ({"contact_name": " "}, "contact_name"),
        ({"description": "no"}, "description"),
        ({"consent": False}, "consent"),
        ({"photos": [b"<svg onload=alert(1)>"]}, "photos"),
        ({"photos": [a_picture(each) for each in range(7)]}, "photos"),
    ],
)
def test_what_cannot_be_answered_is_refused_at_its_field(shop, stranger, changed, field):
    with pytest.raises(intake.Refusal) as refused:
        intake.submit(**typing(shop, **changed), by=stranger, at=shop.later())
    assert refused.value.field == field
    assert str(refused.value)
    assert not ServiceRequest.objects.exists()
    assert not RequestPhoto.objects.exists()
    assert submitted(shop).state == "NEW"


@pytest.mark.shows("T01")
def test_a_stranger_may_ask_one_outlet_and_do_nothing_else_there(shop, other_shop, stranger):
    with pytest.raises(NotAllowed):
        intake.submit(**typing(shop, unit=other_shop.unit), by=stranger, at=shop.later())
    with pytest.raises(Invalid):
        intake.submit(**typing(shop, channel="PHONE"), by=stranger, at=shop.later())
    with pytest.raises(Invalid):
        intake.submit(**typing(shop, proof="HOUSE"), by=stranger, at=shop.later())
    request = submitted(shop)
    with pytest.raises(NotAllowed):
        intake.triage(request, product_line=shop.line, by=stranger, at=shop.later())
    with pytest.raises(NotAllowed):
        intake.submit(**typing(shop, channel="PHONE", proof="HOUSE"), by=shop.actor("chen"), at=shop.later())
    assert submitted(shop, by=shop.reception, channel="PHONE", proof="HOUSE", serial="").state == "NEW"


def test_one_solved_puzzle_is_worth_one_request(shop):
    assert submitted(shop, challenge="abc").state == "NEW"
    with pytest.raises(intake.SentAlready):
        submitted(shop, challenge="abc", serial="HA-2")
    assert ServiceRequest.objects.count() == 1


@pytest.mark.shows("CRM-2")
def test_the_same_telephone_and_serial_again_is_linked_to_the_first(shop):
    first = submitted(shop)
    again = submitted(shop, description="Nobody has called me yet.")
    assert (again.state, again.duplicate_of) == ("DUPLICATE", first)
    assert queries.repeated_by(first) == [again]
    assert [each["original"] for each in told("intake.RequestLinked")] == [first.number]
    # A serial alone, or a telephone alone, is only shown: it may be a slip, or two machines of one home.
    assert submitted(shop, phone="138 0000 7799").state == "NEW"
    other = submitted(shop, serial="HA-2")
    assert other.state == "NEW"
    assert first in queries.standing(other, by=shop.reception).requests


# --- triage


@pytest.mark.shows("S6-02")
def test_triage_says_what_and_how_and_looks_at_the_warranty(shop):
    machine = shop.an_appliance()
    request = intake.triage(
        submitted(shop), product_line=shop.line, mode="CARRY_IN", appliance=machine, by=shop.reception, at=shop.later()
    )
    request.refresh_from_db()
    assert (request.state, request.line, request.mode, request.answered_at) == (
        "TRIAGED",
        shop.line,
        "CARRY_IN",
        shop.now,
    )
    assert (request.coverage, bool(request.coverage_because)) == ("OUT_OF_WARRANTY", True)
    assert [each["number"] for each in told("intake.RequestTriaged")] == [request.number]
    with pytest.raises(WrongState) as refused:
        intake.triage(request, product_line=shop.line, by=shop.reception, at=shop.later())
    assert "CONVERTED" in refused.value.allowed


def test_an_unknown_machine_is_triaged_without_a_verdict(shop, other_shop):
    assert triaged(shop).coverage == "UNDETERMINED"
    with pytest.raises(Invalid):
        intake.triage(
            submitted(shop, serial=""), product_line=shop.line, appliance=other_shop.an_appliance(), by=shop.reception,
            at=shop.later(),
        )  # fmt: skip


# --- solve, reject, link


@pytest.mark.shows("S6-02")
def test_advice_solves_it_when_the_customer_says_so(shop):
    request = triaged(shop)
    with pytest.raises(intake.NotConfirmed):
        intake.solve_by_advice(request, advice="Clean the filter.", confirmed=False, by=shop.reception, at=shop.later())
    request = intake.solve_by_advice(
        request, advice="Clean the filter.", confirmed=True, by=shop.reception, at=shop.later()
    )
    assert (request.state, request.advice) == ("RESOLVED_BY_ADVICE", "Clean the filter.")
    assert len(told("intake.RequestSolved")) == 1
    with pytest.raises(WrongState):
        intake.solve_by_advice(submitted(shop, serial="2"), advice="Wait.", confirmed=True, by=shop.reception, at=shop.now)  # fmt: skip
    other = triaged(shop, serial="3")
    with pytest.raises(NotAllowed):
        intake.solve_by_advice(other, advice="Wait a day.", confirmed=True, by=shop.dispatcher, at=shop.later())


@pytest.mark.shows("S6-01")
def test_a_refusal_has_a_code_and_says_where_else_to_go(shop):
    request = submitted(shop)
    with pytest.raises(Invalid):
        intake.reject(request, reason="OTHER_BRAND", by=shop.reception, at=shop.later())
    with pytest.raises(Invalid):
        intake.reject(request, reason="BORED", referral="Ask the maker.", by=shop.reception, at=shop.later())
    request = intake.reject(
        request, reason="OTHER_BRAND", referral="Ask the maker on 400 1.", by=shop.reception, at=shop.later()
    )
    assert (request.state, request.reason_code, request.reason) == (
        "REJECTED",
        "OTHER_BRAND",
        "Ask the maker on 400 1.",
    )
    assert told("intake.RequestRejected")[0]["reason"] == "OTHER_BRAND"
    with pytest.raises(WrongState):
        intake.reject(request, reason="NOT_GENUINE", by=shop.reception, at=shop.later())
    nonsense = submitted(shop, serial="2")
    assert intake.reject(nonsense, reason="NOT_GENUINE", by=shop.reception, at=shop.later()).state == "REJECTED"
    with pytest.raises(NotAllowed):
        intake.reject(submitted(shop, serial="3"), reason="NOT_GENUINE", by=shop.actor("zhou"), at=shop.later())


@pytest.mark.shows("CRM-2")
def test_a_duplicate_of_an_order_is_noted_on_it(shop, other_shop):
    order, request = shop.a_received_order(), submitted(shop)
    for wrong in ({}, {"original": request}, {"order": other_shop.a_received_order()}):
        with pytest.raises(intake.NotTheSame):
            intake.link_duplicate(request, **wrong, by=shop.reception, at=shop.later())
    request = intake.link_duplicate(request, order=order, by=shop.reception, at=shop.later())
    assert (request.state, request.duplicate_of_order) == ("DUPLICATE", order)
    assert ContactAttempt.objects.get(order=order).note == "The drum does not turn."
    with pytest.raises(NotAllowed):
        intake.link_duplicate(submitted(shop, serial="2"), order=order, by=shop.actor("chen"), at=shop.later())


# --- convert


@pytest.mark.shows("S6-01", "S6-09", "A04")
def test_it_becomes_the_order_with_what_was_typed_and_the_photos(shop):
    request = triaged(shop)
    order = fresh(intake.convert(request, **converting(shop), by=shop.reception, at=shop.later()))
    assert (order.state, order.problem, order.channel) == ("REGISTERED", "The drum does not turn.", "WEB")
    assert [each.code for each in order.symptoms.all()] == [shop.symptom]
    assert len(queries.sent_photos(order)) == 2
    request.refresh_from_db()
    assert (request.state, request.order, request.customer) == ("CONVERTED", order, order.customer)
    assert queries.request_of(order) == request
    assert told("intake.RequestConverted")[0]["order_id"] == order.pk
    convert, register = (TrailEntry.objects.get(verb=f"intake.{verb}") for verb in ("convert", "register"))
    assert register.because == convert.key
    assert [step.verb for step in lifecycle.history(request)] == ["intake.submit", "intake.triage", "intake.convert"]


@pytest.mark.shows("S6-01")
def test_only_a_triaged_request_becomes_an_order_and_only_once(shop):
    with pytest.raises(WrongState):
        intake.convert(submitted(shop), **converting(shop), by=shop.reception, at=shop.later())
    request = triaged(shop, serial="2")
    with pytest.raises(intake.TermsNotAccepted):
        intake.convert(request, **converting(shop, terms_accepted=False), by=shop.reception, at=shop.later())
    with pytest.raises(NotAllowed):
        intake.convert(request, **converting(shop), by=shop.actor("chen"), at=shop.later())
    intake.convert(request, **converting(shop), by=shop.dispatcher, at=shop.later())
    with pytest.raises(WrongState) as refused:
        intake.convert(request, **converting(shop), by=shop.reception, at=shop.later())
    assert refused.value.allowed == ["CANCELLED", "CLOSED"]
    assert WorkOrder.objects.count() == 1


# --- cancel, close, reopen


@pytest.mark.shows("S6-01")
def test_who_asked_withdraws_the_own_request_and_no_other(shop):
    mine, theirs = submitted(shop), submitted(shop, phone="13800007799", serial="2")
    me = Actor.stranger(shop.unit.pk, request_id=mine.pk)
    assert list(ServiceRequest.objects.visible_to(me)) == [mine]
    with pytest.raises(NotAllowed):
        intake.cancel_request(theirs, reason=WHY, by=me, at=shop.later())
    with pytest.raises(Invalid):
        intake.cancel_request(mine, reason="no", by=me, at=shop.later())
    mine = intake.cancel_request(mine, reason=WHY, by=me, at=shop.later())
    assert (mine.state, mine.reason, mine.answered_at) == ("CANCELLED", WHY, None)
    with pytest.raises(WrongState):
        intake.cancel_request(mine, reason=WHY, by=me, at=shop.later())
    assert len(told("intake.RequestCancelled")) == 1


@pytest.mark.shows("S6-01", "D01")
def test_with_the_request_goes_the_order_unless_it_has_begun(shop):
    waiting, begun = triaged(shop), triaged(shop, serial="2")
    order = intake.convert(waiting, **converting(shop), by=shop.reception, at=shop.later())
    waiting.refresh_from_db()
    intake.cancel_request(waiting, reason=WHY, by=shop.reception, at=shop.later())
    waiting.refresh_from_db()
    assert (fresh(order).state, waiting.state, waiting.reason) == ("CANCELLED", "CANCELLED", WHY)
    order = intake.convert(begun, **converting(shop), by=shop.reception, at=shop.later())
    intake.receive(fresh(order), **shop.receiving(), by=shop.reception, at=shop.later())
    with pytest.raises(intake.BegunAlready):
        intake.cancel_request(begun, reason=WHY, by=shop.reception, at=shop.later())
    assert fresh(order).state == "RECEIVED"


@pytest.mark.shows("S6-01")
def test_a_closed_job_closes_its_request_and_who_comes_back_in_time_goes_on(shop):
    order = stages.a_delivered_order(shop)
    followup.record_call(order, satisfaction=5, works=True, by=shop.reception, at=shop.later())
    followup.close(fresh(order), by=shop.actor("ma"), at=shop.later())
    request = ServiceRequest.objects.get(order=order)
    assert request.state == "CLOSED"
    assert len(told("intake.RequestClosed")) == 1
    request = intake.reopen(request, reason="The same noise again", by=shop.reception, at=shop.later(days=6))
    assert (request.state, request.earlier_order, request.order, request.reopened_times) == ("TRIAGED", order, None, 1)
    assert told("intake.RequestReopened")[0]["times"] == 1


@pytest.mark.shows("S6-01")
def test_after_the_days_of_grace_it_is_another_request(shop, nie):
    solved = intake.solve_by_advice(
        triaged(shop), advice="Clean it.", confirmed=True, by=shop.reception, at=shop.later()
    )
    me = Actor.stranger(shop.unit.pk, request_id=solved.pk)
    with pytest.raises(NotAllowed):
        intake.reopen(solved, reason=WHY, by=Actor.stranger(shop.unit.pk, request_id=solved.pk + 1), at=shop.now)
    with pytest.raises(intake.TooLate):
        intake.reopen(solved, reason=WHY, by=me, at=shop.now + timedelta(days=7, minutes=1))
    policy.set_value(
        "request.reopen_days", unit=None, value=9, starts_on=shop.unit.day(shop.now + timedelta(days=1)), reason="Holidays.",
        by=nie, at=shop.now,
    )  # fmt: skip
    assert intake.reopen(solved, reason=WHY, by=me, at=shop.later(days=8)).state == "TRIAGED"
    with pytest.raises(WrongState):
        intake.reopen(solved, reason=WHY, by=me, at=shop.later())


@pytest.mark.shows("G-6")
def test_who_reads_the_whole_number_is_written_down(shop):
    request = submitted(shop, email="ou@example.com")
    assert intake.read_contact(request, by=shop.reception, at=shop.later()) == ["+86 138 0000 7788", "ou@example.com"]
    entry = TrailEntry.objects.get(verb="intake.read_contact")
    assert entry.facts == {"phone": "138****7788", "email": True}
    with pytest.raises(NotAllowed):
        intake.read_contact(request, by=shop.actor("chen"), at=shop.later())


@pytest.mark.shows("G-3")
def test_another_outlet_sees_no_request_of_this_one(shop, other_shop):
    request = submitted(shop)
    assert list(ServiceRequest.objects.visible_to(shop.reception)) == [request]
    assert list(ServiceRequest.objects.visible_to(other_shop.reception)) == []
    assert list(ServiceRequest.objects.visible_to(Actor.stranger(shop.unit.pk))) == []


def test_every_state_has_its_words():
    from guiju.line.intake.rules import ASKER_SEES, REQUEST_ARROWS, REQUEST_LABELS

    assert set(REQUEST_LABELS) == set(ASKER_SEES) == set(REQUEST_ARROWS) == set(RequestState)


@pytest.mark.shows("T13")
def test_neither_the_money_desk_nor_inspection_reads_what_strangers_ask(shop: Shop) -> None:
    """5.2 "Service request": a technician reads the requests of the outlet; FI, CA, QC and SK have no business there."""
    request = submitted(shop)
    reading = {name: list(ServiceRequest.objects.visible_to(shop.actor(name))) for name in shop.cast.actors}
    assert reading.pop("lin") == [request]
    here = {name for name, rows in reading.items() if rows == [request]}
    assert here == {"bo", "chen", "wu", "ma", "nie", "an"}
    assert all(rows == [] for name, rows in reading.items() if name not in here)
