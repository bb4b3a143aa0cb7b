"""Domain 8.1 no. 1: a walk-in out of warranty, from the counter to the closed job, told through the verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries as till
from guiju.line.cashier.rules import Method
from guiju.line.dispatch import actions as dispatch
from guiju.line.followup import actions as followup
from guiju.line.intake import actions as intake
from guiju.line.quality import actions as quality
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import Consent
from guiju.standing.warranty import queries as warranty
from tests.line import stages
from tests.line.cast_line import Shop, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

Answer = TypeVar("Answer")

REGISTER_MAX = 20
WALK_IN_MAX = 250


@pytest.mark.shows("S6-09", "S6-45", "WO-2", "WO-8", "S6-42", "D01")
def test_a_walk_in_is_repaired_paid_and_closed(shop: Shop) -> None:
    order = stages.a_delivered_order(shop)

    assert order.state == State.DELIVERED
    assert order.outcome == "REPAIRED"
    quote = Quote.objects.get(order=order)
    assert quote.total_minor == stages.MIN_LABOUR + stages.MIN_COMPRESSOR
    bill = till.bill_of(order)
    assert bill is not None
    assert (bill.total_minor, bill.owed_minor) == (quote.total_minor, 0)
    assert [each.days for each in warranty.repair_warranties(order.number)] == [90, 90]

    followup.record_call(order, satisfaction=5, works=True, by=shop.reception, at=shop.later(days=2))
    followup.close(order, by=shop.actor("ma"), at=shop.later())
    assert fresh(order).state == State.CLOSED


class Counted:
    """Counts the statements of each verb of the walk-in; what is looked up between the verbs is not counted."""

    def __init__(self) -> None:
        self.statements: dict[str, int] = {}

    def __call__(self, name: str, verb: Callable[[], Answer]) -> Answer:
        with CaptureQueriesContext(connection) as queries:
            answer = verb()
        # In a test the transaction of the verb is a savepoint: that is BEGIN and COMMIT, not a statement.
        self.statements[name] = sum("SAVEPOINT" not in each["sql"] for each in queries)
        return answer


def test_the_whole_walk_in_takes_at_most_250_statements(shop: Shop) -> None:
    """Exact counts: a statement more in any verb is a change that somebody should have meant."""
    values, bin = stages.a_checklist(shop), stages.a_bin(shop, holding=1)
    stages.an_open_till(shop)
    _ = shop.price_list, shop.labour, shop.fault, shop.defect
    shop.certified("chen")
    registering, receiving, consent = shop.registering(), shop.receiving(), shop.a_signature()
    lin, chen, cai = shop.reception, shop.actor("chen"), shop.actor("cai")
    counted = Counted()

    order: WorkOrder = counted("register", lambda: intake.register(**registering, by=lin, at=shop.later()))
    counted("receive", lambda: intake.receive(order, **receiving, by=lin, at=shop.later()))
    order = fresh(order)
    technician = shop.cast.people["chen"]
    counted("assign", lambda: dispatch.assign(order, technician=technician, by=shop.dispatcher, at=shop.later()))
    order = fresh(order)
    counted("accept", lambda: dispatch.accept(order, by=chen, at=shop.later()))
    order = fresh(order)
    counted("start_diagnosis", lambda: workshop.start_diagnosis(order, by=chen, at=shop.later()))
    order = fresh(order)
    counted(
        "diagnose",
        lambda: workshop.diagnose(
            order, fault=shop.fault, cause=shop.defect, findings="Worn.", by=chen, at=shop.later()
        ),
    )
    order = fresh(order)
    quote = counted(
        "draft_quote",
        lambda: workshop.draft_quote(order, offers=stages.offers(shop), service_hours=8, by=chen, at=shop.later()),
    )
    quote = counted("issue_quote", lambda: workshop.issue_quote(quote, by=lin, at=shop.later()))
    counted(
        "approve_quote",
        lambda: workshop.approve_quote(quote, how=Consent.SIGNATURE, signature=consent, by=lin, at=shop.later()),
    )
    order = fresh(order)
    request = counted(
        "request_part",
        lambda: storeroom.request_part(order, part=shop.compressor, quantity=1, by=chen, at=shop.later()),
    )
    shen = shop.actor("shen")
    request = counted("answer", lambda: storeroom.answer_available(request, bin=bin, by=shen, at=shop.later()))
    request = counted("issue", lambda: storeroom.issue(request, by=shen, at=shop.later()))
    counted("start_repair", lambda: workshop.start_repair(order, by=chen, at=shop.later()))
    order = fresh(order)
    counted(
        "fit_part",
        lambda: workshop.fit_part(
            request, old_condition="Burnt", old_outcome=OldPartOutcome.SCRAP, by=chen, at=shop.later()
        ),
    )
    counted("log_labour", lambda: workshop.log_labour(order, minutes=30, task="Belt", by=chen, at=shop.later()))
    counted("finish", lambda: workshop.finish(order, work_done="Belt changed.", by=chen, at=shop.later()))
    order = fresh(order)
    counted("pass", lambda: quality.pass_order(order, values=values, by=shop.actor("qin"), at=shop.later()))
    order = fresh(order)
    bill = counted("draw_bill", lambda: cashier.draw_bill(order, by=cai, at=shop.later()))
    amount = bill.total_minor
    counted(
        "take_payment",
        lambda: cashier.take_payment(bill, method=Method.CASH, amount_minor=amount, by=cai, at=shop.later()),
    )
    order, handing = fresh(order), stages.handing_over(order)
    counted("hand_over", lambda: cashier.hand_over(order, **handing, by=cai, at=shop.later()))

    assert fresh(order).state == State.DELIVERED
    assert counted.statements["register"] <= REGISTER_MAX, counted.statements
    assert sum(counted.statements.values()) <= WALK_IN_MAX, (sum(counted.statements.values()), counted.statements)
