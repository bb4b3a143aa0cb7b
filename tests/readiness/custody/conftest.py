"""A cage for dear parts in FS01: shen holds group 1, ma and fang hold group 2; all three are certified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from guiju.readiness.academy import actions as academy
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody.models import AccessSession, ControlledStore, CustodianGrant
from tests.cast import NOON, Cast, password_of


@dataclass
class Door:
    """The cage, and everybody who stands before it."""

    cast: Cast
    cage: ControlledStore
    grants: dict[str, CustodianGrant]

    def by(self, name: str) -> Any:
        return self.cast.actors[name]

    def at(self, minutes: float = 0) -> datetime:
        return NOON + timedelta(minutes=minutes)

    def ask(self, **others: Any) -> AccessSession:
        given: dict[str, Any] = {
            "authority_kind": "ISSUE_ORDER",
            "authority": "PT-FS01-1",
            "purpose": "A compressor for a job",
        }
        return custody.open_session(self.cage, **{"by": self.by("shen"), "at": NOON, **given, **others})

    def first(self, session: AccessSession, name: str = "shen", minutes: float = 1, **others: Any) -> AccessSession:
        return custody.sign_first(session, **self.signing(name, minutes, **others))

    def second(self, session: AccessSession, name: str = "ma", minutes: float = 2, **others: Any) -> AccessSession:
        return custody.sign_second(session, **self.signing(name, minutes, **others))

    def signing(self, name: str, minutes: float, **others: Any) -> dict[str, Any]:
        return {"password": password_of(name), "by": self.by(name), "at": self.at(minutes), **others}

    def opened(self, minutes: float = 0) -> AccessSession:
        """Asked for, and signed in by shen and ma."""
        session = self.first(self.ask(at=self.at(minutes)), minutes=minutes + 1)
        return self.second(session, minutes=minutes + 2)

    def take(self, session: AccessSession, name: str = "shen", **others: Any) -> Any:
        given: dict[str, Any] = {"item": "Compressor COMP-1", "direction": "OUT", "quantity": 1, "before": 5}
        return custody.move_item(session, **{**given, "by": self.by(name), "at": self.at(3), **others})

    def count(
        self, session: AccessSession, counted: dict[int, int], name: str = "ma", minutes: float = 4
    ) -> AccessSession:
        return custody.recount(session, counted=counted, by=self.by(name), at=self.at(minutes))

    def leave(self, session: AccessSession, *names: str, minutes: float = 5) -> AccessSession:
        for name in names or ("shen", "ma"):
            session = custody.sign_out(session, **self.signing(name, minutes))
        return session


@pytest.fixture
def door(cast: Cast) -> Door:
    """The cage with its locks, its protections tested, and its custodians."""
    return a_door(cast)


def a_door(cast: Cast, **others: Any) -> Door:
    """The same, before whatever it guards."""
    unit, people, by = cast.units["FS01"], cast.people, cast.actors
    today = unit.day(NOON)
    cage = custody.set_up_store(
        unit, code="CAGE", names={"en": "Cage"}, kind="HIGH_VALUE_PARTS", cameras="C3", **others, by=by["lu"], at=NOON
    )
    for group in ("1", "2"):
        custody.add_lock(cage, number=f"L{group}", kind="KEY", lock_group=group, by=by["lu"], at=NOON)
    custody.check_protection(cage, item="DOOR", is_ok=True, next_on=today + timedelta(days=9999), by=by["ma"], at=NOON)
    given = {}
    for name, group in (("shen", "1"), ("ma", "2"), ("fang", "2")):
        given[name] = custody.grant(cage, person=people[name], lock_group=group, starts_on=today, by=by["lu"], at=NOON)
    for name in ("shen", "ma", "fang", "cai"):
        academy.certify(
            people[name], task="CUSTODY", starts_on=today, ends_on=today + timedelta(days=9999), basis="Exam of 2026-10-01",
            by=by["tao"], at=NOON,
        )  # fmt: skip
    return Door(cast, cage, given)
