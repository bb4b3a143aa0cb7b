"""Who may change what is known, and what is booked."""

from guiju.conf.rights.roles import STAFF, may

# "Users, roles, limits": AD creates, NM approves the scope, OM and LM ask. A person whom OM or LM hires waits for AD or NM.
PEOPLE = {
    "people.see": may("DP FI OM NM TR AU LM AD", own="RC TE QC SK PU CA DR"),
    # Once, before anybody can sign in.
    "people.found": may("SY"),
    "people.create_unit": may("NM AD"),
    "people.change_unit": may("OM NM AD"),
    "people.hire": may("OM NM LM AD"),
    "people.admit": may("NM AD"),
    "people.suspend": may("NM AD"),
    "people.reinstate": may("NM AD"),
    "people.part_with": may("NM AD"),
    "people.grant_role": may("NM AD"),
    "people.end_role": may("NM AD"),
    "people.make_login": may("AD"),
    # The language of one's own screens.
    "people.choose_language": may(own=STAFF),
    # The PIN by which one takes over a shared till screen; that somebody came in by it is the house's own word.
    "people.set_pin": may(own="RC CA FI OM"),
    "people.come_in_by_pin": may("SY"),
    # How one likes to see the lists; a manager shares such a view with the unit (M03).
    "people.keep_view": may(own=STAFF),
    "people.drop_view": may(own=STAFF),
    "people.share_view": may("OM NM LM"),
    # A list with names and numbers in it leaves the house: who may, and that somebody did, stands in the trail (G-6).
    "people.export_list": may("RC DP FI OM NM"),
    "people.grant_leave": may("OM NM LM"),
    # The maker of a key sees its secret once: nobody makes one that acts as somebody else, an administrator least of all.
    "people.make_api_key": may(own="RC DP TE QC SK PU CA FI OM NM TR LM DR AD"),
    "people.use_api_key": may("SY"),
    "people.revoke_api_key": may("NM AD", own="RC DP TE QC SK PU CA FI OM TR LM DR"),
}

# "Parameters (rules)": FI approves money, NM service, LM the back office; AD drafts.
POLICY = {
    "policy.see": may(STAFF),
    "policy.draft_value": may("FI NM LM AD"),
    "policy.set_money": may("FI"),
    "policy.set_service": may("NM"),
    "policy.set_back_office": may("LM"),
    # The calendar: an outlet's own closed days by its manager, the brand's by the head office.
    "policy.close_day": may("OM NM LM"),
    "policy.reopen_day": may("OM NM LM"),
    "policy.drop_draft": may("FI NM LM", own="AD"),
}

# "Customer & product master". A technician reads the customer on the job, a cashier on the bill: there, not in this register.
CUSTOMERS = {
    "customers.see": may("RC DP FI OM NM AU"),
    "customers.enrol": may("RC OM"),
    "customers.change": may("RC OM"),
    "customers.set_consent": may("RC OM"),
    "customers.add_phone": may("RC OM"),
    "customers.remove_phone": may("RC OM"),
    "customers.add_address": may("RC OM"),
    # A read that leaves a trace (G-6): lists show numbers masked.
    "customers.read_phone": may("RC DP FI OM NM AU"),
}

# "Customer & product master" for appliances and models; "Part master" and the service items of the price list are NM's.
CATALOGUE = {
    "catalogue.see": may("RC DP TE QC SK PU CA FI OM NM TR AU LM"),
    "catalogue.add_brand": may("NM"),
    "catalogue.add_line": may("NM"),
    "catalogue.add_model": may("RC OM NM"),
    "catalogue.add_fault_code": may("NM"),
    "catalogue.add_part": may("NM"),
    "catalogue.supersede_part": may("NM"),
    "catalogue.end_supply": may("NM"),
    "catalogue.fit_model": may("NM"),
    "catalogue.end_model": may("NM"),
    "catalogue.fit_line": may("NM"),
    "catalogue.end_line": may("NM"),
    "catalogue.add_service_item": may("NM"),
    "catalogue.register_appliance": may("RC OM"),
    "catalogue.replace_appliance": may("RC OM"),
    "catalogue.change_appliance": may("RC OM"),
    "catalogue.record_service": may("SY"),
    # Files: looked at before they change anything. SY is the `guiju import` of whoever runs the installation.
    "catalogue.stage_import": may("NM SY"),
    "catalogue.commit_import": may("NM SY"),
    "catalogue.abandon_import": may("NM SY"),
    "catalogue.export": may("SK OM NM SY"),
    "catalogue.load_starter": may("NM SY"),
    "catalogue.import_open_repair": may("NM SY"),
    "catalogue.export_open_repair": may("NM SY"),
}

# "Price list: draft / approve": NM drafts and has it checked, NM or FI approves, and never the one who wrote on it.
PRICING = {
    "pricing.see": may("RC DP TE SK PU CA FI OM NM AU"),
    "pricing.draft_list": may("NM"),
    "pricing.add_line": may("NM"),
    "pricing.remove_line": may("NM"),
    "pricing.check": may("NM"),
    "pricing.approve": may("FI NM"),
    "pricing.reopen": may("FI NM"),
    "pricing.publish": may("FI NM"),
    "pricing.retire": may("FI NM"),
    "pricing.make_leaflet": may("NM"),
    # Whoever stands before the wall.
    "pricing.prove_display": may("RC OM"),
}

# "Warranty decision". Periods and pauses follow from hand-overs and repairs.
WARRANTY = {
    "warranty.see": may("RC DP TE FI OM NM AU"),
    "warranty.set_terms": may("NM"),
    # A law is adopted by whoever asked counsel; it binds every outlet of its place.
    "warranty.adopt_profile": may("NM"),
    "warranty.record_repair": may("SY"),
    "warranty.start_repair_warranty": may("SY"),
    "warranty.open_pause": may("SY"),
    "warranty.close_pause": may("SY"),
}

# "Certificates issue/suspend".
ACADEMY = {
    "academy.see": may("DP OM NM TR AU LM", own="RC TE QC SK PU CA FI DR"),
    "academy.certify": may("TR"),
    "academy.suspend": may("NM TR"),
    "academy.reinstate": may("NM"),
}

# "Environment log / weekly inspection", "Fire rules": the keeper writes them, and who answers for the house sees what was missed.
UPKEEP = {
    "upkeep.see": may("SK OM NM AU LM"),
    "upkeep.make_due": may("SY"),
    "upkeep.miss_inspection": may("SY"),
    "upkeep.inspect": may("SK OM"),
    "upkeep.read_climate": may("SK OM"),
    "upkeep.act_on_climate": may("SK OM"),
    "upkeep.start_airing": may("SK OM"),
    "upkeep.end_airing": may("SK OM"),
    "upkeep.add_fire_equipment": may("SK OM LM"),
    "upkeep.check_fire_equipment": may("SK OM LM"),
    "upkeep.retire_fire_equipment": may("OM LM"),
    "upkeep.use_bin": may("SK OM LM"),
    # A part's nature is the brand's.
    "upkeep.mark_part": may("NM LM"),
}

# "Controlled-store access", "Custodian grants", "Safe bag in/out": the first lock group is the keeper's or the cashier's, the second
# is held by who answers for them. An auditor alone settles a difference (3.19), and that is all that an auditor ever writes.
_CUSTODIANS = "SK CA FI OM LM"
CUSTODY = {
    "custody.see": may(f"{_CUSTODIANS} NM AU"),
    "custody.set_up_store": may("OM NM LM"),
    "custody.add_lock": may("OM NM LM"),
    "custody.check_protection": may("OM LM"),
    "custody.grant": may("NM LM"),
    "custody.end_grant": may("OM NM LM"),
    "custody.open_session": may(_CUSTODIANS),
    "custody.withdraw": may(_CUSTODIANS),
    "custody.sign_first": may(_CUSTODIANS),
    "custody.sign_second": may(_CUSTODIANS),
    "custody.count_wrong_password": may(_CUSTODIANS),
    "custody.expire": may("SY"),
    "custody.move_item": may(_CUSTODIANS),
    # What the stock book moves through a guarded door, as a consequence.
    "custody.carry_through": may("SY"),
    "custody.recount": may(_CUSTODIANS),
    "custody.sign_out": may(_CUSTODIANS),
    "custody.raise_alarm": may("SY"),
    "custody.close_alarm": may("OM NM LM"),
    "custody.settle": may("AU"),
    "custody.open_in_emergency": may(_CUSTODIANS),
    "custody.review": may("OM NM LM"),
    "custody.miss_review": may("SY"),
}

# S1-13, "Store and purchasing ask": whoever answers for a store's money says how many are kept; a keeper sees it and orders by it.
PLANNING = {
    "planning.see": may("SK PU FI OM NM AU LM"),
    "planning.plan": may("OM NM LM SY"),
    "planning.accept": may("OM NM LM"),
    "planning.change": may("OM NM LM"),
    "planning.keep_at_least": may("OM NM LM"),
    # Who may ask for stock to be bought; approved and bought by others.
    "planning.order": may("SK PU OM NM LM"),
    # Who may ask for a transfer.
    "planning.fetch": may("SK OM LM"),
}

# "Part request / reserve / issue", "Receipt / put-away / transfer", "Adjustment / scrap": the keeper proposes an adjustment,
# and who approves it posts it.
STOCK = {
    "stock.see": may("DP TE QC SK PU FI OM NM AU LM"),
    # What it cost: not for the keeper, who counts pieces.
    "valuation.see": may("PU FI OM NM AU LM"),
    "stock.open_store": may("OM NM LM"),
    "stock.add_bin": may("SK OM NM LM"),
    "stock.receive": may("SK"),
    "stock.reserve": may("SK"),
    "stock.release": may("SK"),
    "stock.issue": may("SK"),
    "stock.take_back": may("SK"),
    "stock.move": may("SK"),
    # Whoever finds a bad one sets it apart; that it is good after all is said by somebody who did not put it there.
    "stock.set_apart": may("SK QC OM LM"),
    "stock.clear": may("QC OM NM LM"),
    "stock.scrap": may("FI OM NM LM"),
    "stock.send_back": may("SK"),
    # Only ever because of a transfer.
    "stock.send": may("SY"),
    "stock.arrive": may("SY"),
    "stock.lose_on_the_way": may("SY"),
    "stock.adjust": may("FI OM NM LM"),
    "stock.undo": may("FI OM NM LM"),
    "stock.close_period": may("FI"),
    "stock.stand_still": may("SY"),
    "stock.go_on": may("SY"),
}

# "Receipt / put-away / transfer": the keepers of the two stores; what is lost on the way is declared by somebody else (INV-5).
TRANSFERS = {
    "transfers.see": may("SK PU FI OM NM AU LM"),
    "transfers.request": may("SK OM LM"),
    "transfers.send": may("SK"),
    "transfers.receive": may("SK"),
    "transfers.declare_loss": may("FI OM NM LM"),
    "transfers.refuse": may("SK OM LM"),
    "transfers.cancel": may("SK OM LM"),
    # Who needs parts without a job asks, who answers for the unit signs, the keeper hands out: three people (G-5).
    "requisitions.see": may("SK FI OM NM AU LM", own="RC DP TE QC CA TR DR"),
    "requisitions.ask": may("RC DP TE QC SK CA OM TR LM DR"),
    "requisitions.sign": may("OM NM LM"),
    "requisitions.refuse": may("OM NM LM"),
    "requisitions.withdraw": may("OM LM", own="RC DP TE QC SK CA TR DR"),
    "requisitions.issue": may("SK"),
    "requisitions.take_back": may("SK"),
}

# "Stock count: plan / count / approve": whoever was named counts, whatever their post; the keeper explains and approves nothing.
_COUNTERS = "RC DP TE QC SK PU CA FI OM LM NM TR DR"
COUNTING = {
    "counting.see": may("SK FI OM NM AU LM", own=_COUNTERS),
    "counting.plan": may("SK FI OM NM LM"),
    "counting.freeze": may("SK FI OM NM LM"),
    "counting.cancel": may("FI OM NM LM"),
    "counting.open_bin": may(own=_COUNTERS),
    "counting.scan": may(own=_COUNTERS),
    "counting.tally": may(own=_COUNTERS),
    "counting.finish_bin": may(own=_COUNTERS),
    "counting.leave_bin": may(own=_COUNTERS),
    "counting.hand_in": may(own=_COUNTERS),
    "counting.recount": may("SK FI OM NM LM"),
    "counting.explain": may("SK"),
    "counting.approve": may("FI OM NM LM"),
    "counting.reject": may("FI OM NM LM"),
    "counting.close": may("SY"),
}

# Money moves because of a bill, a payment or a refund at the till; only closing a period is a verb of its own.
MONEY = {
    "money.see": may("CA FI OM NM AU"),
    "money.charge": may("SY"),
    "money.settle": may("SY"),
    "money.give_back": may("SY"),
    "money.waive": may("SY"),
    "money.post": may("SY"),
    "money.hold_surplus": may("SY"),
    "money.post_variance": may("SY"),
    "money.take_float": may("SY"),
    "money.put_float": may("SY"),
    "money.close_period": may("FI"),
}

# "Purchase request", "Sourcing / award / PO", "Goods receipt / inspection", "Supplier master / bank detail"; limits by 5.3.
SUPPLY = {
    "supply.see": may("SK PU FI OM NM AU LM QC", own="TE TR"),
    # What was ordered, how many and for how much: whoever counts a delivery counts it blind.
    "purchases.see": may("PU FI OM NM AU LM"),
    "supply.propose_supplier": may("PU"),
    "supply.admit_supplier": may("FI"),
    "supply.suspend_supplier": may("FI"),
    "supply.ask_bank": may("PU"),
    "supply.verify_bank": may("FI"),
    "supply.refuse_bank": may("FI"),
    "supply.set_offer": may("PU"),
    "supply.buy_centrally": may("NM LM"),
    "supply.stop_buying_centrally": may("NM LM"),
    "supply.draft_request": may("SK PU OM NM TR LM TE"),
    "supply.estimate": may("SK PU OM NM LM"),
    "supply.submit_request": may("PU OM NM LM", own="SK TE TR"),
    "supply.approve_request": may("FI OM NM LM"),
    "supply.return_request": may("FI OM NM LM"),
    "supply.reject_request": may("FI OM NM LM"),
    "supply.cancel_request": may("OM NM LM", own="SK PU TE TR"),
    "supply.review_emergency": may("FI NM LM"),
    # A shop of one or two (5.4): its manager says why fewer do, and the brand's auditor looks at each case.
    "supply.buy_with_few": may("OM"),
    "supply.review_few": may("AU"),
    "supply.source": may("PU"),
    "supply.take_quote": may("PU"),
    "supply.ask_exception": may("PU"),
    "supply.grant_exception": may("FI NM LM"),
    "supply.award": may("PU"),
    "supply.abandon_sourcing": may("PU"),
    "supply.draft_order": may("PU"),
    "supply.approve_order": may("FI NM LM"),
    "supply.send_order": may("PU"),
    "supply.confirm_order": may("PU"),
    "supply.postpone_order": may("PU"),
    "supply.appoint_delivery": may("SK PU"),
    "supply.cancel_order": may("PU FI NM"),
    "supply.close_short": may("PU"),
    "supply.receive": may("SK QC"),
    "supply.inspect": may("SK QC"),
    "supply.put_away": may("SK"),
    "supply.enter_invoice": may("FI"),
    "supply.match_invoice": may("FI"),
    "supply.refuse_invoice": may("FI"),
    "supply.pay_invoice": may("FI"),
    # What a job waits for is asked for by the store's answer, and not any more when the job is off.
    "supply.ask_for_job": may("SY"),
    "supply.withdraw": may("SY"),
}
