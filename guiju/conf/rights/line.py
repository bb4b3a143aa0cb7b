"""Who may do what at the stations of the line, and what the house says of itself."""

from guiju.conf.rights.roles import may

# "Work order: register", "Warranty decision", "Device receipt / hand-over".
WORKORDER = {
    "workorder.see": may("RC DP QC SK CA FI OM NM AU SY", own="TE DR CU"),
    "workorder.decide_coverage": may("RC OM SY", own="TE"),
    # "A override+" and "A override±": an outlet's manager may decide for the customer, against only the network's (WTY-7).
    "workorder.raise_rights": may("SY"),
    "workorder.override_coverage": may("OM NM"),
    "workorder.override_coverage_against_customer": may("NM"),
    "workorder.move_custody": may("RC OM", own="TE DR"),
    "workorder.revise_promise": may("RC DP OM", own="TE"),
    # Only the customer agrees; the counter keeps the evidence of it.
    "workorder.agree_to_promise": may("RC OM", own="CU"),
    "workorder.prioritise": may("RC DP OM"),
    "workorder.hold": may("RC DP OM", own="TE"),
    "workorder.release_hold": may("RC DP OM", own="TE"),
    # The old link is dead at once: for a customer who lost it, and for one that somebody else has got hold of.
    "workorder.renew_link": may("RC OM"),
    "workorder.log_contact": may("RC DP CA OM SY", own="TE"),
    "workorder.set_billing": may("SY"),
}

# "Service request", "Work order: register", "Device receipt / hand-over". A customer may cancel any time (Civil Code 787).
INTAKE = {
    "intake.see": may("RC DP QC CA FI OM NM AU", own="TE DR CU"),
    # "Service request": who asks for help is no business of the money desk, and none of inspection's.
    # A stranger asks at the open door of one outlet, and reaches the one request that came of it.
    "requests.see": may("RC DP TE OM NM AU", own="CU ST"),
    "intake.submit": may("RC ST"),
    "intake.triage": may("RC DP OM"),
    "intake.prioritise_request": may("RC DP OM"),
    "intake.solve_by_advice": may("RC OM"),
    "intake.convert": may("RC DP OM"),
    "intake.link_duplicate": may("RC OM"),
    "intake.reject": may("RC OM"),
    "intake.cancel_request": may("RC", own="ST"),
    "intake.close_request": may("SY"),
    "intake.reopen": may("RC", own="ST"),
    # A read that leaves a trace (G-6): lists show numbers masked.
    "intake.read_contact": may("RC DP OM"),
    "intake.register": may("RC DP OM"),
    # The two cards and the order in one act: for whoever may make each of them.
    "intake.take_in": may("RC OM"),
    "intake.receive": may("RC OM", own="TE DR"),
    "intake.renew_claim_code": may("RC OM"),
    "intake.cancel": may("RC OM", own="CU"),
    # With the hand-over of the appliance.
    "intake.return_accessories": may("RC CA OM"),
    # Loaners go over the counter like the appliance; that one stays out after the hand-over is the manager's word.
    "intake.add_loaner": may("OM"),
    "intake.retire_loaner": may("OM"),
    "intake.lend": may("RC OM"),
    "intake.take_loaner_back": may("RC CA OM"),
    "intake.except_loaner": may("OM"),
}

# "Customer & product master" by the customer: a stranger tells at the open door, and who keeps the cards looks at it.
REGISTRATION = {
    "registration.see": may("RC DP OM NM AU"),
    "registration.register": may("RC OM ST"),
    "registration.confirm": may("RC OM"),
    "registration.refuse": may("RC OM"),
}

# "Service request" for the calls, "Voice menu / scripts" for the texts. A telephone system comes by the key of somebody who may
# answer, cut down to what it tells: ring, press, answer, hang up. Nobody but the manager gives points.
TELEPHONE = {
    "telephone.see": may("RC DP OM NM TR AU"),
    "telephone.ring": may("RC OM"),
    "telephone.press": may("RC OM"),
    "telephone.answer": may("RC OM"),
    "telephone.hang_up": may("RC OM"),
    "telephone.log": may("RC OM"),
    "telephone.tick": may("RC OM"),
    "telephone.write_note": may("RC OM"),
    "telephone.lead_to": may("RC OM SY"),
    # A read that leaves a trace (G-6): lists show numbers masked.
    "telephone.read_number": may("RC OM"),
    "telephone.promise_call_back": may("RC OM"),
    "telephone.try_call_back": may("RC OM"),
    "telephone.finish_call_back": may("RC OM"),
    "telephone.give_up_call_back": may("RC OM"),
    "telephone.score": may("OM"),
    # AD sets up the telephone and drafts; who answers for the outlet or the network lets callers hear it.
    "telephone.write_menu": may("OM NM AD"),
    "telephone.publish_menu": may("OM NM"),
    "telephone.write_script": may("OM NM AD"),
    "telephone.publish_script": may("OM NM"),
}

# "Dispatch / re-dispatch": a technician answers for the own jobs alone.
DISPATCH = {
    "dispatch.see": may("DP OM NM AU", own="TE"),
    "dispatch.assign": may("DP OM"),
    # To send somebody whom certificate, leave or load speak against, in writing (PPL-1).
    "dispatch.override": may("OM NM"),
    "dispatch.hand_on": may("DP OM"),
    "dispatch.accept": may(own="TE"),
    "dispatch.refuse": may(own="TE"),
    "dispatch.time_out": may("SY"),
}

# "Part request / reserve / issue", "Receipt / put-away", "Old-part tag".
STOREROOM = {
    "storeroom.see": may("DP SK PU FI OM NM AU LM", own="TE"),
    "storeroom.request_part": may(own="TE"),
    "storeroom.answer_available": may("SK"),
    "storeroom.answer_none": may("SK"),
    "storeroom.expect_on": may("SK"),
    "storeroom.buy_again": may("SK"),
    # Only ever because a purchase came to nothing.
    "storeroom.lose_date": may("SY"),
    "storeroom.reserve_arrived": may("SK"),
    "storeroom.issue": may("SK"),
    "storeroom.take_back": may("SK"),
    "storeroom.mark_fitted": may("SY"),
    "storeroom.cancel_request": may("SK", own="TE"),
    "storeroom.receive_stock": may("SK"),
    "storeroom.record_old_part": may("SK", own="TE"),
    # "Old-part tag / ship / inspect": the keeper sends; who opens the parcel does it at head office, where it was sent.
    "storeroom.send_old_parts": may("SK"),
    "storeroom.receive_old_parts": may("SK NM"),
    "storeroom.audit_old_part": may("SK NM"),
    "storeroom.credit_old_part": may("FI NM"),
    # "Adjustment / scrap": proposed by one, confirmed by another.
    "storeroom.ask_scrap": may("SK OM NM"),
    "storeroom.scrap_old_part": may("SK OM NM"),
    "storeroom.miss_old_part": may("SK OM"),
    "storeroom.find_old_part": may("OM NM"),
    "storeroom.charge_overdue": may("SY"),
    # Only ever because the customer signed for it at the hand-over.
    "storeroom.keep_old_parts": may("SY"),
}

# "Diagnosis & repair records", "Quote", "Parts commitment". Only the customer decides; the receptionist keeps the evidence of it.
WORKSHOP = {
    "workshop.see": may("RC DP QC CA OM NM AU", own="TE CU"),
    "workshop.start_diagnosis": may(own="TE"),
    "workshop.diagnose": may(own="TE"),
    "workshop.find_no_fault": may(own="TE"),
    "workshop.draft_quote": may("RC", own="TE"),
    "workshop.issue_quote": may("RC"),
    # 3.3: the way out that costs nothing, once a signed date was missed or a new one refused.
    "workshop.cancel_free": may("RC OM", own="CU"),
    "workshop.approve_quote": may("RC", own="CU"),
    # A one-time code goes to the customer's telephone; who has it, enters it.
    "workshop.ask_code": may("RC", own="TE CU"),
    "workshop.enter_code": may("RC", own="CU"),
    "workshop.decline_quote": may("RC", own="CU"),
    "workshop.expire_quote": may("SY"),
    "workshop.revise_quote": may("RC", own="TE"),
    # "Bill / discount", 5.3: above the limit the manager approves, and head office above hers.
    "workshop.discount_quote": may("RC"),
    # "Quote", NM "A exception": a price outside the list is granted by the head office alone, and signed by the customer (EX-10).
    "workshop.ask_exception": may("RC", own="TE"),
    "workshop.approve_exception": may("NM"),
    "workshop.reject_exception": may("NM"),
    "workshop.sign_line": may("RC", own="CU"),
    "workshop.approve_discount": may("OM NM"),
    "workshop.reject_discount": may("OM NM"),
    "workshop.approve_free": may("RC SY", own="TE"),
    "workshop.start_repair": may(own="TE"),
    "workshop.wait_for_parts": may("SK", own="TE"),
    "workshop.resume_repair": may("SK SY", own="TE"),
    "workshop.propose_commitment": may("RC", own="TE"),
    "workshop.sign_commitment": may("RC", own="CU"),
    "workshop.refuse_commitment": may("RC", own="CU"),
    "workshop.renegotiate_commitment": may("RC OM"),
    # "A rev>2": after two new dates, the manager alone.
    "workshop.extend_commitment": may("OM"),
    "workshop.meet_commitment": may("SK SY"),
    "workshop.breach_commitment": may("SY"),
    "workshop.resolve_commitment": may("OM"),
    "workshop.void_commitment": may("SY"),
    "workshop.log_labour": may(own="TE"),
    "workshop.start_timer": may(own="TE"),
    "workshop.stop_timer": may(own="TE"),
    "workshop.end_timer": may("SY"),
    # One's own entry, or the manager anybody's; with a reason, and never by rewriting it.
    "workshop.correct_labour": may("OM", own="TE"),
    "workshop.check": may(own="TE"),
    "workshop.set_check": may("NM"),
    "workshop.end_check": may("NM"),
    "workshop.fit_part": may(own="TE"),
    "workshop.finish": may(own="TE"),
    "workshop.declare_unrepairable": may(own="TE"),
    "workshop.confirm_unrepairable": may("OM"),
    "workshop.reject_unrepairable": may("OM"),
    "workshop.prepare_return": may(own="TE"),
}

# "QC pass/fail".
QUALITY = {
    "quality.see": may("QC OM NM AU", own="TE"),
    "quality.add_item": may("NM"),
    "quality.end_item": may("NM"),
    "quality.pass_order": may("QC"),
    # Small-shop mode of 5.4: the owner allows each case.
    "quality.allow_self_check": may("OM"),
    "quality.fail_order": may("QC"),
}

# "Exchange / refund case": asked at the desk or by the customer, appraised by TE, seen by QC, approved by OM up to her limit, else by
# NM, else by FI; SK keeps and gives the unit, FI pays. Who says no is NM alone.
EXCHANGE = {
    "exchange.see": may("RC TE QC SK FI OM NM AU", own="CU"),
    "exchange.open_case": may("RC OM", own="CU"),
    "exchange.appraise": may("TE"),
    "exchange.confirm_appraisal": may("QC"),
    "exchange.approve": may("OM NM FI"),
    "exchange.reject": may("NM"),
    "exchange.withdraw": may("RC OM", own="CU"),
    "exchange.offer_option": may("RC OM"),
    "exchange.offer_unit": may("RC OM"),
    "exchange.agree_to_unit": may("RC OM", own="CU"),
    "exchange.decline_unit": may("RC OM", own="CU"),
    "exchange.allocate": may("SK"),
    "exchange.add_unit": may("SK OM"),
    "exchange.retire_unit": may("SK OM"),
    "exchange.dispose_old": may("SK"),
}

# "Bill", "Take payment / receipt", "Refund", "Credit account", "Cash session", "Device receipt / hand-over".
CASHIER = {
    "cashier.see": may("RC CA FI OM NM AU", own="CU"),
    "cashier.add_till": may("FI OM"),
    "cashier.open_till_session": may("CA"),
    "cashier.move_cash": may("CA"),
    "cashier.count_till": may("CA"),
    # Never whoever counted first (3.10).
    "cashier.recount_till": may("CA OM FI"),
    "cashier.close_till_session": may("CA"),
    "cashier.force_close": may("OM FI"),
    "cashier.countersign": may("OM FI"),
    # What must lie in a drawer that is open.
    "drawers.see": may("OM FI AU"),
    "cashier.draw_bill": may("RC CA"),
    "cashier.take_payment": may("CA", own="TE"),
    "cashier.print_receipt": may("RC CA"),
    "cashier.open_display": may("CA OM"),
    "cashier.show_bill": may("CA"),
    "cashier.void_payment": may("CA"),
    # A wallet is asked by the cashier, and answers by its provider; what came too late is matched or given back by whoever sees it.
    "cashier.ask_wallet": may("CA", own="TE"),
    "cashier.cancel_wallet": may("CA SY"),
    "cashier.receive_wallet": may("SY"),
    "cashier.match_wallet": may("CA FI OM"),
    "cashier.return_wallet": may("FI OM"),
    "cashier.retry_wallet_return": may("CA FI OM"),
    # A customer's deposit for a loaner; what is kept of it was said by whoever took the loaner back.
    "cashier.take_deposit": may("CA"),
    "cashier.return_deposit": may("CA"),
    # What is left before parts are ordered: taken and given back by the cashier, and while the repair goes on as another approves.
    "cashier.take_parts_deposit": may("CA"),
    "cashier.return_parts_deposit": may("CA"),
    "cashier.ask_deposit_back": may("RC"),
    "cashier.approve_deposit_back": may("FI OM"),
    "cashier.ask_refund": may("RC"),
    # What a scan of old bills found too much: proposed by the head office, approved and paid like any other.
    "cashier.propose_refund": may("NM"),
    "cashier.approve_refund": may("FI OM"),
    "cashier.reject_refund": may("FI OM"),
    "cashier.pay_refund": may("CA"),
    # "Exchange / refund case: X(refund)".
    "cashier.refund_unit": may("FI"),
    "cashier.refund_difference": may("FI"),
    "cashier.open_credit": may("OM"),
    "cashier.approve_credit": may("FI NM"),
    "cashier.change_credit": may("OM"),
    "cashier.reject_credit": may("FI NM"),
    # Anybody who answers for the money may stop it; who allowed it lets it go on.
    "cashier.suspend_credit": may("OM FI NM"),
    "cashier.resume_credit": may("FI NM"),
    "cashier.close_credit": may("OM FI"),
    "cashier.hand_over": may("RC CA OM", own="TE DR"),
    # Whoever hands over counts the wrong claim codes; only the manager wipes the count.
    "cashier.count_wrong_code": may("RC CA OM", own="TE DR"),
    "cashier.release_claim_code": may("OM"),
}

# "Credit account", after the appliance has left: the cashier collects, the clock reminds, a loss is decided by two.
RECEIVABLES = {
    "receivables.collect": may("CA"),
    "receivables.remind": may("OM FI SY"),
    "receivables.pause_letters": may("OM FI"),
    "receivables.resume_letters": may("OM FI"),
    "receivables.ask_write_off": may("OM FI"),
    "receivables.approve_write_off": may("OM FI NM"),
    "receivables.reject_write_off": may("OM FI NM"),
}

# "Unclaimed disposal", "Work order: register" for a rework; the clock reminds and closes.
FOLLOWUP = {
    "followup.see": may("RC FI OM NM AU"),
    "followup.close": may("OM SY"),
    "followup.record_call": may("RC OM"),
    "followup.claim_rework": may("RC OM"),
    "followup.remind": may("RC SY"),
    "followup.send_demand": may("RC OM"),
    "followup.review_disposal": may("RC OM"),
    "followup.approve_disposal": may("FI OM"),
    "followup.dispose": may("OM"),
    "followup.welcome_back": may("RC OM"),
}

# What the house says of itself: messages, and the trail of deeds ("Audit log").
OVERSIGHT = {
    "notices.see": may("RC DP OM NM AU"),
    # On news, never by hand; and what was written is carried by the house.
    "notices.send": may("SY"),
    "notices.carry": may("SY"),
    "notices.resend": may("RC OM NM"),
    # How the customer wants to be told, and an offer to one who agreed to hear of offers (CRM-3).
    "notices.prefer": may("RC OM"),
    "notices.invite": may("RC OM"),
    # The brand's words by NM, an outlet's own by OM.
    "notices.set_wording": may("OM NM"),
    # By the clock alone; each sees what they were told themselves, and who answers for a unit, whether the others have looked.
    "notices.warn": may("SY"),
    "notices.warn_wall": may("SY"),
    "warnings.see": may("OM NM AU", own="TE DP SK"),
    # What is wrong at a store, by news and by the clock.
    "notices.warn_of_opening": may("SY"),
    "notices.warn_of_room": may("SY"),
    "notices.warn_of_cash": may("SY"),
    "alarms.see": may("OM NM AU", own="SK LM CA FI TE"),
    "notices.acknowledge_alarm": may(own="SK OM LM NM AU CA FI TE"),
    "notices.acknowledge_warning": may(own="TE DP SK OM"),
    # News to the programs of others: the brand's by NM, an outlet's own by OM; the house itself tells, and pauses what fails.
    "webhooks.see": may("OM NM AU"),
    "webhooks.add": may("OM NM"),
    "webhooks.change": may("OM NM"),
    "webhooks.pause": may("OM NM SY"),
    "webhooks.resume": may("OM NM"),
    "webhooks.rotate": may("OM NM"),
    "webhooks.revoke": may("OM NM"),
    "webhooks.send_test": may("OM NM"),
    "webhooks.resend": may("OM NM"),
    "webhooks.tell": may("SY"),
    # To deliver again what a reaction could not digest is housekeeping, not business.
    "news.resend": may("AD"),
    # A photograph or a signature, kept for the deed that it proves.
    "evidence.keep": may("RC DP TE QC SK PU CA FI OM NM TR LM DR", own="CU"),
    # One that is asked for: the customer reads and signs on their own telephone, and whoever asked puts it under the paper.
    "evidence.ask_signature": may("RC CA OM"),
    "evidence.give_signature": may("ST"),
    "evidence.take_signature": may("RC CA OM"),
    # Everything about one order leaves the house in one file; the journal keeps who took it.
    "dossier.seal": may("OM NM"),
    # S6-22: made by the clock, and the keeper stands for it.
    "cashdays.see": may("CA FI OM NM AU"),
    "reports.make_cash_day": may("SY"),
    "reports.close_cash_day": may("FI OM"),
    "reports.see": may("SK PU FI OM NM AU LM"),
    "reports.make_report": may("SY"),
    "reports.confirm_report": may("SK"),
    "trail.see": may("FI OM NM AU LM AD"),
}
