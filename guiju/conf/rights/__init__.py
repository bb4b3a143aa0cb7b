"""Who may do what: every verb of the house, and the roles that hold it (domain 5.2).

Read a line as a sentence: `"intake.receive": may("RC OM", own="TE DR")` says that receptionists and outlet managers receive
devices in the units of their grant, and technicians and drivers those that are their own.

RC receptionist  DP dispatcher  TE technician  QC quality inspector  SK store keeper  PU purchaser  CA cashier  FI finance
OM outlet manager  NM network manager  TR trainer  AU auditor  LM logistics manager  DR driver  AD administrator
CU the customer, by the link of one order (always own)  ST a stranger at the open door  SY the house itself, by its clock or on news

- AU reads everything and writes nothing: it holds each `….see`, and nothing else that changes a row; only that a
  difference in a controlled store is settled is an auditor's own word (3.19).
- AD makes logins and grants roles, and holds no verb by which business is approved.
- A verb that only ever happens because of another deed is SY's alone; a consequence asks for no right.
- Whoever may undo is never weaker than who does: tests/architecture/test_rights.py reads this table with that eye.
"""

from __future__ import annotations

from collections.abc import Mapping

from guiju.conf.rights.line import (
    CASHIER,
    DISPATCH,
    EXCHANGE,
    FOLLOWUP,
    INTAKE,
    OVERSIGHT,
    QUALITY,
    RECEIVABLES,
    REGISTRATION,
    STOREROOM,
    TELEPHONE,
    WORKORDER,
    WORKSHOP,
)
from guiju.conf.rights.money import BANKING
from guiju.conf.rights.roles import STAFF, may
from guiju.conf.rights.standing import (
    ACADEMY,
    CATALOGUE,
    COUNTING,
    CUSTODY,
    CUSTOMERS,
    MONEY,
    PEOPLE,
    PLANNING,
    POLICY,
    PRICING,
    STOCK,
    SUPPLY,
    TRANSFERS,
    UPKEEP,
    WARRANTY,
)
from guiju.kernel.actor import Reach

__all__ = ["RIGHTS", "STAFF", "may"]

RIGHTS: Mapping[str, Mapping[str, Reach]] = {
    **PEOPLE, **POLICY, **CUSTOMERS, **CATALOGUE, **PRICING, **WARRANTY,
    **STOCK, **MONEY, **ACADEMY, **CUSTODY, **UPKEEP, **TRANSFERS, **COUNTING, **SUPPLY, **PLANNING,
    **WORKORDER, **INTAKE, **REGISTRATION, **TELEPHONE, **DISPATCH, **STOREROOM, **WORKSHOP, **EXCHANGE, **QUALITY, **CASHIER,
    **BANKING, **RECEIVABLES, **FOLLOWUP,
    **OVERSIGHT,
}  # fmt: skip
