"""The people who buy, who are not in the cast: a central buyer, a buyer and a second keeper in FS01."""

from __future__ import annotations

from tests.readiness.supply.market import market

__all__ = ["market"]
