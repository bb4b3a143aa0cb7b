"""The telephone of FS01 for the tests: who calls, and what the telephone system tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from guiju.line.telephone import actions as telephone
from guiju.line.telephone.models import Call, CallBack, VoiceMenu
from guiju.line.telephone.rules import Step
from tests.line.cast_line import Shop
from tests.line.telephone.trees import house_menu

CALLER = "+8613912345678"


@dataclass
class Switchboard:
    """What happens on the telephone of an outlet, one minute after the other."""

    shop: Shop
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def clerk(self) -> Any:
        return self.shop.reception

    @property
    def clerk_person(self) -> Any:
        return self.shop.cast.people["lin" if self.shop.code == "FS01" else "zhou"]

    @property
    def manager(self) -> Any:
        return self.shop.actor("ma" if self.shop.code == "FS01" else "he")

    def ringing(self, phone: str = CALLER, **more: Any) -> dict[str, Any]:
        """What the telephone system tells when it rings."""
        return {
            "unit": self.shop.unit,
            "phone": phone,
            "system": "pbx",
            "external_id": f"c-{next(self._numbers)}",
        } | more

    def rings(self, phone: str = CALLER, **more: Any) -> Call:
        """A call that nobody has taken yet."""
        return telephone.ring(**self.ringing(phone, **more), by=self.clerk, at=self.shop.later())

    def talks(self, phone: str = CALLER, agent: str = "", **more: Any) -> Call:
        """A call in which Lin speaks."""
        person = self.shop.cast.people[agent] if agent else self.clerk_person
        return telephone.answer(self.rings(phone, **more), agent=person, by=self.clerk, at=self.shop.later())

    def ended(self, phone: str = CALLER, **more: Any) -> Call:
        """A call that was spoken to its end."""
        return telephone.hang_up(self.talks(phone, **more), by=self.clerk, at=self.shop.later())

    def abandoned(self, phone: str = CALLER, **more: Any) -> Call:
        """A call that nobody took in time."""
        return telephone.hang_up(self.rings(phone, **more), by=self.clerk, at=self.shop.later())

    def owes(self, phone: str = CALLER) -> CallBack:
        """A call-back that somebody is owed."""
        return telephone.promise_call_back(self.talks(phone), by=self.clerk, at=self.shop.later())

    def menu(self, **changed: Any) -> VoiceMenu:
        """The menu that callers hear from now on."""
        told = {"by": self.manager, "at": self.shop.now}
        draft = telephone.write_menu(unit=self.shop.unit, content=house_menu(**changed), **told)
        return telephone.publish_menu(draft, **told)

    def press(self, call: Call, *keys: str) -> Any:
        """Each key in its turn; the last answer."""
        spoken = None
        for each in keys:
            spoken = telephone.press(call, keys=each, by=self.clerk, at=self.shop.now)
        return spoken


def marks(mark: int = 4, **others: int) -> dict[str, int]:
    """Points for each step."""
    return {step.value: mark for step in Step} | others


def fresh(call: Call) -> Call:
    """The call as the database has it now."""
    return Call.objects.with_names().get(pk=call.pk)
