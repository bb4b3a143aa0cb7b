"""Why a customer is written to, and the words for it that come with the house."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class Template(StrEnum):
    """Why the customer is written to."""

    REQUEST = "REQUEST"
    ADVICE = "ADVICE"
    REGISTERED = "REGISTERED"
    RECEIVED = "RECEIVED"
    QUOTE = "QUOTE"
    CODE = "CODE"
    NEW_DATE = "NEW_DATE"
    PROMISE = "PROMISE"
    EXCHANGE = "EXCHANGE"
    EXCHANGE_OFFER = "EXCHANGE_OFFER"
    READY = "READY"
    REMINDER = "REMINDER"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"
    DEBT = "DEBT"
    CARE = "CARE"


class Channel(StrEnum):
    """The ways to a customer."""

    SMS = "SMS"
    EMAIL = "EMAIL"
    WECHAT = "WECHAT"


class Purpose(StrEnum):
    """What the customer must have agreed to.

    ASKED        nothing: the customer wants this very message, and waits for it
    SERVICE      that we may write about the job
    COMMERCIAL   that we may write to sell something (CRM-3)
    """

    ASKED = "ASKED"
    SERVICE = "SERVICE"
    COMMERCIAL = "COMMERCIAL"


PURPOSES: Mapping[Template, Purpose] = {
    **dict.fromkeys(Template, Purpose.SERVICE),
    Template.CODE: Purpose.ASKED,
    Template.CARE: Purpose.COMMERCIAL,
}
TEMPLATE_LABELS: Mapping[Template, str] = {
    Template.REQUEST: N_("Request received"),
    Template.ADVICE: N_("Advice"),
    Template.REGISTERED: N_("Order registered"),
    Template.RECEIVED: N_("Appliance received"),
    Template.QUOTE: N_("Quote waits for an answer"),
    Template.CODE: N_("Code for the quote"),
    Template.NEW_DATE: N_("A part is missing, new date"),
    Template.PROMISE: N_("Promised date changed"),
    Template.EXCHANGE: N_("Exchange or refund decided"),
    Template.EXCHANGE_OFFER: N_("Another unit is offered"),
    Template.READY: N_("Ready for collection"),
    Template.REMINDER: N_("Reminder to collect"),
    Template.DELIVERED: N_("Handed over"),
    Template.CANCELLED: N_("Order cancelled"),
    Template.DEBT: N_("Credit is overdue"),
    Template.CARE: N_("Offer of maintenance"),
}
CHANNEL_LABELS: Mapping[Channel, str] = {
    Channel.SMS: N_("Text message"),
    Channel.EMAIL: N_("E-mail"),
    Channel.WECHAT: N_("WeChat"),
}

# What any message may name; `link` is the customer's own page, `phone` the outlet's.
COMMON = frozenset({"outlet", "number", "phone"})
_ORDER = COMMON | {"link"}
PLACES: Mapping[Template, frozenset[str]] = {
    **dict.fromkeys(Template, _ORDER),
    Template.REQUEST: _ORDER | {"due"},
    Template.ADVICE: _ORDER | {"advice"},
    Template.REGISTERED: _ORDER | {"promised"},
    Template.RECEIVED: _ORDER | {"tag"},
    Template.QUOTE: _ORDER | {"amount", "until"},
    Template.CODE: _ORDER | {"code"},
    Template.NEW_DATE: _ORDER | {"promised", "part_on"},
    Template.PROMISE: _ORDER | {"promised"},
    Template.EXCHANGE: _ORDER | {"decision"},
    Template.EXCHANGE_OFFER: _ORDER | {"difference"},
    Template.DEBT: _ORDER | {"letter", "amount", "since", "level"},
    Template.CARE: COMMON | {"appliance"},
}
# Without these a message is of no use to whoever gets it.
REQUIRED: Mapping[Template, frozenset[str]] = {
    **dict.fromkeys(Template, frozenset[str]()),
    Template.ADVICE: frozenset({"advice"}),
    Template.QUOTE: frozenset({"link"}),
    Template.CODE: frozenset({"code"}),
    Template.NEW_DATE: frozenset({"link"}),
    Template.EXCHANGE: frozenset({"decision"}),
    Template.EXCHANGE_OFFER: frozenset({"link"}),
    Template.DEBT: frozenset({"amount"}),
}

# Whole sentences, for every channel; translated with the rest of the house.
BUILT_IN: Mapping[Template, str] = {
    Template.REQUEST: N_(
        "%(outlet)s: we have your request %(number)s and answer it by %(due)s. Follow it here: %(link)s"
    ),
    Template.ADVICE: N_("%(outlet)s: about your request %(number)s: %(advice)s More here: %(link)s"),
    Template.REGISTERED: N_(
        "%(outlet)s: your order %(number)s is registered, to be ready by %(promised)s. Follow it here: %(link)s"
    ),
    Template.RECEIVED: N_(
        "%(outlet)s: we have received your appliance, order %(number)s, claim tag %(tag)s. Follow it here: %(link)s"
    ),
    Template.QUOTE: N_("%(outlet)s: the quote for %(number)s is ready, %(amount)s. Please answer here: %(link)s"),
    Template.CODE: N_(
        "%(outlet)s: %(code)s is your code for approving the quote for %(number)s. Give it to nobody else."
    ),
    Template.NEW_DATE: N_(
        "%(outlet)s: a part for %(number)s is missing. Please look at the new date and sign: %(link)s"
    ),
    Template.PROMISE: N_("%(outlet)s: the promised date of %(number)s is now %(promised)s. More here: %(link)s"),
    Template.EXCHANGE: N_(
        "%(outlet)s: about the exchange or refund you asked for, %(number)s: %(decision)s More here: %(link)s"
    ),
    Template.EXCHANGE_OFFER: N_(
        "%(outlet)s: your model is not to be had. We offer another unit for %(number)s, %(difference)s. Please look and sign: %(link)s"
    ),
    Template.READY: N_("%(outlet)s: %(number)s is ready for collection. Please bring the claim tag. %(link)s"),
    Template.REMINDER: N_(
        "%(outlet)s: %(number)s is still waiting for you to collect it. Questions: %(phone)s %(link)s"
    ),
    Template.DELIVERED: N_(
        "%(outlet)s: %(number)s is handed over. Report, receipt and warranty of the repair: %(link)s"
    ),
    Template.CANCELLED: N_("%(outlet)s: order %(number)s is cancelled. More here: %(link)s"),
    Template.DEBT: N_(
        "%(outlet)s: %(level)s %(letter)s: %(amount)s on credit was due %(since)s. Questions: %(phone)s %(link)s"
    ),
    Template.CARE: N_(
        "%(outlet)s: your %(appliance)s runs longer with a yearly check. To arrange one, or to hear no more offers: %(phone)s"
    ),
}
SUBJECTS: Mapping[Template, str] = {
    Template.REQUEST: N_("Your request %(number)s"),
    Template.ADVICE: N_("Our advice on %(number)s"),
    Template.REGISTERED: N_("Your order %(number)s"),
    Template.RECEIVED: N_("We have your appliance, %(number)s"),
    Template.QUOTE: N_("The quote for %(number)s"),
    Template.CODE: N_("Your code for %(number)s"),
    Template.NEW_DATE: N_("A new date for %(number)s"),
    Template.PROMISE: N_("A new date for %(number)s"),
    Template.EXCHANGE: N_("The exchange or refund for %(number)s"),
    Template.EXCHANGE_OFFER: N_("Another unit for %(number)s"),
    Template.READY: N_("%(number)s is ready"),
    Template.REMINDER: N_("%(number)s is waiting for you"),
    Template.DELIVERED: N_("%(number)s is handed over"),
    Template.CANCELLED: N_("%(number)s is cancelled"),
    Template.DEBT: N_("%(level)s: %(amount)s is overdue"),
    Template.CARE: N_("A check for your %(appliance)s"),
}

# A code is worthless once it was used; until then nobody of the house needs to read it.
HIDDEN = frozenset({Template.CODE})
# What stands in the place of what is hidden.
DOTS = "••••••"
