"""Who reacts to whose news.

A context tells its news and knows nobody above it. A later context writes its reactions in `reactions.py` and knows nobody who calls
them. Here, and only here, the two are joined: one line a pair, `subscribe(events.Issued, reactions.on_issued)`, in the order of
the line. Reading this file answers "what happens next" for every event in the house.
"""

from guiju.kernel.news import subscribe


def connect() -> None:
    """Join each event to its reactions, the stock book to who is asked at its bins, and lists to their files.

    Called once, when every context is loaded.
    """
    from guiju.books.stock import actions as stock
    from guiju.line.cashier.queries import tills
    from guiju.line.intake import events as intake
    from guiju.line.receivables import queries as owed
    from guiju.line.storeroom import reactions as storeroom
    from guiju.line.storeroom.events import Issued
    from guiju.line.telephone import reactions as telephone
    from guiju.line.workshop import reactions as workshop
    from guiju.oversight.webhooks import reactions as webhooks
    from guiju.oversight.webhooks.rules import PUBLISHED
    from guiju.readiness.supply import events as supply
    from guiju.readiness.supply.actions.files import keep_by_file
    from guiju.readiness.upkeep import actions as upkeep

    stock.ask_before_passing(upkeep.watch)
    keep_by_file()
    tills.also_taken(owed.taken_in)
    subscribe(intake.Registered, telephone.on_registered)
    subscribe(intake.Cancelled, storeroom.on_cancelled)
    subscribe(intake.Cancelled, workshop.on_cancelled)
    subscribe(Issued, workshop.on_issued)
    subscribe(supply.ExpectedOn, storeroom.on_expected)
    subscribe(supply.PutAway, storeroom.on_put_away)
    subscribe(supply.NotComing, storeroom.on_not_coming)
    _tell_customers()
    _tell_of_stores()

    # Programs of others hear what is published, in the order of the table.
    for told in PUBLISHED:
        subscribe(told, webhooks.on_news, wanted=webhooks.anybody_hears)


def _tell_customers() -> None:
    """What a customer hears of."""
    from guiju.line.cashier.events import Delivered
    from guiju.line.exchange.events import CaseApproved, CaseRejected, UnitAllocated, UnitOffered
    from guiju.line.followup.events import Reminded
    from guiju.line.intake import events as intake
    from guiju.line.quality.events import Passed
    from guiju.line.receivables.events import Dunned
    from guiju.line.workorder.events import PromiseRevised
    from guiju.line.workshop.events import CodeAsked, CommitmentProposed, QuoteIssued, ReturnPrepared
    from guiju.oversight.notices import reactions as notices

    subscribe(intake.RequestSubmitted, notices.on_request_submitted)
    subscribe(intake.RequestSolved, notices.on_request_solved)
    subscribe(intake.RequestRejected, notices.on_request_rejected)
    subscribe(intake.RequestLinked, notices.on_request_linked)
    subscribe(intake.Registered, notices.on_registered)
    subscribe(intake.DeviceReceived, notices.on_received)
    subscribe(PromiseRevised, notices.on_promise_revised)
    subscribe(QuoteIssued, notices.on_quote_issued)
    subscribe(CodeAsked, notices.on_code_asked)
    subscribe(CommitmentProposed, notices.on_commitment_proposed)
    subscribe(CaseApproved, notices.on_exchange_approved)
    subscribe(CaseRejected, notices.on_exchange_rejected)
    subscribe(UnitOffered, notices.on_unit_offered)
    subscribe(Passed, notices.on_ready)
    subscribe(ReturnPrepared, notices.on_ready)
    subscribe(UnitAllocated, notices.on_ready)
    subscribe(Reminded, notices.on_reminded)
    subscribe(Delivered, notices.on_delivered)
    subscribe(intake.Cancelled, notices.on_cancelled)
    subscribe(Dunned, notices.on_dunned)


def _tell_of_stores() -> None:
    """What our own people hear of a store: at a door with two locks, and of the room itself; and of cash out of its place."""
    from guiju.line.banking.events import CashAlarmRaised
    from guiju.oversight.notices import reactions as notices
    from guiju.readiness.custody import events as custody
    from guiju.readiness.upkeep import events as upkeep

    subscribe(custody.Denied, notices.on_alarm_at_a_door)
    subscribe(custody.Lapsed, notices.on_alarm_at_a_door)
    subscribe(custody.Overlong, notices.on_alarm_at_a_door)
    subscribe(custody.Discrepant, notices.on_alarm_at_a_door)
    subscribe(custody.OpenedInEmergency, notices.on_alarm_at_a_door)
    subscribe(custody.ReviewMissed, notices.on_alarm_at_a_door)
    subscribe(upkeep.InspectionMissed, notices.on_inspection_missed)
    subscribe(upkeep.ClimateOutside, notices.on_climate_outside)
    subscribe(CashAlarmRaised, notices.on_cash_out_of_place)
