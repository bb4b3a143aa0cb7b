"""Controlled stores with their locks, who holds them, each opening, and what went through the door."""

from guiju.readiness.custody.models.sessions import AccessSession, ControlledMovement
from guiju.readiness.custody.models.stores import ControlledStore, CustodianGrant, Lock, ProtectionCheck

__all__ = [
    "AccessSession",
    "ControlledMovement",
    "ControlledStore",
    "CustodianGrant",
    "Lock",
    "ProtectionCheck",
]
