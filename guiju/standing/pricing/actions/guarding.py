"""No price outside what the customer was shown."""

from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.standing.pricing import rules
from guiju.standing.pricing.models import PriceLine


class PriceOutsideList(Refusal):
    """More, or less, than the customer was shown."""

    sentence = N_("This price is outside the published list.")
    field = "unit_minor"
    status = 422


def hold_to_list(line: PriceLine, *, price_minor: int) -> None:
    """Refuse a price for one unit that the published line does not allow.

    price_minor   minor units of the list's currency
    raises        PriceOutsideList
    source        PRC-2; EX-10
    """
    verdict = rules.judge(price_minor, line.min_minor, line.max_minor, currency=line.price_list.currency)
    if verdict.refused:
        raise PriceOutsideList(*verdict.because)
