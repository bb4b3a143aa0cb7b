"""The words of the rights table: who there is, and how a line of it is said."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.kernel.actor import Reach

STAFF = "RC DP TE QC SK PU CA FI OM NM TR AU LM DR AD"


def may(unit: str = "", *, own: str = "") -> Mapping[str, Reach]:
    """The roles that reach every row of their units, and those that reach only their own."""
    return {role: Reach.OWN for role in own.split()} | {role: Reach.UNIT for role in unit.split()}
