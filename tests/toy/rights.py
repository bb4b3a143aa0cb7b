"""Who may do what with a kite."""

from guiju.kernel.actor import Reach

UNIT, OWN = Reach.UNIT, Reach.OWN

RIGHTS = {
    "toy.see": {"OM": UNIT, "TE": OWN, "CU": OWN},
    "toy.fly": {"OM": UNIT, "TE": OWN},
    "toy.land": {"OM": UNIT},
    "toy.make": {"OM": UNIT, "SY": UNIT},
    "toy.approve": {"OM": UNIT, "NM": UNIT},
    "evidence.keep": {"OM": UNIT, "CU": OWN},
    "evidence.ask_signature": {"OM": UNIT},
    "evidence.give_signature": {"ST": UNIT},
    "evidence.take_signature": {"OM": UNIT},
    "news.resend": {"AD": UNIT},
    "approval.ask": {"OM": UNIT},
    "approval.grant": {"OM": UNIT, "NM": UNIT},
    "approval.reject": {"OM": UNIT, "NM": UNIT},
}
