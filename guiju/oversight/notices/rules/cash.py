"""What somebody is told of cash that is not where it should be, in words that say what to do; the codes are those of banking."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.kernel.words import N_
from guiju.oversight.notices.rules.stores import Alarm

CASH_LABELS: Mapping[Alarm, str] = {
    Alarm.PROMPT: N_("Takings lie in the drawer: prepare the deposit before the cut-off"),
    Alarm.NO_DEPOSIT: N_("The cut-off is over and no deposit was prepared: seal the takings into a bag"),
    Alarm.OVERDUE: N_("A deposit is on the way and past its time: find out where it is"),
    Alarm.LATE: N_("A deposit came to the bank late: look why"),
    Alarm.NOT_AT_THE_BANK: N_("Takings of an earlier day are not at the bank: bring them there now"),
    Alarm.SAFE_FULL: N_("More lies in the safe than the bank allows: bring some of it there"),
    Alarm.INCIDENT: N_("Something is wrong with a bag: a third person counts it"),
    Alarm.CAMERA: N_("The camera at the safe does not run: have it mended"),
    Alarm.SEALS: N_("The duty officer did not find every bag: look for it now"),
    Alarm.EXCEPTION: N_("The bank's statement and a deposit differ: find out why"),
    Alarm.POUCH_LATE: N_("Cash of a pouch should be in a till by now: hand it in"),
}
# The drawer is its cashier's until the cut-off; what is late is the manager's and finance's; what may be gone is head office's and the
# auditor's too (3.10).
CASH_ROLES: Mapping[Alarm, tuple[str, ...]] = {
    Alarm.PROMPT: ("CA",),
    Alarm.NO_DEPOSIT: ("CA", "OM"),
    Alarm.OVERDUE: ("OM", "FI"),
    Alarm.LATE: ("OM", "FI"),
    Alarm.NOT_AT_THE_BANK: ("OM", "FI", "NM"),
    Alarm.SAFE_FULL: ("OM", "FI"),
    Alarm.INCIDENT: ("OM", "FI", "NM", "AU"),
    Alarm.CAMERA: ("OM", "AU"),
    Alarm.SEALS: ("OM", "FI", "AU"),
    Alarm.EXCEPTION: ("FI", "AU"),
    Alarm.POUCH_LATE: ("OM", "FI"),
}
