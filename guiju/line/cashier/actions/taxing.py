"""The tax of a bill is split when it is drawn, by the rates of that day: an old bill never changes with the law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from guiju.line.cashier.models import BillLine
from guiju.line.cashier.rules import taxes
from guiju.line.workshop.rules import LineKind
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


def tax_lines(lines: Sequence[BillLine], unit: Unit, on: date, *, discount_minor: int) -> str:
    """Write into each line its rate, its share of the discount and its tax; gives the decisions on the rates that judged them.

    source   FIN-4; the rates are `tax.vat.…`, nothing for a small taxpayer who is exempt
    """
    if not lines:
        return ""
    keys = {line.kind: taxes.FIGURES[LineKind(line.kind)] for line in lines}
    figures = policy.figures(keys.values(), unit=unit, on=on)
    rates = [taxes.basis_points(figures[keys[line.kind]].value or Decimal(0)) for line in lines]
    shares = taxes.split([line.amount_minor for line in lines], rates, discount_minor=discount_minor)
    for line, share in zip(lines, shares, strict=True):
        line.rate_bp, line.off_minor, line.tax_minor = share.rate_bp, share.off_minor, share.tax_minor
    return "; ".join(sorted({figures[key].version for key in keys.values()}))
