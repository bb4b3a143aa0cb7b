"""Who may do what with takings after they have left the drawer."""

from __future__ import annotations

from guiju.conf.rights.roles import may

# "Cash session, safe and deposit". Whoever carries money or signs for it never says that it arrived (FIN-6): finance does.
# Every colleague at the outlet may be the second who counts a bag; and anybody may be on duty at night.
_SECONDS = "RC DP QC SK CA FI OM"
BANKING = {
    "banking.see": may("CA FI OM NM AU"),
    "banking.seal_bag": may("CA OM"),
    "banking.countersign_bag": may(_SECONDS),
    "banking.count_wrong_password": may(_SECONDS),
    "banking.unpack_bag": may("CA OM"),
    "banking.lock_up": may("CA FI OM"),
    "banking.retrieve": may("CA FI OM"),
    "banking.report_incident": may("CA FI OM"),
    "banking.settle_incident": may("FI OM"),
    "banking.prepare": may("CA OM"),
    "banking.prepare_bags": may("CA FI OM"),
    "banking.bank_it": may("CA FI OM"),
    "banking.take_back": may("CA FI OM"),
    "banking.record_nil": may("CA OM"),
    "banking.name_officer": may("OM NM"),
    "banking.check_seals": may(own="RC DP TE QC SK PU CA FI OM NM TR LM DR"),
    # From hand to hand: whoever has it offers, whoever gets it signs; nobody does it for another.
    "banking.offer_pouch": may("TE"),
    "banking.offer_deposit": may(own="CA FI OM"),
    "banking.accept_cash": may(own="TE CA FI OM"),
    "banking.count_pouch": may("CA"),
    "banking.explain_difference": may(own="TE"),
    "banking.refuse_cash": may("CA OM", own="TE FI"),
    "banking.withdraw_cash": may(own="TE CA FI OM"),
    "banking.count_wrong_signature": may("CA", own="TE FI OM"),
    # Petty cash: finance fills, the keeper spends, another approves and counts (FIN-3, FIN-6).
    "banking.open_petty_box": may("FI"),
    "banking.top_up_petty": may("FI"),
    "banking.name_petty_keeper": may("FI"),
    "banking.close_petty_box": may("FI"),
    "banking.spend_petty": may(own="RC DP QC SK CA FI OM"),
    "banking.approve_petty": may("FI OM"),
    "banking.reject_petty": may("FI OM"),
    "banking.count_petty": may("FI OM"),
    # The bank's word.
    "banking.bring_statement": may("FI"),
    "banking.reconcile": may("FI"),
    "banking.settle_tender": may("FI"),
    "banking.settle_exception": may("FI NM"),
    "banking.except_deposit": may("SY"),
    # By the clock, or because of another verb.
    "banking.raise_alarm": may("SY"),
    "banking.acknowledge": may("FI OM NM"),
}
