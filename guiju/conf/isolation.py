"""Where a table's rows belong otherwise than its model says, or belong to a unit and are read beyond it; each with its reason.

`python -m tools.isolation` prints what follows from it for every table.
"""

from guiju.kernel.isolation import Deviations

_OPEN_BUYING = "how a supplier was chosen for several stores is open to each of them (S2-48)"
_RULES = "rules come down from the units above, and their own people must read them"

DEVIATIONS = Deviations(
    published={
        "people.Unit": "a row names the units above it, and a customer's page the outlet",
        "people.Person": "whoever did something to a row of ours is named there, whichever unit they are of",
        "people.RoleGrant": "who may decide for an outlet may hold that right in a unit above it",
        "policy.ParameterValue": _RULES,
        "policy.ClosedDay": _RULES,
        "pricing.PriceList": _RULES,
        "pricing.PriceLine": _RULES,
        "pricing.PriceLeaflet": "lies in the product box, and whoever holds the box reads it",
        "notices.Wording": _RULES,
        "supply.Sourcing": _OPEN_BUYING,
        "supply.SupplierQuote": _OPEN_BUYING,
        "supply.QuoteLine": _OPEN_BUYING,
        "telephone.VoiceMenu": _RULES,
        "telephone.CallScript": _RULES,
    },
    open_to_all={
        "supply.PurchaseOrder": "every store that one order delivers to receives of it; prices stand on each store's own lines",
        "people.Login": "is asked before anybody is known; holds a name and the digest of a password",
    },
    belongs_by={
        # Whoever is charged for a repair that did not hold reads so, also when it came back to another outlet.
        "workorder.ComeBack": ("unit", "charged_to"),
        # A new outlet has no key yet that anybody could have a right in: it belongs to the unit that opens it.
        "people.Unit": ("id", "parent"),
        # A move between two units is in the books of both.
        "stock.StockMove": ("source", "target"),
        "money.MoneyMove": ("source", "target"),
        # Both ends of a transfer write on it: the one sends, the other receives.
        "transfers.Transfer": ("unit", "to_unit"),
    },
)
